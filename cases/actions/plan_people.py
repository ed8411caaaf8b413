"""Who takes part in a person's plan, and what the person has consented to: withdrawn, it holds from that moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.assignments import is_kept_from
from cases.actions.plan_doors import (
    CannotPlanFor,
    NoConsent,
    bring_to_end,
    end_groups,
    let_in,
    let_out,
    locked_live_plan,
    locked_plan,
    record,
    refuse_day,
    stands,
)
from cases.models import (
    ConsentPart,
    ConsentWay,
    IndividualPlan,
    ParticipantKind,
    PlanConsent,
    PlanEnd,
    PlanParticipant,
)
from people.journal import Act
from people.models import Employee, RoleGrant, UnitKind
from people.roles import Permission, roles_with
from people.transactions import act


@dataclass(frozen=True, kw_only=True)
class NewParticipant:
    """Who is to take part. With a seat ("employee-unit") that one signs in here; else name and service are written."""

    kind: ParticipantKind | str
    contributes: str
    seat: str = ""
    name: str = ""
    service: str = ""


@act
def add_participant(
    *,
    plan_id: int,
    new: NewParticipant,
    consented_on: date | None,
    way: ConsentWay | str = "",
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> PlanParticipant:
    """Somebody takes part from the day the person said yes to it; who signs in here may read their part from now.

    :raises NoConsent: without the person's consent to share what is confidential with them
    :raises CannotPlanFor: naming the field
    """
    plan = locked_live_plan(plan_id, by=by, at=at, version=version)
    _refuse_unconsented(plan, ParticipantKind(new.kind) if new.kind in ParticipantKind.values else None, consented_on)
    assert consented_on is not None
    refuse_day(consented_on, plan=plan, at=at, field="consented_on")
    if way not in ConsentWay.values:
        raise CannotPlanFor(_("Choose how they consented."), field="way")
    if not new.contributes.strip():
        raise CannotPlanFor(_("Write what they contribute."), field="contributes")
    employee, name, service = _who(plan, new, at=at)
    participant = PlanParticipant.objects.create(
        plan=plan,
        kind=new.kind,
        employee=employee,
        name=name,
        service=service,
        contributes=new.contributes.strip(),
        joined_on=localdate(at),
    )
    PlanConsent.objects.create(
        plan=plan, part=ConsentPart.SHARING, participant=participant, way=way, given_on=consented_on
    )
    let_in(participant, by=by, at=at)
    record(Act.PLAN_JOINED, plan, by=by, at=at, on=consented_on, participant=participant.pk)
    return participant


@act
def remove_participant(
    *, participant_id: int, by: Employee, at: datetime, version: int | None = None
) -> PlanParticipant:
    """Somebody takes part no more, from today, and reads nothing from this moment.

    :raises CannotPlanFor: when they have left already
    """
    participant = _participant(participant_id)
    plan = locked_plan(participant.plan_id, by=by, at=at, version=version)
    participant = _participant(participant_id)
    if participant.left_on is not None:
        raise CannotPlanFor(_("They take part no more already."))
    let_out(participant, on=localdate(at), at=at)
    record(Act.PLAN_LEFT, plan, by=by, at=at, participant=participant.pk)
    return participant


@act
def give_consent(
    *,
    plan_id: int,
    part: ConsentPart | str,
    on: date,
    way: ConsentWay | str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> PlanConsent:
    """The person says yes to one more part of the plan. To share with somebody is given with that participant.

    :raises CannotPlanFor: naming the field; when they have said yes to it already
    """
    plan = locked_live_plan(plan_id, by=by, at=at, version=version)
    refuse_day(on, plan=plan, at=at, field="on")
    if part not in (ConsentPart.COORDINATION, ConsentPart.GROUP):
        raise CannotPlanFor(_("Choose what they consent to."), field="part")
    if way not in ConsentWay.values:
        raise CannotPlanFor(_("Choose how they consented."), field="way")
    if stands(plan, ConsentPart(part)):
        raise CannotPlanFor(_("The person has consented to this already."), field="part")
    made = PlanConsent.objects.create(plan=plan, part=part, way=way, given_on=on)
    record(Act.PLAN_CONSENT_GIVEN, plan, by=by, at=at, on=on, part=str(part))
    return made


@act
def withdraw_consent(
    *, consent_id: int, on: date, by: Employee, at: datetime, version: int | None = None
) -> PlanConsent:
    """The person takes a yes back. Whatever rested on it ends at once.

    Of the plan: it ends, and nobody reads it. That services talk together: every service leaves it. Of the group: it
    meets no more. To share with somebody: that one takes part no more.

    :raises CannotPlanFor: when it is withdrawn already, or with a day that cannot be
    """
    plan_id = PlanConsent.objects.filter(pk=consent_id).values_list("plan_id", flat=True).first()
    if plan_id is None:
        raise Http404
    plan = locked_plan(plan_id, by=by, at=at, version=version)
    consent = PlanConsent.objects.select_related("participant__employee", "participant__plan").get(pk=consent_id)
    if consent.withdrawn_on is not None:
        raise CannotPlanFor(_("It is withdrawn already."))
    refuse_day(on, plan=plan, at=at, field="on")
    if on < consent.given_on:
        raise CannotPlanFor(_("Consent cannot be withdrawn before it was given."), field="on")
    consent.withdrawn_on = on
    consent.save(update_fields=["withdrawn_on"])
    record(Act.PLAN_CONSENT_WITHDRAWN, plan, by=by, at=at, on=on, part=consent.part)
    _follow(plan, consent, on=on, by=by, at=at)
    return consent


def seats_of(plan: IndividualPlan, *, on: date) -> list[tuple[str, str]]:
    """Everybody of the municipality who can take part by signing in here: "employee-unit", words."""
    grants = RoleGrant.objects.on(on).filter(
        unit__municipality=plan.household.municipality_id,
        role__in=roles_with(Permission.VIEW_MINIMUM),
        employee__is_active=True,
        employee__is_system=False,
    )
    taken = plan.participants.now().filter(employee__isnull=False).values("employee")
    free = grants.exclude(unit__kind=UnitKind.SPECIAL).exclude(employee__in=taken)
    rows = free.values_list("employee_id", "unit_id", "employee__name", "unit__name").distinct()
    return [
        (f"{employee}-{unit}", f"{name}, {service}")
        for employee, unit, name, service in sorted(rows, key=lambda row: (row[3], row[2]))
    ]


def _participant(participant_id: int) -> PlanParticipant:
    found = PlanParticipant.objects.select_related("plan", "employee").filter(pk=participant_id).first()
    if found is None:
        raise Http404
    return found


def _refuse_unconsented(plan: IndividualPlan, kind: ParticipantKind | None, consented_on: date | None) -> None:
    if kind is None:
        raise CannotPlanFor(_("Choose who takes part."), field="kind")
    if not plan.may_begin():
        raise NoConsent(_("Register first that the person wants the plan."))
    if consented_on is None:
        raise NoConsent(
            _("Nobody takes part before the person has said yes to it. Write the day they did."), field="consented_on"
        )
    is_service = plan.needs_consent and kind == ParticipantKind.SERVICE
    if is_service and not stands(plan, ConsentPart.COORDINATION):
        raise NoConsent(
            _("The person has not said yes to services talking together about the plan. Register that first."),
            field="kind",
        )


def _who(plan: IndividualPlan, new: NewParticipant, *, at: datetime) -> tuple[Employee | None, str, str]:
    """Who it is: the employee, if one, with name and service in words."""
    if new.seat:
        words = dict(seats_of(plan, on=localdate(at))).get(new.seat)
        if words is None:
            raise CannotPlanFor(_("Choose one of those on the list."), field="seat")
        employee = Employee.objects.get(pk=int(new.seat.split("-")[0]))
        if is_kept_from(employee, plan.household, on=localdate(at)):
            raise CannotPlanFor(_("This person must not deal with the case. Choose somebody else."), field="seat")
        return employee, employee.name, words.removeprefix(f"{employee.name}, ")
    if not new.name.strip():
        raise CannotPlanFor(_("Choose somebody on the list, or write a name."), field="name")
    return None, new.name.strip(), new.service.strip()


def _follow(plan: IndividualPlan, consent: PlanConsent, *, on: date, by: Employee, at: datetime) -> None:
    """What rested on the consent ends."""
    now = plan.participants.now().select_related("employee", "plan").order_by("pk")
    match ConsentPart(consent.part):
        case ConsentPart.PLAN:
            if plan.is_live:
                bring_to_end(plan, on=on, because=PlanEnd.CONSENT_WITHDRAWN, by=by, at=at)
        case ConsentPart.COORDINATION:
            for participant in now.filter(kind=ParticipantKind.SERVICE):
                let_out(participant, on=on, at=at)
        case ConsentPart.GROUP:
            end_groups(plan, on=on, by=by, at=at)
        case ConsentPart.SHARING:
            for participant in now.filter(pk=consent.participant_id or 0):
                let_out(participant, on=on, at=at)
