"""A home that may be lost by eviction: who told us, what is done, and the three ways it ends."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.http import Http404
from django_fsm import TransitionNotAllowed

from cases.actions.eviction_work import (
    CannotNoteContact,
    CannotTakeMeasure,
    NewMeasure,
    note_eviction_contact,
    take_measure,
    tell_result,
)
from cases.actions.evictions import (
    CannotEndEviction,
    CannotRegisterEviction,
    ToldOfEviction,
    avert_eviction,
    carry_out_eviction,
    change_eviction,
    register_eviction,
    withdraw_eviction,
)
from cases.actions.journey import NoOpenCase
from cases.actions.lease_changes import Notice, give_notice, withdraw_notice
from cases.actions.nightly import settle_tasks
from cases.models import (
    EvictionBecause,
    EvictionCase,
    EvictionNoticeFrom,
    EvictionStatus,
    MeasureResult,
    Need,
    NeedReason,
    Task,
    TaskKind,
)
from housing.models import Lease, NoticeBecause, NoticeBy, ResidenceKind
from people.access import NotOpened
from people.journal import Act
from people.models import Household, JournalEntry
from tests.factories.owning import EvictionCaseFactory
from tests.factories.people import AT, DAY, caseworker
from tests.journeys import household_in, lived, state, unit_of, worker_for

pytestmark = pytest.mark.django_db

WEEK_AGO = DAY - timedelta(days=7)
TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def household() -> Household:
    return household_in(ResidenceKind.PRIVATE_RENTAL, lease=Lease.ORDINARY)


def told(**changes: Any) -> ToldOfEviction:
    """Petitioned for and learnt of a week ago, and set for in three weeks."""
    facts = {
        "notice_from": EvictionNoticeFrom.ENFORCEMENT_OFFICER,
        "because": EvictionBecause.RENT_UNPAID,
        "learnt_on": WEEK_AGO,
        "petitioned_on": WEEK_AGO,
        "planned_on": DAY + timedelta(days=21),
        "amount_owed": 43000,
    }
    return ToldOfEviction(**{**facts, **changes})


def registered(household: Household, **changes: Any) -> EvictionCase:
    return register_eviction(household_id=household.pk, told=told(**changes), by=worker_for(household), at=AT)


def averted(eviction: EvictionCase, on: date = DAY, note: str = "Paid in full") -> EvictionCase:
    return avert_eviction(eviction_id=eviction.pk, on=on, note=note, by=worker_for(eviction.household), at=AT)


def withdrawn(eviction: EvictionCase, on: date = DAY) -> EvictionCase:
    return withdraw_eviction(eviction_id=eviction.pk, on=on, note="", by=worker_for(eviction.household), at=AT)


def carried_out(
    eviction: EvictionCase, on: date = DAY, to: ResidenceKind | None = ResidenceKind.FRIENDS
) -> EvictionCase:
    return carry_out_eviction(eviction_id=eviction.pk, on=on, to=to, note="", by=worker_for(eviction.household), at=AT)


def open_tasks(household: Household) -> list[tuple[str, date]]:
    settle_tasks(at=AT)
    return sorted(Task.objects.open().filter(household=household).values_list("kind", "due_on"))


def needs(household: Household) -> list[tuple[str, date, date | None]]:
    return list(Need.objects.filter(household=household).order_by("pk").values_list("reason", "starts_on", "ends_on"))


TRANSITIONS = {
    "avert": EvictionStatus.AVERTED,
    "carry_out": EvictionStatus.CARRIED_OUT,
    "withdraw": EvictionStatus.WITHDRAWN,
}


@pytest.mark.parametrize(("status", "name"), list(product(EvictionStatus.values, TRANSITIONS)))
def test_only_an_open_eviction_ends_and_it_ends_once(status: str, name: str) -> None:
    eviction = EvictionCase(status=status)

    if status == EvictionStatus.OPEN:
        getattr(eviction, name)(DAY)
        assert (eviction.status, eviction.ended_on) == (TRANSITIONS[name], DAY)
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(eviction, name)(DAY)
        assert eviction.status == status


ENDS = {"avert": averted, "carry_out": carried_out, "withdraw": withdrawn}


@pytest.mark.parametrize(("first", "then"), list(product(ENDS, ENDS)))
def test_what_comes_after_an_end_is_refused_in_words_and_changes_nothing(
    household: Household, first: str, then: str
) -> None:
    eviction = ENDS[first](registered(household))
    before = lived(household)

    with pytest.raises(CannotEndEviction, match="10 March"):
        ENDS[then](eviction)

    eviction.refresh_from_db()
    assert eviction.status == TRANSITIONS[first]
    assert lived(household) == before


def test_an_eviction_learnt_of_puts_the_home_at_risk_and_asks_somebody_to_reach_them(household: Household) -> None:
    eviction = registered(household)

    assert state(household) == "at_risk"
    assert needs(household) == [("petition", WEEK_AGO, None)]
    assert open_tasks(household) == [
        ("eviction_contact", WEEK_AGO + timedelta(days=3)),
        ("eviction_day", DAY + timedelta(days=21)),
    ]
    assert JournalEntry.objects.get(act=Act.EVICTION_REGISTERED).subject_id == eviction.pk


@pytest.mark.parametrize("source", [source for source in EvictionNoticeFrom if source != "unknown"])
def test_anybody_may_tell_of_it_also_before_a_petition(household: Household, source: str) -> None:
    eviction = registered(household, notice_from=source, petitioned_on=None, planned_on=None)

    assert eviction.notice_from == source
    assert needs(household) == [(NeedReason.NOTICE, WEEK_AGO, None)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"notice_from": "a_raven"}, "notice_from"),
        ({"because": ""}, "because"),
        ({"learnt_on": TOMORROW}, "learnt_on"),
        ({"petitioned_on": TOMORROW}, "petitioned_on"),
        ({"planned_on": WEEK_AGO - timedelta(days=1)}, "planned_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(household: Household, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(CannotRegisterEviction) as refused:
        registered(household, **changes)

    assert refused.value.field == field
    assert not EvictionCase.objects.exists()
    assert needs(household) == []


def test_one_eviction_is_open_at_a_time(household: Household) -> None:
    registered(household)

    with pytest.raises(CannotRegisterEviction, match="open since 3 March"):
        registered(household, petitioned_on=DAY)


def test_a_petition_is_registered_once(household: Household) -> None:
    averted(registered(household))

    with pytest.raises(CannotRegisterEviction) as refused:
        registered(household)

    assert refused.value.field == "petitioned_on"


def test_more_is_told_while_it_is_open(household: Household) -> None:
    eviction = registered(household, petitioned_on=None, planned_on=None)

    more = told(petitioned_on=DAY, planned_on=TOMORROW, amount_owed=51000, note=" Rang back ")
    change_eviction(eviction_id=eviction.pk, told=more, by=worker_for(household), at=AT)

    eviction.refresh_from_db()
    assert (eviction.petitioned_on, eviction.planned_on, eviction.amount_owed) == (DAY, TOMORROW, 51000)
    assert eviction.note == "Rang back"
    assert ("eviction_day", TOMORROW) in open_tasks(household)


def test_nothing_more_is_told_of_one_that_has_ended(household: Household) -> None:
    eviction = averted(registered(household))
    by = worker_for(household)

    with pytest.raises(CannotEndEviction):
        change_eviction(eviction_id=eviction.pk, told=told(amount_owed=1), by=by, at=AT)
    with pytest.raises(CannotEndEviction):
        note_eviction_contact(eviction_id=eviction.pk, on=DAY, way="phone", reached=True, by=by, at=AT)
    with pytest.raises(CannotEndEviction):
        take_measure(eviction_id=eviction.pk, measure=NewMeasure(kind="guarantee", starts_on=DAY), by=by, at=AT)

    eviction.refresh_from_db()
    assert eviction.amount_owed == 43000


def test_an_averted_eviction_leaves_them_in_a_home_that_is_safe_again(household: Household) -> None:
    eviction = registered(household)
    open_tasks(household)

    averted(eviction)

    assert state(household) == "settled"
    assert needs(household) == [("petition", WEEK_AGO, DAY)]
    assert open_tasks(household) == []


def test_averting_says_how(household: Household) -> None:
    with pytest.raises(CannotEndEviction) as refused:
        averted(registered(household), note=" ")

    assert refused.value.field == "note"
    assert state(household) == "at_risk"


def test_one_learnt_of_and_averted_on_the_same_day_leaves_no_need_behind(household: Household) -> None:
    averted(registered(household, learnt_on=DAY, petitioned_on=DAY))

    assert needs(household) == []
    assert state(household) == "settled"


def test_a_home_at_risk_for_another_reason_is_so_still(household: Household) -> None:
    Need.objects.create(household=household, kind="at_risk", reason=NeedReason.VIOLENCE, starts_on=WEEK_AGO)

    averted(registered(household))

    assert needs(household) == [("violence", WEEK_AGO, None)]
    assert state(household) == "at_risk"


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("on", [TOMORROW, WEEK_AGO - timedelta(days=1)])
def test_it_ends_between_the_petition_and_today(household: Household, end: str, on: date) -> None:
    eviction = registered(household)

    with pytest.raises(CannotEndEviction) as refused:
        ENDS[end](eviction, on)

    assert refused.value.field == "on"
    eviction.refresh_from_db()
    assert eviction.is_open


def test_carried_out_they_are_without_a_home_and_the_lease_says_why_it_ended(household: Household) -> None:
    carried_out(registered(household))

    assert [kind for kind, _from, _to in lived(household)] == ["private_rental", "friends"]
    assert state(household) == "homeless"
    case = household.cases.get()
    assert case.lost_home_reason == "eviction"
    assert needs(household) == [("petition", WEEK_AGO, DAY)]


def test_carried_out_asks_where_they_are_now(household: Household) -> None:
    eviction = registered(household)

    with pytest.raises(CannotEndEviction) as refused:
        carried_out(eviction, to=None)

    assert refused.value.field == "to"
    assert [kind for kind, _from, _to in lived(household)] == ["private_rental"]


def test_who_left_before_is_where_they_are(household: Household) -> None:
    eviction = registered(household)
    carried_out(eviction, to=ResidenceKind.ROUGH)
    other = EvictionCaseFactory.create(household=household, learnt_on=DAY)

    carried_out(other, to=None)

    assert [kind for kind, _from, _to in lived(household)] == ["private_rental", "rough"]


def test_withdrawn_the_home_is_safe(household: Household) -> None:
    withdrawn(registered(household))

    assert state(household) == "settled"


def test_each_try_to_reach_them_is_noted_and_the_task_goes_when_they_are_reached(household: Household) -> None:
    eviction = registered(household, planned_on=None)
    by = worker_for(household)

    note_eviction_contact(eviction_id=eviction.pk, on=WEEK_AGO, way="letter", reached=False, by=by, at=AT)
    assert [kind for kind, _due in open_tasks(household)] == ["eviction_contact"]
    note_eviction_contact(eviction_id=eviction.pk, on=DAY, way="home_visit", reached=True, by=by, at=AT)

    assert open_tasks(household) == []
    assert list(eviction.contacts.order_by("on").values_list("way", "reached")) == [
        ("letter", False),
        ("home_visit", True),
    ]


@pytest.mark.parametrize(("change", "field"), [({"way": "a_dream"}, "way"), ({"on": TOMORROW}, "on")])
def test_a_try_that_cannot_be_is_refused(household: Household, change: dict[str, Any], field: str) -> None:
    eviction = registered(household)
    facts = {"on": DAY, "way": "phone", "reached": True, **change}

    with pytest.raises(CannotNoteContact) as refused:
        note_eviction_contact(eviction_id=eviction.pk, **facts, by=worker_for(household), at=AT)

    assert refused.value.field == field
    assert not eviction.contacts.exists()


def test_a_measure_runs_until_its_result_is_told_once(household: Household) -> None:
    eviction, by = registered(household), worker_for(household)
    plan = NewMeasure(kind="payment_plan", starts_on=WEEK_AGO, amount=2000)
    measure = take_measure(eviction_id=eviction.pk, measure=plan, by=by, at=AT)

    tell_result(measure_id=measure.pk, result=MeasureResult.HELD, on=DAY, by=by, at=AT)

    measure.refresh_from_db()
    assert (measure.result, measure.result_on, measure.amount) == ("held", DAY, 2000)
    with pytest.raises(CannotTakeMeasure):
        tell_result(measure_id=measure.pk, result=MeasureResult.BROKEN, on=DAY, by=by, at=AT)


@pytest.mark.parametrize(("change", "field"), [({"kind": "magic"}, "kind"), ({"starts_on": TOMORROW}, "starts_on")])
def test_a_measure_that_cannot_be_is_refused(household: Household, change: dict[str, Any], field: str) -> None:
    eviction = registered(household)

    with pytest.raises(CannotTakeMeasure) as refused:
        measure = NewMeasure(**{"kind": "mediation", "starts_on": DAY, **change})
        take_measure(eviction_id=eviction.pk, measure=measure, by=worker_for(household), at=AT)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("result", "on", "field"), [("luck", DAY, "result"), ("held", TOMORROW, "on"), ("held", date(2026, 1, 1), "on")]
)
def test_a_result_that_cannot_be_is_refused(household: Household, result: str, on: date, field: str) -> None:
    eviction, by = registered(household), worker_for(household)
    measure = take_measure(
        eviction_id=eviction.pk, measure=NewMeasure(kind="mediation", starts_on=WEEK_AGO), by=by, at=AT
    )

    with pytest.raises(CannotTakeMeasure) as refused:
        tell_result(measure_id=measure.pk, result=result, on=on, by=by, at=AT)

    assert refused.value.field == field


def test_a_closed_case_is_opened_first(household: Household) -> None:
    case = household.cases.get()
    case.close(on=DAY, reason="withdrawn")
    case.save(update_fields=["state", "closed_on", "closing_reason"])

    with pytest.raises(NoOpenCase):
        registered(household)


def test_whoever_is_not_on_the_case_says_why_first(household: Household) -> None:
    eviction = registered(household)
    stranger = caseworker(unit_of(household))

    with pytest.raises(NotOpened):
        avert_eviction(eviction_id=eviction.pk, on=DAY, note="Paid", by=stranger, at=AT)
    with pytest.raises(Http404):
        avert_eviction(eviction_id=eviction.pk + 999, on=DAY, note="Paid", by=stranger, at=AT)


def test_the_landlord_s_notice_to_quit_puts_the_home_at_risk_until_it_is_taken_back(household: Household) -> None:
    residence, by = household.residences.get(), worker_for(household)
    notice = Notice(given_on=WEEK_AGO, given_by=NoticeBy.LANDLORD, because=NoticeBecause.RENT_UNPAID)

    give_notice(residence_id=residence.pk, notice=notice, by=by, at=AT)
    assert (state(household), needs(household)) == ("at_risk", [("notice", WEEK_AGO, None)])
    withdraw_notice(residence_id=residence.pk, by=by, at=AT)

    assert (state(household), needs(household)) == ("settled", [("notice", WEEK_AGO, DAY)])


def test_a_notice_taken_back_leaves_a_home_that_a_petition_threatens_at_risk(household: Household) -> None:
    residence, by = household.residences.get(), worker_for(household)
    notice = Notice(given_on=WEEK_AGO, given_by=NoticeBy.LANDLORD, because=NoticeBecause.RENT_UNPAID)
    give_notice(residence_id=residence.pk, notice=notice, by=by, at=AT)
    eviction = registered(household)

    withdraw_notice(residence_id=residence.pk, by=by, at=AT)
    assert state(household) == "at_risk"
    averted(eviction)

    assert needs(household) == [("notice", WEEK_AGO, DAY)]
    assert state(household) == "settled"


def test_the_tenant_s_own_notice_puts_nothing_at_risk(household: Household) -> None:
    notice = Notice(given_on=DAY, given_by=NoticeBy.TENANT, because=NoticeBecause.OWN_WISH)

    give_notice(residence_id=household.residences.get().pk, notice=notice, by=worker_for(household), at=AT)

    assert state(household) == "settled"


def test_a_task_is_late_when_nobody_reached_them_in_time(household: Household) -> None:
    registered(household, planned_on=None)
    open_tasks(household)

    late = Task.objects.late(DAY).get(kind=TaskKind.EVICTION_CONTACT)

    assert late.due_on == WEEK_AGO + timedelta(days=3)
