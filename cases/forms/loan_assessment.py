"""The sheet that an assessment is written on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.actions.loan_assessing import Owed, Told
from cases.forms.leases import kroner
from cases.models import DebtKind, LoanAssessment, LoanPurpose, LongTerm, LongWaiver
from people.act_forms import ActForm

#: How many debts the sheet has room for.
DEBTS = 6
_PEOPLE = ("adults", "children_0_5", "children_6_10", "children_11_17")
_INCOMES = (
    "wages",
    "benefits",
    "child_benefit",
    "housing_allowance",
    "maintenance_in",
    "other_income",
)
_COSTS = ("living_costs", "child_care", "maintenance_out", "other_costs", "home_costs", "rent_now")
_HOME = ("cost", "own_capital", "grant", "bank_loan", "home_value")
_TERMS = ("policy_rate", "offered_rate", "years", "interest_only_years", "coming_income", "coming_because")
_LONG = ("long_terms", "long_waiver")
_HELP: dict[str, Any] = {
    "benefits": _("Every lasting benefit counts."),
    "living_costs": _("By their actual use. Where the guiding rates are more, those count."),
    "home_costs": _("Of the home they are to live in."),
    "policy_rate": _("Norges Bank's, in per cent. The ability is tried at 2.5 percentage points more."),
    "offered_rate": _("What the loan costs today, in per cent. It tells what they will pay."),
    "coming_income": _("Own first: only what is documented, from when instalments begin."),
    "home_value": _("For a refinancing."),
    "cost": _("Of a refinancing only its own costs: the debts are marked below."),
}


class AssessForm(ActForm):
    """Everything in kroner, a month for what comes in and goes out. What is left empty is nothing."""

    coming_because = forms.CharField(
        label=_("What income is coming, and the plan"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    long_terms = forms.MultipleChoiceField(
        label=_("Over more than 30 years: what is met"),
        choices=LongTerm.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    long_waiver = forms.ChoiceField(
        label=_("What waives the others"), choices=[("", _("Nothing")), *LongWaiver.choices], required=False
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_refinancing = purpose == LoanPurpose.REFINANCING
        for name in _PEOPLE:
            self.fields[name] = _number(name, most=20, required=name == "adults")
        for name in (*_INCOMES, *_COSTS, *_HOME, "coming_income"):
            self.fields[name] = kroner(_label(name), required=False, help_text=_HELP.get(name, ""))
        for name in ("policy_rate", "offered_rate"):
            self.fields[name] = forms.DecimalField(
                label=_label(name), max_digits=5, decimal_places=2, min_value=0, localize=True, help_text=_HELP[name]
            )
        self.fields["years"] = _number("years", most=99, required=True)
        self.fields["interest_only_years"] = _number("interest_only_years", most=99)
        for row in range(1, DEBTS + 1):
            self._ask_debt(row)
        if not self.is_refinancing:
            del self.fields["home_value"]

    def _ask_debt(self, row: int) -> None:
        name = f"debt_{row}"
        kinds = [("", _("None")), *DebtKind.choices]
        self.fields[f"{name}_kind"] = forms.ChoiceField(label=_("Kind"), choices=kinds, required=False)
        self.fields[f"{name}_balance"] = kroner(_("Owed"), required=False)
        self.fields[f"{name}_payment"] = kroner(_("Paid a month"), required=False)
        if self.is_refinancing:
            self.fields[f"{name}_is_secured"] = forms.BooleanField(label=_("Secured in the home"), required=False)
            self.fields[f"{name}_is_refinanced"] = forms.BooleanField(label=_("Paid off by this loan"), required=False)

    def groups(self) -> Iterator[tuple[str | Promise, list[forms.BoundField]]]:
        """The fields under their headings, for the page."""
        for title, names in (
            (_("Who must live on it"), _PEOPLE),
            (_("What comes in a month, after tax"), _INCOMES),
            (_("What goes out a month"), _COSTS),
            (_("What is to be paid for"), _HOME),
            (_("Terms"), _TERMS),
            (_("More than 30 years"), _LONG),
            (_("Note"), ("note",)),
        ):
            yield title, [self[name] for name in names if name in self.fields]

    def debt_groups(self) -> Iterator[list[forms.BoundField]]:
        """The fields of each debt together."""
        parts = ("kind", "balance", "payment", "is_secured", "is_refinanced")
        for row in range(1, DEBTS + 1):
            names = [f"debt_{row}_{part}" for part in parts]
            yield [self[name] for name in names if name in self.fields]

    def told(self) -> Told:
        """What the assessment goes by, from a valid form."""
        said = {name: self.cleaned_data.get(name) for name in Told.__dataclass_fields__}
        may_be_unknown = {"home_value"}
        whole = {name: 0 if value is None and name not in may_be_unknown else value for name, value in said.items()}
        return Told(**whole | {"long_terms": tuple(self.cleaned_data["long_terms"])})

    def debts(self) -> list[Owed]:
        """The debts that are written, from a valid form."""
        return list(self._debts())

    def _debts(self) -> Iterator[Owed]:
        told = self.cleaned_data
        for row in range(1, DEBTS + 1):
            name = f"debt_{row}"
            if not told[f"{name}_kind"] and not told[f"{name}_balance"]:
                continue
            yield Owed(
                kind=told[f"{name}_kind"],
                balance=told[f"{name}_balance"] or 0,
                payment=told[f"{name}_payment"] or 0,
                is_secured=told.get(f"{name}_is_secured", False),
                is_refinanced=told.get(f"{name}_is_refinanced", False),
            )


def initial_of(assessment: LoanAssessment) -> dict[str, Any]:
    """An earlier assessment as a new one begins."""
    told = {name: getattr(assessment, name) for name in Told.__dataclass_fields__}
    for row, debt in enumerate(assessment.debts.order_by("pk")[:DEBTS], start=1):
        for part in ("kind", "balance", "payment", "is_secured", "is_refinanced"):
            told[f"debt_{row}_{part}"] = getattr(debt, part)
    return told


def _label(name: str) -> str:
    label = str(LoanAssessment._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def _number(name: str, *, most: int, required: bool = False) -> forms.IntegerField:
    least = 1 if required else 0
    return forms.IntegerField(label=_label(name), min_value=least, max_value=most, required=required)
