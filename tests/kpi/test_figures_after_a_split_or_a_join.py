"""A household formed by a split has lived where the other did; one that joined another, moved away or died is no more.

Each is counted by hand. Stays are told of in the tests of spells; here is what is read of residences and cases.
"""

from __future__ import annotations

from datetime import date

import pytest

from cases.actions.closing import close_case
from cases.actions.households import join_households
from cases.models import ClosingReason
from housing.actions.spells import refresh
from housing.models import Dwelling, Lease
from kpi.catalogue import BY_CODE
from kpi.measurement import Period, Question, measure
from kpi.questions.counting import counted_on
from kpi.questions.form_checks import fact_findings
from people.models import Household, Responsibility
from tests.factories.applied import HousingApplicationFactory
from tests.factories.cases import CaseFactory, DecisionFactory
from tests.factories.coming import RefugeeSettlementFactory
from tests.factories.followed import HousingAllowanceFactory
from tests.factories.heard import NeedsMappingFactory
from tests.factories.housing import DwellingFactory, ResidenceFactory
from tests.factories.loans import LoanCaseFactory
from tests.factories.people import (
    AT,
    DAY,
    KONGSBERG,
    HouseholdFactory,
    MemberFactory,
    ResponsibilityFactory,
    UnitFactory,
    caseworker,
)

pytestmark = pytest.mark.django_db

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
THIS_YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
HERE = Question(municipality=KONGSBERG)
MAY = date(2025, 5, 1)

Life = tuple[str, date, date | None] | tuple[str, date, date | None, Dwelling]


def lived(*lives: Life, household: Household | None = None) -> Household:
    who = household or HouseholdFactory.create()
    for kind, since, until, *dwelling in lives:
        more: dict[str, object] = {"lease": Lease.ORDINARY} if kind.endswith("rental") else {}
        if kind == "temporary":
            more |= {"is_placed": True}
        if dwelling:
            more |= {"dwelling": dwelling[0]}
        ResidenceFactory.create(household=who, kind=kind, starts_on=since, ends_on=until, **more)
    refresh([who.pk])
    return who


def part_of(whole: Household, *lives: Life, on: date = MAY) -> Household:
    """Formed by a split that day."""
    return lived(*lives, household=HouseholdFactory.create(split_from=whole, split_on=on, applicant__starts_on=on))


def counted(code: str, question: Question = HERE, period: Period = YEAR) -> tuple[int | None, int | None]:
    [figure] = measure(question, [period], [BY_CODE[code]])
    return figure.numerator, figure.denominator


def found_by(check: str, period: Period = YEAR) -> list[int]:
    return next((one.households for one in fact_findings(HERE, period) if one.check.key == check), [])


def test_who_keeps_a_dwelling_after_a_split_or_gets_another_is_no_new_tenant() -> None:
    """The couple moved in in February: one new tenant household, whoever keeps the home."""
    home = DwellingFactory.create()
    couple = lived(
        ("rough", date(2024, 1, 1), date(2025, 2, 1)),
        ("municipal_rental", date(2025, 2, 1), MAY, home),
        ("friends", MAY, None),
    )
    part_of(couple, ("municipal_rental", MAY, None, home))
    assert counted("5.s2") == (1, None)
    assert counted("5.8") == (1, 1)
    other = lived(("municipal_rental", date(2022, 1, 1), None, DwellingFactory.create()))
    part_of(other, ("municipal_rental", MAY, None, DwellingFactory.create()))
    assert counted("5.s2") == (1, None)


def test_who_was_no_tenant_before_the_split_is_a_new_one() -> None:
    part_of(lived(("friends", date(2022, 1, 1), None)), ("municipal_rental", MAY, None, DwellingFactory.create()))
    assert counted("5.s2") == (1, None)


def test_a_split_of_a_part_carries_what_the_first_had() -> None:
    first = lived(("municipal_rental", date(2022, 1, 1), MAY, DwellingFactory.create()), ("friends", MAY, None))
    second = HouseholdFactory.create(split_from=first, split_on=MAY, applicant__starts_on=MAY)
    part_of(second, ("municipal_rental", MAY, None, DwellingFactory.create()))
    assert counted("5.s2") == (0, None)


def test_what_one_has_come_from_is_carried_through_a_split() -> None:
    long = lived(("friends", date(2022, 1, 1), None))
    part_of(long, ("friends", MAY, None))
    assert counted("long_term") == (2, 2)
    released = lived(("prison", date(2024, 1, 1), date(2025, 3, 1)), ("rough", date(2025, 3, 1), None))
    part_of(released, ("rough", MAY, None))
    assert counted("after_prison") == (2, None)
    october = date(2025, 10, 1)
    ill = lived(("institution", date(2024, 1, 1), date(2025, 9, 1)), ("rough", date(2025, 9, 1), None))
    part_of(ill, ("friends", october, None), on=october)
    assert counted("after_institution_6") == (2, None)
    # out of prison, out of the institution, and from the street to friends at the split: none of them twice
    assert counted("moves_12") == (3, None)


def test_who_buys_at_the_split_comes_from_the_home_before_it_and_who_keeps_one_buys_nothing() -> None:
    tenants = lived(("municipal_rental", date(2022, 1, 1), None, DwellingFactory.create()))
    part_of(tenants, ("owned", MAY, None))
    assert counted("tenants_bought") == (1, 1)
    owners = lived(("owned", date(2022, 1, 1), MAY), ("friends", MAY, None))
    part_of(owners, ("owned", MAY, None))
    assert counted("tenants_bought") == (1, 1)


def test_where_a_part_went_that_left_its_own_place_is_asked() -> None:
    whole = lived(("temporary", date(2025, 1, 1), None))
    part = part_of(whole, ("temporary", date(2025, 3, 1), date(2025, 6, 1)), on=date(2025, 3, 1))
    assert found_by("unknown_exit") == [part.pk]


def test_two_that_have_joined_are_one() -> None:
    """Both wait, get an allowance and live well; one stay goes on, and leads to the home that is bought."""
    unit = UnitFactory.create()
    both = []
    for since in (date(2026, 1, 10), date(2026, 2, 10)):
        household = HouseholdFactory.create(unit=unit)
        CaseFactory.create(household=household)
        ResidenceFactory.create(household=household, is_placed=True, starts_on=since)
        HousingApplicationFactory.create(household=household, unit=unit, received_on=since, is_waiting=True)
        told = {"household": household, "applied_on": since, "decided_on": since, "starts_on": since}
        HousingAllowanceFactory.create(outcome="granted", **told)
        _mapped(household, since)
        both.append(household)
    refresh([one.pk for one in both])
    assert counted("waiting", period=THIS_YEAR) == (2, None)

    kept, other = both
    join_households(
        household_id=kept.pk, other_id=other.pk, on=DAY, reason="They live together.", by=caseworker(unit), at=AT
    )
    bought = date(2026, 5, 1)
    kept.residences.update(ends_on=bought)
    lived(("owned", bought, None), household=kept)

    assert counted("waiting", period=THIS_YEAR) == (1, None)
    assert counted("1.1", period=THIS_YEAR) == (1, 1)
    assert counted("exits_permanent", period=THIS_YEAR) == (1, 1)
    april = Period(date(2026, 4, 1), date(2026, 5, 1))
    # both were paid in the year, one of them after the other had joined it
    assert counted("allowance_recipients", period=THIS_YEAR) == (2, None)
    assert counted("allowance_recipients", period=april) == (1, None)
    assert found_by("unknown_exit", THIS_YEAR) == []


def _mapped(household: Household, on: date) -> None:
    said = {"light": "green", "drug_problem": "drugs", "income_source": "social_assistance"}
    NeedsMappingFactory.create(household=household, started_on=on, finished_on=on, **said)


def test_who_has_moved_away_waits_no_longer() -> None:
    unit = UnitFactory.create()
    household = HouseholdFactory.create(unit=unit)
    CaseFactory.create(household=household)
    HousingApplicationFactory.create(household=household, unit=unit, received_on=date(2026, 1, 10), is_waiting=True)
    lived(("moved_away", date(2026, 2, 1), None), household=household)
    close_case(household_id=household.pk, closing_reason=ClosingReason.MOVED_AWAY, by=caseworker(unit), at=AT)
    assert counted("waiting", period=THIS_YEAR) == (0, None)


@pytest.mark.parametrize("gone", ["deceased", "moved_away"])
def test_who_is_gone_is_not_asked_how_they_live(gone: str) -> None:
    left = lived(("private_rental", date(2015, 1, 1), date(2017, 1, 1)), (gone, date(2017, 1, 1), None))
    for household in (left, lived(("private_rental", date(2015, 1, 1), None))):
        _mapped(household, date(2016, 1, 1))
    assert counted("1.1") == (1, 1)


def test_family_that_comes_later_is_settled_once() -> None:
    household = HouseholdFactory.create()
    RefugeeSettlementFactory.create(household=household, decided_on=date(2025, 1, 1), settled_on=date(2025, 2, 1))
    for _ in range(3):
        MemberFactory.create(
            household=household, role="child", person__born_on=date(2015, 1, 1), starts_on=date(2025, 9, 1)
        )
    RefugeeSettlementFactory.create(household=household, decided_on=date(2025, 8, 1), settled_on=date(2025, 9, 1))
    assert counted("4.s2") == (4, None)
    assert counted("4.3") == (3, 3)


def test_a_child_that_has_grown_up_is_a_person_without_a_home() -> None:
    household = lived(("rough", date(2025, 1, 1), None))
    MemberFactory.create(
        household=household, role="child", person__born_on=date(2004, 1, 1), starts_on=date(2020, 1, 1)
    )
    found = counted_on(date(2025, 6, 1), KONGSBERG, today=date(2025, 6, 2))
    assert (len(found.persons), found.children) == (2, 0)


def test_who_owned_a_home_of_ours_did_not_rent_it() -> None:
    owner = lived(("owned", date(2022, 1, 1), None, DwellingFactory.create(tenure="user_owned")))
    on = date(2025, 3, 1)
    LoanCaseFactory.create(household=owner, is_paid=True, opened_on=on, decided_on=on, paid_on=MAY)
    assert counted("8.2") == (0, 1)


def test_nights_without_an_agreement_are_the_unit_s_that_answered_on_the_last_of_them() -> None:
    before, after = UnitFactory.create(), UnitFactory.create()
    household = HouseholdFactory.create(unit=before)
    handed_over = date(2025, 2, 15)
    Responsibility.objects.filter(household=household).update(ends_on=handed_over)
    ResponsibilityFactory.create(household=household, unit=after, starts_on=handed_over)
    february = date(2025, 2, 1)
    lived(("temporary", date(2025, 1, 1), february), ("temporary", february, date(2025, 4, 1)), household=household)
    by_unit = [counted("p.5", Question(municipality=KONGSBERG, unit=unit.pk)) for unit in (before, after)]
    assert by_unit == [(0, None), (90, None)]


def test_a_refugee_whose_grant_had_ended_the_day_they_moved_in_is_found() -> None:
    on, moved = date(2025, 2, 1), date(2025, 6, 1)
    households = []
    for settled in (date(2015, 1, 1), date(2020, 3, 1), date(2020, 7, 1)):
        household = lived(
            ("friends", date(2025, 1, 1), moved), ("municipal_rental", moved, None, DwellingFactory.create())
        )
        decision = DecisionFactory.create(
            household=household,
            kind="dwelling",
            basis="local-dwelling",
            provider=None,
            ends_on=None,
            is_oral=True,
            starts_on=on,
        )
        told = {"status": "housed", "granted_on": on, "ended_on": moved, "decision": decision}
        HousingApplicationFactory.create(household=household, received_on=on, main_reason="refugee", **told)
        RefugeeSettlementFactory.create(household=household, decided_on=settled, settled_on=settled)
        households.append(household)
    assert found_by("no_grant") == [one.pk for one in households[:2]]
