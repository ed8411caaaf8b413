"""Dates and periods inside a sentence, in the language of the moment."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def day_in_words(day: date) -> str:
    """28 February 2026."""
    return date_format(day, pgettext("date layout", "j F Y"), use_l10n=False)


def period_in_words(starts_on: date, ends_on: date | None) -> str:
    """From 28 February 2026 to 3 March 2026; an open period has only its beginning."""
    if ends_on is None:
        return _("from %(day)s") % {"day": day_in_words(starts_on)}
    return _("from %(first)s to %(last)s") % {"first": day_in_words(starts_on), "last": day_in_words(ends_on)}
