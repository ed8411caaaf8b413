"""Why somebody comes through the emergency door: a category and words of one's own, stored as one text."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

#: The fewest characters that say something about why.
SHORTEST_REASON = 20
#: The most: the text is stored behind its category.
LONGEST_REASON = 250


class Emergency(models.TextChoices):
    """What may open a case of another unit at once."""

    STANDS_HERE = "stands_here", _("The person stands here now")
    DANGER = "danger", _("Danger to life or health")
    ON_CALL = "on_call", _("On-call service outside office hours")
    BY_LAW = "by_law", _("Another duty by law")


def written(emergency: Emergency, reason: str) -> str:
    """The category's code and the words, as grants and alerts hold them."""
    return f"{emergency.value}: {reason}"


def in_words(stored: str) -> str:
    """What `written` stored, with the category in the reader's language; any other text as it stands."""
    code, colon, reason = stored.partition(": ")
    return f"{Emergency(code).label}: {reason}" if colon and code in Emergency.values else stored
