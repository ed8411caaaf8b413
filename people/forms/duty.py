from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from people.act_forms import ActForm
from people.fields import TypedDateField, offer
from people.models import DutyHours, Municipality


class DutyForm(ActForm):
    """Who answers from a day on. The municipality is asked for only where one keeps the lists of several."""

    municipality = forms.ChoiceField(label=_("Municipality"))
    hours = forms.ChoiceField(label=_("When"), choices=DutyHours.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("Who answers"), max_length=100, help_text=_("A service or a person."))
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=20,
        validators=[RegexValidator(r"^\+?[0-9 ]{3,}\Z", _("Write the number with digits, as it is rung."))],
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    starts_on = TypedDateField(label=_("First day"))

    def __init__(self, *args: Any, municipalities: Sequence[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "municipality", [(one.number, one.name) for one in municipalities])
        if len(municipalities) == 1:
            field = self.fields["municipality"]
            field.initial, field.widget = municipalities[0].number, forms.HiddenInput()
