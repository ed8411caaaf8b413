"""Every act on a person's plan, a page each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.individual_plans import (
    begin_plan,
    consent_to_plan,
    decline_plan,
    end_plan,
    evaluate_plan,
    offer_plan,
    revise_plan,
    write_plan,
)
from cases.actions.plan_people import (
    add_participant,
    give_consent,
    remove_participant,
    seats_of,
    withdraw_consent,
)
from cases.forms.cases import NothingForm
from cases.forms.person_plans import (
    BeginForm,
    ConsentForm,
    DeclineForm,
    EndPlanForm,
    EvaluateForm,
    GiveConsentForm,
    OfferPlanForm,
    ParticipantForm,
    ReviseForm,
    WithdrawForm,
    WritePlanForm,
    next_revision,
)
from cases.models import PlanConsent, PlanKind, PlanParticipant
from cases.questions.colleagues import planners_of
from cases.views.person_plans import OpenedPlan, opened_plan
from cases.views.shell import ActPage, answer, opened
from people.act_forms import ActForm
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


def to_act(request: HttpRequest, key: UUID, plan_id: int) -> OpenedPlan:
    return opened_plan(request, key, plan_id, Permission.MAKE_PLAN)


def common(found: OpenedPlan) -> dict[str, Any]:
    """What every form of an act takes."""
    return {"today": found.one.today, "version": found.one.household.version}


def who(found: OpenedPlan, form: ActForm) -> dict[str, Any]:
    """What every act takes of whoever sends its form."""
    return {"version": form.cleaned_data["version"], "by": found.one.employee, "at": found.one.at}


def acted(
    request: HttpRequest, found: OpenedPlan, form: ActForm, page: ActPage, do: Callable[[], Any], **more: Any
) -> HttpResponse:
    """As `answer`; from the plan's page and back to it."""
    return answer(request, found.one, form, page, do, back=found.page, then=found.page, **more)


@require_http_methods(_METHODS)
def offer(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, Permission.MAKE_PLAN)
    members = [(member.person_id, str(member.person)) for member in one.situation.members]
    kinds = [choice for choice in PlanKind.choices if one.household.sight.special or choice[0] != PlanKind.SAFETY]
    form = OfferPlanForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        members=members,
        kinds=kinds,
        initial={"offered_on": one.today, "person": members[0][0] if len(members) == 1 else None},
    )
    page = ActPage(
        title=_("Offer a plan"),
        submit=_("Register the offer"),
        done=_("The offer is registered. Register what the person answers."),
        lead=_("Who needs lasting services from several has a right to an individual plan, and may decline it."),
    )

    def do() -> None:
        told = form.cleaned_data
        offer_plan(
            household_id=one.household.pk,
            person_id=told["person"],
            kind=told["kind"],
            right=told["right"],
            offered_on=told["offered_on"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    back = one.url("person_plans")
    return answer(request, one, form, page, do, back=back, then=back)


@require_http_methods(_METHODS)
def decline(request: HttpRequest, key: UUID, plan_id: int) -> HttpResponse:
    found = to_act(request, key, plan_id)
    form = DeclineForm(request.POST or None, **common(found), initial={"on": found.one.today})
    page = ActPage(
        title=_("The person declines the plan"), submit=_("Register the answer"), done=_("The answer is registered.")
    )

    def do() -> None:
        told = form.cleaned_data
        decline_plan(plan_id=plan_id, on=told["on"], because=told["because"], **who(found, form))

    return acted(request, found, form, page, do)


@require_http_methods(_METHODS)
def consent(request: HttpRequest, key: UUID, plan_id: int) -> HttpResponse:
    found = to_act(request, key, plan_id)
    form = ConsentForm(request.POST or None, **common(found), initial={"on": found.one.today})
    page = ActPage(
        title=_("The person wants the plan"),
        submit=_("Register the consent"),
        done=_("The consent is registered. Write the plan with the person."),
    )

    def do() -> None:
        told = form.cleaned_data
        consent_to_plan(plan_id=plan_id, on=told["on"], way=told["way"], parts=told["parts"], **who(found, form))

    return acted(request, found, form, page, do)


@require_http_methods(_METHODS)
def consent_more(request: HttpRequest, key: UUID, plan_id: int) -> HttpResponse:
    found = to_act(request, key, plan_id)
    form = GiveConsentForm(request.POST or None, **common(found), initial={"on": found.one.today})
    page = ActPage(
        title=_("The person says yes to more"),
        submit=_("Register the consent"),
        done=_("The consent is registered."),
    )

    def do() -> None:
        told = form.cleaned_data
        give_consent(plan_id=plan_id, part=told["part"], on=told["on"], way=told["way"], **who(found, form))

    return acted(request, found, form, page, do)


@require_http_methods(_METHODS)
def withdraw(request: HttpRequest, key: UUID, plan_id: int, consent_id: int) -> HttpResponse:
    found = to_act(request, key, plan_id)
    given = get_object_or_404(PlanConsent.objects.select_related("participant"), pk=consent_id, plan=found.plan)
    named = f": {given.participant}" if given.participant else ""
    form = WithdrawForm(request.POST or None, **common(found), initial={"on": found.one.today})
    page = ActPage(
        title=_("The person takes the consent back"),
        submit=_("Withdraw the consent"),
        done=_("The consent is withdrawn. Whoever read the plan by it reads it no more."),
        lead=f"{given.get_part_display()}{named}",
        is_danger=True,
    )

    def do() -> None:
        withdraw_consent(consent_id=given.pk, on=form.cleaned_data["on"], **who(found, form))

    return acted(request, found, form, page, do)


@require_http_methods(_METHODS)
def write(request: HttpRequest, key: UUID, plan_id: int) -> HttpResponse:
    found = to_act(request, key, plan_id)
    plan = found.plan
    names = ("goals", "resources", "needs", "own_part", "carried_out", "cooperation", "ends_on")
    form = WritePlanForm(
        request.POST or None,
        **common(found),
        coordinators=planners_of(found.one.situation.unit, plan.coordinator, at=found.one.at),
        initial={**{name: getattr(plan, name) for name in names}, "coordinator": plan.coordinator_id},
    )
    page = ActPage(
        title=_("Write the plan"),
        submit=_("Save the plan"),
        done=_("The plan is saved."),
        lead=_("Write it with the person, in the person's own words."),
    )

    def do() -> None:
        told = form.cleaned_data
        write_plan(
            plan_id=plan_id,
            words=form.words(),
            coordinator_id=told["coordinator"],
            ends_on=told["ends_on"],
            **who(found, form),
        )

    return acted(request, found, form, page, do)


@require_http_methods(_METHODS)
def begin(request: HttpRequest, key: UUID, plan_id: int) -> HttpResponse:
    found = to_act(request, key, plan_id)
    proposed = {"on": found.one.today, "next_revision_on": next_revision(found.one.today)}
    form = BeginForm(request.POST or None, **common(found), initial=proposed)
    page = ActPage(
        title=_("Begin the plan"),
        submit=_("Begin the plan"),
        done=_("The plan runs."),
        lead=_("The plan as it stands is kept as its first version."),
    )

    def do() -> None:
        told = form.cleaned_data
        begin_plan(plan_id=plan_id, on=told["on"], next_revision_on=told["next_revision_on"], **who(found, form))

    return acted(request, found, form, page, do)


@require_http_methods(_METHODS)
def revise(request: HttpRequest, key: UUID, plan_id: int) -> HttpResponse:
    found = to_act(request, key, plan_id)
    form = ReviseForm(
        request.POST or None, **common(found), initial={"next_revision_on": next_revision(found.one.today)}
    )
    page = ActPage(
        title=_("Revise the plan"),
        submit=_("Keep the new version"),
        done=_("The plan is revised."),
        lead=_("Write the changes in the plan first. As it stands now it is kept as a new version."),
    )

    def do() -> None:
        told = form.cleaned_data
        revise_plan(
            plan_id=plan_id,
            because=told["because"],
            next_revision_on=told["next_revision_on"],
            **who(found, form),
        )

    return acted(request, found, form, page, do)


@require_http_methods(_METHODS)
def evaluate(request: HttpRequest, key: UUID, plan_id: int) -> HttpResponse:
    found = to_act(request, key, plan_id)
    form = EvaluateForm(request.POST or None, **common(found), initial={"held_on": found.one.today})
    page = ActPage(
        title=_("How the plan has worked"), submit=_("Save the evaluation"), done=_("The evaluation is saved.")
    )

    def do() -> None:
        names = ("held_on", "goals", "person_says", "we_say")
        evaluate_plan(plan_id=plan_id, **{name: form.cleaned_data[name] for name in names}, **who(found, form))

    return acted(request, found, form, page, do)


@require_http_methods(_METHODS)
def end(request: HttpRequest, key: UUID, plan_id: int) -> HttpResponse:
    found = to_act(request, key, plan_id)
    form = EndPlanForm(request.POST or None, **common(found), initial={"on": found.one.today})
    page = ActPage(
        title=_("End the plan"),
        submit=_("End the plan"),
        done=_("The plan has ended."),
        lead=_("Nobody takes part in it any more, and whoever could read their part reads it no more."),
        is_danger=True,
    )

    def do() -> None:
        end_plan(plan_id=plan_id, on=form.cleaned_data["on"], because=form.cleaned_data["because"], **who(found, form))

    return acted(request, found, form, page, do)


@require_http_methods(_METHODS)
def join(request: HttpRequest, key: UUID, plan_id: int) -> HttpResponse:
    found = to_act(request, key, plan_id)
    form = ParticipantForm(request.POST or None, **common(found), seats=seats_of(found.plan, on=found.one.today))
    page = ActPage(
        title=_("Add somebody who takes part"), submit=_("Add to the plan"), done=_("They take part in the plan.")
    )

    def do() -> None:
        told = form.cleaned_data
        add_participant(
            plan_id=plan_id, new=form.new(), consented_on=told["consented_on"], way=told["way"], **who(found, form)
        )

    return acted(request, found, form, page, do)


@require_http_methods(_METHODS)
def leave(request: HttpRequest, key: UUID, plan_id: int, participant_id: int) -> HttpResponse:
    found = to_act(request, key, plan_id)
    participant = get_object_or_404(PlanParticipant, pk=participant_id, plan=found.plan)
    form = NothingForm(request.POST or None, **common(found))
    page = ActPage(
        title=_("They take part no more"),
        submit=_("End their part"),
        done=_("They take part no more."),
        lead=str(participant),
    )

    def do() -> None:
        remove_participant(participant_id=participant.pk, **who(found, form))

    return acted(request, found, form, page, do)
