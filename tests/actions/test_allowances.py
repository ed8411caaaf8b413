"""Housing allowance: found, applied for, answered, ended; the task of each month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from cases.actions.allowances import (
    Answer,
    CannotFollowAllowance,
    answer_allowance,
    apply_for_allowance,
    check_allowance,
    end_allowance,
)
from cases.actions.journey import NoOpenCase
from cases.actions.nightly import settle_tasks
from cases.models import AllowanceCheck, Case, HousingAllowance, Task, TaskKind
from housing.models import Lease, ResidenceKind
from people.models import Household, JournalEntry
from tests.factories.followed import AllowanceCheckFactory, HousingAllowanceFactory
from tests.factories.people import AT, DAY, LONG_AGO, UnitFactory, caseworker
from tests.journeys import household_in, worker_for

pytestmark = pytest.mark.django_db

YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
#: The states of an application, as `allowance_in` makes them.
APPLIED, GRANTED, REFUSED, ENDED = "applied", "granted", "refused", "ended"
_FACTS: dict[str, dict[str, Any]] = {
    APPLIED: {},
    GRANTED: {"outcome": "granted", "decided_on": YESTERDAY, "starts_on": LONG_AGO},
    REFUSED: {"outcome": "refused", "decided_on": YESTERDAY},
    ENDED: {"outcome": "granted", "decided_on": YESTERDAY, "starts_on": LONG_AGO, "ends_on": YESTERDAY},
}
GRANT = Answer(outcome="granted", decided_on=DAY, starts_on=date(2026, 3, 1))


def home(since: date = LONG_AGO) -> Household:
    return household_in(ResidenceKind.PRIVATE_RENTAL, since, lease=Lease.ORDINARY)


def allowance_in(state: str = APPLIED, **facts: Any) -> HousingAllowance:
    told = {"household": home(), "applied_on": LONG_AGO, **_FACTS[state], **facts}
    return HousingAllowanceFactory.create(**told)


def found(household: Household, finding: str = "may_be_entitled", **told: Any) -> AllowanceCheck:
    return check_allowance(household_id=household.pk, finding=finding, by=worker_for(household), at=AT, **told)


def applied(household: Household, on: date = DAY, **told: Any) -> HousingAllowance:
    return apply_for_allowance(household_id=household.pk, on=on, by=worker_for(household), at=AT, **told)


def answered(allowance: HousingAllowance, answer: Answer = GRANT) -> HousingAllowance:
    return answer_allowance(allowance_id=allowance.pk, answer=answer, by=worker_for(allowance.household), at=AT)


def ended(allowance: HousingAllowance, on: date = DAY) -> HousingAllowance:
    return end_allowance(allowance_id=allowance.pk, on=on, by=worker_for(allowance.household), at=AT)


@pytest.mark.parametrize("state", [APPLIED, GRANTED, REFUSED, ENDED])
@pytest.mark.parametrize("what", [answered, ended])
def test_an_application_is_answered_once_and_a_grant_ended_once(state: str, what: Any) -> None:
    allowance = allowance_in(state)

    if (what, state) in {(answered, APPLIED), (ended, GRANTED)}:
        what(allowance)
        return
    with pytest.raises(CannotFollowAllowance):
        what(allowance)


def test_an_allowance_is_applied_for_granted_and_ended() -> None:
    allowance = applied(home(), note=" On paper ")
    assert (allowance.kind, allowance.outcome, allowance.note) == ("bostotte", "", "On paper")

    granted = answered(allowance)
    assert (granted.starts_on, granted.ends_on, granted.note) == (date(2026, 3, 1), None, "On paper")
    assert ended(allowance, date(2026, 5, 1)).ends_on == date(2026, 5, 1)
    lines = JournalEntry.objects.filter(act__startswith="benefit.").order_by("pk")
    assert list(lines.values_list("act", flat=True)) == ["benefit.applied", "benefit.answered", "benefit.ended"]


def test_a_refusal_has_no_period() -> None:
    refused = answered(allowance_in(), Answer(outcome="refused", decided_on=DAY, note="Income"))

    assert (refused.outcome, refused.starts_on, refused.note) == ("refused", None, "Income")


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (Answer(outcome="shrug", decided_on=DAY), "outcome"),
        (Answer(outcome="refused", decided_on=LONG_AGO - timedelta(days=1)), "decided_on"),
        (Answer(outcome="refused", decided_on=TOMORROW), "decided_on"),
        (Answer(outcome="refused", decided_on=DAY, starts_on=DAY), "starts_on"),
        (Answer(outcome="granted", decided_on=DAY), "starts_on"),
        (Answer(outcome="granted", decided_on=DAY, starts_on=DAY, ends_on=DAY), "ends_on"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_at_its_field(answer: Answer, field: str) -> None:
    allowance = allowance_in()

    with pytest.raises(CannotFollowAllowance) as refused:
        answered(allowance, answer)

    assert refused.value.field == field
    assert HousingAllowance.objects.get().outcome == ""


def test_an_end_comes_after_the_first_day() -> None:
    with pytest.raises(CannotFollowAllowance) as refused:
        ended(allowance_in(GRANTED), LONG_AGO)

    assert refused.value.field == "on"


def test_one_application_at_a_time() -> None:
    household = home()
    first = applied(household, YESTERDAY)

    with pytest.raises(CannotFollowAllowance):
        applied(household)
    answered(first)
    assert applied(household).outcome == ""


@pytest.mark.parametrize(("on", "field"), [(TOMORROW, "on"), (LONG_AGO, "on")])
def test_an_application_ahead_or_known_already_is_refused(on: date, field: str) -> None:
    household = allowance_in(REFUSED).household

    with pytest.raises(CannotFollowAllowance) as refused:
        applied(household, on)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("finding", "because", "field"),
    [("perhaps", "", "finding"), ("not_entitled", " ", "because"), ("does_not_want", "", "because")],
)
def test_a_finding_that_ends_it_says_why(finding: str, because: str, field: str) -> None:
    with pytest.raises(CannotFollowAllowance) as refused:
        found(home(), finding, because=because)

    assert refused.value.field == field


def test_another_unit_answers_nothing_and_a_closed_case_takes_no_application() -> None:
    for allowance_id in (allowance_in().pk, 0):
        with pytest.raises(Http404):
            answer_allowance(allowance_id=allowance_id, answer=GRANT, by=caseworker(UnitFactory.create()), at=AT)
    household = home()
    Case.objects.filter(household=household).update(state="closed", closed_on=DAY, closing_reason="other")
    with pytest.raises(NoOpenCase):
        applied(household)


def tasks(days: int = 0) -> list[date]:
    settle_tasks(at=AT + timedelta(days=days))
    return list(Task.objects.open().filter(kind=TaskKind.APPLY_ALLOWANCE).values_list("due_on", flat=True))


def test_who_may_be_entitled_is_reminded_of_each_month_before_the_25th() -> None:
    household = home()
    assert tasks(5) == []
    found(household)

    assert tasks(4) == []
    # ten days before 25 March
    assert tasks(5) == [date(2026, 3, 25)]
    assert tasks(16) == []
    assert tasks(36) == [date(2026, 4, 25)]
    applied(household)
    assert tasks(36) == []


def test_a_finding_that_ends_it_closes_the_task() -> None:
    household = home()
    found(household)
    assert tasks(5) == [date(2026, 3, 25)]

    found(household, "does_not_want", because="Has savings")
    assert tasks(5) == []


def test_a_refusal_ends_it_until_somebody_finds_it_again() -> None:
    household = home()
    AllowanceCheckFactory.create(household=household, on=LONG_AGO)
    HousingAllowanceFactory.create(household=household, applied_on=LONG_AGO, outcome="refused", decided_on=YESTERDAY)

    assert tasks(5) == []
    found(household)
    assert tasks(5) == [date(2026, 3, 25)]


@pytest.mark.parametrize(
    ("applied_on", "ends_on", "due"),
    [
        # an old application is not for a home moved into since
        (date(2026, 1, 31), None, [date(2026, 3, 25)]),
        (date(2026, 2, 1), None, []),
        (date(2026, 2, 1), date(2026, 3, 1), [date(2026, 3, 25)]),
    ],
)
def test_what_is_granted_counts_for_the_home_it_was_applied_for(
    applied_on: date, ends_on: date | None, due: list[date]
) -> None:
    household = home(date(2026, 2, 15))
    AllowanceCheckFactory.create(household=household)
    HousingAllowanceFactory.create(
        household=household,
        applied_on=applied_on,
        outcome="granted",
        decided_on=date(2026, 2, 20),
        starts_on=applied_on,
        ends_on=ends_on,
    )

    assert tasks(5) == due


def test_nobody_applies_without_a_home_or_an_open_case() -> None:
    rough = household_in(ResidenceKind.ROUGH)
    closed = home()
    Case.objects.filter(household=closed).update(state="closed", closed_on=DAY, closing_reason="other")
    for household in (rough, closed):
        AllowanceCheckFactory.create(household=household)

    assert tasks(5) == []
