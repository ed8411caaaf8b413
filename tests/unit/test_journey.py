"""Where a household stands, from what is known of tonight."""

from __future__ import annotations

import pytest

from cases.journey import Standing, state_of
from cases.models import CaseState
from housing.states import Kind

NEEDS = ("at_risk", "unsuitable")


def standing(
    tonight: str | None = None,
    *,
    closed: bool = False,
    permanent: bool = False,
    needs: tuple[str, ...] = (),
    lived: bool = False,
) -> Standing:
    return state_of(is_closed=closed, tonight=tonight, is_permanent=permanent, needs=needs, has_lived=lived)


@pytest.mark.parametrize("tonight", [None, *Kind])
def test_a_closed_case_is_closed_whatever_is_known(tonight: str | None) -> None:
    assert standing(tonight, closed=True, permanent=True, needs=NEEDS, lived=True) == Standing.CLOSED


@pytest.mark.parametrize("needs", [(), NEEDS])
def test_a_night_in_temporary_accommodation_decides_before_any_need(needs: tuple[str, ...]) -> None:
    assert standing(Kind.TEMPORARY, needs=needs) == Standing.TEMPORARY


@pytest.mark.parametrize("needs", [(), NEEDS])
@pytest.mark.parametrize("tonight", [Kind.ROUGH, Kind.NIGHT_SHELTER, Kind.FRIENDS, Kind.CRISIS_CENTRE])
def test_a_night_without_a_home_is_homelessness_before_any_need(tonight: Kind, needs: tuple[str, ...]) -> None:
    assert standing(tonight, needs=needs) == Standing.HOMELESS


@pytest.mark.parametrize("tonight", [None, Kind.OWNED, Kind.PRISON, Kind.PRIVATE_RENTAL])
def test_a_home_at_risk_comes_before_one_that_does_not_suit(tonight: Kind | None) -> None:
    assert standing(tonight, needs=NEEDS, permanent=True) == Standing.AT_RISK
    assert standing(tonight, needs=("unsuitable",), permanent=True) == Standing.UNSUITABLE


@pytest.mark.parametrize("tonight", [Kind.OWNED, Kind.PRIVATE_RENTAL, Kind.MUNICIPAL_RENTAL])
def test_a_permanent_home_settles(tonight: Kind) -> None:
    assert standing(tonight, permanent=True) == Standing.SETTLED


@pytest.mark.parametrize("tonight", [Kind.PRIVATE_RENTAL, Kind.MUNICIPAL_RENTAL])
def test_a_shorter_lease_is_elsewhere(tonight: Kind) -> None:
    assert standing(tonight, permanent=False) == Standing.ELSEWHERE


@pytest.mark.parametrize("tonight", [Kind.PRISON, Kind.INSTITUTION, Kind.WITH_FAMILY, Kind.CARE_HOME, Kind.UNKNOWN])
def test_any_other_place_is_elsewhere(tonight: Kind) -> None:
    assert standing(tonight) == Standing.ELSEWHERE


def test_nothing_known_of_tonight_after_an_earlier_place_is_elsewhere() -> None:
    assert standing(lived=True) == Standing.ELSEWHERE


def test_no_place_ever_known_is_registered() -> None:
    assert standing() == Standing.REGISTERED


def test_the_standings_are_the_states_that_a_case_stores() -> None:
    assert [str(standing) for standing in Standing] == CaseState.values
