"""Every state of a case with every transition: allowed or refused."""

from __future__ import annotations

from itertools import product

import pytest
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from cases.actions.journey import follow
from cases.models import Case, CaseState, Decision, DecisionStatus
from tests.factories.cases import CaseFactory
from tests.factories.people import AT, DAY, EmployeeFactory

#: Where each transition leads, and the states it cannot be made from.
TRANSITIONS = {
    "forget_residence": ("registered", {"registered", "closed"}),
    "lose_home": ("homeless", {"homeless", "closed"}),
    "place": ("temporary", {"temporary", "closed"}),
    "fear_loss": ("at_risk", {"at_risk", "closed"}),
    "find_unsuitable": ("unsuitable", {"unsuitable", "closed"}),
    "settle": ("settled", {"settled", "closed"}),
    "go_elsewhere": ("elsewhere", {"elsewhere", "closed"}),
    "close": ("closed", {"closed"}),
    "reopen": ("registered", set(CaseState.values) - {"closed"}),
}


@pytest.mark.parametrize(("state", "name"), list(product(CaseState.values, TRANSITIONS)))
def test_a_transition_leads_where_it_should_or_is_refused(state: str, name: str) -> None:
    target, refused_from = TRANSITIONS[name]
    case = Case(state=state)
    facts = {"on": DAY, "reason": "withdrawn"} if name == "close" else {}

    if state in refused_from:
        with pytest.raises(TransitionNotAllowed):
            getattr(case, name)(**facts)
        assert case.state == state
    else:
        getattr(case, name)(**facts)
        assert case.state == target


def test_no_transition_is_left_out_of_the_table() -> None:
    assert {transition.name for transition in Case(state="registered").get_all_state_transitions()} == set(TRANSITIONS)


@pytest.mark.parametrize(
    ("status", "name", "target"),
    [
        ("draft", "tell", "oral"),
        ("draft", "issue", "issued"),
        ("oral", "issue", "issued"),
        ("oral", "tell", None),
        ("issued", "tell", None),
        ("issued", "issue", None),
    ],
)
def test_a_decision_is_told_once_and_issued_once(status: str, name: str, target: str | None) -> None:
    decision = Decision(status=status)
    facts = {"at": AT} if name == "tell" else {"at": AT, "by": None}

    if target is None:
        with pytest.raises(TransitionNotAllowed):
            getattr(decision, name)(**facts)
    else:
        getattr(decision, name)(**facts)
        assert decision.status == DecisionStatus(target)


def test_the_state_is_not_to_be_set_by_hand() -> None:
    with pytest.raises(AttributeError):
        Case(state="registered").state = "settled"


@pytest.mark.django_db
def test_a_second_sight_of_a_case_does_not_undo_a_transition() -> None:
    case = CaseFactory.create()
    other = Case.objects.get(pk=case.pk)
    case.lose_home()
    case.save(update_fields=["state"])
    other.settle()

    with pytest.raises(ConcurrentTransition):
        other.save(update_fields=["state"])


@pytest.mark.django_db
def test_a_case_that_stands_where_it_should_makes_no_transition() -> None:
    assert not follow(CaseFactory.create(), on=DAY, by=EmployeeFactory.create(), at=AT)
