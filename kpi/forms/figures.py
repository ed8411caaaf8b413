"""What figures are asked for: where, for which period and by which rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kpi.declaring import Rule
from kpi.periods import Span, span_of
from kpi.questions.trend import data_begins
from people.fields import DatedForm, TypedDateField, offer
from people.models import Municipality
from people.succession import Formed, followed_by, formed, given_up, last_name

SPANS = {
    Span.THIS_YEAR: _("This year so far"),
    Span.LAST_YEAR: _("Last year"),
    Span.TWELVE_MONTHS: _("The last twelve months"),
    Span.OWN: _("Own dates"),
}
RULES = {
    Rule.STAY: _("Whole stays"),
    Rule.KOSTRA: _("KOSTRA"),
}
RULE_DEFINITIONS = {
    Rule.STAY: _("Each stay is measured from its real first night, which may lie before the period."),
    Rule.KOSTRA: _(
        "Nights inside the period only, added up over all places, against three months from the first of them."
    ),
}
#: Nobody has figures from before this.
EARLIEST = date(1990, 1, 1)


class KnownAtField(TypedDateField):
    """A moment of knowing: a typed date, which is the end of that day, or a moment as a seal's link writes it.

    Cleaned to a moment with its zone, or None for what is known now.
    """

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and "T" in value.strip().upper():
            try:
                # a plus sign in an address that nobody wrote as one
                moment = datetime.fromisoformat(value.strip().replace(" ", "+"))
            except ValueError as error:
                raise ValidationError(self.error_messages["invalid"], code="invalid") from error
            return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
        return super().to_python(value)

    def validate(self, value: Any) -> None:
        super().validate(timezone.localdate(value) if isinstance(value, datetime) else value)

    def clean(self, value: Any) -> Any:
        known = super().clean(value)
        return end_of(known) if isinstance(known, date) and not isinstance(known, datetime) else known


def end_of(day: date) -> datetime:
    """The moment a day is over in the municipality."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), datetime.min.time()))


class FigureForm(DatedForm):
    """A GET form whose every field may be missing: then the first place, this year so far, by the strategy's rule.

    `cleaned_data` always answers; what could not be read stands in `errors`, and its default in the answer.
    """

    place = forms.ChoiceField(label=_("Municipality or unit"), required=False)
    period = forms.ChoiceField(label=_("Period"), choices=list(SPANS.items()), required=False)
    first_day = TypedDateField(label=_("First day"), required=False, earliest=EARLIEST, help_text=_("For own dates."))
    last_day = TypedDateField(label=_("Last day"), required=False, earliest=EARLIEST)
    rule = forms.ChoiceField(label=_("Rule of counting"), choices=list(RULES.items()), required=False)
    known_at = KnownAtField(
        label=_("As known on"),
        required=False,
        earliest=EARLIEST,
        help_text=_("What was registered by the end of that day. Empty: what is known now."),
    )

    def __init__(
        self,
        *args: Any,
        places: Sequence[tuple[str, str]],
        municipality: str | None = None,
        former: str = "",
        **kwargs: Any,
    ) -> None:
        """`municipality`: the place's. `former`: the number asked for, where another followed it."""
        super().__init__(*args, **kwargs)
        self.municipality, self.former = municipality, former
        offer(self, "place", places)
        for name in ("last_day", "known_at"):
            field = self.fields[name]
            assert isinstance(field, TypedDateField)
            field.latest = self.today

    def clean(self) -> dict[str, Any]:
        """`starts_on` and `ends_on` (half-open), `rule` and `known_at` beside the fields."""
        cleaned = super().clean() or {}
        span = Span(cleaned.get("period") or Span.THIS_YEAR)
        starts_on, ends_on = span_of(span, self.today)
        if span is Span.OWN:
            starts_on, ends_on = self._own_dates(cleaned, starts_on, ends_on)
        elif not self._is_told(starts_on, ends_on, "period"):
            starts_on, ends_on = span_of(Span.THIS_YEAR, self.today)
        if self.former:
            self.add_error("place", former_words(self.former))
        told = {"rule": Rule(cleaned.get("rule") or Rule.STAY), "known_at": cleaned.get("known_at")}
        return {**cleaned, **told, "starts_on": starts_on, "ends_on": ends_on}

    def _own_dates(
        self,
        cleaned: dict[str, Any],
        starts_on: date,
        ends_on: date,
        *,
        names: tuple[str, str] = ("first_day", "last_day"),
    ) -> tuple[date, date]:
        for name in names:
            if cleaned.get(name) is None and name not in self.errors:
                self.add_error(name, _("Write the date when you choose own dates."))
        first, last = (cleaned.get(name) for name in names)
        if first is None or last is None:
            return starts_on, ends_on
        if last < first:
            self.add_error(names[1], _("The last day cannot be before the first."))
            return starts_on, ends_on
        if not self._is_told(first, last + timedelta(days=1), names[0]):
            return starts_on, ends_on
        return first, last + timedelta(days=1)

    def _is_told(self, starts_on: date, ends_on: date, name: str) -> bool:
        """Whether the municipality has figures of a period; why not stands at the field."""
        if self.municipality is None:
            return True
        borders = formed(self.municipality)
        if borders is not None and starts_on < borders.on:
            self.add_error(name, borders_words(self.municipality, borders))
            return False
        # what is under way is not before anything
        begins = data_begins(self.municipality) if ends_on <= self.today else None
        if begins is not None and ends_on <= begins:
            told = {"day": date_format(begins)}
            self.add_error(name, _("Nothing is registered from before %(day)s. Choose a later period.") % told)
            return False
        return True


def borders_words(municipality: str, borders: Formed) -> str:
    """When and of what a municipality became what it is, and what to choose."""
    told = {
        "name": Municipality.objects.get(pk=municipality).name,
        "day": date_format(borders.on),
        "formers": get_text_list([f"{one.name} ({one.former})" for one in borders.formers], gettext("and")),
    }
    if borders.is_divided and len(borders.formers) == 1:
        said = _("%(name)s was a part of %(formers)s until %(day)s. Choose a period from that day.")
    else:
        said = _("%(name)s was formed on %(day)s of %(formers)s. Choose a period from that day.")
    return said % told


def former_words(number: str) -> str:
    """Which municipality a former number is now, and since when."""
    named = Municipality.objects.filter(pk__in=followed_by(number)).order_by("pk")
    since = given_up(number)
    assert since is not None
    return _("%(number)s %(name)s is no municipality since %(day)s. What followed it is %(followers)s.") % {
        "number": number,
        "name": last_name(number),
        "day": date_format(since),
        "followers": get_text_list([f"{one.pk} {one.name}" for one in named], gettext("and")),
    }
