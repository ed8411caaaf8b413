"""Taking in a paper that somebody brought."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from people.act_forms import ActForm
from people.fields import TypedDateField
from people.forms.files import accepted_file, taken_in
from people.uploads import TakenIn


class ReceivedPaperForm(ActForm):
    """`cleaned_data["file"]` is a `TakenIn`. The file has to be chosen again when anything was wrong."""

    file = accepted_file(_("File"))
    about = forms.CharField(
        label=_("What it is"), max_length=200, help_text=_("Such as the lease, or a letter from the landlord.")
    )
    received_on = TypedDateField(label=_("Received"))
    is_special = forms.BooleanField(
        label=_("It is about drugs, violence, health, child protection or prison"), required=False
    )
    tells_place = forms.BooleanField(
        label=_("It tells where they live or stay"),
        required=False,
        initial=True,
        help_text=_("Take the tick away only after reading it: it decides who sees it if the address is protected."),
    )

    def clean_file(self) -> TakenIn | None:
        return taken_in(self.cleaned_data["file"])
