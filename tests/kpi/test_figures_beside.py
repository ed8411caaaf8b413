# mypy: disable-error-code="no-untyped-call"
"""The figures beside the objectives' own: counted by hand, and against plain Python over the same rows."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils.timezone import localdate
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases.models import Request
from cases.models.request import UNLAWFUL
from housing.actions.spells import refresh
from housing.models import Dwelling, Lease, Provider, QualityAgreement, Residence, ResidenceKind
from housing.states import HOMELESS_KINDS, add_months
from kpi.beside import BESIDE
from kpi.catalogue import BY_CODE
from kpi.measurement import ALL, Period, Question, behind, contributions, measure
from people.models import Household, MemberRole, Unit
from tests.factories.cases import RequestFactory
from tests.factories.followed import HousingAllowanceFactory
from tests.factories.housing import DwellingFactory, ProviderFactory, ResidenceFactory
from tests.factories.people import (
    KONGSBERG,
    EmployeeFactory,
    HouseholdFactory,
    MemberFactory,
    PersonFactory,
    ResponsibilityFactory,
    UnitFactory,
)

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
HERE = Question(municipality=KONGSBERG)
LAST = date(2025, 12, 31)
Parts = tuple[int | None, int | None]


def counted(period: Period = YEAR, question: Question = HERE) -> dict[str, Parts]:
    return {one.indicator.code: (one.numerator, one.denominator) for one in measure(question, [period], BESIDE)}


def lived(*lives: tuple[str, date, date | None], provider: Provider | None = None) -> Household:
    household: Household = HouseholdFactory.create()
    for kind, since, until in lives:
        of_kind: dict[str, Any] = {"provider": provider or ProviderFactory.create()} if kind == "temporary" else {}
        of_kind |= {"lease": Lease.ORDINARY} if kind == "private_rental" else {}
        ResidenceFactory.create(household=household, kind=kind, starts_on=since, ends_on=until, **of_kind)
    refresh([household.pk])
    return household


def nights_without(period: Period) -> int:
    def is_covered(provider_id: int, night: date) -> bool:
        of_it = QualityAgreement.objects.filter(provider_id=provider_id)
        return any(one.starts_on <= night and (one.ends_on is None or one.ends_on > night) for one in of_it)

    found = 0
    for one in Residence.objects.filter(kind="temporary", provider__isnull=False):
        first, end = max(one.starts_on, period.starts_on), min(one.ends_on or date.max, period.ends_on)
        days = [first + timedelta(days=n) for n in range(max((end - first).days, 0))]
        found += sum(not is_covered(one.provider_id or 0, day) for day in days)
    return found


def of_the_homeless(period: Period) -> tuple[Parts, Parts]:
    """Long-term and all; moves."""
    last = period.ends_on - timedelta(days=1)
    long_term, everybody, moves = 0, 0, 0
    for household in Household.objects.all():
        lives = sorted(household.residences.all(), key=lambda one: one.starts_on)
        if not any(
            one.kind in HOMELESS_KINDS and one.starts_on <= last and (one.ends_on is None or one.ends_on > last)
            for one in lives
        ):
            continue
        everybody += 1
        long_term += any(one.kind in HOMELESS_KINDS and one.starts_on <= add_months(last, -24) for one in lives)
        for left, came in itertools.pairwise(lives):
            is_move = (left.kind, left.provider_id, left.dwelling_id) != (came.kind, came.provider_id, came.dwelling_id)
            moves += is_move and add_months(last, -12) < came.starts_on <= last
    return (long_term, everybody), (moves, None)


@pytest.mark.django_db
def test_nights_without_a_quality_agreement_by_hand() -> None:
    """Ten nights, of which the agreement covers four; twenty at a place with none, ten of them this year."""
    partly, never = ProviderFactory.create(), ProviderFactory.create()
    QualityAgreement.objects.create(provider=partly, starts_on=date(2025, 2, 4), ends_on=date(2025, 2, 8))
    first = lived(("temporary", date(2025, 2, 1), date(2025, 2, 11)), provider=partly)
    lived(("temporary", date(2024, 12, 22), date(2025, 1, 11)), provider=never)

    assert counted()["p.5"] == (6 + 10, None)
    assert nights_without(YEAR) == 16
    [of_it] = [one for one in contributions(HERE, YEAR, BY_CODE["p.5"]) if one.ref == first.ref]
    assert of_it.amount == 6


@pytest.mark.django_db
def test_nights_before_a_split_are_not_the_new_household_s() -> None:
    """One lived there from before it came out of another, four nights of ten after; another's all lie before."""
    never = ProviderFactory.create()
    stays = [lived(("temporary", date(2025, 2, 1), date(2025, 2, 11)), provider=never) for _each in range(3)]
    for household, day in zip(stays[1:], (date(2025, 2, 7), date(2025, 3, 1)), strict=True):
        Household.objects.filter(pk=household.pk).update(split_from=stays[0], split_on=day)

    assert counted()["p.5"] == (10 + 4, None)
    found = {one.ref: one.amount for one in contributions(HERE, YEAR, BY_CODE["p.5"])}
    assert found == {stays[0].ref: 10, stays[1].ref: 4}


@pytest.mark.django_db
def test_long_homelessness_and_moves_by_hand() -> None:
    """Four homeless on new year's eve; two since long, one of them with a home between; three moves within the year."""
    lived(("friends", date(2022, 1, 1), None))
    again = lived(
        ("rough", date(2023, 1, 1), date(2023, 12, 31)),
        ("private_rental", date(2023, 12, 31), date(2025, 6, 1)),
        ("temporary", date(2025, 6, 1), date(2025, 8, 1)),
        ("friends", date(2025, 8, 1), None),
    )
    same = ProviderFactory.create()
    lived(
        ("rough", date(2024, 2, 1), date(2024, 12, 31)),
        ("temporary", date(2024, 12, 31), date(2025, 3, 1)),
        ("temporary", date(2025, 3, 1), None),
        provider=same,
    )
    lived(("rough", date(2024, 1, 1), date(2025, 1, 1)), ("friends", date(2025, 1, 1), None))
    lived(("rough", date(2020, 1, 1), date(2025, 3, 1)), ("owned", date(2025, 3, 1), None))

    assert (counted()["long_term"], counted()["moves_12"]) == ((2, 4), (3, None)) == of_the_homeless(YEAR)
    assert again.ref in behind(HERE, YEAR, [BY_CODE["long_term"]])["long_term", ALL].households


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rooms", "area", "children", "is_crowded"),
    [
        (1, 24, 0, True),
        (1, 25, 0, False),
        (2, 20, 0, False),
        (2, 74, 2, True),
        (2, 75, 2, False),
        (3, 60, 2, False),
        (None, 20, 2, None),
        (1, None, 2, None),
    ],
)
def test_crowded_takes_both_rooms_and_area(
    rooms: int | None, area: int | None, children: int, is_crowded: bool | None
) -> None:
    household = HouseholdFactory.create()
    for _ in range(children):
        child = PersonFactory.create()
        MemberFactory.create(household=household, role=MemberRole.CHILD, person=child, starts_on=date(2024, 1, 1))
    visiting = PersonFactory.create()
    MemberFactory.create(household=household, role=MemberRole.CHILD_VISIT, person=visiting, starts_on=date(2024, 1, 1))
    dwelling = DwellingFactory.create(rooms=rooms, area_m2=area, acquired_on=date(2020, 1, 1))
    ResidenceFactory.create(
        household=household,
        kind=ResidenceKind.MUNICIPAL_RENTAL,
        lease=Lease.ORDINARY,
        dwelling=dwelling,
        starts_on=date(2024, 6, 1),
    )

    assert counted()["crowded"] == ((0, 0) if is_crowded is None else (int(is_crowded), 1))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("disposed_on", "counted_in"), [(None, 1), (date(2026, 1, 1), 1), (date(2025, 12, 31), 0), (date(2025, 6, 1), 0)]
)
def test_who_lives_on_in_a_dwelling_that_is_ours_no_more_is_in_none(disposed_on: date | None, counted_in: int) -> None:
    """As who has bought the one they rented: it left the stock, and they live in it."""
    dwelling = DwellingFactory.create(rooms=1, area_m2=20, acquired_on=date(2020, 1, 1))
    ResidenceFactory.create(
        kind=ResidenceKind.OWNED, lease="", dwelling=dwelling, starts_on=date(2025, 6, 1), household=HouseholdFactory()
    )
    Dwelling.objects.update(disposed_on=disposed_on)

    assert counted()["crowded"] == (counted_in, counted_in)


@pytest.mark.django_db
def test_handed_on_counts_other_units_alone() -> None:
    ours, other = UnitFactory.create(), UnitFactory.create()
    days = [date(2025, 2, 1), date(2025, 4, 1), date(2025, 6, 1)]

    def answered(*units: Unit) -> None:
        household = HouseholdFactory.create(unit=units[0], responsibility=None)
        since = [date(2024, 1, 1), *days]
        for n, unit in enumerate(units):
            until = since[n + 1] if n + 1 < len(units) else None
            ResponsibilityFactory.create(household=household, unit=unit, starts_on=since[n], ends_on=until)

    answered(ours, other, ours)
    answered(ours, other)
    answered(ours, ours, ours)
    answered(ours, other, other, ours)

    assert counted()["handed_on"] == (2, None)


@pytest.mark.django_db
def test_what_the_law_does_not_allow_is_a_share_of_those_answered_who_lacked_a_place() -> None:
    def asked(at: datetime, outcome: str = "", **more: Any) -> None:
        answer = {"outcome": outcome, "outcome_at": at, "outcome_by": EmployeeFactory.create()} if outcome else {}
        RequestFactory.create(asked_at=at, **answer, **more)

    at = datetime(2025, 5, 5, 12, tzinfo=UTC)
    for outcome in ("offer", "offer", "no_place", "below_standard"):
        asked(at, outcome)
    asked(at, "steered", lacks_place_tonight=False)
    asked(at)
    # half past midnight in Norway on new year's day is still the year before in Greenwich
    asked(datetime(2024, 12, 31, 23, 30, tzinfo=UTC), "steered")
    asked(datetime(2025, 12, 31, 23, 30, tzinfo=UTC), "steered")

    assert counted()["requests_unlawful"] == (3, 5)
    answered = [one for one in Request.objects.exclude(outcome="") if one.lacks_place_tonight]
    in_year = [one for one in answered if localdate(one.asked_at).year == 2025]
    assert (sum(one.outcome in UNLAWFUL for one in in_year), len(in_year)) == (3, 5)


@pytest.mark.django_db
def test_what_the_front_pages_print_by_hand() -> None:
    long_stay, child = ("temporary", date(2025, 1, 1), date(2025, 6, 1)), PersonFactory.create(born_on=date(2015, 1, 1))
    family = lived(long_stay)
    MemberFactory.create(household=family, role=MemberRole.CHILD, person=child, starts_on=date(2020, 1, 1))
    refresh([family.pk])
    lived(long_stay)
    lived(("temporary", date(2025, 1, 1), date(2025, 2, 1)))
    HousingAllowanceFactory.create(
        household=family, applied_on=date(2025, 1, 2), decided_on=date(2025, 2, 1), outcome="granted"
    )

    found = counted()

    assert (found["p.6"][0], found["families_over"][0], found["allowance_recipients"][0]) == (2, 1, 1)
    [share] = [one.value for one in measure(HERE, [YEAR], [BY_CODE["2.1"]])]
    assert share == Decimal("33.3")


DAYS = st.integers(1, 500)
LIVES = st.lists(
    st.tuples(st.sampled_from(["temporary", "rough", "friends", "owned"]), DAYS, st.booleans()), min_size=1, max_size=5
)


class TestTheStatementsEqualPlainPython(TestCase):
    @settings(max_examples=12, deadline=None)
    @given(st.lists(LIVES, min_size=1, max_size=3), st.integers(0, 900), st.integers(1, 400))
    def test_of_the_homeless_and_their_nights(
        self, drawn: list[list[tuple[str, int, bool]]], covered_from: int, covered: int
    ) -> None:
        start = date(2023, 9, 1)
        since = start + timedelta(days=covered_from)
        one, other = ProviderFactory.create(), ProviderFactory.create()
        QualityAgreement.objects.create(provider=one, starts_on=since, ends_on=since + timedelta(days=covered))
        for lives in drawn:
            household, day = HouseholdFactory.create(), start
            for n, (kind, days, is_other) in enumerate(lives):
                until = None if n == len(lives) - 1 else day + timedelta(days=days)
                placed = {"provider": other if is_other else one} if kind == "temporary" else {}
                ResidenceFactory.create(household=household, kind=kind, starts_on=day, ends_on=until, **placed)
                day = until or day

        found = counted()

        assert (found["long_term"], found["moves_12"]) == of_the_homeless(YEAR)
        assert found["p.5"] == (nights_without(YEAR), None)
