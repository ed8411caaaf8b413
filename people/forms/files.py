"""Fields that take a file in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

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
