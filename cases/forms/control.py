"""The leadership's own control, as forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import FoundBy, ReviewedKind
from people.act_forms import ActForm
from people.fields import TypedDateField, offer


def _text(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), help_text=help_text
    )


class DeviationForm(ActForm):
    what = _text(
        _("What went wrong"), required=True, help_text=_("What happened, when. No more about people than needed.")
    )
    found_by = forms.ChoiceField(label=_("How it was found"), choices=FoundBy.choices, widget=forms.RadioSelect)


class HandleForm(ActForm):
    cause = _text(_("Cause"))
    measure = _text(_("Measure"), help_text=_("What is done so that it does not happen again."))
    owner = forms.TypedChoiceField(label=_("Who answers for it"), coerce=int, required=False, empty_value=None)
    due_on = TypedDateField(label=_("Put right by"), required=False)
    effect = _text(_("Whether the measure helped"), help_text=_("Needed when it is closed."))
    close = forms.BooleanField(label=_("Close the deviation"), required=False)

    def __init__(self, *args: Any, colleagues: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", [("", _("Nobody yet")), *colleagues])


class ReviewForm(ActForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=ReviewedKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Name"), max_length=200)
    text = _text(_("What it says, or where it is kept"), help_text=_("Of a risk review: the risks, and how grave."))
    measures = _text(_("Measures"))
    next_on = TypedDateField(label=_("To be gone through again"), help_text=_("Such as +365."))


class ObstacleForm(ActForm):
    rule = forms.CharField(label=_("Which rule"), max_length=120, help_text=_("Act and paragraph, or the local rule."))
    stopped = _text(_("What it stopped"), required=True)
    better = _text(_("What would have been better"))


class FollowObstacleForm(ActForm):
    sent_to = forms.CharField(label=_("Told to"), max_length=120, required=False)
    sent_on = TypedDateField(label=_("Told"), required=False)
    answer = _text(_("Answer"))
    answered_on = TypedDateField(label=_("Answered"), required=False)
