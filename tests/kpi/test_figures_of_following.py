# mypy: disable-error-code="no-untyped-call"
"""The figures of housing allowance, advice and grants to owners: by hand, and against plain Python."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from cases.models import HousingAllowance
from housing.models import Lease, ResidenceKind
from housing.states import birthday
from kpi.declaring import Count
from kpi.following import OF_FOLLOWING
from kpi.measurement import Figure, Period, Question, behind, contributions, measure
from people.models import Household, MemberRole
from tests.factories.followed import HousingAllowanceFactory
from tests.factories.housing import ResidenceFactory
from tests.factories.leases import PrivateHelpFactory
from tests.factories.loans import LoanCaseFactory
from tests.factories.people import KONGSBERG, OSLO_NUMBER, HouseholdFactory, MemberFactory, PersonFactory, UnitFactory

pytestmark = pytest.mark.django_db

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
HERE = Question(municipality=KONGSBERG)
LONG_AGO = date(2020, 1, 1)


def figures(question: Question = HERE, period: Period = YEAR) -> dict[str, Figure]:
    return {figure.indicator.code: figure for figure in measure(question, [period], OF_FOLLOWING)}


def counts(question: Question = HERE, period: Period = YEAR) -> dict[str, tuple[Any, Any]]:
    return {code: (one.numerator, one.denominator) for code, one in figures(question, period).items()}


def home(kind: ResidenceKind, *, child_born_on: date | None = None, until: date | None = None) -> Household:
    household = HouseholdFactory.create()
    lease = Lease.ORDINARY if kind != ResidenceKind.OWNED else ""
    ResidenceFactory.create(household=household, kind=kind, lease=lease, starts_on=LONG_AGO, ends_on=until)
    if child_born_on is not None:
        person = PersonFactory.create(born_on=child_born_on)
        MemberFactory.create(
            household=household, role=MemberRole.CHILD, person=person, starts_on=max(child_born_on, LONG_AGO)
        )
    return household


def granted(household: Household, since: date | None, until: date | None = None, **more: Any) -> HousingAllowance:
    told = {"applied_on": date(2024, 12, 1), "decided_on": date(2024, 12, 20), "outcome": "granted", **more}
    return HousingAllowanceFactory.create(household=household, starts_on=since, ends_on=until, **told)


def recipients() -> list[Household]:
    """Seven that get it in 2025, four of them families, two of those in an owned home; six that do not count."""
    child = date(2015, 6, 1)
    rented, owned = ResidenceKind.PRIVATE_RENTAL, ResidenceKind.OWNED
    made = [
        home(rented),
        home(owned),
        home(rented, child_born_on=child),
        home(owned, child_born_on=child),
        # 18 on 1 March: paid for until the end of February as a family
        home(owned, child_born_on=date(2007, 3, 1)),
        # 18 on 1 March, paid for beyond it: no family on the last day
        home(owned, child_born_on=date(2007, 3, 1)),
        # sold the home in the summer: does not own it on the last day
        home(owned, child_born_on=child, until=date(2025, 7, 1)),
    ]
    ends = [None, date(2025, 1, 2), None, None, date(2025, 3, 1), date(2025, 3, 2), None]
    for household, until in zip(made, ends, strict=True):
        granted(household, date(2024, 6, 1), until)
    # twice in the year counts once
    granted(made[0], date(2025, 9, 1), applied_on=date(2025, 8, 1), decided_on=date(2025, 8, 20))
    # before, after, refused, waiting, elsewhere, and ended on the day it began by what is known of it
    granted(home(owned, child_born_on=child), date(2024, 1, 1), date(2025, 1, 1))
    granted(home(owned, child_born_on=child), date(2026, 1, 1))
    HousingAllowanceFactory.create(household=home(owned), applied_on=LONG_AGO, outcome="refused", decided_on=LONG_AGO)
    HousingAllowanceFactory.create(household=home(owned), applied_on=LONG_AGO)
    granted(home(rented), None, date(2024, 12, 1), applied_on=date(2024, 12, 1))
    other = HouseholdFactory.create(unit=UnitFactory.create(municipality_id=OSLO_NUMBER))
    granted(other, LONG_AGO)
    return made


def test_who_got_housing_allowance_by_hand() -> None:
    recipients()

    told = figures()

    assert (told["3.5"].numerator, told["3.5"].denominator, told["3.5"].value) == (4, 7, Decimal("57.1"))
    assert (told["9.4"].numerator, told["9.4"].denominator, told["9.4"].value) == (2, 4, Decimal(50))


def test_granted_without_a_first_day_counts_from_the_day_it_was_applied_for() -> None:
    granted(home(ResidenceKind.OWNED), None, applied_on=date(2025, 12, 31), decided_on=date(2025, 12, 31))

    assert counts()["3.5"] == (0, 1)
    assert counts(period=Period(date(2025, 1, 1), date(2025, 12, 31)))["3.5"] == (0, 0)
    assert figures(period=Period(date(2025, 1, 1), date(2025, 12, 31)))["3.5"].value is None


def test_who_was_advised_on_the_private_market_by_hand() -> None:
    twice, before = HouseholdFactory.create(), HouseholdFactory.create()
    for household, on in (
        (twice, date(2025, 1, 1)),
        (twice, date(2025, 12, 31)),
        (before, date(2024, 12, 31)),
        (before, date(2026, 1, 1)),
    ):
        PrivateHelpFactory.create(household=household, on=on)

    assert counts()["7.2"] == (1, None)


def test_families_who_own_among_those_with_an_establishment_grant_by_hand() -> None:
    child = date(2015, 6, 1)
    paid = {"status": "paid_out", "decided_on": date(2025, 2, 1), "paid_on": date(2025, 3, 1), "amount": 100_000}
    for kind, born_on in (
        (ResidenceKind.OWNED, child),
        (ResidenceKind.OWNED, None),
        (ResidenceKind.PRIVATE_RENTAL, child),
    ):
        LoanCaseFactory.create(household=home(kind, child_born_on=born_on), kind="establishment_grant", **paid)
    LoanCaseFactory.create(household=home(ResidenceKind.OWNED, child_born_on=child), kind="startlan", **paid)

    told = figures()["9.s1"]

    assert (told.numerator, told.denominator, told.value) == (1, 3, Decimal("33.3"))


def test_every_list_is_its_figure_and_a_unit_has_its_own() -> None:
    recipients()
    PrivateHelpFactory.create(on=date(2025, 5, 5))

    told, lists = figures(), behind(HERE, YEAR, OF_FOLLOWING)

    for one in OF_FOLLOWING:
        assert isinstance(one.numerator, Count)
        listed = contributions(HERE, YEAR, one)
        assert sum(row.amount for row in listed) == told[one.code].numerator, one.code
        known = lists.get((one.code, KONGSBERG))
        assert sorted(row.ref for row in listed) == (known.households if known else []), one.code
    unit = UnitFactory.create()
    assert counts(Question(municipality=KONGSBERG, unit=unit.pk))["3.5"] == (0, 0)


def test_what_was_known_earlier_is_told_as_it_was_known() -> None:
    recipients()
    PrivateHelpFactory.create(on=date(2025, 5, 5))

    assert counts(Question(municipality=KONGSBERG, known_at=datetime.now(UTC) + timedelta(minutes=1))) == counts()
    before = counts(Question(municipality=KONGSBERG, known_at=datetime(2001, 1, 1, tzinfo=UTC)))
    assert before["3.5"] == (0, 0) and before["7.2"] == (0, None)


@pytest.mark.parametrize(
    "period",
    [
        YEAR,
        Period(date(2025, 1, 1), date(2025, 2, 1)),
        Period(date(2025, 2, 20), date(2025, 3, 5)),
        Period(date(2024, 1, 1), date(2025, 1, 1)),
        Period(date(2025, 6, 30), date(2025, 7, 2)),
    ],
)
def test_the_figures_are_those_of_plain_python(period: Period) -> None:
    recipients()

    found = _paid_in(period)
    families = [one for one in found if _is_family(*one)]

    told = counts(period=period)

    assert told["3.5"] == (len(families), len(found))
    assert told["9.4"] == (sum(_owns(*one) for one in families), len(families))


def _paid_in(period: Period) -> list[tuple[Household, date]]:
    """Who was paid for a day in the period, with the last such day."""
    last_days: dict[int, date] = {}
    for one in HousingAllowance.objects.filter(outcome="granted", household__municipality=KONGSBERG):
        since, until = one.starts_on or one.applied_on, min(one.ends_on or date.max, period.ends_on)
        if max(since, period.starts_on) < until:
            last_days[one.household_id] = max(last_days.get(one.household_id, date.min), until - timedelta(days=1))
    return [(Household.objects.get(pk=pk), day) for pk, day in last_days.items()]


def _is_family(household: Household, day: date) -> bool:
    children = household.members.on(day).filter(role=MemberRole.CHILD).select_related("person")
    return any(day < birthday(child.person.born_on, 18) for child in children)


def _owns(household: Household, day: date) -> bool:
    return bool(household.residences.on(day).filter(kind=ResidenceKind.OWNED).exists())
