"""Forvaltningsloven sections 28 to 34 and 42: an appeal from when it comes until what follows is carried out."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404
from django_fsm import TransitionNotAllowed

from cases import law
from cases.actions.appeal_answers import (
    Answered,
    CannotAnswer,
    CannotCarryOut,
    carry_out,
    possible_consequences,
    register_answer,
)
from cases.actions.appeals import (
    CannotAppeal,
    CannotDeal,
    NewAppeal,
    acknowledge,
    dismiss_appeal,
    lodge_appeal,
    take_up,
    withdraw_appeal,
)
from cases.actions.appeals_elsewhere import hand_on
from cases.actions.arrivals import NewNotice
from cases.actions.deciding import discard_draft
from cases.actions.decisions import CannotDraft, DecisionParts, issue_decision
from cases.actions.effects import annul_decision
from cases.actions.notices import correct_notice, register_notice
from cases.actions.reasons import ask_for_reasons
from cases.actions.recipients import CannotAddress
from cases.actions.reconsidering import (
    NewResult,
    OwnAssessment,
    change_in_part,
    change_on_appeal,
    forward_appeal,
    save_assessment,
)
from cases.models import (
    Appeal,
    AppealStatus,
    Appellant,
    Consequence,
    Decision,
    DecisionKind,
    DecisionStatus,
    Document,
    DocumentKind,
    LawChoice,
    Task,
    TaskKind,
)
from cases.questions.appeals import (
    appellants,
    due_of,
    listable,
    not_carried_out,
    unacknowledged,
    unforwarded,
)
from cases.questions.notices import time_for
from people.access import Stale
from people.journal import Act
from people.models import Employee, Household, JournalEntry, MemberRole, Person, Protection
from tests.factories.appeals import AppealFactory, NoticeFactory, RefusalFactory
from tests.factories.people import AT, DAY, EmployeeFactory, MemberFactory, PersonFactory, UnitFactory, at, caseworker
from tests.factories.represented import RepresentativeFactory, power_of_attorney
from tests.journeys import household_in, unit_of, worker_for

pytestmark = pytest.mark.django_db

IN_TIME = DAY + timedelta(days=10)
OWN = OwnAssessment(grounds={1: "Four need three rooms"}, facts="They are four", conclusion="We uphold it")


@pytest.fixture
def household() -> Household:
    return household_in()


@pytest.fixture
def worker(household: Household) -> Employee:
    return worker_for(household)


@pytest.fixture
def decision(household: Household) -> Decision:
    """Refused on `DAY`, and told to the applicant the same day: the time to appeal ends on 31 March."""
    decision = RefusalFactory.create(household=household, unit=unit_of(household))
    NoticeFactory.create(decision=decision)
    Decision.objects.filter(pk=decision.pk).update(status=DecisionStatus.NOTIFIED, notified_on=DAY)
    decision.refresh_from_db()
    return decision


def applicant(household: Household) -> Person:
    return household.members.get(role=MemberRole.APPLICANT).person


def lodged(decision: Decision, by: Employee, when: date = IN_TIME, **new: Any) -> Appeal:
    values: dict[str, Any] = {
        "appellant": f"party-{applicant(decision.household).pk}",
        "channel": "written",
        "received_on": when,
        "against": "The refusal",
        "grounds": ("We are four in one room",),
        **new,
    }
    return lodge_appeal(decision_id=decision.pk, new=NewAppeal(**values), by=by, at=at(max(when, IN_TIME)))


def taken(decision: Decision, by: Employee) -> Appeal:
    return take_up(appeal_id=lodged(decision, by).pk, by=by, at=at(IN_TIME))


def forwarded(decision: Decision, by: Employee, **more: Any) -> Appeal:
    appeal = taken(decision, by)
    sources = [one.source for one in listable(appeal)]
    forward_appeal(appeal_id=appeal.pk, **{"own": OWN, "sources": sources, "by": by, "at": at(IN_TIME), **more})
    appeal.refresh_from_db()
    return appeal


def answered(appeal: Appeal, by: Employee, answer: str, consequence: str, **more: Any) -> Appeal:
    told = {"answer": answer, "on": IN_TIME, "consequence": consequence, "reason": "They say why", **more}
    return register_answer(appeal_id=appeal.pk, told=Answered(**told), by=by, at=at(IN_TIME))


def test_section_32_an_appeal_is_lodged_with_the_unit_that_decided(decision: Decision, worker: Employee) -> None:
    appeal = lodged(decision, worker)

    assert (appeal.unit, appeal.status) == (decision.unit, AppealStatus.RECEIVED)
    assert (appeal.last_day, appeal.absolute_day) == (date(2026, 3, 31), date(2027, 3, 10))
    assert not appeal.is_late
    assert [ground.text for ground in appeal.grounds.all()] == ["We are four in one room"]
    task = Task.objects.open().get(household=decision.household, kind=TaskKind.ANSWER_APPEAL)
    assert task.due_on == appeal.due_on == due_of(appeal)
    line = JournalEntry.objects.get(household_id=decision.household_id, act=Act.APPEAL_RECEIVED)
    assert line.details == {"decision": decision.pk, "body": "klagenemnd", "is_late": False}


@pytest.mark.parametrize("basis", list(law.BASES.values()), ids=lambda one: one.code)
def test_the_body_follows_from_the_legal_basis_and_stands_nowhere_else(basis: law.Basis) -> None:
    appeal = Appeal(decision=Decision(kind=basis.kind, basis=basis.code))

    assert appeal.body is basis.body
    assert not any("body" in field.name for field in Appeal._meta.get_fields())
    with pytest.raises(AttributeError):
        appeal.body = law.Body.KLAGENEMND


def test_an_appeal_by_word_of_mouth_is_written_down_and_taken(decision: Decision, worker: Employee) -> None:
    appeal = lodged(decision, worker, channel="counter", grounds=(), is_signed=False)

    assert [ground.text for ground in appeal.grounds.all()] == ["The refusal"]


@pytest.mark.parametrize(
    ("new", "field"),
    [
        ({"appellant": "party-0"}, "appellant"),
        ({"appellant": "outsider"}, "appellant_name"),
        ({"channel": "pigeon"}, "channel"),
        ({"received_on": DAY - timedelta(days=1)}, "received_on"),
        ({"received_on": IN_TIME + timedelta(days=1)}, "received_on"),
        ({"posted_on": IN_TIME + timedelta(days=1)}, "posted_on"),
        ({"against": " "}, "against"),
        ({"paper_id": 0}, "paper"),
        ({"dismissal_id": 0}, "dismissal"),
        ({"lodged_with_id": 0}, "lodged_with"),
    ],
)
def test_an_appeal_that_does_not_say_what_it_must_is_refused(
    decision: Decision, worker: Employee, new: dict[str, Any], field: str
) -> None:
    with pytest.raises(CannotAppeal) as refused:
        lodge_appeal(
            decision_id=decision.pk,
            new=NewAppeal(
                **{
                    "appellant": f"party-{applicant(decision.household).pk}",
                    "channel": "written",
                    "received_on": IN_TIME,
                    "against": "The refusal",
                    **new,
                }
            ),
            by=worker,
            at=at(IN_TIME),
        )

    assert refused.value.field == field
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("status", [DecisionStatus.DRAFT, DecisionStatus.ANNULLED])
def test_what_is_not_decided_or_is_annulled_cannot_be_appealed(
    household: Household, worker: Employee, status: DecisionStatus
) -> None:
    ended = {"ended_on": DAY, "ended_because": "Wrong"} if status == DecisionStatus.ANNULLED else {}
    decision = RefusalFactory.create(household=household, status=status, **ended)

    with pytest.raises(CannotAppeal):
        lodged(decision, worker)


def test_a_second_appeal_by_the_same_is_the_first_one(decision: Decision, worker: Employee) -> None:
    lodged(decision, worker)

    with pytest.raises(Exception, match="appeal_one_open_an_appellant"):
        lodged(decision, worker)


def test_party_guardian_agent_and_a_child_of_fifteen_may_appeal(household: Household) -> None:
    agent = RepresentativeFactory.create(household=household, kind="agent", is_lawyer=True)
    guardian = RepresentativeFactory.create(household=household)
    older = MemberFactory.create(
        household=household, role=MemberRole.CHILD, person=PersonFactory.create(born_on=date(2011, 3, 10))
    )
    MemberFactory.create(
        household=household, role=MemberRole.CHILD, person=PersonFactory.create(born_on=date(2011, 3, 11))
    )

    assert [one.key for one in appellants(household, on=DAY)] == [
        f"party-{applicant(household).pk}",
        f"agent-{agent.pk}",
        f"guardian-{guardian.pk}",
        f"child-{older.person_id}",
        "outsider",
    ]


def test_an_agent_appeals_for_the_party(decision: Decision, worker: Employee) -> None:
    agent = RepresentativeFactory.create(household=decision.household, kind="agent", is_lawyer=True)

    appeal = lodged(decision, worker, appellant=f"agent-{agent.pk}")

    assert (appeal.appellant, appeal.representative) == (Appellant.AGENT, agent)
    assert appeal.person == applicant(decision.household)


def test_somebody_no_party_is_registered_and_can_only_be_dismissed(decision: Decision, worker: Employee) -> None:
    appeal = lodged(decision, worker, appellant="outsider", appellant_name="A neighbour")

    with pytest.raises(CannotDeal):
        take_up(appeal_id=appeal.pk, by=worker, at=at(IN_TIME))
    dismissed = dismiss_appeal(
        appeal_id=appeal.pk, because="not_a_party", reason="No part in it", by=worker, at=at(IN_TIME)
    )

    assert dismissed.status == AppealStatus.DISMISSED
    # nothing about the household goes to somebody else
    assert not Document.objects.filter(household=decision.household, kind=DocumentKind.APPEAL_OUTCOME).exists()


# section 31: too late


def test_section_30_posted_in_time_is_in_time(decision: Decision, worker: Employee) -> None:
    late_by_post = lodged(decision, worker, date(2026, 4, 8), posted_on=date(2026, 3, 31))

    assert not late_by_post.is_late


def test_section_31_after_its_time_it_needs_an_excuse_with_its_reason(decision: Decision, worker: Employee) -> None:
    appeal = lodged(decision, worker, date(2026, 4, 1))
    assert appeal.is_late
    wrong: list[tuple[dict[str, Any], str]] = [
        ({}, "excuse"),
        ({"excuse": "body_decided", "excuse_reason": "x"}, "excuse"),
        ({"excuse": "not_to_blame", "excuse_reason": " "}, "excuse_reason"),
    ]
    for told, field in wrong:
        with pytest.raises(CannotDeal) as refused:
            take_up(appeal_id=appeal.pk, by=worker, at=at(date(2026, 4, 1)), **told)
        assert refused.value.field == field

    taken_up = take_up(
        appeal_id=appeal.pk,
        excuse="not_to_blame",
        excuse_reason="In hospital",
        by=worker,
        at=at(date(2026, 4, 1)),
    )

    assert taken_up.status == AppealStatus.RECONSIDERING
    line = JournalEntry.objects.get(household_id=decision.household_id, act=Act.APPEAL_TAKEN_UP)
    assert (line.reason, line.details["excuse"]) == ("In hospital", "not_to_blame")


def test_section_29_a_notice_put_right_moves_the_time_of_an_appeal_not_taken_up(
    decision: Decision, worker: Employee
) -> None:
    came = date(2026, 4, 1)
    appeal = lodged(decision, worker, came)
    notice = decision.notices.get()
    right = NewNotice(recipient=notice.key, way="handed_over", reached_on=DAY + timedelta(days=5))

    correct_notice(notice_id=notice.pk, because="It came later", new=right, by=worker, at=at(came))

    appeal.refresh_from_db()
    assert not appeal.is_late
    with pytest.raises(CannotDeal):
        dismiss_appeal(appeal_id=appeal.pk, because="too_late", reason="Late", by=worker, at=at(came))


def test_section_29_a_notice_registered_after_the_appeal_tells_that_it_came_late(
    household: Household, worker: Employee
) -> None:
    decision, came = RefusalFactory.create(household=household, unit=unit_of(household)), date(2026, 4, 1)
    appeal = lodged(decision, worker, came)
    new = NewNotice(recipient=f"party-{applicant(household).pk}", way="handed_over", reached_on=DAY)

    register_notice(decision_id=decision.pk, new=new, by=worker, at=at(came))

    appeal.refresh_from_db()
    assert appeal.is_late


def test_section_24_reasons_asked_for_in_time_and_registered_after_the_appeal_excuse_it(
    decision: Decision, worker: Employee
) -> None:
    came = date(2026, 4, 1)
    appeal = lodged(decision, worker, came)

    ask_for_reasons(
        decision_id=decision.pk,
        person_id=applicant(decision.household).pk,
        channel="phone",
        asked_on=IN_TIME,
        by=worker,
        at=at(came),
    )

    appeal.refresh_from_db()
    assert not appeal.is_late


def test_the_draft_that_an_appeal_led_to_is_not_discarded(decision: Decision, worker: Employee) -> None:
    appeal = taken(decision, worker)
    new = NewResult(changes="Two rooms", result="granted", starts_on=IN_TIME, ends_on=IN_TIME + timedelta(days=9))
    change_in_part(appeal_id=appeal.pk, new=new, by=worker, at=at(IN_TIME))
    begun = Decision.objects.get(status=DecisionStatus.DRAFT)

    with pytest.raises(CannotDraft, match="appeal"):
        discard_draft(decision_id=begun.pk, by=worker, at=at(IN_TIME))


def test_section_31_after_a_year_no_excuse_helps(decision: Decision, worker: Employee) -> None:
    appeal = lodged(decision, worker, date(2027, 3, 11))

    with pytest.raises(CannotDeal):
        take_up(appeal_id=appeal.pk, excuse="not_to_blame", excuse_reason="x", by=worker, at=at(date(2027, 3, 11)))


def test_a_late_appeal_is_dismissed_with_a_letter_that_says_how_to_appeal_that(
    decision: Decision, worker: Employee
) -> None:
    appeal = lodged(decision, worker, date(2026, 4, 1))

    dismissed = dismiss_appeal(
        appeal_id=appeal.pk, because="too_late", reason="No excuse", by=worker, at=at(date(2026, 4, 1))
    )

    assert dismissed.outcome_letter is not None
    assert dismissed.outcome_letter.kind == DocumentKind.APPEAL_OUTCOME
    assert not Task.objects.open().filter(household=decision.household, kind=TaskKind.ANSWER_APPEAL).exists()


@pytest.mark.parametrize(
    ("because", "reason", "field"),
    [
        ("whim", "x", "because"),
        ("too_late", "x", "because"),
        ("not_a_party", "x", "because"),
        ("no_decision", " ", "reason"),
    ],
)
def test_a_dismissal_whose_reason_does_not_hold_is_refused(
    decision: Decision, worker: Employee, because: str, reason: str, field: str
) -> None:
    appeal = lodged(decision, worker)

    with pytest.raises(CannotDeal) as refused:
        dismiss_appeal(appeal_id=appeal.pk, because=because, reason=reason, by=worker, at=at(IN_TIME))

    assert refused.value.field == field


def test_a_dismissal_is_itself_appealed_within_its_own_time(decision: Decision, worker: Employee) -> None:
    day = date(2026, 4, 8)
    first = lodged(decision, worker, day)
    first = dismiss_appeal(appeal_id=first.pk, because="too_late", reason="No excuse", by=worker, at=at(day))
    new = NewNotice(recipient=f"party-{applicant(decision.household).pk}", way="handed_over", reached_on=day)
    register_notice(decision_id=decision.pk, new=new, dismissal_id=first.pk, by=worker, at=at(day))

    assert time_for(decision, first.person_id, dismissal=first).until == date(2026, 4, 29)
    second = lodged(decision, worker, date(2026, 4, 20), dismissal_id=first.pk)
    assert not second.is_late
    second = take_up(appeal_id=second.pk, by=worker, at=at(date(2026, 4, 20)))
    forward_appeal(
        appeal_id=second.pk,
        own=OWN,
        sources=[f"appeal-{second.pk}"],
        by=worker,
        at=at(date(2026, 4, 20)),
    )
    assert possible_consequences(second, "annulled") == [Consequence.TRY_APPEAL]
    told = Answered(answer="annulled", on=date(2026, 4, 21), consequence="try_appeal", reason="He was ill")
    register_answer(appeal_id=second.pk, told=told, by=worker, at=at(date(2026, 4, 21)))
    carry_out(appeal_id=second.pk, by=worker, at=at(date(2026, 4, 21)))

    first.refresh_from_db()
    assert (first.status, first.excuse, first.excuse_reason) == (
        AppealStatus.RECONSIDERING,
        "body_decided",
        "He was ill",
    )


# acknowledged


def test_the_appellant_is_told_once_that_the_appeal_has_come(decision: Decision, worker: Employee) -> None:
    appeal = lodged(decision, worker)
    households = Household.objects.filter(pk=decision.household_id)
    assert list(unacknowledged(households, on=appeal.acknowledge_by + timedelta(days=1))) == [appeal]

    acknowledge(appeal_id=appeal.pk, by=worker, at=at(IN_TIME))

    assert Document.objects.filter(household=decision.household, kind=DocumentKind.APPEAL_RECEIVED).count() == 1
    assert not unacknowledged(households, on=appeal.acknowledge_by + timedelta(days=1)).exists()
    with pytest.raises(CannotDeal):
        acknowledge(appeal_id=appeal.pk, by=worker, at=at(IN_TIME))
    assert Document.objects.filter(household=decision.household, kind=DocumentKind.APPEAL_RECEIVED).count() == 1


def test_no_letter_goes_to_an_appellant_who_is_dead(decision: Decision, worker: Employee) -> None:
    appeal = lodged(decision, worker)
    Person.objects.filter(pk=applicant(decision.household).pk).update(died_on=IN_TIME)

    with pytest.raises(CannotAddress):
        acknowledge(appeal_id=appeal.pk, by=worker, at=at(IN_TIME))

    assert not Document.objects.filter(household=decision.household).exists()
    withdrawn = withdraw_appeal(appeal_id=appeal.pk, on=IN_TIME, because="Died", by=worker, at=at(IN_TIME))
    assert withdrawn.outcome_letter is None


def test_a_protected_appellant_is_written_to_without_any_locating_word(decision: Decision, worker: Employee) -> None:
    unit_of(decision.household)
    Person.objects.filter(pk=applicant(decision.household).pk).update(
        protection=Protection.CLIENT_ADDRESS, protection_from=DAY
    )

    forwarded(decision, worker)

    assert Document.objects.filter(household=decision.household, kind=DocumentKind.STATEMENT).exists()


# section 33: reconsidered


def test_section_33_the_unit_s_own_assessment_comes_before_it_is_forwarded(
    decision: Decision, worker: Employee
) -> None:
    appeal = lodged(decision, worker)
    with pytest.raises(CannotDeal):
        forward_appeal(appeal_id=appeal.pk, own=OWN, sources=[], by=worker, at=at(IN_TIME))
    take_up(appeal_id=appeal.pk, by=worker, at=at(IN_TIME))

    for own, sources, field in (
        (OwnAssessment(facts="x", conclusion="x"), ["x"], "ground_1"),
        (OwnAssessment(grounds={1: "x"}, conclusion="x"), ["x"], "facts"),
        (OwnAssessment(grounds={1: "x"}, facts="x"), ["x"], "conclusion"),
        (OWN, ["nothing-0"], "sources"),
    ):
        with pytest.raises(CannotDeal) as refused:
            forward_appeal(appeal_id=appeal.pk, own=own, sources=sources, by=worker, at=at(IN_TIME))
        assert refused.value.field == field
    assert not Document.objects.filter(household=decision.household).exists()


def test_what_is_written_so_far_is_kept(decision: Decision, worker: Employee) -> None:
    appeal = taken(decision, worker)

    save_assessment(appeal_id=appeal.pk, own=OWN, by=worker, at=at(IN_TIME))

    appeal.refresh_from_db()
    assert (appeal.facts, appeal.grounds.get().assessment) == ("They are four", "Four need three rooms")


def test_where_the_municipality_says_so_somebody_else_looks_at_the_appeal(decision: Decision, worker: Employee) -> None:
    LawChoice.objects.create(
        municipality_id=decision.household.municipality_id,
        code="appeal_assessed_by",
        value="another",
        starts_on=DAY,
        reason="Fresh eyes",
        by=EmployeeFactory.create(),
        at=AT,
    )
    own_decision = RefusalFactory.create(household=decision.household, unit=decision.unit, issued_by=worker)
    appeal = take_up(appeal_id=lodged(own_decision, worker).pk, by=worker, at=at(IN_TIME))

    with pytest.raises(CannotDeal):
        forward_appeal(appeal_id=appeal.pk, own=OWN, sources=[f"appeal-{appeal.pk}"], by=worker, at=at(IN_TIME))
    colleague = worker_for(decision.household)
    forward_appeal(appeal_id=appeal.pk, own=OWN, sources=[f"appeal-{appeal.pk}"], by=colleague, at=at(IN_TIME))


def test_section_33_an_appeal_is_forwarded_with_statement_documents_and_a_letter_to_the_appellant(
    decision: Decision, worker: Employee
) -> None:
    paper = power_of_attorney(decision.household, "A letter from Kari Normann")

    appeal = forwarded(decision, worker)

    assert (appeal.status, appeal.forwarded_on) == (AppealStatus.FORWARDED, IN_TIME)
    kinds = list(Document.objects.filter(household=decision.household).values_list("kind", flat=True))
    assert sorted(kinds) == [DocumentKind.APPEAL_OUTCOME, DocumentKind.STATEMENT]
    title = appeal.listed.get(source=f"paper-{paper.pk}").title
    assert title and "Kari" not in title
    assert not Task.objects.open().filter(household=decision.household).exists()
    assert due_of(appeal) is None


def test_two_who_forward_at_once_send_one_statement(decision: Decision, worker: Employee) -> None:
    appeal = forwarded(decision, worker)

    with pytest.raises(CannotDeal) as refused:
        forward_appeal(appeal_id=appeal.pk, own=OWN, sources=[f"appeal-{appeal.pk}"], by=worker, at=at(IN_TIME))

    assert "forwarded already" in str(refused.value)
    assert Document.objects.filter(household=decision.household, kind=DocumentKind.STATEMENT).count() == 1


def test_a_colleague_s_change_meanwhile_is_told_first(decision: Decision, worker: Employee) -> None:
    appeal = taken(decision, worker)
    decision.household.refresh_from_db()

    with pytest.raises(Stale):
        forward_appeal(
            appeal_id=appeal.pk,
            own=OWN,
            sources=[f"appeal-{appeal.pk}"],
            version=decision.household.version - 1,
            by=worker,
            at=at(IN_TIME),
        )


def test_an_annulled_decision_s_appeal_is_not_forwarded(decision: Decision, worker: Employee) -> None:
    appeal = taken(decision, worker)
    annul_decision(decision_id=decision.pk, because="Unlawful", by=worker, at=at(IN_TIME))

    with pytest.raises(CannotDeal):
        forward_appeal(appeal_id=appeal.pk, own=OWN, sources=[f"appeal-{appeal.pk}"], by=worker, at=at(IN_TIME))


def test_a_late_one_at_the_unit_is_found(decision: Decision, worker: Employee) -> None:
    appeal = lodged(decision, worker)
    households = Household.objects.filter(pk=decision.household_id)

    assert not unforwarded(households, on=appeal.due_on).exists()
    assert list(unforwarded(households, on=appeal.due_on + timedelta(days=1))) == [appeal]


NEW = NewResult(changes="They get three rooms", result="granted", starts_on=IN_TIME)
PARTS = DecisionParts(
    facts="Four persons",
    considerations="They need it",
    start_reason="From now",
    user_view="Wants it",
    expected_wait="Two months",
    conditions="None",
    rooms=3,
    size=70,
    length_months=36,
)


def test_section_33_changed_in_the_appellant_s_favour_begins_the_new_decision_and_tells_them(
    decision: Decision, worker: Employee
) -> None:
    appeal = change_on_appeal(appeal_id=taken(decision, worker).pk, own=OWN, new=NEW, by=worker, at=at(IN_TIME))

    new = appeal.new_decision
    assert new is not None
    assert (new.changes, new.kind, new.basis) == (decision, DecisionKind.DWELLING, decision.basis)
    assert appeal.status == AppealStatus.CHANGED
    assert Document.objects.get(household=decision.household).kind == DocumentKind.APPEAL_OUTCOME
    with pytest.raises(CannotCarryOut):
        carry_out(appeal_id=appeal.pk, by=worker, at=at(IN_TIME))

    issue_decision(decision_id=new.pk, parts=PARTS, by=worker, at=at(IN_TIME))
    closed = carry_out(appeal_id=appeal.pk, by=worker, at=at(IN_TIME))

    assert (closed.status, closed.closed_on) == (AppealStatus.CLOSED, IN_TIME)
    assert not Task.objects.open().filter(household=decision.household, kind=TaskKind.CARRY_OUT_APPEAL).exists()
    with pytest.raises(CannotCarryOut):
        carry_out(appeal_id=appeal.pk, by=worker, at=at(IN_TIME))


def test_changed_in_part_the_rest_is_forwarded(decision: Decision, worker: Employee) -> None:
    appeal = taken(decision, worker)
    change_in_part(appeal_id=appeal.pk, new=NEW, by=worker, at=at(IN_TIME))
    with pytest.raises(CannotDeal):
        change_in_part(appeal_id=appeal.pk, new=NEW, by=worker, at=at(IN_TIME))

    forward_appeal(appeal_id=appeal.pk, own=OWN, sources=[f"appeal-{appeal.pk}"], by=worker, at=at(IN_TIME))

    appeal.refresh_from_db()
    assert appeal.status == AppealStatus.FORWARDED
    assert appeal.changes == "They get three rooms"


@pytest.mark.parametrize(("wrong", "field"), [({"changes": " "}, "changes"), ({"result": "refused"}, "result")])
def test_a_change_says_what_and_grants_something(
    decision: Decision, worker: Employee, wrong: dict[str, str], field: str
) -> None:
    appeal = taken(decision, worker)
    told: dict[str, Any] = {"changes": "x", "result": "granted", "starts_on": IN_TIME, **wrong}

    with pytest.raises(CannotDeal) as refused:
        change_on_appeal(appeal_id=appeal.pk, own=OWN, new=NewResult(**told), by=worker, at=at(IN_TIME))

    assert refused.value.field == field
    appeal.refresh_from_db()
    assert (appeal.status, appeal.new_decision) == (AppealStatus.RECONSIDERING, None)


# section 34: answered


def test_section_34_upheld_closes_the_appeal_and_tells_the_appellant(decision: Decision, worker: Employee) -> None:
    appeal = answered(forwarded(decision, worker), worker, "upheld", "none", reference="2026/7")

    assert (appeal.status, appeal.answer, appeal.consequence) == (AppealStatus.CLOSED, "upheld", "none")
    assert Document.objects.filter(household=decision.household, kind=DocumentKind.APPEAL_OUTCOME).count() == 2


def test_annulled_is_carried_out_by_annulling_within_the_time(decision: Decision, worker: Employee) -> None:
    appeal = answered(forwarded(decision, worker), worker, "annulled", "annul")
    households = Household.objects.filter(pk=decision.household_id)
    assert appeal.consequence_due_on is not None
    assert due_of(appeal) == appeal.consequence_due_on
    assert list(not_carried_out(households, on=appeal.consequence_due_on + timedelta(days=1))) == [appeal]
    assert Task.objects.open().filter(household=decision.household, kind=TaskKind.CARRY_OUT_APPEAL).exists()

    carry_out(appeal_id=appeal.pk, what="Annulled", by=worker, at=at(IN_TIME))

    decision.refresh_from_db()
    assert decision.status == DecisionStatus.ANNULLED
    assert not not_carried_out(households, on=date(2026, 12, 1)).exists()


def test_sent_back_is_carried_out_by_a_new_decision(decision: Decision, worker: Employee) -> None:
    appeal = answered(forwarded(decision, worker), worker, "sent_back", "new_decision")
    with pytest.raises(CannotCarryOut) as refused:
        carry_out(appeal_id=appeal.pk, by=worker, at=at(IN_TIME))
    assert refused.value.field == "decision"

    new = RefusalFactory.create(household=decision.household, unit=decision.unit, issued_at=at(IN_TIME, 15))
    closed = carry_out(appeal_id=appeal.pk, decision_id=new.pk, by=worker, at=at(IN_TIME))

    assert (closed.new_decision, closed.status) == (new, AppealStatus.CLOSED)


def test_an_answer_before_the_appeal_is_forwarded_is_refused(decision: Decision, worker: Employee) -> None:
    appeal = taken(decision, worker)

    with pytest.raises(CannotAnswer) as refused:
        answered(appeal, worker, "upheld", "none")

    assert "not forwarded yet" in str(refused.value)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"answer": "whim"}, "answer"),
        ({"on": IN_TIME + timedelta(days=1)}, "on"),
        ({"on": IN_TIME - timedelta(days=1)}, "on"),
        ({"reason": " "}, "reason"),
        ({"consequence": "annul"}, "consequence"),
    ],
)
def test_an_answer_says_what_it_must(decision: Decision, worker: Employee, wrong: dict[str, Any], field: str) -> None:
    appeal = forwarded(decision, worker)

    with pytest.raises(CannotAnswer) as refused:
        told: dict[str, Any] = {"answer": "upheld", "consequence": "none", **wrong}
        answered(appeal, worker, **told)

    assert refused.value.field == field
    appeal.refresh_from_db()
    assert appeal.status == AppealStatus.FORWARDED


def test_a_second_answer_is_refused(decision: Decision, worker: Employee) -> None:
    appeal = answered(forwarded(decision, worker), worker, "annulled", "annul")

    with pytest.raises(CannotDeal):
        answered(appeal, worker, "upheld", "none")


# withdrawn, handed on


def test_withdrawn_after_it_was_forwarded_the_body_is_to_be_told(decision: Decision, worker: Employee) -> None:
    appeal = forwarded(decision, worker)

    withdraw_appeal(appeal_id=appeal.pk, on=IN_TIME, because="By phone", by=worker, at=at(IN_TIME))

    assert Task.objects.open().get(household=decision.household).kind == TaskKind.TELL_BODY
    with pytest.raises(CannotDeal):
        answered(appeal, worker, "upheld", "none")
    with pytest.raises(CannotDeal):
        withdraw_appeal(appeal_id=appeal.pk, on=IN_TIME, because="Again", by=worker, at=at(IN_TIME))


@pytest.mark.parametrize(
    ("told", "field"),
    [({"because": " "}, "because"), ({"on": DAY}, "on"), ({"on": IN_TIME + timedelta(days=1)}, "on")],
)
def test_withdrawing_says_how_and_when(decision: Decision, worker: Employee, told: dict[str, Any], field: str) -> None:
    appeal = lodged(decision, worker)

    with pytest.raises(CannotDeal) as refused:
        withdraw_appeal(
            appeal_id=appeal.pk, **{"on": IN_TIME, "because": "By phone", **told}, by=worker, at=at(IN_TIME)
        )

    assert refused.value.field == field


def test_an_appeal_lodged_with_another_unit_keeps_its_day_and_says_where(decision: Decision, worker: Employee) -> None:
    other = UnitFactory.create(municipality=decision.unit.municipality)

    appeal = lodged(decision, worker, lodged_with_id=other.pk)

    assert (appeal.lodged_with, appeal.unit) == (other, decision.unit)


def test_an_appeal_that_belongs_elsewhere_is_handed_on_with_a_trace(household: Household, worker: Employee) -> None:
    made = hand_on(
        household_id=household.pk,
        received_on=DAY,
        about="Social assistance",
        reason="They decided",
        to_body="Drammen kommune",
        by=worker,
        at=AT,
    )

    assert made.to == "Drammen kommune"
    line = JournalEntry.objects.get(household_id=household.pk, act=Act.APPEAL_HANDED_ON)
    assert (line.on, line.reason) == (DAY, "They decided")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"received_on": DAY + timedelta(days=1)}, "received_on"),
        ({"about": ""}, "about"),
        ({"reason": ""}, "reason"),
        ({"to_body": ""}, "to_unit"),
        ({"to_unit_id": 0}, None),
    ],
)
def test_handing_on_says_what_why_and_where(
    household: Household, worker: Employee, told: dict[str, Any], field: str | None
) -> None:
    asked = {"received_on": DAY, "about": "x", "reason": "x", "to_body": "Drammen kommune", **told}
    if field is None:
        assert hand_on(household_id=household.pk, by=worker, at=AT, **asked).to_unit is None
        return

    with pytest.raises(CannotDeal) as refused:
        hand_on(household_id=household.pk, by=worker, at=AT, **asked)

    assert refused.value.field == field


def test_nobody_else_deals_with_an_appeal(decision: Decision, worker: Employee) -> None:
    appeal = lodged(decision, worker)
    stranger = caseworker(UnitFactory.create())

    with pytest.raises(Http404):
        take_up(appeal_id=appeal.pk, by=stranger, at=at(IN_TIME))
    with pytest.raises(Http404):
        take_up(appeal_id=0, by=worker, at=at(IN_TIME))


# the machine

ACTS: dict[str, dict[str, Any]] = {
    "reconsider": {"by": None},
    "change": {"on": DAY},
    "forward": {"on": DAY},
    "answer_by_body": {"answer": "upheld", "on": DAY},
    "close": {"on": DAY},
    "withdraw": {"on": DAY, "because": "x"},
    "dismiss": {"on": DAY, "because": "too_late", "reason": "x"},
    "take_up_again": {"by": None},
}
ALLOWED = {
    "received": {"reconsider", "withdraw", "dismiss"},
    "reconsidering": {"change", "forward", "withdraw", "dismiss"},
    "changed": {"close"},
    "forwarded": {"answer_by_body", "withdraw"},
    "answered": {"close"},
    "closed": set(),
    "withdrawn": set(),
    "dismissed": {"take_up_again"},
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("status", AppealStatus.values)
def test_an_appeal_goes_only_where_the_machine_lets_it(status: str, act: str) -> None:
    appeal = Appeal(status=status)
    if act in ALLOWED[status]:
        getattr(appeal, act)(**ACTS[act])
        assert appeal.status != status
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(appeal, act)(**ACTS[act])


def test_every_appeal_has_a_factory_that_says_what_it_must() -> None:
    assert AppealFactory.create(appellant=Appellant.OUTSIDER).person is None
