"""Taking in a paper that somebody brought."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.act_forms import ActForm
from people.fields import TypedDateField
from people.refusals import Refusal
from people.uploads import MediaType, TakenIn, take_in

ACCEPTED = ",".join(media_type.mime for media_type in MediaType)


def accepted_file(label: Any, *, required: bool = True) -> forms.FileField:
    """A file of a kind that is taken in. A name may be longer than any column: it is not kept."""
    return forms.FileField(
        label=label,
        required=required,
        max_length=None,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("PDF or picture (JPEG, PNG), at most 10 MB."),
    )


def taken_in(file: Any) -> TakenIn | None:
    """What may be kept of an uploaded file; None when there is none.

    :raises ValidationError: with the sentence of the refusal
    """
    if not file:
        return None
    try:
        return take_in(file)
    except Refusal as refusal:
        raise forms.ValidationError(str(refusal.message)) from refusal


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
