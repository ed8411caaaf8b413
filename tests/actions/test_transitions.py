"""Who comes out of a place on a known day: planned, a home reserved, housed without a night in between, or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from cases.actions.calendar import effect_due
from cases.actions.closing import close_case
from cases.actions.nightly import settle_tasks
from cases.actions.residences import Destination, leave, settle
from cases.actions.transitions import (
    CannotPlan,
    CannotPrepare,
    Plan,
    came_home,
    change_transition,
    drop_transition,
    lose_place,
    plan_transition,
    prepare_home,
)
from cases.actions.undo import undo_last
from cases.coming import CameOut, Place, came_out, is_homeless_ahead
from cases.discharge import cost_of
from cases.models import ClosingReason, Task, TaskKind, Transition
from housing.models import DwellingVoid, ResidenceKind
from people.masking import WhereaboutsShielded
from people.models import Household, JournalEntry, Municipality, Person
from tests.factories.coming import TransitionFactory
from tests.factories.offers import OfferedDwellingFactory
from tests.factories.people import (
    AT,
    DAY,
    LONG_AGO,
    OSLO_NUMBER,
    MemberFactory,
    PersonFactory,
    UnitFactory,
    at,
    caseworker,
)
from tests.journeys import household_in, worker_for

TOMORROW = DAY + timedelta(days=1)
YESTERDAY = DAY - timedelta(days=1)
OUT = DAY + timedelta(days=20)


def in_prison(**facts: Any) -> Household:
    return household_in(ResidenceKind.PRISON, LONG_AGO, **facts)


def planned(household: Household, **told: Any) -> Transition:
    plan = Plan(**{"kind": "release", "expected_on": OUT, **told})
    return plan_transition(household_id=household.pk, plan=plan, by=worker_for(household), at=AT)


def changed(arrival: Transition, **told: Any) -> Transition:
    plan = Plan(kind=arrival.kind, **{"expected_on": arrival.expected_on, **told})
    return change_transition(transition_id=arrival.pk, plan=plan, by=worker_for(arrival.household), at=AT)


def prepared(arrival: Transition, home: str = "private", **told: Any) -> Transition:
    return prepare_home(transition_id=arrival.pk, home=home, by=worker_for(arrival.household), at=AT, **told)


def fresh(arrival: Transition) -> Transition:
    found: Transition = Transition.objects.get(pk=arrival.pk)
    return found


def acts(household: Household) -> list[str]:
    entries = JournalEntry.objects.filter(household_id=household.pk, act__startswith="transition.")
    return list(entries.order_by("pk").values_list("act", flat=True))


@pytest.mark.django_db
def test_a_release_is_planned_and_housed_without_a_night_between() -> None:
    household = in_prison()
    dwelling = OfferedDwellingFactory.create()
    arrival = prepared(planned(household), "municipal", dwelling_id=dwelling.pk)

    held = DwellingVoid.objects.get(held_for=household)
    assert (held.dwelling, held.starts_on, held.ends_on) == (dwelling, DAY, None)
    prison = household.residences.get()
    assert (prison.planned_end, prison.home_waits) == (OUT, True)

    home = Destination(ResidenceKind.MUNICIPAL_RENTAL, dwelling_id=dwelling.pk, lease="ordinary")
    settle(household_id=household.pk, on=OUT, to=home, by=worker_for(household), at=at(OUT))

    arrival = fresh(arrival)
    assert (arrival.status, arrival.left_on, arrival.housed_on) == ("housed", OUT, OUT)
    assert [one.kind for one in household.residences.order_by("starts_on")] == ["prison", "municipal_rental"]
    held.refresh_from_db()
    assert held.ends_on == OUT
    assert acts(household) == ["transition.planned", "transition.prepared", "transition.housed"]


@pytest.mark.django_db
def test_who_comes_out_to_nothing_is_out_and_then_housed() -> None:
    household = in_prison()
    arrival = planned(household)
    rough = Destination(ResidenceKind.FRIENDS)
    leave(household_id=household.pk, on=DAY, to=rough, by=worker_for(household), at=AT)
    assert (fresh(arrival).status, fresh(arrival).left_on) == ("arrived", DAY)

    home = Destination(ResidenceKind.PRIVATE_RENTAL, lease="ordinary")
    settle(household_id=household.pk, on=TOMORROW, to=home, by=worker_for(household), at=at(TOMORROW))

    arrival = fresh(arrival)
    assert (arrival.status, arrival.left_on, arrival.housed_on) == ("housed", DAY, TOMORROW)


@pytest.mark.django_db
def test_a_move_that_is_undone_waits_again() -> None:
    household = in_prison()
    arrival = prepared(planned(household))
    worker = worker_for(household)
    home = Destination(ResidenceKind.PRIVATE_RENTAL, lease="ordinary")
    settle(household_id=household.pk, on=DAY, to=home, by=worker, at=AT)
    assert fresh(arrival).status == "housed"

    undo_last(household_id=household.pk, by=worker, at=AT + timedelta(minutes=1))

    assert (fresh(arrival).status, fresh(arrival).housed_on) == ("prepared", None)


@pytest.mark.django_db
def test_a_move_dated_ahead_is_seen_on_its_day() -> None:
    household = in_prison()
    arrival = planned(household)
    family = Destination(ResidenceKind.WITH_FAMILY)
    leave(household_id=household.pk, on=TOMORROW, to=family, by=worker_for(household), at=AT)
    assert fresh(arrival).status == "planned"

    effect_due(at=at(TOMORROW))

    assert (fresh(arrival).status, fresh(arrival).housed_on) == ("housed", TOMORROW)


@pytest.mark.django_db
def test_a_home_that_falls_through_is_free_again_and_no_home_waits() -> None:
    household = in_prison()
    dwelling = OfferedDwellingFactory.create()
    arrival = prepared(planned(household), "municipal", dwelling_id=dwelling.pk)

    with pytest.raises(CannotPrepare) as refused:
        lose_place(transition_id=arrival.pk, because=" ", by=worker_for(household), at=AT)
    assert refused.value.field == "because"
    lose_place(transition_id=arrival.pk, because="The house burned", by=worker_for(household), at=AT)

    assert (fresh(arrival).status, fresh(arrival).home, fresh(arrival).dwelling) == ("planned", "", None)
    assert not DwellingVoid.objects.on(DAY).filter(held_for=household).exists()
    assert household.residences.get().home_waits is False


@pytest.mark.django_db
def test_a_dwelling_that_is_not_free_on_the_day_is_not_reserved() -> None:
    dwelling = OfferedDwellingFactory.create()
    prepared(planned(in_prison()), "municipal", dwelling_id=dwelling.pk)
    second = planned(in_prison())

    with pytest.raises(Exception, match="not available"):
        prepared(second, "municipal", dwelling_id=dwelling.pk)
    with pytest.raises(CannotPrepare):
        elsewhere = OfferedDwellingFactory.create(municipality=Municipality.objects.get(number=OSLO_NUMBER))
        prepared(second, "municipal", dwelling_id=elsewhere.pk)

    assert fresh(second).status == "planned"
    assert DwellingVoid.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"kind": "escape"}, "kind"),
        ({"expected_on": YESTERDAY}, "expected_on"),
        ({"expected_on": date(2030, 1, 1)}, "expected_on"),
        ({"kind": "aftercare"}, "person"),
        ({"ready_on": DAY}, "ready_on"),
        ({"kind": "discharge", "ready_on": TOMORROW}, "ready_on"),
        ({"kind": "discharge", "is_conditional": True}, "is_conditional"),
        ({"refund": 100}, "refund"),
        ({"is_conditional": True, "refund": 100, "refund_paid_on": DAY}, "refund_paid_on"),
        ({"returned_to_abuser": True}, "returned_to_abuser"),
        ({"person_id": 0}, "person"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(told: dict[str, Any], field: str) -> None:
    household = in_prison()

    with pytest.raises(CannotPlan) as refused:
        planned(household, **told)

    assert refused.value.field == field
    assert not Transition.objects.exists()


def young(years: int) -> tuple[Household, Person]:
    household = household_in(ResidenceKind.WITH_FAMILY)
    person = PersonFactory.create(born_on=date(DAY.year - years, DAY.month, 1))
    MemberFactory.create(household=household, person=person, role="other")
    return household, person


@pytest.mark.django_db
@pytest.mark.parametrize(("years", "is_met"), [(15, False), (16, True), (17, True), (18, False)])
def test_the_young_are_met_at_16_and_17(years: int, is_met: bool) -> None:
    household, person = young(years)
    told = {"kind": "youth_met_before_18", "person_id": person.pk}
    if is_met:
        assert planned(household, **told).person == person
    else:
        with pytest.raises(CannotPlan):
            planned(household, **told)


@pytest.mark.django_db
def test_aftercare_ends_at_25_at_the_latest() -> None:
    household, person = young(22)
    birthday = date(DAY.year + 3, DAY.month, 1)

    with pytest.raises(CannotPlan) as refused:
        planned(household, kind="aftercare", person_id=person.pk, expected_on=birthday + timedelta(days=1))
    assert refused.value.field == "expected_on"

    arrival = planned(household, kind="aftercare", person_id=person.pk, expected_on=birthday)
    came_home(transition_id=arrival.pk, on=DAY, by=worker_for(household), at=AT)
    assert fresh(arrival).status == "housed"


@pytest.mark.django_db
def test_one_is_planned_for_once() -> None:
    household = in_prison()
    planned(household)

    with pytest.raises(CannotPlan, match="planned for already"):
        planned(household)


@pytest.mark.django_db
def test_a_patient_s_days_and_a_detention_s_refund_are_kept() -> None:
    patient = planned(household_in(ResidenceKind.INSTITUTION), kind="discharge")
    changed(patient, ready_on=YESTERDAY, notice_on=DAY, pathway="Ambulant team")
    assert fresh(patient).pays_from == DAY

    detained = planned(in_prison(), is_conditional=True)
    changed(detained, is_conditional=True, refund=500_000, refund_applied_on=YESTERDAY, refund_paid_on=DAY)
    assert fresh(detained).refund == 500_000


@pytest.mark.django_db
def test_who_keeps_their_home_is_told_to_have_come() -> None:
    household = household_in(ResidenceKind.OWNED)
    arrival = planned(household, kind="discharge")
    with pytest.raises(CannotPrepare):
        came_home(transition_id=arrival.pk, on=DAY, by=worker_for(household), at=AT)
    prepared(arrival, "own_home")
    with pytest.raises(CannotPrepare) as refused:
        came_home(transition_id=arrival.pk, on=TOMORROW, by=worker_for(household), at=AT)
    assert refused.value.field == "on"

    came_home(transition_id=arrival.pk, on=DAY, by=worker_for(household), at=AT)

    assert fresh(arrival).status == "housed"


@pytest.mark.django_db
def test_it_falls_away_with_a_reason_and_when_the_case_closes() -> None:
    household = in_prison()
    arrival = planned(household)
    with pytest.raises(CannotPlan) as refused:
        drop_transition(transition_id=arrival.pk, because="", by=worker_for(household), at=AT)
    assert refused.value.field == "because"
    drop_transition(transition_id=arrival.pk, because="Goes to another town", by=worker_for(household), at=AT)
    assert fresh(arrival).status == "fell_away"
    with pytest.raises(CannotPlan):
        changed(arrival)
    with pytest.raises(CannotPlan):
        drop_transition(transition_id=arrival.pk, because="Again", by=worker_for(household), at=AT)

    second = planned(household)
    close_case(household_id=household.pk, closing_reason=ClosingReason.OTHER, by=worker_for(household), at=AT)
    assert fresh(second).ended_because == "The case was closed."


@pytest.mark.django_db
def test_another_unit_finds_nothing_and_who_may_not_know_the_place_does_nothing() -> None:
    arrival = planned(in_prison())

    with pytest.raises(Http404):
        drop_transition(transition_id=arrival.pk, because="x", by=caseworker(UnitFactory.create()), at=AT)
    with pytest.raises(Http404):
        drop_transition(transition_id=0, because="x", by=caseworker(UnitFactory.create()), at=AT)
    household = in_prison()
    worker = worker_for(household)
    MemberFactory.create(household=household, person=PersonFactory.create(protection="confidential"))
    with pytest.raises(WhereaboutsShielded):
        plan_transition(household_id=household.pk, plan=Plan(kind="release", expected_on=OUT), by=worker, at=AT)


@pytest.mark.django_db
def test_the_unit_is_reminded_while_no_home_waits() -> None:
    household = in_prison()
    arrival = planned(household)
    open_tasks = Task.objects.open().filter(household=household, kind=TaskKind.HOME_BEFORE)

    settle_tasks(at=AT)
    assert [task.due_on for task in open_tasks] == [DAY + timedelta(days=7)]
    prepared(arrival)
    settle_tasks(at=AT)
    assert not open_tasks.all().exists()


def test_where_somebody_lives_says_how_far_they_have_come() -> None:
    prison = Place("prison", LONG_AGO, DAY)
    said: dict[str, Any] = {"since": YESTERDAY, "comes_from": ["prison"], "today": TOMORROW}

    assert came_out([replace(prison, ends_on=None)], **said) == CameOut()
    assert came_out([prison], **said) == CameOut(DAY)
    assert came_out([prison, Place("temporary", DAY)], **said) == CameOut(DAY)
    assert came_out([prison, Place("owned", DAY)], **said) == CameOut(DAY, DAY)
    assert came_out([prison, Place("friends", DAY, TOMORROW), Place("owned", TOMORROW)], **said) == CameOut(
        DAY, TOMORROW
    )
    assert came_out([prison, Place("prison", DAY)], **said) == CameOut()
    assert came_out([Place("owned", LONG_AGO)], **said) == CameOut()
    assert came_out([Place("owned", TOMORROW + timedelta(days=1))], **said) == CameOut()


@pytest.mark.parametrize(
    ("kind", "expected_on", "home_waits", "is_homeless"),
    [
        ("prison", date(2026, 5, 10), False, True),
        ("prison", date(2026, 5, 11), False, False),
        ("institution", date(2026, 5, 10), True, False),
        ("institution", None, False, None),
        ("prison", date(2026, 5, 10), None, None),
        ("friends", date(2026, 5, 10), False, False),
    ],
)
def test_two_months_before_with_no_home_is_homeless(
    kind: str, expected_on: date | None, home_waits: bool | None, is_homeless: bool | None
) -> None:
    assert is_homeless_ahead(kind, expected_on=expected_on, home_waits=home_waits, on=DAY) is is_homeless


def test_each_night_costs_its_own_year_s_price() -> None:
    found = cost_of(date(2023, 12, 30), date(2024, 1, 3))

    assert (found.nights, found.kroner, found.priced_by) == (4, 2 * 5508 + 2 * 5745, 2024)
    assert cost_of(date(2030, 1, 1), date(2030, 1, 2)).priced_by == 2024
    assert cost_of(DAY, DAY).nights == 0
    with pytest.raises(LookupError):
        cost_of(date(2000, 1, 1), date(2000, 1, 2))


@pytest.mark.django_db
def test_an_arrival_is_named_by_household_kind_and_day() -> None:
    arrival = TransitionFactory.create()

    assert str(arrival) == f"{arrival.household_id} release {arrival.expected_on}"
