"""Words that tell where somebody lives are found whole, with and without their number."""

from __future__ import annotations

import pytest

from cases.locating import locating

PLACES = ["Elva gjestehus", "Elvegata 3, 3611 Kongsberg", "Rom", "NAV Kongsberg"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Du får et rom på Elva gjestehus fra i dag.", ["Elva gjestehus"]),
        ("Du møter opp i ELVEGATA 3.", ["Elvegata 3, 3611 Kongsberg"]),
        ("Huset ligger i Elvegata.", ["Elvegata 3, 3611 Kongsberg"]),
        ("Elva gjestehus sin vert er varslet, og NAV Kongsbergs vakt.", ["Elva gjestehus", "NAV Kongsberg"]),
        ("Rom er gitt ved elva. Gjestehus finnes.", []),
        ("", []),
    ],
)
def test_a_place_is_found_by_its_name_or_street(text: str, found: list[str]) -> None:
    assert locating([text], PLACES) == found


def test_each_place_is_told_once_in_the_order_given() -> None:
    assert locating(["Elvegata 3", "Elva gjestehus"], [*PLACES, *PLACES]) == PLACES[:2]
