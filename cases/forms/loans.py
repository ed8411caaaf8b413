"""Considering, explaining and judging a loan or grant, and following it to the home."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.loan_course import BoughtHome, Payout
from cases.actions.loans import Judgement, NewLoan
from cases.forms.cases import note
from cases.forms.leases import kroner
from cases.models import (
    ConditionAnswer,
    LapsedBecause,
    LoanCondition,
    LoanException,
    LoanKind,
    LoanPurpose,
    LoanTheme,
)
from cases.questions.loans import Judged
from people.act_forms import ActForm
from people.fields import TypedDateField, offer


def _startskudd_ref() -> forms.CharField:
    return forms.CharField(label=_("Number in Startskudd"), required=False, max_length=40)


class ConsiderForm(ActForm):
    kind = forms.ChoiceField(label=_("Loan or grant"), choices=LoanKind.choices, widget=forms.RadioSelect)
    purpose = forms.ChoiceField(label=_("What for"), choices=LoanPurpose.choices, widget=forms.RadioSelect)
    applied_on = TypedDateField(
        label=_("Applied on"), required=False, help_text=_("Leave empty while it is only considered.")
    )
    startskudd_ref = _startskudd_ref()
    note = note(_("Note"))

    def new(self) -> NewLoan:
        """What is considered, from a valid form."""
        return NewLoan(**{name: self.cleaned_data[name] for name in NewLoan.__dataclass_fields__})


class AppliedForm(ActForm):
    on = TypedDateField(label=_("Applied on"))
    startskudd_ref = _startskudd_ref()


class ExplainForm(ActForm):
    talk_on = TypedDateField(
        label=_("Talk held on"), required=False, help_text=_("By telephone or in person, before the decision.")
    )
    themes = forms.MultipleChoiceField(
        label=_("What was explained"),
        choices=LoanTheme.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("All five before a start loan is granted or refused."),
    )
    debt_register_on = TypedDateField(label=_("Looked in the debt register on"), required=False)


class JudgeForm(ActForm):
    """Every condition with its answer; an exception only where the law knows one."""

    child_interest = forms.CharField(
        label=_("Each child's best interest"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("How it was looked into, and what it counted."),
    )

    def __init__(self, *args: Any, judged: Iterable[Judged], has_children: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes = [one.condition.code for one in judged]
        for one in judged:
            self._ask(one)
        if not has_children:
            del self.fields["child_interest"]
        else:
            self.order_fields([name for name in self.fields if name != "child_interest"])

    def _ask(self, one: Judged) -> None:
        code, row = one.condition.code, one.row
        allowed = [(by, LoanException(by).label) for by in one.condition.exceptions]
        answers = [(value, label) for value, label in ConditionAnswer.choices if allowed or value != "waived"]
        self.fields[f"{code}_answer"] = forms.ChoiceField(
            label=LoanCondition(code).label,
            choices=answers,
            widget=forms.RadioSelect,
            initial=row.answer if row else None,
            help_text="" if allowed else _("Can never be waived."),
        )
        if allowed:
            self.fields[f"{code}_exception"] = forms.ChoiceField(
                label=_("Exception, if waived"),
                choices=[("", _("None")), *allowed],
                required=False,
                initial=row.exception if row else "",
            )
        self.fields[f"{code}_because"] = forms.CharField(
            label=_("Why, if waived or not met"),
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=row.because if row else "",
        )

    def judged(self) -> dict[str, Judgement]:
        """The answers, from a valid form."""
        told = self.cleaned_data
        return {
            code: Judgement(
                answer=told[f"{code}_answer"],
                exception=told.get(f"{code}_exception", ""),
                because=told[f"{code}_because"],
            )
            for code in self.codes
        }


class BidForm(ActForm):
    on = TypedDateField(label=_("Bids from"))


class PurchaseForm(ActForm):
    on = TypedDateField(label=_("Bid accepted on"))
    price = kroner(_("Price of the home"))


_HOMES = [
    (BoughtHome.MOVES.value, _("They move there that day, and leave where they live")),
    (BoughtHome.RENTED.value, _("It is the municipal dwelling they rent")),
    (BoughtHome.THERE.value, _("They live there already, as its owners")),
]


class PayForm(ActForm):
    on = TypedDateField(label=_("Paid out on"))
    amount = kroner(_("Amount paid out"))
    home = forms.ChoiceField(label=_("The home they bought"), choices=_HOMES, widget=forms.RadioSelect)
    leaves_home = forms.BooleanField(
        label=_("Leaves the home they have, the same day"),
        required=False,
        help_text=_("A tenancy ends, and a municipal dwelling comes free."),
    )
    proceeds = kroner(
        _("Proceeds"), required=False, help_text=_("Only of a municipal dwelling they rent: what it was sold for.")
    )

    def __init__(self, *args: Any, is_purchase: bool, has_home: bool, may_sell: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unused = set() if is_purchase else {"home", "leaves_home", "proceeds"}
        unused |= set() if has_home else {"leaves_home"}
        unused |= set() if may_sell else {"proceeds"}
        for name in unused:
            del self.fields[name]
        if "home" in self.fields:
            offer(self, "home", [one for one in _HOMES if may_sell or one[0] != BoughtHome.RENTED])

    def told(self) -> Payout:
        """What is paid out, from a valid form."""
        names = Payout.__dataclass_fields__
        return Payout(**{name: value for name, value in self.cleaned_data.items() if name in names})


class ProlongForm(ActForm):
    until = TypedDateField(label=_("Last day it can be used"))


class LapseForm(ActForm):
    on = TypedDateField(label=_("Lapsed on"))
    because = forms.ChoiceField(label=_("Why it lapsed"), choices=LapsedBecause.choices, widget=forms.RadioSelect)
