"""What is done by hand about letters on their way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Way
from people.act_forms import ActForm
from people.fields import offer

#: What can be done about one letter, besides sending it anew in one of the ways.
HANDED, READ, STOP, CAME_BACK, ANEW = "handed", "read", "stop", "came_back", "anew"
WORDS = {
    HANDED: _("It was handed over now"),
    READ: _("It was read aloud now"),
    STOP: _("Stop it: it shall not leave this way"),
    CAME_BACK: _("It came back"),
    f"{ANEW}-{Way.DIGITAL}": _("Send it anew to the digital mailbox"),
    f"{ANEW}-{Way.POST}": _("Send it anew by post"),
    f"{ANEW}-{Way.BY_HAND}": _("Hand it over instead"),
    f"{ANEW}-{Way.READ_ALOUD}": _("Read it aloud instead"),
}


class LetterForm(ActForm):
    """What happens with one letter. `can` are the codes of what is possible now."""

    what = forms.ChoiceField(label=_("What happens with the letter?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, can: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "what", [(code, WORDS[code]) for code in can])


class TickedForm(ActForm):
    """Rows ticked in a list, by their numbers. The rows draw the boxes themselves."""

    ticked = forms.TypedMultipleChoiceField(
        label=_("Letters"), coerce=int, error_messages={"required": _("Tick at least one.")}
    )

    def __init__(self, *args: Any, rows: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "ticked", [(row, str(row)) for row in rows])
