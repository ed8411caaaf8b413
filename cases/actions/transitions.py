"""Planning for who comes out of a place or of age: told, changed, a home ready, come home, fallen away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.calendar import case_to_act_on
from cases.actions.follow_coming import fall_away, follow_coming, record, unreserve
from cases.actions.occupancy import lock_dwellings, refuse_dwelling, residence_on
from cases.actions.offers import first_free_day, refuse_kept
from cases.models import (
    COMES_FROM,
    OF_THE_YOUNG,
    TO_COME,
    HomeWaiting,
    Transition,
    TransitionKind,
    TransitionStatus,
)
from housing.actions.voids import hold_for
from housing.models import AWAITING_HOME
from housing.states import add_months, birthday
from people.access import locked_household
from people.journal import Act
from people.masking import require_whereabouts
from people.models import Employee, Household, Member, Person
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

#: Until when aftercare can last, and what a young person is met before.
AFTERCARE_YEARS, OF_AGE = 25, 18
#: How far ahead anybody else is planned for.
MONTHS_AHEAD = 24
#: Years old that somebody is when met before coming of age.
MET_FROM = 16


class CannotPlan(Refusal):
    """The arrival cannot be planned so."""


class CannotPrepare(Refusal):
    """That home does not wait for them."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is known of who comes. Facts of another kind are refused; `refund` in kroner."""

    kind: str
    expected_on: date
    person_id: int | None = None
    origin: str = ""
    coordinator: str = ""
    pathway: str = ""
    ready_on: date | None = None
    notice_on: date | None = None
    is_conditional: bool = False
    refund_applied_on: date | None = None
    refund_paid_on: date | None = None
    refund: int | None = None
    returned_to_abuser: bool | None = None


_FACTS = (
    "expected_on",
    "origin",
    "coordinator",
    "pathway",
    "ready_on",
    "notice_on",
    "is_conditional",
    "refund_applied_on",
    "refund_paid_on",
    "refund",
    "returned_to_abuser",
)


@act
def plan_transition(
    *, household_id: int, plan: Plan, by: Employee, at: datetime, version: int | None = None
) -> Transition:
    """Somebody is known to come out, or of age, on a day: their home is to be ready then.

    Where they live now gets its planned end, and whether a home waits.

    :raises CannotPlan: naming the field at fault
    :raises NoOpenCase: when the case is closed
    """
    household = _locked(household_id, by=by, at=at, version=version)
    today = localdate(at)
    if plan.kind not in TransitionKind.values:
        raise CannotPlan(_("Choose what they come from."), field="kind")
    _refuse_second(household, plan.person_id)
    if plan.expected_on < today:
        raise CannotPlan(_("That day has passed: register where they live now."), field="expected_on")
    arrival: Transition = Transition(
        household=household,
        person=_person(household, plan, today=today),
        kind=plan.kind,
        known_on=today,
        registered_by=by,
    )
    _tell(arrival, plan, today=today)
    arrival.save()
    _tell_residence(arrival, today=today)
    record(Act.TRANSITION_PLANNED, arrival, by=by, at=at, on=arrival.expected_on)
    return arrival


@act
def change_transition(
    *, transition_id: int, plan: Plan, by: Employee, at: datetime, version: int | None = None
) -> Transition:
    """More is known: another day, who to talk to there, ready and notice, the refund, where they went back to.

    :raises CannotPlan: naming the field at fault, or for one that fell away
    """
    arrival = _locked_transition(transition_id, by=by, at=at, version=version)
    if arrival.status == TransitionStatus.FELL_AWAY:
        raise CannotPlan(_("It fell away: plan anew."))
    if plan.expected_on < arrival.known_on:
        raise CannotPlan(_("They cannot come before we knew of it."), field="expected_on")
    _tell(arrival, plan, today=localdate(at))
    arrival.save(update_fields=[*_FACTS])
    if arrival.status in TO_COME:
        _tell_residence(arrival, today=localdate(at))
    record(Act.TRANSITION_CHANGED, arrival, by=by, at=at, on=arrival.expected_on)
    return arrival


@act
def prepare_home(
    *,
    transition_id: int,
    home: str,
    by: Employee,
    at: datetime,
    dwelling_id: int | None = None,
    note: str = "",
    version: int | None = None,
) -> Transition:
    """A home waits for the day they come. One of the municipality's dwellings is held for them until then.

    :raises CannotPrepare: when a home waits already, none is named, or the dwelling is not free on the day
    """
    arrival = _locked_transition(transition_id, by=by, at=at, version=version)
    if arrival.status == TransitionStatus.PREPARED:
        raise CannotPrepare(_("A home waits already: say first that it no longer does."))
    if arrival.status != TransitionStatus.PLANNED:
        raise CannotPrepare(_("They have come: register where they live."))
    if home not in HomeWaiting.values:
        raise CannotPrepare(_("Choose the home that waits."), field="home")
    if dwelling_id is not None and home != HomeWaiting.MUNICIPAL:
        raise CannotPrepare(_("Only a municipal dwelling is reserved."), field="dwelling")
    dwelling = None
    if dwelling_id is not None:
        dwelling = lock_dwellings([dwelling_id]).get(dwelling_id)
        if dwelling is None or dwelling.municipality_id != arrival.household.municipality_id:
            raise CannotPrepare(_("Choose one of the municipality's dwellings."), field="dwelling")
        today = localdate(at)
        refuse_kept(dwelling, on=arrival.expected_on, household=arrival.household)
        refuse_dwelling(dwelling, arrival.expected_on, None, but=None, household=arrival.household)
        free_from = first_free_day(dwelling, on=today)
        if not arrival.household.dwelling_holds.touching(today, None).filter(dwelling=dwelling).exists():
            hold_for(arrival.household, dwelling, on=free_from or arrival.expected_on, expected_on=None)
    arrival.prepare(home=home, dwelling=dwelling, note=note.strip())
    arrival.save(update_fields=["status", "home", "dwelling", "home_note"])
    _tell_residence(arrival, today=localdate(at))
    record(Act.TRANSITION_PREPARED, arrival, by=by, at=at, on=arrival.expected_on)
    return arrival


@act
def lose_place(
    *, transition_id: int, because: str, by: Employee, at: datetime, version: int | None = None
) -> Transition:
    """The home that waited does so no longer; what was held is free again.

    :raises CannotPrepare: without a reason, or when no home waits
    """
    arrival = _locked_transition(transition_id, by=by, at=at, version=version)
    if arrival.status != TransitionStatus.PREPARED:
        raise CannotPrepare(_("No home waits for them."))
    if not because.strip():
        raise CannotPrepare(_("Say why."), field="because")
    unreserve(arrival, at=at)
    arrival.lose_place()
    arrival.save(update_fields=["status", "home", "dwelling", "home_note"])
    _tell_residence(arrival, today=localdate(at))
    record(Act.TRANSITION_PLACE_LOST, arrival, by=by, at=at, reason=because.strip())
    return arrival


@act
def came_home(*, transition_id: int, on: date, by: Employee, at: datetime, version: int | None = None) -> Transition:
    """Back in a home they have kept or with family, or come of age in one. Otherwise where they live tells it.

    :raises CannotPrepare: when where they live tells it, or for a day ahead or before it was known
    """
    arrival = _locked_transition(transition_id, by=by, at=at, version=version)
    if not (arrival.is_open and arrival.is_told):
        raise CannotPrepare(_("Register where they live: that tells that they have come."))
    if on > localdate(at) or on < arrival.known_on:
        raise CannotPrepare(_("Choose a day from when it was known until today."), field="on")
    arrival.house(on=on, left_on=on)
    arrival.save(update_fields=["status", "housed_on", "left_on"])
    record(Act.TRANSITION_HOUSED, arrival, by=by, at=at, on=on)
    return arrival


@act
def drop_transition(
    *, transition_id: int, because: str, by: Employee, at: datetime, version: int | None = None
) -> Transition:
    """They do not come after all, or need no home of us.

    :raises CannotPlan: without a reason, or when they have come home or it fell away already
    """
    arrival = _locked_transition(transition_id, by=by, at=at, version=version)
    if not arrival.is_open:
        raise CannotPlan(_("It is over: %(status)s.") % {"status": arrival.get_status_display()})
    if not because.strip():
        raise CannotPlan(_("Say why it fell away."), field="because")
    fall_away(arrival, on=localdate(at), because=because.strip(), by=by, at=at)
    return arrival


def _locked(household_id: int, *, by: Employee, at: datetime, version: int | None) -> Household:
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    require_whereabouts(household)
    case_to_act_on(household, by=by, at=at)
    return household


def _locked_transition(transition_id: int, *, by: Employee, at: datetime, version: int | None) -> Transition:
    """With its household locked, read after the lock."""
    household_id = Transition.objects.filter(pk=transition_id).values_list("household_id", flat=True).first()
    if household_id is None:
        raise Http404
    household = _locked(household_id, by=by, at=at, version=version)
    follow_coming(household_id, by=by, at=at)
    arrival: Transition = Transition.objects.select_related("dwelling").get(pk=transition_id)
    arrival.household = household
    return arrival


def _refuse_second(household: Household, person_id: int | None) -> None:
    if Transition.objects.open().filter(household=household, person=person_id).exists():
        raise CannotPlan(_("They are planned for already: change that plan, or say that it fell away."))


def _person(household: Household, plan: Plan, *, today: date) -> Person | None:
    if plan.person_id is None:
        if plan.kind in OF_THE_YOUNG:
            raise CannotPlan(_("Say whom it concerns."), field="person")
        return None
    members = Member.objects.on(today).filter(household=household, person=plan.person_id).select_related("person")
    member = members.first()
    if member is None:
        raise CannotPlan(_("Choose a member of the household."), field="person")
    _refuse_age(member.person, plan, today=today)
    return member.person


def _refuse_age(person: Person, plan: Plan, *, today: date) -> None:
    """Aftercare lasts until 25 at the most; somebody met before 18 is 16 or 17."""
    if plan.kind == TransitionKind.AFTERCARE and plan.expected_on > birthday(person.born_on, AFTERCARE_YEARS):
        raise CannotPlan(_("Aftercare ends when they turn 25 at the latest."), field="expected_on")
    if plan.kind == TransitionKind.YOUTH_MET_BEFORE_18:
        is_of_the_age = birthday(person.born_on, MET_FROM) <= today < birthday(person.born_on, OF_AGE)
        if not is_of_the_age:
            raise CannotPlan(_("This is for somebody who is 16 or 17."), field="person")


def _tell(arrival: Transition, plan: Plan, *, today: date) -> None:
    if plan.expected_on > add_months(today, MONTHS_AHEAD) and arrival.kind not in OF_THE_YOUNG:
        raise CannotPlan(_("That day is more than two years ahead."), field="expected_on")
    for name in _FACTS:
        told = getattr(plan, name)
        setattr(arrival, name, told.strip() if isinstance(told, str) else told)
    _refuse_facts(arrival, today=today)


def _refuse_facts(arrival: Transition, *, today: date) -> None:
    if arrival.kind != TransitionKind.DISCHARGE and (arrival.ready_on or arrival.notice_on):
        raise CannotPlan(_("Only a patient is declared ready for discharge."), field="ready_on")
    for name in ("ready_on", "notice_on", "refund_applied_on", "refund_paid_on"):
        told = getattr(arrival, name)
        if told is not None and told > today:
            raise CannotPlan(_("That day has not come."), field=name)
    if arrival.is_conditional and arrival.kind != TransitionKind.RELEASE:
        raise CannotPlan(_("Detention is of who is released from prison."), field="is_conditional")
    has_refund = arrival.refund is not None or arrival.refund_applied_on or arrival.refund_paid_on
    if has_refund and not arrival.is_conditional:
        raise CannotPlan(_("A refund is for a unit that detention is on condition of."), field="refund")
    if arrival.refund_paid_on is not None and (
        arrival.refund_applied_on is None
        or arrival.refund is None
        or arrival.refund_paid_on < arrival.refund_applied_on
    ):
        raise CannotPlan(_("A refund is applied for before it is paid, and has its amount."), field="refund_paid_on")
    if arrival.returned_to_abuser is not None and arrival.kind != TransitionKind.LEAVES_CRISIS_CENTRE:
        raise CannotPlan(_("That is asked of who leaves a crisis centre only."), field="returned_to_abuser")


def _tell_residence(arrival: Transition, *, today: date) -> None:
    """Where they live now ends on the day expected, and a home waits or does not: kept with the residence."""
    here = residence_on(arrival.household, today)
    if here is None or here.kind not in COMES_FROM.get(TransitionKind(arrival.kind), ()):
        return
    changed = []
    if arrival.expected_on > here.starts_on and here.planned_end != arrival.expected_on:
        here.planned_end = arrival.expected_on
        changed.append("planned_end")
    waits = arrival.status == TransitionStatus.PREPARED
    if here.kind in AWAITING_HOME and here.home_waits != waits:
        here.home_waits = waits
        changed.append("home_waits")
    if changed:
        here.save(update_fields=changed)
