"""Every state of a loan or grant with every transition: allowed or refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django_fsm import TransitionNotAllowed

from cases.models import Decision, LoanCase, LoanStatus
from tests.factories.people import DAY

MOVES: dict[str, dict[str, Any]] = {
    "apply": {"on": DAY},
    "commit": {"decision": Decision(amount=1_000_000), "on": DAY, "until": DAY + timedelta(days=90)},
    "refuse": {"decision": Decision(), "on": DAY},
    "bid": {"on": DAY},
    "lose_bids": {},
    "buy": {"on": DAY, "price": 2_000_000},
    "lose_home": {},
    "pay_out": {"on": DAY, "amount": 900_000},
    "lapse": {"on": DAY, "because": "withdrawn"},
    "lose_decision": {"applied_on": DAY},
}
LEADS = {
    "considering": {"apply": "applied", "commit": "preliminary", "refuse": "refused", "lapse": "lapsed"},
    "applied": {"commit": "preliminary", "refuse": "refused", "lapse": "lapsed"},
    "preliminary": {
        "refuse": "refused",
        "bid": "bidding",
        "buy": "bought",
        "pay_out": "paid_out",
        "lapse": "lapsed",
        "lose_decision": "applied",
    },
    "bidding": {
        "refuse": "refused",
        "lose_bids": "preliminary",
        "buy": "bought",
        "lapse": "lapsed",
        "lose_decision": "applied",
    },
    "bought": {"lose_home": "preliminary", "pay_out": "paid_out", "lapse": "lapsed"},
    "paid_out": {},
    "refused": {"commit": "preliminary", "lose_decision": "applied"},
    "lapsed": {},
}


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("status", LoanStatus.values)
def test_a_loan_goes_only_where_the_machine_lets_it(status: str, move: str) -> None:
    loan = LoanCase(status=status)
    if move in LEADS[status]:
        getattr(loan, move)(**MOVES[move])
        assert loan.status == LEADS[status][move]
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(loan, move)(**MOVES[move])
        assert loan.status == status


def test_no_transition_is_left_out_of_the_table() -> None:
    assert {one.name for one in LoanCase().get_all_status_transitions()} == set(MOVES)


def test_a_commitment_holds_through_its_last_day() -> None:
    loan = LoanCase(status="preliminary", expires_on=DAY)

    assert loan.can_be_used(DAY)
    assert not loan.can_be_used(DAY + timedelta(days=1))
    assert LoanCase(status="preliminary").can_be_used(DAY)
    assert not LoanCase(status="applied", expires_on=DAY).can_be_used(DAY)
