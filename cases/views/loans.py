"""A household's loans and grants: how each stands, the calculation, and what is done before the decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.loan_assessing import assess_loan
from cases.actions.loans import consider_loan, explain_loan, judge_loan, register_application
from cases.forms.loan_assessment import AssessForm, initial_of
from cases.forms.loans import AppliedForm, ConsiderForm, ExplainForm, JudgeForm
from cases.models import LoanCase
from cases.questions.loan_sheet import sheet_of
from cases.questions.loans import (
    judged_of,
    lacking_before_decision,
    latest_assessment,
    limits_of,
    people_of,
    rates_of,
)
from cases.views.shell import ActPage, Opened, answer, opened
from people.act_forms import ActForm
from people.roles import Permission

METHODS = ["GET", "HEAD", "POST"]


@require_safe
def loans(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every loan and grant of the household, those under way first."""
    one = opened(request, key)
    rows = sorted(one.household.loans.order_by("-opened_on", "-pk"), key=lambda loan: not loan.is_open)
    context = one.context(loans=rows, back=one.url("household"))
    return render(request, "cases/loans/loans.html", context)


@require_safe
def loan(request: HttpRequest, key: UUID, loan_id: int) -> HttpResponse:
    """One loan or grant: where it stands, what is lacking, the conditions and the calculation."""
    one = opened(request, key)
    found = _loan(one, loan_id)
    assessed = latest_assessment(found)
    earlier = found.assessments.select_related("by").order_by("-made_on", "-pk")[1:]
    context = one.context(
        loan=found,
        sheet=sheet_of(found, assessed, sees_ages=one.household.sight.ages) if assessed else None,
        earlier=earlier,
        judged=judged_of(found, on=one.today) if found.is_loan else [],
        lacking=lacking_before_decision(found, grants=True, on=one.today) if found.is_undecided else "",
        has_expired=found.is_committed and not found.home_is_bought and not found.can_be_used(one.today),
        back=one.url("loans"),
    )
    return render(request, "cases/loans/loan.html", context)


@require_http_methods(METHODS)
def consider(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    page = ActPage(
        title=_("Consider a loan or grant"),
        submit=_("Save"),
        done=_("The loan or grant is registered."),
        lead=_("The application itself is dealt with in Startskudd. Here the household's way is followed."),
    )
    form = ConsiderForm(request.POST or None, **common(one))

    def do() -> None:
        consider_loan(household_id=one.household.pk, new=form.new(), **by(one, form))

    return answer(request, one, form, page, do, back=one.url("loans"), then=one.url("loans"))


@require_http_methods(METHODS)
def applied(request: HttpRequest, key: UUID, loan_id: int) -> HttpResponse:
    one, found = opened_loan(request, key, loan_id)
    page = ActPage(
        title=_("Register the application"),
        submit=_("Save"),
        done=_("The application is registered."),
        lead=name(found),
    )
    told = {"on": one.today, "startskudd_ref": found.startskudd_ref}
    form = AppliedForm(request.POST or None, **common(one), initial=told)

    def do() -> None:
        said = {name: form.cleaned_data[name] for name in ("on", "startskudd_ref")}
        register_application(loan_id=found.pk, **said, **by(one, form))

    return on_the_loan(request, one, form, page, do, found)


@require_http_methods(METHODS)
def explain(request: HttpRequest, key: UUID, loan_id: int) -> HttpResponse:
    one, found = opened_loan(request, key, loan_id)
    page = ActPage(
        title=_("Explanation and debt register"),
        submit=_("Save"),
        done=_("The talk and the look in the register are recorded."),
        lead=_("The loan is explained by word of mouth before it is granted or refused."),
    )
    names = ("talk_on", "themes", "debt_register_on")
    told = {name: getattr(found, name) for name in names}
    form = ExplainForm(request.POST or None, **common(one), initial=told)

    def do() -> None:
        explain_loan(loan_id=found.pk, **{name: form.cleaned_data[name] for name in names}, **by(one, form))

    return on_the_loan(request, one, form, page, do, found)


@require_http_methods(METHODS)
def judge(request: HttpRequest, key: UUID, loan_id: int) -> HttpResponse:
    one, found = opened_loan(request, key, loan_id)
    page = ActPage(
        title=_("Judge the conditions"),
        submit=_("Save"),
        done=_("The conditions are judged."),
        lead=_("Notes of bad payment are never by themselves a reason to refuse."),
    )
    people = people_of(one.household, on=one.today)
    form = JudgeForm(
        request.POST or None,
        **common(one),
        judged=judged_of(found, on=one.today),
        has_children=sum(people.values()) > people["adults"],
        initial={"child_interest": found.child_interest},
    )

    def do() -> None:
        child_interest = form.cleaned_data.get("child_interest", found.child_interest)
        judge_loan(loan_id=found.pk, judged=form.judged(), child_interest=child_interest, **by(one, form))

    return on_the_loan(request, one, form, page, do, found)


@require_http_methods(METHODS)
def assess(request: HttpRequest, key: UUID, loan_id: int) -> HttpResponse:
    one, found = opened_loan(request, key, loan_id)
    rates, limits = rates_of(one.household, on=one.today), limits_of(on=one.today)
    page = ActPage(
        title=_("Assess what they can pay"),
        submit=_("Reckon and save"),
        done=_("The assessment is saved."),
        lead=_("Whole kroner, a month. What is left empty counts as nothing."),
        template="cases/loans/assess.html",
    )
    before = latest_assessment(found)
    form = AssessForm(
        request.POST or None,
        **common(one),
        purpose=found.purpose,
        initial=initial_of(before) if before else _beginning(one, rates.policy.value, limits.years_most),
    )

    def do() -> None:
        assess_loan(loan_id=found.pk, told=form.told(), debts=form.debts(), **by(one, form))

    return on_the_loan(request, one, form, page, do, found, unchecked=rates.unchecked)


def opened_loan(request: HttpRequest, key: UUID, loan_id: int) -> tuple[Opened, LoanCase]:
    """The household to be changed, and one of its loans.

    :raises Http404: when the loan is another household's
    """
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    return one, _loan(one, loan_id)


def on_the_loan(
    request: HttpRequest, one: Opened, form: ActForm, page: ActPage, do: Any, found: LoanCase, **more: Any
) -> HttpResponse:
    """The form of an act on a loan, from its page and back to it."""
    here = one.url("loan", found.pk)
    return answer(request, one, form, page, do, back=here, then=here, **more)


def common(one: Opened) -> dict[str, Any]:
    return {"today": one.today, "version": one.household.version}


def by(one: Opened, form: ActForm) -> dict[str, Any]:
    return {"version": form.cleaned_data["version"], "by": one.employee, "at": one.at}


def name(found: LoanCase) -> str:
    return f"{found.get_kind_display()}: {found.get_purpose_display()}"


def _loan(one: Opened, loan_id: int) -> LoanCase:
    rows = LoanCase.objects.select_related("decision", "home")
    found: LoanCase = get_object_or_404(rows, pk=loan_id, household=one.household)
    found.household = one.household
    return found


def _beginning(one: Opened, policy_rate: Any, years: int) -> dict[str, Any]:
    people = people_of(one.household, on=one.today) if one.household.sight.ages else {}
    return {"policy_rate": policy_rate, "years": years, **{name: count or None for name, count in people.items()}}
