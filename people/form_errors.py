"""The sentences of a form's errors, the same in the summary and at the field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

AnyForm: TypeAlias = "forms.BaseForm | BaseFormSet[Any]"


@dataclass(frozen=True)
class Complaint:
    """One sentence and the id of the control it is about; no id when it is about the whole form."""

    text: str
    target: str = ""


def sentences(field: forms.BoundField) -> list[str]:
    """What is wrong with a field, each a sentence that can be read without its label."""
    return [_sentence(field, error) for error in field.errors.as_data()]


def complaints(forms_: Iterable[AnyForm | None]) -> list[Complaint]:
    """Everything wrong in forms and formsets, in the order of the page."""
    return [complaint for form in forms_ if form is not None for complaint in _complaints(form)]


def _complaints(form: AnyForm) -> Iterator[Complaint]:
    if isinstance(form, BaseFormSet):
        yield from (Complaint(str(text)) for text in form.non_form_errors())
        for part in form.forms:
            yield from _complaints(part)
        return
    yield from (Complaint(str(text)) for text in form.non_field_errors())
    for field in form:
        target = "" if field.is_hidden else target_of(field)
        yield from (Complaint(text, target) for text in sentences(field))


def target_of(field: forms.BoundField) -> str:
    """The id of the first control of a field: a group of radios has no id of its own that takes focus."""
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


def _sentence(field: forms.BoundField, error: ValidationError) -> str:
    usual = str(forms.Field.default_error_messages["required"])
    text = " ".join(str(message) for message in error.messages)
    if error.code != "required" or text != usual:
        return text
    if isinstance(field.field, forms.BooleanField):
        return _("Tick off: %(field)s") % {"field": capfirst(field.label)}
    if isinstance(field.field, forms.ChoiceField):
        return _("Choose an answer: %(field)s") % {"field": capfirst(field.label)}
    return _("%(field)s must be filled in.") % {"field": capfirst(field.label)}
