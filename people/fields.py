"""Form fields of our own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from people.typed_dates import NoSuchDay, NotADate, read_date


def offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """What a field lets one choose among, known only when the form is shown."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def day_words() -> dict[str, int]:
    """The words for days near today in every language of the site, with days from today."""
    words = {"today": 0, "tomorrow": 1, "yesterday": -1}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            words |= {
                pgettext("typed date", "today"): 0,
                pgettext("typed date", "tomorrow"): 1,
                pgettext("typed date", "yesterday"): -1,
            }
    return words


class TypedDateInput(forms.TextInput):
    """A text input for a date; shows a date it is given as 1.3.2026."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, date):
            return f"{value.day}.{value.month}.{value.year}"
        written: str | None = super().format_value(value)
        return written


class TypedDateBoundField(forms.BoundField):
    """A typed date in its form, which can say in words what it was read as."""

    @cached_property
    def echo(self) -> date | None:
        """The day now in the field, or `None` when it is empty or cannot be read."""
        try:
            day: date | None = self.field.to_python(self.value())
        except ValidationError:
            return None
        return day


class TypedDateField(forms.Field):
    """A date that one types: 1.3.26, 010326, 2026-03-01, "today", "+14". Cleaned to a date, or `None` when empty.

    `today` is passed in by the form (see `DatedFormMixin`). `is_past` is for birth dates: a two-digit
    year is a past one. `earliest` and `latest` are inclusive bounds.
    """

    widget = TypedDateInput(attrs={"size": 16, "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("Write the date as day, month and year, such as 1.3.2026."),
        "no_such_day": _("There is no such day in the calendar. Check day and month."),
        "too_early": _("The date cannot be before %(limit)s."),
        "too_late": _("The date cannot be after %(limit)s."),
    }

    def __init__(
        self,
        *,
        today: date | None = None,
        is_past: bool = False,
        earliest: date | None = None,
        latest: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.today = today
        self.is_past = is_past
        self.earliest = earliest
        self.latest = latest

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> TypedDateBoundField:
        return TypedDateBoundField(form, self, field_name)

    def to_python(self, value: Any) -> date | None:
        """:raises ValidationError: when the text is no date
        :raises RuntimeError: when nobody has passed in the day
        """
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        if value is None or not str(value).strip():
            return None
        if self.today is None:
            raise RuntimeError("TypedDateField needs `today`; see DatedFormMixin.")
        try:
            return read_date(str(value), today=self.today, words=day_words(), is_past=self.is_past)
        except NotADate as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        except (NoSuchDay, OverflowError) as error:
            raise ValidationError(self.error_messages["no_such_day"], code="no_such_day") from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if self.earliest is not None and value < self.earliest:
            self._refuse("too_early", self.earliest)
        if self.latest is not None and value > self.latest:
            self._refuse("too_late", self.latest)

    def _refuse(self, code: str, limit: date) -> None:
        words = f"{limit.day}.{limit.month}.{limit.year}"
        raise ValidationError(self.error_messages[code], code=code, params={"limit": words})

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class ClockField(forms.TimeField):
    """A time of day as one types it: 8:00, 8.00, 0800 or 8. Shown again without seconds."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%H:%M", "%H.%M", "%H%M", "%H"])
        kwargs.setdefault("widget", forms.TimeInput(format="%H:%M", attrs={"size": 5, "autocomplete": "off"}))
        super().__init__(**kwargs)


class DatedFormMixin:
    """A form that knows which day it is: `Form(data, today=day)` gives the day to its typed dates."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for field in self.fields.values():
            if isinstance(field, TypedDateField):
                field.today = today


class DatedForm(DatedFormMixin, forms.Form):
    """A plain form with typed dates."""
