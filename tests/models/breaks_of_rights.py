"""What breaks each rule of seals, of requests for access and correction, and of destruction; for the tests beside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from cases.models import CorrectionRequest
from tests.factories.people import AT, DAY, EmployeeFactory, HouseholdFactory
from tests.factories.rights import (
    AccessRequestFactory,
    CorrectionRequestFactory,
    DestructionItemFactory,
    DestructionListFactory,
    RetentionRuleFactory,
    SealFactory,
)

REVERSED = {"starts_on": DAY, "ends_on": DAY}


def _twice(factory: Any, **same: Any) -> None:
    for _ in range(2):
        factory.create(**same)


def _decided(**facts: Any) -> CorrectionRequest:
    return CorrectionRequestFactory.create(decided_by=EmployeeFactory.create(), decided_at=AT, **facts)


def _approved_by_the_same() -> None:
    one = EmployeeFactory.create()
    DestructionListFactory.create(proposed_by=one, approved_by=one, approved_at=AT)


def _person_waits_twice() -> None:
    first = AccessRequestFactory.create()
    AccessRequestFactory.create(household=first.household, person=first.person)


def _listed_twice() -> None:
    first = DestructionItemFactory.create()
    DestructionItemFactory.create(list=first.list, household=first.household)


OF_PEOPLE: dict[str, Callable[[], object]] = {
    "seal_basis_is_known": lambda: SealFactory.create(basis="whim"),
    "seal_has_a_reason": lambda: SealFactory.create(reason=""),
    "seal_is_lifted_by_somebody_with_a_reason": lambda: SealFactory.create(lifted_at=AT),
    "seal_is_lifted_after_it_is_set": lambda: SealFactory.create(
        lifted_at=AT - timedelta(minutes=1), lifted_by=EmployeeFactory.create(), lifted_because="x"
    ),
    "seal_one_at_a_time": lambda: _twice(SealFactory, household=HouseholdFactory.create()),
}

OF_CASES: dict[str, Callable[[], object]] = {
    "access_request_channel_is_known": lambda: AccessRequestFactory.create(channel="pigeon"),
    "access_request_is_due_after_it_came": lambda: AccessRequestFactory.create(due_on=DAY),
    "access_request_is_answered_whole": lambda: AccessRequestFactory.create(answered_at=AT),
    "access_request_one_open_a_person": _person_waits_twice,
    "correction_request_channel_is_known": lambda: CorrectionRequestFactory.create(channel="pigeon"),
    "correction_request_is_due_after_it_came": lambda: CorrectionRequestFactory.create(due_on=DAY),
    "correction_request_says_what": lambda: CorrectionRequestFactory.create(about=""),
    "correction_request_outcome_is_known": lambda: _decided(outcome="shrug"),
    "correction_request_decided_by_somebody": lambda: CorrectionRequestFactory.create(
        outcome="refused", refusal="It is right"
    ),
    "correction_request_corrected_names_the_act": lambda: _decided(outcome="corrected"),
    "correction_request_refused_says_why": lambda: _decided(outcome="refused"),
    "retention_rule_ends_after_it_starts": lambda: RetentionRuleFactory.create(**REVERSED),
    "retention_rule_is_of_years": lambda: RetentionRuleFactory.create(years=0),
    "retention_rule_names_its_basis": lambda: RetentionRuleFactory.create(basis=""),
    "retention_rule_one_at_a_time": lambda: _twice(RetentionRuleFactory),
    "destruction_list_approved_by_somebody_at_a_time": lambda: DestructionListFactory.create(approved_at=AT),
    "destruction_list_approved_by_another": _approved_by_the_same,
    "destruction_list_carried_out_when_approved": lambda: DestructionListFactory.create(carried_out_at=AT),
    "destruction_list_one_open_a_municipality": lambda: _twice(
        DestructionListFactory, rule=RetentionRuleFactory.create()
    ),
    "destruction_item_once_a_list": _listed_twice,
    "destruction_item_reason_is_known": lambda: DestructionItemFactory.create(kept_because="whim"),
    "destruction_item_destroyed_or_kept": lambda: DestructionItemFactory.create(
        is_destroyed=True, kept_because="sealed"
    ),
}
