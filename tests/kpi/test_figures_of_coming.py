# mypy: disable-error-code="no-untyped-call"
"""The figures of who comes out of a place and of refugees settled, counted by hand and in plain Python."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.utils.timezone import now
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases.models import RefugeeSettlement
from housing.actions.spells import refresh
from housing.models import Lease, Residence, ResidenceKind
from housing.states import add_months, birthday
from kpi.catalogue import BY_CODE
from kpi.coming import OF_COMING
from kpi.measurement import Period, Question, behind, contributions, measure
from people.models import Household, Member, Person
from tests.factories.applied import HousingApplicationFactory
from tests.factories.coming import RefugeeSettlementFactory, TransitionFactory
from tests.factories.housing import DwellingFactory, ProviderFactory, ResidenceFactory
from tests.factories.people import KONGSBERG, HouseholdFactory, MemberFactory, PersonFactory, UnitFactory

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
HERE = Question(municipality=KONGSBERG)


def values(question: Question = HERE, period: Period = YEAR) -> dict[str, Any]:
    found = measure(question, [period], OF_COMING)
    return {one.indicator.code: None if one.value is None else float(one.value) for one in found}


def lived(*stretches: tuple[str, date, date | None], household: Household | None = None) -> Household:
    who = household or HouseholdFactory.create()
    for kind, starts_on, ends_on in stretches:
        more: dict[str, Any] = {"lease": Lease.ORDINARY} if kind.endswith("rental") else {}
        if kind in ("temporary", "night_shelter"):
            more["provider"] = ProviderFactory.create(kind=kind)
        ResidenceFactory.create(household=who, kind=kind, starts_on=starts_on, ends_on=ends_on, **more)
    return who


def refugees(decided_on: date, settled_on: date | None, *ages: int, **more: Any) -> Household:
    """An adult, and children of these ages on the day they are counted from."""
    household = HouseholdFactory.create()
    for age in ages:
        born = add_months(settled_on or decided_on, -12 * age - 1)
        person = PersonFactory.create(born_on=born)
        MemberFactory.create(household=household, person=person, role="child", starts_on=max(decided_on, born))
    RefugeeSettlementFactory.create(household=household, decided_on=decided_on, settled_on=settled_on, **more)
    return household


@pytest.mark.django_db
def test_nobody_told_of_gives_nothing() -> None:
    assert values() == {
        "1.3": None,
        "4.1": None,
        "4.2": 0,
        "4.3": None,
        "4.s2": 0,
        "p.3": 0,
        "p.4": 0,
        "after_prison": 0,
        "after_institution_6": 0,
    }


@pytest.mark.django_db
def test_the_document_s_example_of_refugees() -> None:
    first = date(2025, 1, 1)
    for settled_on in (date(2025, 4, 1), date(2025, 7, 1), date(2025, 7, 2)):
        refugees(first, settled_on)
    family = refugees(date(2025, 2, 1), date(2025, 5, 2), 5)
    assert family.members.count() == 2
    refugees(first, None)
    told = values()

    assert (told["4.s2"], told["4.1"], told["4.3"], told["4.2"]) == (5, 80, 0, 0)


@pytest.mark.django_db
def test_who_comes_alone_is_counted_apart_from_children_in_families() -> None:
    refugees(date(2025, 1, 1), date(2025, 2, 1), 16, unaccompanied_minor=True)
    refugees(date(2025, 1, 1), date(2025, 4, 1), 5, 17)

    told = values()
    listed = behind(HERE, YEAR, [BY_CODE["4.2"]])[("4.2", KONGSBERG)]

    assert (told["4.2"], told["4.3"], told["4.s2"]) == (1, 100, 5)
    assert len(listed.households) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("born_on", "is_counted"),
    [
        (date(2010, 2, 2), False),  # 15 tomorrow
        (date(2010, 2, 1), True),  # 15 today
        (date(2006, 2, 2), True),  # 19 tomorrow
        (date(2006, 2, 1), False),
    ],
)
def test_who_comes_alone_is_counted_from_15_to_18(born_on: date, is_counted: bool) -> None:
    household = refugees(date(2025, 1, 1), date(2025, 2, 1), unaccompanied_minor=True)
    Person.objects.filter(memberships__household=household).update(born_on=born_on)

    assert (values()["4.2"], values()["4.s2"]) == (int(is_counted), 1)
    assert len(contributions(HERE, YEAR, BY_CODE["4.2"])) == int(is_counted)


@pytest.mark.django_db
def test_who_comes_alone_and_of_whom_no_age_is_known_counts() -> None:
    Member.objects.filter(household=refugees(date(2025, 1, 1), date(2025, 2, 1), unaccompanied_minor=True)).delete()

    assert values()["4.2"] == 1


@pytest.mark.django_db
def test_from_prison_to_temporary_accommodation_at_once_or_within_the_tolerated_nights() -> None:
    out = date(2025, 3, 1)
    long_ago = date(2024, 1, 1)
    lived(("prison", long_ago, out), ("temporary", out, None))
    lived(("prison", long_ago, out), ("friends", out, out + timedelta(days=14)), ("temporary", date(2025, 3, 15), None))
    lived(("prison", long_ago, out), ("friends", out, out + timedelta(days=15)), ("temporary", date(2025, 3, 16), None))
    lived(("prison", long_ago, out), ("private_rental", out, date(2025, 3, 5)), ("temporary", date(2025, 3, 5), None))
    lived(("prison", long_ago, out), ("prison", out, None))
    lived(("prison", long_ago, date(2026, 1, 1)), ("temporary", date(2026, 1, 1), None))
    lived(("institution", long_ago, out), ("temporary", out, None))

    told = values()

    assert (told["p.3"], told["p.4"]) == (2, 1)


@pytest.mark.django_db
def test_who_is_homeless_after_prison_and_after_an_institution() -> None:
    before = date(2024, 1, 1)
    out, later = date(2025, 6, 1), date(2025, 7, 1)
    lived(("prison", before, out), ("friends", out, later), ("rough", later, None))
    lived(("prison", before, out), ("owned", out, later), ("rough", later, None))
    lived(("prison", before, date(2025, 6, 1)), ("rough", date(2025, 6, 1), date(2025, 12, 31)))
    lived(("institution", before, date(2025, 6, 29)), ("rough", date(2025, 6, 29), None))
    lived(("institution", before, date(2025, 7, 1)), ("rough", date(2025, 7, 1), None))

    told = values()

    assert (told["after_prison"], told["after_institution_6"]) == (1, 1)


@pytest.mark.django_db
def test_the_share_that_went_back_to_the_abuser() -> None:
    for is_back in (True, False, False, None):
        TransitionFactory.create(
            kind="leaves_crisis_centre",
            status="arrived",
            known_on=date(2025, 1, 1),
            expected_on=date(2025, 2, 1),
            left_on=date(2025, 2, 1),
            returned_to_abuser=is_back,
        )

    assert values()["1.3"] == 33.3


@pytest.mark.django_db
def test_a_unit_s_figures_are_of_the_households_it_answers_for() -> None:
    unit = UnitFactory.create()
    lived(
        ("prison", date(2024, 1, 1), date(2025, 3, 1)),
        ("temporary", date(2025, 3, 1), None),
        household=HouseholdFactory.create(unit=unit),
    )
    refugees(date(2025, 1, 1), date(2025, 2, 1))

    assert values(Question(municipality=KONGSBERG, unit=unit.pk))["p.3"] == 1
    assert values(Question(municipality=KONGSBERG, unit=unit.pk))["4.s2"] == 0
    assert values(Question(municipality=KONGSBERG, unit=UnitFactory.create().pk))["p.3"] == 0


@pytest.mark.django_db(transaction=True)
def test_the_figure_as_known_before_is_another() -> None:
    refugees(date(2025, 1, 1), date(2025, 2, 1))
    lived(("prison", date(2024, 1, 1), date(2025, 3, 1)), ("temporary", date(2025, 3, 1), None))
    moment = now()
    settlement = RefugeeSettlement.objects.get()
    settlement.settled_on = date(2025, 8, 1)
    settlement.save(update_fields=["settled_on"])

    assert values(Question(municipality=KONGSBERG, known_at=moment))["4.1"] == 100
    assert values(Question(municipality=KONGSBERG, known_at=now()))["4.1"] == 0
    assert values(Question(municipality=KONGSBERG, known_at=moment))["p.3"] == 1


@pytest.mark.django_db
def test_refugees_without_a_told_reason_are_refugees_in_kostra_for_five_years() -> None:
    codes = [BY_CODE["allotted_refugee"], BY_CODE["allotted_not_known"]]
    for settled_on in (date(2020, 6, 1), date(2020, 6, 2)):
        household = refugees(date(2020, 1, 1), settled_on)
        HousingApplicationFactory.create(household=household, received_on=date(2025, 5, 1), main_reason="")
        ResidenceFactory.create(
            household=household,
            kind=ResidenceKind.MUNICIPAL_RENTAL,
            lease=Lease.ORDINARY,
            dwelling=DwellingFactory.create(acquired_on=date(2015, 1, 1)),
            starts_on=date(2025, 6, 1),
        )
        refresh([household.pk])

    assert [one.numerator for one in measure(HERE, [YEAR], codes)] == [1, 1]


DAYS = st.dates(date(2024, 6, 1), date(2026, 6, 1))
SETTLEMENTS = st.lists(
    st.tuples(DAYS, st.none() | st.integers(0, 300), st.lists(st.integers(0, 20), max_size=3), st.booleans()),
    min_size=1,
    max_size=4,
)
PLACES = st.lists(
    st.tuples(
        st.sampled_from(["prison", "institution", "temporary", "friends", "owned", "care_home"]), st.integers(1, 40)
    ),
    min_size=1,
    max_size=6,
)


class TestTheStatementsEqualPlainPython(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(drawn=SETTLEMENTS)
    def test_of_refugees(self, drawn: list[tuple[date, int | None, list[int], bool]]) -> None:
        for decided_on, after, ages, is_alone in drawn:
            settled_on = None if after is None else decided_on + timedelta(days=after)
            refugees(decided_on, settled_on, *ages, unaccompanied_minor=is_alone)

        told = values()

        assert told == told | _refugees_in_python()

    @settings(max_examples=25, deadline=None)
    @given(drawn=st.lists(PLACES, min_size=1, max_size=3), starts_on=DAYS)
    def test_of_who_came_out(self, drawn: list[list[tuple[str, int]]], starts_on: date) -> None:
        for places in drawn:
            day, stretches = starts_on, []
            for kind, nights in places:
                stretches.append((kind, day, day + timedelta(days=nights)))
                day += timedelta(days=nights)
            lived(*stretches)

        told = values()

        assert told == told | _places_in_python()


def _refugees_in_python() -> dict[str, float | None]:
    persons = in_6 = alone = children = in_3 = 0
    for one in RefugeeSettlement.objects.exclude(settled_on=None):
        assert one.settled_on is not None
        if not YEAR.starts_on <= one.settled_on < YEAR.ends_on:
            continue
        members = list(Member.objects.on(one.settled_on).filter(household=one.household).select_related("person"))
        young = [m for m in members if m.role == "child" and one.settled_on < birthday(m.person.born_on, 18)]
        persons += len(members)
        in_6 += len(members) if one.settled_on <= add_months(one.decided_on, 6) else 0
        old_enough = [m for m in members if birthday(m.person.born_on, 15) <= one.settled_on]
        in_time = [m for m in old_enough if one.settled_on < birthday(m.person.born_on, 19)]
        alone += len(in_time) if one.unaccompanied_minor else 0
        if not one.unaccompanied_minor:
            children += len(young)
            in_3 += len(young) if one.settled_on <= add_months(one.decided_on, 3) else 0
    return {"4.s2": persons, "4.2": alone, "4.1": _share(in_6, persons), "4.3": _share(in_3, children)}


def _share(part: int, whole: int) -> float | None:
    return float((Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)) if whole else None


def _places_in_python() -> dict[str, float | None]:
    told = dict.fromkeys(("p.3", "p.4", "after_prison", "after_institution_6"), 0)
    for household in Household.objects.all():
        rows = list(Residence.objects.filter(household=household).order_by("starts_on"))
        for code, kind in (("p.3", "prison"), ("p.4", "institution")):
            told[code] += any(_went_to_temporary(rows, place) for place in rows if place.kind == kind)
        last = YEAR.ends_on - timedelta(days=1)
        tonight = next((one for one in rows if one.starts_on <= last and (not one.ends_on or one.ends_on > last)), None)
        if tonight is None or tonight.kind not in ("temporary", "friends"):
            continue
        before = [one for one in rows if one.starts_on < tonight.starts_on]
        earlier = [one for one in before if one.kind not in ("temporary", "friends")]
        told["after_prison"] += bool(earlier and earlier[-1].kind == "prison")
        since = add_months(last, -6)
        told["after_institution_6"] += any(
            one.kind == "institution" and one.ends_on and since <= one.ends_on <= last for one in rows
        )
    return dict(told)


def _went_to_temporary(rows: list[Residence], place: Residence) -> bool:
    out = place.ends_on
    if out is None or not YEAR.starts_on <= out < YEAR.ends_on:
        return False
    after = [one for one in rows if one.starts_on >= out]
    if after and after[0].starts_on == out and after[0].kind == place.kind:
        return False
    for one in after:
        if one.kind in ("owned", "care_home"):
            return False
        if one.kind == "temporary":
            return (one.starts_on - out).days <= 14
    return False
