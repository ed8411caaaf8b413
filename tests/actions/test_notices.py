"""Forvaltningsloven sections 12, 16, 27 and 29: the notice reaches whoever must have it, and the time runs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404
from django.utils.timezone import localdate

from cases.actions.arrivals import CannotNotify, NewNotice, letter_arrived
from cases.actions.dispatching import mark_posted, returned
from cases.actions.notices import correct_notice, register_notice
from cases.actions.reasons import (
    CannotAsk,
    CannotGive,
    CannotSuspend,
    ask_for_reasons,
    ask_to_suspend,
    decide_suspension,
    give_reasons,
)
from cases.models import (
    Decision,
    DecisionStatus,
    DispatchState,
    DocumentKind,
    Fault,
    Notice,
    NoticeWay,
    RepresentativeKind,
    Task,
    TaskKind,
)
from cases.questions.appeals import is_suspended, reasons_overdue
from cases.questions.notices import not_told, reaching_nobody, time_for, times_of
from people.journal import Act
from people.models import Employee, Household, JournalEntry, MemberRole, Person, Protection
from tests.factories.appeals import AppealFactory, RefusalFactory
from tests.factories.cases import DocumentFactory
from tests.factories.letters import DispatchFactory
from tests.factories.people import AT, DAY, MemberFactory, UnitFactory, at, caseworker
from tests.factories.represented import RepresentativeFactory
from tests.journeys import household_in, unit_of, worker_for

pytestmark = pytest.mark.django_db

THREE_DAYS_ON = at(DAY + timedelta(days=3), 10)


@pytest.fixture
def household() -> Household:
    return household_in()


@pytest.fixture
def worker(household: Household) -> Employee:
    return worker_for(household)


@pytest.fixture
def decision(household: Household) -> Decision:
    return RefusalFactory.create(household=household, unit=unit_of(household))


def applicant(household: Household) -> Person:
    return household.members.get(role=MemberRole.APPLICANT).person


def told(decision: Decision, by: Employee, **new: Any) -> Notice:
    values: dict[str, Any] = {
        "recipient": f"party-{applicant(decision.household).pk}",
        "way": NoticeWay.HANDED_OVER,
        "reached_on": DAY,
        **new,
    }
    when = values.pop("when", THREE_DAYS_ON)
    return register_notice(decision_id=decision.pk, new=NewNotice(**values), by=by, at=when)


def test_a_letter_handed_over_notifies_the_decision_and_starts_the_time(decision: Decision, worker: Employee) -> None:
    notice = told(decision, worker, note="At the counter")

    decision.refresh_from_db()
    assert (decision.status, decision.notified_on) == (DecisionStatus.NOTIFIED, DAY)
    assert not notice.is_presumed
    [time] = times_of(decision)
    assert time.time.until == DAY + timedelta(days=21)
    assert not_told(decision) == []
    line = JournalEntry.objects.get(household_id=decision.household_id, act=Act.NOTICE_REGISTERED)
    assert (line.on, line.details["decision"]) == (DAY, decision.pk)


def test_the_day_of_a_letter_in_the_post_is_presumed_by_the_rule_data(decision: Decision, worker: Employee) -> None:
    notice = told(decision, worker, way=NoticeWay.POST, sent_on=DAY, reached_on=None)

    assert notice.is_presumed
    assert notice.reached_on == DAY + timedelta(days=6)  # four working days from a Tuesday


def test_the_agent_must_have_it_too_before_the_time_runs(
    household: Household, decision: Decision, worker: Employee
) -> None:
    agent = RepresentativeFactory.create(household=household, kind=RepresentativeKind.AGENT, is_lawyer=True)

    told(decision, worker)
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.ISSUED
    assert [one.key for one in not_told(decision)] == [f"agent-{agent.pk}"]

    told(decision, worker, recipient=f"agent-{agent.pk}", way=NoticeWay.POST, sent_on=DAY, reached_on=None)
    decision.refresh_from_db()
    assert decision.notified_on == DAY + timedelta(days=6)


def test_each_of_two_parties_has_a_time_of_their_own(
    household: Household, decision: Decision, worker: Employee
) -> None:
    partner = MemberFactory.create(household=household, role=MemberRole.PARTNER).person

    told(decision, worker)
    told(decision, worker, recipient=f"party-{partner.pk}", reached_on=DAY + timedelta(days=2))

    decision.refresh_from_db()
    assert decision.notified_on == DAY
    assert time_for(decision, partner.pk).until == date(2026, 4, 7)  # Easter lies between
    assert {one.person_id: one.time.noticed_on for one in times_of(decision)} == {
        applicant(household).pk: DAY,
        partner.pk: DAY + timedelta(days=2),
    }


@pytest.mark.parametrize(
    ("new", "field"),
    [
        ({"recipient": "party-0"}, "recipient"),
        ({"way": "pigeon"}, "way"),
        ({"reached_on": None}, "reached_on"),
        ({"reached_on": None, "sent_on": DAY}, "reached_on"),
        ({"reached_on": DAY - timedelta(days=1)}, "reached_on"),
        ({"reached_on": DAY + timedelta(days=4)}, "reached_on"),
        ({"sent_on": DAY + timedelta(days=4)}, "sent_on"),
        ({"sent_on": DAY + timedelta(days=2), "reached_on": DAY + timedelta(days=1)}, "reached_on"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(
    decision: Decision, worker: Employee, new: dict[str, Any], field: str
) -> None:
    with pytest.raises(CannotNotify) as refused:
        told(decision, worker, **new)

    assert refused.value.field == field
    assert not Notice.objects.exists()


@pytest.mark.parametrize("status", [DecisionStatus.DRAFT, DecisionStatus.ORAL, DecisionStatus.ANNULLED])
def test_only_an_issued_decision_has_a_notice(household: Household, worker: Employee, status: DecisionStatus) -> None:
    ended = {"ended_on": DAY, "ended_because": "Wrong"} if status == DecisionStatus.ANNULLED else {}
    decision = RefusalFactory.create(household=household, status=status, told_at=AT, **ended)

    with pytest.raises(CannotNotify):
        told(decision, worker)


def test_a_wrong_day_is_struck_with_its_reason_and_the_right_one_counts(decision: Decision, worker: Employee) -> None:
    notice = told(decision, worker)
    right = NewNotice(recipient=notice.key, way=NoticeWay.READ_ALOUD, reached_on=DAY + timedelta(days=1))

    correct_notice(notice_id=notice.pk, because="It was the day after", new=right, by=worker, at=THREE_DAYS_ON)

    decision.refresh_from_db()
    notice.refresh_from_db()
    assert decision.notified_on == DAY + timedelta(days=1)
    assert (notice.struck_by, notice.struck_because) == (worker, "It was the day after")
    with pytest.raises(CannotNotify):
        correct_notice(notice_id=notice.pk, because="Again", by=worker, at=THREE_DAYS_ON)


def test_a_letter_that_came_back_reached_nobody_and_the_time_does_not_run(decision: Decision, worker: Employee) -> None:
    notice = told(decision, worker, way=NoticeWay.POST, sent_on=DAY, reached_on=None)

    correct_notice(notice_id=notice.pk, because="It came back", by=worker, at=THREE_DAYS_ON)

    decision.refresh_from_db()
    assert (decision.status, decision.notified_on) == (DecisionStatus.ISSUED, None)
    assert times_of(decision)[0].time.until is None


def test_a_letter_in_the_post_that_comes_back_takes_its_presumed_day_with_it(
    decision: Decision, worker: Employee
) -> None:
    document = DocumentFactory.create(decision=decision, household=decision.household, kind=DocumentKind.DECISION)
    found = DispatchFactory.create(document=document)
    mark_posted(dispatch_ids=[found.pk], by=worker, at=AT)
    assert Notice.objects.standing().get().is_presumed

    returned(dispatch_id=found.pk, by=worker, at=THREE_DAYS_ON)

    decision.refresh_from_db()
    assert not Notice.objects.standing().exists()
    assert (decision.status, times_of(decision)[0].time.until) == (DecisionStatus.ISSUED, None)


@pytest.mark.parametrize(
    ("since", "fault"), [({"protection": Protection.CONFIDENTIAL}, Fault.PROTECTED), ({"died_on": DAY}, Fault.DEAD)]
)
def test_a_printed_letter_is_not_put_in_the_post_to_somebody_protected_or_dead_since(
    decision: Decision, worker: Employee, since: dict[str, Any], fault: Fault
) -> None:
    document = DocumentFactory.create(decision=decision, household=decision.household, kind=DocumentKind.DECISION)
    found = DispatchFactory.create(document=document)
    Person.objects.filter(pk=found.person_id).update(**since)

    assert mark_posted(dispatch_ids=[found.pk], by=worker, at=AT) == 0

    found.refresh_from_db()
    assert (found.state, found.fault) == (DispatchState.FAILED, fault)
    assert not Notice.objects.exists()
    assert Task.objects.filter(kind=TaskKind.LETTER_NOT_SENT, household=decision.household).exists()


def test_a_day_that_somebody_knows_stands_though_a_letter_comes_back(decision: Decision, worker: Employee) -> None:
    document = DocumentFactory.create(decision=decision, household=decision.household, kind=DocumentKind.DECISION)
    found = DispatchFactory.create(document=document)
    known = told(decision, worker)
    mark_posted(dispatch_ids=[found.pk], by=worker, at=AT)

    returned(dispatch_id=found.pk, by=worker, at=THREE_DAYS_ON)

    assert list(Notice.objects.standing()) == [known]


def test_striking_says_why_and_of_nothing_is_not_found(decision: Decision, worker: Employee) -> None:
    notice = told(decision, worker)

    with pytest.raises(CannotNotify) as refused:
        correct_notice(notice_id=notice.pk, because=" ", by=worker, at=THREE_DAYS_ON)
    assert refused.value.field == "because"
    with pytest.raises(Http404):
        correct_notice(notice_id=notice.pk + 1, because="Wrong", by=worker, at=THREE_DAYS_ON)


def _arrived(
    decision: Decision, by: Employee, kind: DocumentKind = DocumentKind.DECISION, **more: Any
) -> Notice | None:
    document = decision.documents.filter(kind=kind).first() or DocumentFactory.create(decision=decision, kind=kind)
    party = (applicant(decision.household).pk, "party", None)
    return letter_arrived(document, party, way=NoticeWay.DIGITAL, sent_on=DAY, by=by, at=THREE_DAYS_ON, **more)


def test_a_receipt_gives_the_notice_by_itself_once(decision: Decision, worker: Employee) -> None:
    first = _arrived(decision, worker, reached_on=DAY)
    second = _arrived(decision, worker, reached_on=DAY + timedelta(days=1))

    assert first == second
    decision.refresh_from_db()
    assert decision.notified_on == DAY
    assert first is not None and first.document is not None


def test_a_receipt_goes_before_a_presumed_day(decision: Decision, worker: Employee) -> None:
    presumed = _arrived(decision, worker)
    assert presumed is not None and presumed.is_presumed
    assert _arrived(decision, worker) == presumed

    known = _arrived(decision, worker, reached_on=DAY)

    assert known != presumed
    assert list(Notice.objects.standing()) == [known]


def test_other_letters_give_no_notice(decision: Decision, worker: Employee) -> None:
    assert _arrived(decision, worker, DocumentKind.DELAY) is None
    assert _arrived(decision, worker, DocumentKind.APPEAL_OUTCOME) is None


def test_a_decision_that_has_reached_nobody_for_a_week_is_found(decision: Decision, worker: Employee) -> None:
    assert reaching_nobody([decision], on=DAY + timedelta(days=6)) == []
    assert reaching_nobody([decision], on=DAY + timedelta(days=7)) == [decision]

    told(decision, worker)
    decision.refresh_from_db()
    assert reaching_nobody([decision], on=DAY + timedelta(days=7)) == []


def test_who_may_not_change_the_household_registers_no_notice(decision: Decision) -> None:
    with pytest.raises(Http404):
        told(decision, caseworker(UnitFactory.create()))


# section 24: reasons on request


def test_section_24_reasons_asked_for_in_time_interrupt_and_are_due_in_a_week(
    decision: Decision, worker: Employee
) -> None:
    told(decision, worker)
    party = applicant(decision.household)
    asked = ask_for_reasons(
        decision_id=decision.pk, person_id=party.pk, channel="phone", asked_on=DAY, by=worker, at=THREE_DAYS_ON
    )

    assert asked.due_on == DAY + timedelta(days=7)
    assert time_for(decision, party.pk).is_interrupted
    assert Task.objects.open().get(household=decision.household).kind == TaskKind.GIVE_REASONS
    households = Household.objects.filter(pk=decision.household_id)
    assert not reasons_overdue(households, on=asked.due_on).exists()
    assert list(reasons_overdue(households, on=asked.due_on + timedelta(days=1))) == [asked]

    later = DAY + timedelta(days=3)
    give_reasons(
        reasons_id=asked.pk, reasons="Because", answered_on=later, reached_on=later, by=worker, at=THREE_DAYS_ON
    )

    assert time_for(decision, party.pk).until == date(2026, 4, 7)  # three weeks, and Easter
    assert not Task.objects.open().filter(household=decision.household).exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"person_id": 0}, "person"),
        ({"channel": "pigeon"}, "channel"),
        ({"asked_on": DAY - timedelta(days=1)}, "asked_on"),
        ({"asked_on": DAY + timedelta(days=4)}, "asked_on"),
    ],
)
def test_reasons_are_asked_for_by_a_party_after_the_decision(
    decision: Decision, worker: Employee, wrong: dict[str, Any], field: str
) -> None:
    asked = {"person_id": applicant(decision.household).pk, "channel": "phone", "asked_on": DAY, **wrong}

    with pytest.raises(CannotAsk) as refused:
        ask_for_reasons(decision_id=decision.pk, by=worker, at=THREE_DAYS_ON, **asked)

    assert refused.value.field == field


def test_no_reasons_are_asked_for_of_a_draft(household: Household, worker: Employee) -> None:
    draft = RefusalFactory.create(household=household, status=DecisionStatus.DRAFT)

    with pytest.raises(CannotAsk):
        ask_for_reasons(
            decision_id=draft.pk,
            person_id=applicant(household).pk,
            channel="phone",
            asked_on=DAY,
            by=worker,
            at=THREE_DAYS_ON,
        )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reasons": " "}, "reasons"),
        ({"answered_on": DAY - timedelta(days=1)}, "answered_on"),
        ({"reached_on": DAY - timedelta(days=1)}, "reached_on"),
    ],
)
def test_reasons_are_given_whole_and_once(
    decision: Decision, worker: Employee, wrong: dict[str, Any], field: str
) -> None:
    party = applicant(decision.household)
    asked = ask_for_reasons(
        decision_id=decision.pk, person_id=party.pk, channel="phone", asked_on=DAY, by=worker, at=THREE_DAYS_ON
    )
    given: dict[str, Any] = {"reasons": "Because", "answered_on": DAY, "reached_on": DAY}

    with pytest.raises(CannotGive) as refused:
        give_reasons(reasons_id=asked.pk, by=worker, at=THREE_DAYS_ON, **{**given, **wrong})
    assert refused.value.field == field

    give_reasons(reasons_id=asked.pk, by=worker, at=THREE_DAYS_ON, **given)
    with pytest.raises(CannotGive):
        give_reasons(reasons_id=asked.pk, by=worker, at=THREE_DAYS_ON, **given)
    with pytest.raises(Http404):
        give_reasons(reasons_id=0, by=worker, at=THREE_DAYS_ON, **given)


# section 42: suspended effect


def test_section_42_a_decision_waits_until_the_appeal_is_decided(decision: Decision, worker: Employee) -> None:
    asked = ask_to_suspend(decision_id=decision.pk, asked_on=DAY, because="The children", by=worker, at=AT)
    assert not is_suspended(decision, on=DAY)

    decide_suspension(suspension_id=asked.pk, is_granted=True, reason="It cannot be undone", by=worker, at=AT)
    assert is_suspended(decision, on=DAY)
    appeal = AppealFactory.create(decision=decision)
    assert is_suspended(decision, on=DAY)

    appeal.withdraw(on=DAY, because="By phone")
    appeal.save()
    assert not is_suspended(decision, on=DAY)
    with pytest.raises(CannotSuspend):
        decide_suspension(suspension_id=asked.pk, is_granted=False, reason="No", by=worker, at=AT)


def test_a_decision_waits_until_a_day_that_is_set(decision: Decision, worker: Employee) -> None:
    asked = ask_to_suspend(decision_id=decision.pk, asked_on=DAY, because="", by=worker, at=AT)
    until = DAY + timedelta(days=5)

    decide_suspension(suspension_id=asked.pk, is_granted=True, reason="A week", until=until, by=worker, at=AT)

    assert is_suspended(decision, on=until - timedelta(days=1))
    assert not is_suspended(decision, on=until)


def test_a_suspension_is_asked_for_and_decided_with_its_reason(decision: Decision, worker: Employee) -> None:
    with pytest.raises(CannotSuspend) as refused:
        ask_to_suspend(
            decision_id=decision.pk, asked_on=localdate(AT) + timedelta(days=1), because="", by=worker, at=AT
        )
    assert refused.value.field == "asked_on"
    asked = ask_to_suspend(decision_id=decision.pk, asked_on=DAY, because="", by=worker, at=AT)
    for wrong, field in (
        ({"is_granted": True, "reason": " "}, "reason"),
        ({"is_granted": False, "reason": "No", "until": DAY + timedelta(days=9)}, "until"),
        ({"is_granted": True, "reason": "Yes", "until": DAY}, "until"),
    ):
        with pytest.raises(CannotSuspend) as refused:
            decide_suspension(suspension_id=asked.pk, by=worker, at=AT, **wrong)  # type: ignore[arg-type]
        assert refused.value.field == field
    with pytest.raises(Http404):
        decide_suspension(suspension_id=0, is_granted=True, reason="Yes", by=worker, at=AT)
