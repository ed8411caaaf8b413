# mypy: disable-error-code="no-untyped-call"
"""The figures of dwellings and of those who apply for them, counted by hand, and the lists behind them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases.models import ApplicationKind, ApplicationStatus, DecisionKind, MainReason
from housing.availability import Facts, Use, days_of, rent_lost, turnarounds
from housing.models import Dwelling, DwellingVoid, FundingKind, Lease, Residence, ResidenceKind, Tenure
from kpi.catalogue import BY_CODE
from kpi.declaring import Count, Total
from kpi.homes import HOMES
from kpi.measurement import ALL, Figure, Period, Question, behind, contributions, measure
from people.models import Household
from tests.factories.applied import HousingApplicationFactory
from tests.factories.cases import DecisionFactory
from tests.factories.housing import (
    DwellingFactory,
    DwellingFundingFactory,
    DwellingRentFactory,
    ResidenceFactory,
)
from tests.factories.people import KONGSBERG, OSLO_NUMBER, HouseholdFactory, UnitFactory
from tests.factories.voids import DwellingVoidFactory
from tests.kpi.test_dwellings_equal_the_days import stored
from tests.strategies import dwellings, periods

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
HERE = Question(municipality=KONGSBERG)


def day(month: int, number: int, year: int = 2025) -> date:
    return date(year, month, number)


def figures(question: Question = HERE, period: Period = YEAR) -> dict[str, Figure]:
    return {figure.indicator.code: figure for figure in measure(question, [period], HOMES)}


def values(question: Question = HERE, period: Period = YEAR) -> dict[str, Any]:
    return {
        code: None if figure.value is None else float(figure.value)
        for code, figure in figures(question, period).items()
    }


def tenant(dwelling: Dwelling | None, since: date, until: date | None = None, **more: Any) -> Household:
    household = more.pop("household", None) or HouseholdFactory.create()
    ResidenceFactory.create(
        household=household,
        dwelling=dwelling,
        starts_on=since,
        ends_on=until,
        **{"kind": ResidenceKind.MUNICIPAL_RENTAL, "lease": Lease.ORDINARY, **more},
    )
    return household


def decided(household: Household) -> Any:
    return DecisionFactory.create(
        household=household,
        kind=DecisionKind.DWELLING,
        basis="local-dwelling",
        provider=None,
        ends_on=None,
        is_oral=True,
        starts_on=day(1, 1),
    )


def applied(received_on: date, *, household: Household | None = None, **more: Any) -> Household:
    who = household or HouseholdFactory.create()
    if more.get("status") not in (None, ApplicationStatus.RECEIVED):
        more["decision"] = decided(who)
    HousingApplicationFactory.create(household=who, unit=UnitFactory.create(), received_on=received_on, **more)
    return who


@pytest.fixture
def stock() -> list[Dwelling]:
    """Seven on 31 December; one more left in the year, one belongs to another municipality, one comes next year."""
    long_ago = date(2015, 6, 1)
    made = [
        # let all year, owned, accessible, alone
        DwellingFactory.create(acquired_on=long_ago, is_accessible=True, is_colocated=False, area_m2=50),
        # let until June, repaired in July, vacant since
        DwellingFactory.create(acquired_on=long_ago, is_accessible=False, is_colocated=True, area_m2=80),
        # rented in, came in March and was let in April
        DwellingFactory.create(acquired_on=day(3, 1), tenure=Tenure.RENTED_IN, area_m2=40),
        # under a referral agreement, over 65, by a basic loan alone
        DwellingFactory.create(acquired_on=day(5, 1), tenure=Tenure.REFERRAL_AGREEMENT, area_m2=70, is_colocated=False),
        # under a referral agreement, just 65, for people with drug problems, with a grant
        DwellingFactory.create(
            acquired_on=day(5, 1),
            tenure=Tenure.REFERRAL_AGREEMENT,
            area_m2=65,
            is_colocated=True,
            target_groups=["drugs_or_mental", "young"],
        ),
        DwellingFactory.create(acquired_on=long_ago, tenure=Tenure.USER_OWNED),
        # owned, by a basic loan alone, acquired on the last day
        DwellingFactory.create(acquired_on=day(12, 31), is_accessible=True, area_m2=66),
    ]
    DwellingFactory.create(acquired_on=long_ago, disposed_on=day(10, 1), is_accessible=True)
    DwellingFactory.create(acquired_on=long_ago, municipality_id=OSLO_NUMBER)
    DwellingFactory.create(acquired_on=day(1, 1, 2026))
    return made


@pytest.mark.django_db
def test_the_stock_of_the_last_day_by_hand(stock: list[Dwelling]) -> None:
    tenant(stock[0], date(2020, 1, 1))
    tenant(stock[1], date(2020, 1, 1), day(6, 1))
    tenant(stock[5], date(2020, 1, 1), kind=ResidenceKind.OWNED, lease="")

    told = values()

    assert {code: told[code] for code in told if code.startswith(("5.1", "stock", "acq", "disp"))} == {
        "5.1": 7,
        "stock_owned": 3,
        "stock_rented_in": 1,
        "stock_private": 3,
        "stock_accessible": 2,
        "stock_colocated": 2,
        "stock_let": 2,
        "acquired": 4,
        "disposed": 1,
    }
    assert told["6.1"] == 28.6
    # of four new ones, one is known to stand alone
    assert told["6.2"] == 25
    assert told["6.4"] == 50
    assert told["5.7"] == 100
    assert values(Question(municipality=OSLO_NUMBER))["5.7"] == 0


@pytest.mark.django_db
def test_a_country_s_share_of_municipalities_with_agreements_counts_municipalities(stock: list[Dwelling]) -> None:
    told = measure(Question(), [YEAR], [BY_CODE["5.7"]])
    everywhere = next(figure for figure in told if figure.municipality == ALL)

    assert (everywhere.numerator, everywhere.denominator, everywhere.value) == (1, 2, Decimal(50))


@pytest.mark.django_db
def test_grants_and_loans_behind_dwellings_by_hand(stock: list[Dwelling]) -> None:
    for dwelling, kind, amount, on in (
        (stock[3], FundingKind.BASIC_LOAN, 900_000, day(5, 1)),
        (stock[4], FundingKind.BASIC_LOAN, 900_000, day(5, 1)),
        (stock[4], FundingKind.RENTAL_GRANT, 300_000, day(4, 1)),
        (stock[6], FundingKind.BASIC_LOAN, 900_000, day(12, 1)),
        (stock[1], FundingKind.RENTAL_GRANT, 100_000, day(2, 1)),
        # given before the year
        (stock[0], FundingKind.RENTAL_GRANT, 700_000, date(2015, 1, 1)),
    ):
        DwellingFundingFactory.create(dwelling=dwelling, kind=kind, amount=amount, granted_on=on)

    told = figures()

    assert [told[code].value for code in ("5.2", "5.4", "5.5", "5.6")] == [2, 1, 1, 1]
    # 100 000 of 400 000 kroner went to one of 80 square metres
    assert (told["6.3"].numerator, told["6.3"].denominator) == (100_000, 400_000)
    assert told["6.3"].value == 25


@pytest.mark.django_db
def test_empty_time_its_rent_and_the_time_between_tenants_by_hand(stock: list[Dwelling]) -> None:
    for dwelling in (stock[2], stock[3], stock[4], stock[5], stock[6]):
        dwelling.residences.all().delete()
        Dwelling.objects.filter(pk=dwelling.pk).update(municipality=OSLO_NUMBER)
    Dwelling.objects.filter(disposed_on__isnull=False).update(municipality=OSLO_NUMBER)
    tenant(stock[0], date(2020, 1, 1), day(3, 1))
    tenant(stock[0], day(3, 15))
    tenant(stock[1], date(2020, 1, 1), day(6, 1))
    tenant(stock[1], day(12, 1))
    DwellingVoidFactory.create(dwelling=stock[1], starts_on=day(6, 1), ends_on=day(7, 1), cost=52_000)
    DwellingRentFactory.create(dwelling=stock[1], starts_on=date(2020, 1, 1), rent_a_month=7300)

    told = figures()

    # 14 days in March, and 183 from June to the end of November, 30 of them under repair
    assert told["vacant_days"].value == 14 + 153
    assert told["void_days"].value == 30
    assert told["void_cost"].value == 52_000
    assert told["rent_lost"].value == 183 * 240
    assert (told["vacancy"].numerator, told["vacancy"].denominator) == (197, 730)
    assert (told["turnaround"].denominator, told["turnaround"].value) == (2, Decimal("98.5"))
    assert told["time_vacant"].value is None
    assert figures(period=Period(day(1, 1), day(8, 1)))["time_vacant"].value == 61


@pytest.mark.django_db
def test_new_tenant_households_by_main_reason_by_hand(stock: list[Dwelling]) -> None:
    # from nowhere, with an application as a refugee
    refugee = applied(
        day(2, 1), status=ApplicationStatus.HOUSED, granted_on=day(2, 10), ended_on=day(4, 1), main_reason="refugee"
    )
    tenant(stock[2], day(4, 1), household=refugee)
    # lived in ours when it applied, left before it moved in: a swap all the same
    swapped = tenant(stock[1], date(2020, 1, 1), day(6, 1))
    applied(day(5, 1), household=swapped, status=ApplicationStatus.HOUSED, granted_on=day(5, 2), ended_on=day(9, 1))
    tenant(stock[3], day(9, 1), household=swapped)
    # renewed: from ours to ours the same day
    tenant(stock[0], date(2020, 1, 1), day(8, 1), household=(renewed := HouseholdFactory.create()))
    tenant(stock[0], day(8, 1), household=renewed)
    # without an application, and by the municipality's rental without saying which dwelling
    tenant(None, day(7, 1))
    # before the year, and a home of another kind
    tenant(stock[4], date(2024, 5, 1))
    tenant(None, day(5, 1), kind=ResidenceKind.PRIVATE_RENTAL)

    told = values()

    assert told["5.s2"] == 2
    assert {code: told[code] for code in told if code.startswith("allotted")} == {
        "allotted_refugee": 1,
        "allotted_mental_or_drugs": 0,
        "allotted_adapted_home": 0,
        "allotted_other": 0,
        "allotted_not_known": 1,
    }
    assert (figures()["5.8"].numerator, figures()["5.8"].denominator, told["5.8"]) == (2, 7, 28.6)


@pytest.mark.django_db
def test_applications_and_the_waiting_list_by_hand() -> None:
    new, swap, renewal = ApplicationKind.NEW, ApplicationKind.SWAP, ApplicationKind.RENEWAL
    granted, refused = ApplicationStatus.GRANTED, ApplicationStatus.REFUSED
    applied(day(2, 1), kind=new)
    applied(day(3, 1), kind=swap)
    applied(day(4, 1), kind=renewal, status=refused, ended_on=day(5, 1))
    applied(day(4, 1), kind=new, status=refused, ended_on=day(4, 20))
    applied(date(2024, 12, 1), kind=new, status=refused, ended_on=day(1, 5))
    applied(day(12, 1), kind=new, status=refused, ended_on=day(1, 5, 2026))
    # on the list on 31 December
    applied(day(6, 1), status=granted, granted_on=day(6, 20), main_reason=MainReason.ADAPTED_HOME)
    applied(date(2024, 6, 1), status=granted, granted_on=day(6, 20, 2024), main_reason="")
    left: dict[str, Any] = {"status": ApplicationStatus.WITHDRAWN, "granted_on": day(2, 1), "ended_because": "Moved"}
    applied(day(1, 2), ended_on=day(1, 1, 2026), main_reason=MainReason.OTHER, **left)
    # not on it: left before, granted after, or a swap
    applied(day(1, 2), ended_on=day(12, 31), **left)
    applied(day(11, 1), status=granted, granted_on=day(1, 1, 2026))
    applied(day(1, 2), kind=swap, status=granted, granted_on=day(2, 1))

    told = values()

    assert {code: told[code] for code in told if code.startswith(("applied", "refused", "waiting"))} == {
        "applied_new": 7,
        "applied_swap": 2,
        "applied_renewal": 1,
        "refused_new": 2,
        "refused_other": 1,
        "refused_share": 28.6,
        "waiting": 3,
        "waiting_refugee": 0,
        "waiting_mental_or_drugs": 0,
        "waiting_adapted_home": 1,
        "waiting_other": 1,
        "waiting_not_known": 1,
    }


@pytest.mark.django_db
def test_a_refusal_counts_in_its_year_whatever_a_later_decision_does() -> None:
    granted, housed, refused = ApplicationStatus.GRANTED, ApplicationStatus.HOUSED, ApplicationStatus.REFUSED
    turned: dict[str, Any] = {"granted_on": day(2, 1, 2026), "refused_earlier": [day(12, 31)]}
    applied(day(4, 1), status=granted, **turned)
    applied(day(4, 1), status=housed, ended_on=day(3, 1, 2026), **turned)
    applied(day(4, 1), kind=ApplicationKind.SWAP, status=granted, **turned)
    # refused twice in the year is one application refused
    twice: dict[str, Any] = {"granted_on": day(5, 1), "refused_earlier": [day(4, 20)]}
    applied(day(4, 1), status=refused, ended_on=day(6, 1), **twice)
    # and once in each of two years, in each
    each: dict[str, Any] = {"granted_on": day(1, 10, 2026), "refused_earlier": [day(12, 1)]}
    applied(day(4, 1), status=refused, ended_on=day(6, 1, 2026), **each)
    # the year's first day is not the last of the one before
    applied(day(4, 1), status=granted, granted_on=day(2, 1, 2026), refused_earlier=[day(1, 1, 2026)])

    told = {year: values(period=Period(day(1, 1, year), day(1, 1, year + 1))) for year in (2025, 2026)}

    assert (told[2025]["refused_new"], told[2025]["refused_other"]) == (4, 1)
    assert (told[2026]["refused_new"], told[2026]["refused_other"]) == (2, 0)
    behind_it = behind(HERE, YEAR, [BY_CODE["refused_new"]])["refused_new", KONGSBERG]
    assert len(behind_it.households) == 4


@pytest.mark.django_db
def test_tenants_who_bought_by_hand(stock: list[Dwelling]) -> None:
    owned: dict[str, Any] = {"kind": ResidenceKind.OWNED, "lease": ""}
    # bought elsewhere, and the very dwelling, which leaves the stock the same day
    moved = tenant(stock[0], date(2020, 1, 1), day(6, 1))
    tenant(None, day(6, 1), household=moved, **owned)
    buyer = tenant(stock[1], date(2020, 1, 1), day(9, 1))
    tenant(stock[1], day(9, 1), household=buyer, **owned)
    Dwelling.objects.filter(pk=stock[1].pk).update(disposed_on=day(9, 1))
    # from elsewhere, after a break, and into a dwelling that the user owns
    tenant(None, day(3, 1), **owned)
    paused = tenant(stock[2], day(3, 1), day(5, 1))
    tenant(None, day(7, 1), household=paused, **owned)
    tenant(stock[5], day(3, 1), **owned)

    told = figures()["tenants_bought"]

    assert (told.numerator, told.denominator, told.value) == (2, 4, Decimal(50))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("disposed_on", "is_new"), [(None, False), (day(3, 2), False), (day(3, 1), True), (date(2024, 5, 1), True)]
)
def test_who_stays_in_a_dwelling_that_left_the_stock_lives_in_none_of_ours(
    disposed_on: date | None, is_new: bool
) -> None:
    """Applied on 1 March and moved into another of ours in May: new unless the first was still ours that day."""
    first, second = (
        DwellingFactory.create(acquired_on=day(1, 1, 2015)),
        DwellingFactory.create(acquired_on=day(1, 1, 2015)),
    )
    who = tenant(first, day(1, 1, 2020), day(5, 1))
    tenant(second, day(5, 1), household=who)
    applied(day(3, 1), household=who, status=ApplicationStatus.HOUSED, granted_on=day(3, 10), ended_on=day(5, 1))
    Dwelling.objects.filter(pk=first.pk).update(disposed_on=disposed_on)

    assert values()["5.s2"] == int(is_new)


@pytest.mark.django_db
@pytest.mark.parametrize(("disposed_on", "was_tenant"), [(day(9, 1), 1), (day(8, 31), 0)])
def test_who_buys_was_our_tenant_if_the_dwelling_was_ours_the_night_before(disposed_on: date, was_tenant: int) -> None:
    dwelling = DwellingFactory.create(acquired_on=day(1, 1, 2015))
    who = tenant(dwelling, day(1, 1, 2020), day(9, 1))
    tenant(None, day(9, 1), household=who, kind=ResidenceKind.OWNED, lease="")
    Dwelling.objects.update(disposed_on=disposed_on)

    assert (figures()["tenants_bought"].numerator, figures()["tenants_bought"].denominator) == (was_tenant, 1)


@pytest.mark.django_db
def test_every_list_is_its_figure(stock: list[Dwelling]) -> None:
    tenant(stock[0], date(2020, 1, 1), day(6, 1))
    tenant(stock[0], day(7, 1))
    DwellingVoidFactory.create(dwelling=stock[0], starts_on=day(6, 1), ends_on=day(6, 15), cost=100)
    DwellingRentFactory.create(dwelling=stock[0], starts_on=date(2020, 1, 1), rent_a_month=7300)
    DwellingFundingFactory.create(dwelling=stock[1], amount=1000, granted_on=day(2, 1))
    applied(day(2, 1))
    applied(day(6, 1), status=ApplicationStatus.GRANTED, granted_on=day(6, 20))
    tenant(None, day(3, 1), kind=ResidenceKind.OWNED, lease="")

    told, lists = figures(), behind(HERE, YEAR, HOMES)

    for one in HOMES:
        listed = contributions(HERE, YEAR, one)
        if isinstance(one.numerator, Count | Total):
            assert sum(row.amount for row in listed) == told[one.code].numerator, one.code
        elif one.value is not None:
            assert len(listed) == told[one.code].denominator, one.code
        known = lists.get((one.code, KONGSBERG))
        assert sorted(row.ref for row in listed) == (known.households if known else []), one.code
        if one.denominator is not None:
            everyone = contributions(HERE, YEAR, one, is_population=True)
            assert sorted(row.ref for row in everyone) == (known.population if known else []), one.code


@pytest.mark.django_db
def test_a_unit_has_no_dwellings_of_its_own(stock: list[Dwelling]) -> None:
    unit = UnitFactory.create()

    told = figures(Question(municipality=KONGSBERG, unit=unit.pk))

    assert {told[code].value for code in ("5.1", "stock_owned", "acquired", "disposed", "vacant_days")} == {0}


@pytest.mark.django_db
def test_what_was_known_earlier_is_told_as_it_was_known(stock: list[Dwelling]) -> None:
    now = figures(Question(municipality=KONGSBERG, known_at=datetime.now(UTC) + timedelta(minutes=1)))
    before = figures(Question(municipality=KONGSBERG, known_at=datetime(2001, 1, 1, tzinfo=UTC)))

    assert {code: figure.value for code, figure in now.items()} == {c: f.value for c, f in figures().items()}
    assert before["5.1"].value == 0


class EmptyTime(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(st.lists(dwellings(), min_size=1, max_size=4), periods(), st.integers(1, 20_000))
    def test_days_rent_and_turnarounds_are_those_of_the_pure_module(
        self, some: list[Facts], asked: tuple[date, date], rent: int
    ) -> None:
        for model in (Residence, DwellingVoid):
            model.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM housing_dwellingrent")
        Dwelling.objects.all().delete()
        rents = [(date(2024, 2, 1), rent), (date(2025, 1, 1), rent + 700)]
        for facts in some:
            dwelling = stored(facts)
            for starts_on, amount in rents:
                DwellingRentFactory.create(dwelling=dwelling, starts_on=starts_on, rent_a_month=amount)

        told = figures(period=Period(*asked))

        days = [days_of(facts, *asked) for facts in some]
        assert told["vacant_days"].value == sum(one[Use.VACANT] for one in days)
        assert told["void_days"].value == sum(one[Use.VOID] for one in days)
        length = (asked[1] - asked[0]).days
        assert told["vacancy"].denominator == sum(length - one[Use.NOT_OURS] for one in days)
        assert told["rent_lost"].value == sum(rent_lost(facts, rents, *asked) for facts in some)
        assert told["turnaround"].denominator == sum(len(turnarounds(facts, *asked)) for facts in some)
