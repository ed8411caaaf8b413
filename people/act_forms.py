"""What every form of an act carries, and how its view carries the act out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from people.access import Stale
from people.actions.counter import tell_of_blocked
from people.duplicates import NotToBeToldHere
from people.fields import DatedForm
from people.form_keys import once
from people.models import Employee
from people.refusals import REFUSABLE, Refusal, refusal_of


class ActForm(DatedForm):
    """A form of one act: typed dates, the version of the household it was built on, and a key that is used once.

    `ActForm(data or None, today=day, version=household.version)`; pass `version` as an initial value only.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: int | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": version, "form_key": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def take_new_version(self) -> None:
        """Stand on the household as it is now: whoever sends the form again has been told that somebody else saved."""
        assert isinstance(self.data, QueryDict)
        data = self.data.copy()
        data[self.add_prefix("version")] = str(self.initial["version"])
        self.data = data


def perform(request: HttpRequest, form: ActForm, do: Callable[[], str], *, at: datetime) -> HttpResponse | None:
    """Carry out an act from a valid form, once, and go where `do` says.

    None when the act was refused: the form then carries the sentence at the field it is about, and nothing was changed.
    """
    by = request.user
    assert isinstance(by, Employee)
    try:
        return redirect(once(do, key=form.cleaned_data["form_key"], by=by, at=at))
    except REFUSABLE as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        if isinstance(error, Stale):
            form.take_new_version()
        if isinstance(refusal, NotToBeToldHere):
            tell_of_blocked(person_id=refusal.person_id, by=by, at=at)
        refuse(form, refusal)
        return None


def refuse(form: forms.Form, refusal: Refusal) -> None:
    """Put a refusal's sentence at its field, or on top when the form has no such field."""
    field = refusal.field if refusal.field in form.fields and not form[refusal.field].is_hidden else None
    form.add_error(field, str(refusal.message))
