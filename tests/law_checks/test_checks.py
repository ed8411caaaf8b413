"""Each check of the law, by its number: what it finds, and what it does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cases.law import rule
from cases.law_checks import CHECKS, State, findings
from cases.models import BreachReason, BreachReview, ChildInterest, DecisionStatus, Outcome, RequestKind
from housing.models import Provider, QualityAgreement, ResidenceKind
from people.models import Assignment, Household, MemberRole
from tests.factories.appeals import AppealFactory, NoticeFactory
from tests.factories.cases import DecisionFactory, HousingPlanFactory, RequestFactory
from tests.factories.people import AT, DAY, LONG_AGO, EmployeeFactory, MemberFactory
from tests.factories.represented import RepresentativeFactory
from tests.factories.requests import DisputeFactory
from tests.factories.tasks import AuthorityLetterFactory
from tests.factories.waiting import AnswerDelayFactory
from tests.journeys import household_in, placed_household

pytestmark = pytest.mark.django_db

WEEKS = timedelta(weeks=1)
LATER = DAY + 4 * WEEKS
WRITTEN = dict.fromkeys(("facts", "considerations", "start_reason", "user_view"), "x")


def placed(weeks: int = 1) -> Household:
    return placed_household(DAY - weeks * WEEKS)


def family(**facts: Any) -> Household:
    household = placed(**facts)
    MemberFactory.create(household=household, is_child=True)
    return household


def told(household: Household, **facts: Any) -> Household:
    """Given a decision by word of mouth today, from the first night unless told otherwise."""
    first = household.residences.get().starts_on
    DecisionFactory.create(household=household, **{"is_oral": True, "starts_on": first, "ends_on": LATER, **facts})
    return household


def issued(household: Household, **facts: Any) -> Household:
    by = EmployeeFactory.create()
    signed = {"status": DecisionStatus.ISSUED, "issued_at": AT, "issued_by": by}
    return told(household, **{**WRITTEN, "told_at": None, **signed, **facts})


def weighed(household: Household) -> Household:
    told(household)
    child = household.members.get(role=MemberRole.CHILD).person
    ChildInterest.objects.create(decision=household.decisions.get(), person=child, text="Stays at the same school")
    return household


def refused(household: Household, *, kind: str = "temporary") -> Household:
    by = EmployeeFactory.create()
    basis = {"temporary": "sotjl-27", "dwelling": "local-dwelling"}[kind]
    signed = {"status": DecisionStatus.ISSUED, "issued_at": AT, "issued_by": by, "provider": None, "ends_on": None}
    DecisionFactory.create(
        household=household, kind=kind, basis=basis, result="refused", starts_on=DAY, **{**WRITTEN, **signed}
    )
    return household


def asked(household: Household | None = None, *, days_ago: int = 0, **facts: Any) -> Household:
    household = household or household_in(ResidenceKind.ROUGH)
    RequestFactory.create(household=household, asked_at=AT - timedelta(days=days_ago), **facts)
    return household


def answered(outcome: Outcome, **facts: Any) -> Household:
    return asked(outcome=outcome, outcome_at=AT, outcome_by=EmployeeFactory.create(), **facts)


def asked_in_time_past(kind: RequestKind, **facts: Any) -> Household:
    return asked(kind=kind, lacks_place_tonight=False, days_ago=40, **facts)


def promised(days: int) -> Household:
    """An answer so many days from now, to what was asked forty days ago."""
    household = asked_in_time_past(RequestKind.OTHER)
    AnswerDelayFactory.create(
        request=household.requests.get(), sent_on=DAY - WEEKS, expected_by=DAY + timedelta(days=days)
    )
    return household


def reviewed(household: Household) -> Household:
    BreachReview.objects.create(
        household=household,
        first_night=household.residences.get().starts_on,
        reason=BreachReason.DEBT,
        measure="Pays it down",
        deadline=LATER,
        reviewed_on=DAY,
        by=EmployeeFactory.create(),
    )
    return household


def without_agreement(household: Household) -> Household:
    QualityAgreement.objects.filter(provider=household.residences.get().provider).update(ends_on=DAY)
    return household


def unapproved(household: Household) -> Household:
    Provider.objects.filter(residences__household=household).update(suits_children=False)
    return household


def planned(household: Household) -> Household:
    HousingPlanFactory.create(household=household)
    return household


def abandoned() -> Household:
    household = placed()
    Assignment.objects.filter(household=household).update(ends_on=DAY)
    return household


def written_to(*, late: bool) -> Household:
    household = household_in()
    days = timedelta(days=1 if late else 0)
    AuthorityLetterFactory.create(household=household, received_on=DAY - days, due_on=DAY - days)
    return household


def decided_long_ago() -> Household:
    return issued(placed(weeks=3), issued_at=AT - 2 * WEEKS)


def reached(household: Household) -> Household:
    decision = household.decisions.get()
    decision.notify(on=DAY)
    decision.save(update_fields=["status", "notified_on"])
    return household


def represented(household: Household, *, told: bool = False) -> Household:
    """Somebody acts for the party since long, and has been told of the decision or not."""
    person = household.members.order_by("pk")[0].person
    agent = RepresentativeFactory.create(household=household, person=person, starts_on=LONG_AGO)
    if told:
        NoticeFactory.create(decision=household.decisions.get(), person=person, representative=agent)
    return household


def siblings() -> Household:
    """The decision weighs the one child, and another has come since."""
    household = weighed(family())
    MemberFactory.create(household=household, is_child=True)
    return household


def stood_in_for(**facts: Any) -> Household:
    household = decided_long_ago()
    RepresentativeFactory.create(household=household, **facts)
    return household


def appealed(**facts: Any) -> Household:
    return AppealFactory.create(**facts).household


def disputed(*, days_ago: int) -> Household:
    return DisputeFactory.create(since=DAY - timedelta(days=days_ago)).household


Made = Callable[[], Household]
#: Number → what it finds, by what is wrong there.
FOUND: dict[str, list[Made]] = {
    "L01": [placed, lambda: told(placed(), ends_on=DAY), lambda: told(placed(), status=DecisionStatus.DRAFT)],
    "L02": [lambda: told(placed()), lambda: issued(placed())],
    "L03": [lambda: issued(placed(), kind="housing_help", basis="bsl-6", provider=None)],
    "L04": [family, lambda: issued(family()), lambda: told(family()), siblings],
    "L05": [lambda: asked_in_time_past(RequestKind.DWELLING)],
    "L21": [lambda: promised(-1)],
    "L08": [lambda: without_agreement(placed())],
    "L09": [lambda: unapproved(family())],
    "L10": [lambda: asked(days_ago=1)],
    "L11": [
        lambda: asked_in_time_past(RequestKind.HOUSING_HELP),
        # refused a dwelling: no answer to what was asked
        lambda: refused(
            answered(Outcome.REFUSED, kind=RequestKind.HOUSING_HELP, lacks_place_tonight=False), kind="dwelling"
        ),
    ],
    "L12": [lambda: told(placed(), told_at=AT - timedelta(days=5))],
    "L13": [lambda: placed(weeks=3)],
    "L14": [lambda: placed(weeks=20)],
    "L16": [lambda: told(placed(), ends_on=DAY + timedelta(days=3))],
    "L17": [lambda: answered(Outcome.NO_PLACE), lambda: answered(Outcome.STEERED)],
    "L18": [abandoned],
    "L19": [lambda: written_to(late=True)],
    "L20": [
        lambda: answered(Outcome.REFUSED),
        lambda: issued(answered(Outcome.REFUSED)),
        # refused a dwelling: no decision on the place for the night
        lambda: refused(answered(Outcome.REFUSED), kind="dwelling"),
    ],
    "L06": [lambda: represented(decided_long_ago()), lambda: stood_in_for(scope="personal")],
    "L07": [lambda: appealed(due_on=DAY - timedelta(days=1))],
    "L15": [decided_long_ago],
    "L22": [lambda: disputed(days_ago=7)],
    "L23": [lambda: appealed(consequence_due_on=DAY - timedelta(days=1))],
}
#: Number → where it finds nothing missing, though it applies or nearly does.
NOT_FOUND: dict[str, list[Made]] = {
    "L01": [lambda: told(placed()), lambda: household_in(ResidenceKind.FRIENDS)],
    "L02": [lambda: told(placed(), starts_on=DAY), lambda: told(placed(), ends_on=DAY)],
    "L03": [
        lambda: issued(placed()),
        lambda: issued(placed(), kind="housing_help", basis="bsl-6", provider=None, main_content="A flat"),
    ],
    "L04": [lambda: weighed(family()), placed],
    "L05": [
        lambda: asked(lacks_place_tonight=False, kind=RequestKind.OTHER, days_ago=20),
        lambda: answered(Outcome.REFUSED, lacks_place_tonight=False, kind=RequestKind.OTHER, days_ago=40),
        lambda: promised(10),
    ],
    "L21": [lambda: promised(0), lambda: asked_in_time_past(RequestKind.OTHER)],
    "L08": [placed],
    "L09": [family, lambda: unapproved(placed())],
    "L10": [asked, lambda: answered(Outcome.OFFER, days_ago=3)],
    "L11": [
        lambda: asked(kind=RequestKind.HOUSING_HELP, lacks_place_tonight=False),
        lambda: answered(Outcome.WITHDRAWN, kind=RequestKind.HOUSING_HELP, lacks_place_tonight=False, days_ago=90),
    ],
    "L12": [lambda: told(placed()), lambda: issued(placed(), told_at=AT - timedelta(days=5))],
    "L13": [placed, lambda: planned(placed(weeks=3))],
    "L14": [lambda: reviewed(placed(weeks=20)), lambda: placed(weeks=12)],
    "L16": [lambda: told(placed()), placed],
    "L17": [
        lambda: answered(Outcome.OFFER),
        lambda: answered(Outcome.NO_PLACE, lacks_place_tonight=False, kind="other"),
    ],
    "L18": [placed],
    "L19": [lambda: written_to(late=False)],
    "L20": [
        lambda: refused(answered(Outcome.REFUSED)),
        lambda: answered(Outcome.OFFER),
        lambda: refused(answered(Outcome.REFUSED, lacks_place_tonight=False, kind="dwelling"), kind="dwelling"),
    ],
    "L06": [
        decided_long_ago,
        lambda: represented(issued(placed())),
        lambda: represented(decided_long_ago(), told=True),
        # the mandate does not reach the matter, or childhood is over: no letter goes to them
        lambda: stood_in_for(scope="economic"),
        lambda: stood_in_for(kind="parent"),
    ],
    "L07": [lambda: appealed(due_on=DAY), placed],
    "L15": [lambda: issued(placed()), lambda: reached(decided_long_ago())],
    "L22": [lambda: disputed(days_ago=0), placed],
    "L23": [appealed, placed],
}


def missing(household: Household) -> list[str]:
    return [one.check.number for one in findings([household.pk], on=DAY) if one.state == State.MISSING]


@pytest.mark.parametrize(("number", "made"), [(number, made) for number, all_ in FOUND.items() for made in all_])
def test_a_check_finds_what_is_lacking(number: str, made: Made) -> None:
    assert number in missing(made())


@pytest.mark.parametrize(("number", "made"), [(number, made) for number, all_ in NOT_FOUND.items() for made in all_])
def test_a_check_finds_nothing_where_the_law_is_kept(number: str, made: Made) -> None:
    assert number not in missing(made())


def test_every_check_has_what_it_finds_and_what_it_does_not() -> None:
    assert set(FOUND) == set(NOT_FOUND) == set(CHECKS)


@pytest.mark.parametrize("number", CHECKS)
def test_every_check_names_a_rule_that_is_in_force(number: str) -> None:
    assert rule(CHECKS[number].rule, on=DAY).code == CHECKS[number].rule


def test_since_when_a_night_is_without_a_decision() -> None:
    [never] = [one for one in findings([placed().pk], on=DAY) if one.check.number == "L01"]
    [ran_out] = [
        one for one in findings([told(placed(2), ends_on=DAY - WEEKS).pk], on=DAY) if one.check.number == "L01"
    ]

    assert (never.since, ran_out.since) == (DAY - WEEKS, DAY - WEEKS)


def test_asking_of_many_takes_one_statement(django_assert_num_queries: Any) -> None:
    households = [told(family(weeks=weeks)).pk for weeks in (1, 3, 20)]

    with django_assert_num_queries(1):
        found = findings(households, on=DAY, only_missing=True)

    assert {one.household_id for one in found} == set(households)
    assert findings([], on=DAY) == [] == findings(households, on=DAY, checks=[])


def test_before_anybody_came_nothing_is_lacking() -> None:
    assert missing(household_in()) == []
    assert findings([placed().pk], on=LONG_AGO - WEEKS, only_missing=True) == []
