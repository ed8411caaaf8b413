"""What a municipality tells of itself, as one types it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from kpi.actions.told import CannotTell, FromRegister, check_value
from kpi.models import Answer, AnswerKind, CatalogueRow, RegisterValue, Strategy
from people.act_forms import ActForm
from people.fields import TypedDateField, offer
from people.refusals import Refusal
from people.sheet_files import SheetLines, sheet_of

#: Sentences about lines that are shown at once, and lines that are read at most.
MOST_FAULTS, MOST_LINES = 20, 500
COLUMNS = ("indicator", "value", "register")
_PARTS = ("numerator", "denominator")


class NumberField(forms.Field):
    """A number as one writes it here: 1 482, 12,5 or 12.5. Cleaned to `Decimal`, or None when empty."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 12, "autocomplete": "off"})
    default_error_messages = {"invalid": _("Write a number, such as 12 or 12.5.")}

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return number_in(str(value))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """As one writes it here, too: no zeros after it."""
        return plainly(value) if isinstance(value, Decimal) else value


def plainly(number: Decimal) -> str:
    """The number with the decimals that it has: 30 and 12,5 of 30.00 and 12.50."""
    whole = f"{number:f}"
    return number_format(whole.rstrip("0").rstrip(".") if "." in whole else whole, use_l10n=True, force_grouping=False)


def number_in(text: str) -> Decimal | None:
    """:raises ValueError: when the text is no number, or has more than two decimals"""
    plain = "".join(text.split()).replace(",", ".")
    if not plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not number.is_finite() or number != number.quantize(Decimal("0.01")):
        raise ValueError(text)
    return number


class AnswersForm(ActForm):
    """The year's questionnaire: one field a row, named by its code. What is left empty is not answered."""

    def __init__(self, *args: Any, rows: Iterable[CatalogueRow], answers: Mapping[int, Answer], **kwargs: Any) -> None:
        rows = list(rows)
        initial = {row.code: _initial(answers.get(row.pk)) for row in rows}
        super().__init__(*args, **{**kwargs, "initial": {**initial, **kwargs.get("initial", {})}})
        for row in rows:
            self.fields[row.code] = _field_of(row)

    def answer_to(self, row: CatalogueRow) -> bool | Decimal | str | None:
        said = self.cleaned_data.get(row.code)
        if row.answer_kind == AnswerKind.YES_NO:
            return {"yes": True, "no": False}.get(str(said))
        return said or None if isinstance(said, str) else said


def _initial(answer: Answer | None) -> Any:
    if answer is None:
        return None
    if answer.is_yes is not None:
        return "yes" if answer.is_yes else "no"
    return answer.text or answer.number


def _field_of(row: CatalogueRow) -> forms.Field:
    label = f"{row.code} {row.wording}"
    match row.answer_kind:
        case AnswerKind.YES_NO:
            choices = [("", _("Not answered")), ("yes", _("Yes")), ("no", _("No"))]
            return forms.ChoiceField(label=label, choices=choices, required=False, help_text=row.note)
        case AnswerKind.NUMBER:
            return NumberField(label=label, required=False, help_text=row.note)
    return forms.CharField(
        label=label, required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), help_text=row.note
    )


class RegisterValueForm(ActForm):
    """One row's value from a register."""

    value = NumberField(label=_("Value"))
    numerator = forms.IntegerField(label=_("Counted"), required=False, min_value=0, max_value=2_000_000_000)
    denominator = forms.IntegerField(label=_("Of"), required=False, min_value=0, max_value=2_000_000_000)
    register = forms.CharField(label=_("Register"), max_length=100)


def initial_of(row: CatalogueRow, written: RegisterValue | None) -> dict[str, Any]:
    if written is None:
        return {"register": row.register}
    return {name: getattr(written, name) for name in ("value", "numerator", "denominator", "register")}


class RegisterFileForm(ActForm):
    """A file of values: `cleaned_data["file"]` is what was read, each line checked."""

    file = forms.FileField(
        label=_("File of values"),
        max_length=None,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=_(
            "CSV or Excel with the columns indicator, value and register; numerator and denominator where known."
        ),
    )

    def __init__(self, *args: Any, rows: Iterable[CatalogueRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {row.code: row for row in rows}

    def clean_file(self) -> list[FromRegister]:
        try:
            sheet = sheet_of(self.cleaned_data["file"], most=MOST_LINES)
        except Refusal as refusal:
            raise ValidationError(str(refusal.message)) from refusal
        found, faults = _read(sheet, self.rows)
        if faults:
            raise ValidationError(faults[:MOST_FAULTS])
        return found


def _read(sheet: SheetLines, rows: Mapping[str, CatalogueRow]) -> tuple[list[FromRegister], list[str]]:
    """The values of the lines, and a sentence about each line that cannot be so."""
    head = [word.lower() for word in sheet.head]
    missing = [column for column in COLUMNS if column not in head]
    if missing:
        return [], [str(_("The file lacks the column %(column)s.") % {"column": column}) for column in missing]
    found: dict[str, FromRegister] = {}
    faults: list[str] = []
    for number, cells in sheet.lines:
        line = dict(zip(head, cells, strict=False))
        try:
            one = _line(line, rows)
            if one.row.code in found:
                raise CannotTell(_("The indicator stands on an earlier line too."))
        except CannotTell as refusal:
            faults.append(str(_("Line %(number)s: %(what)s") % {"number": number, "what": refusal.message}))
        else:
            found[one.row.code] = one
    return list(found.values()), faults


def _line(line: Mapping[str, str], rows: Mapping[str, CatalogueRow]) -> FromRegister:
    """:raises CannotTell: when the line tells no value that can be"""
    row = rows.get(line.get("indicator", ""))
    if row is None:
        raise CannotTell(_("No indicator with this code is taken from a register."))
    try:
        value = number_in(line.get("value", ""))
        parts = [number_in(line.get(name, "")) for name in _PARTS]
    except ValueError as error:
        raise CannotTell(_("Write a number, such as 12 or 12.5.")) from error
    if value is None:
        raise CannotTell(_("The value is missing."))
    if any(part is not None and (part < 0 or part != int(part)) for part in parts):
        raise CannotTell(_("The parts of a share are whole numbers."))
    numerator, denominator = (None if part is None else int(part) for part in parts)
    one = FromRegister(
        row=row, value=value, register=line.get("register", ""), numerator=numerator, denominator=denominator
    )
    check_value(one)
    return one


class TargetForm(ActForm):
    """A target of the municipality's own."""

    value = NumberField(label=_("Target"))
    deadline = TypedDateField(label=_("Deadline"))


class DropTargetForm(ActForm):
    """Nothing but the sending of it."""


class StrategyForm(ActForm):
    strategy = forms.ChoiceField(label=_("Strategy"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, strategies: Iterable[Strategy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "strategy", [(one.key, one.wording) for one in strategies])


class IndicatorsForm(ActForm):
    rows = forms.MultipleChoiceField(label=_("Indicators"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, rows: Iterable[CatalogueRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "rows", [(row.code, f"{row.code} {row.wording}") for row in rows])
