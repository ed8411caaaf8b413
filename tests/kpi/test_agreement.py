"""What `make bench` asserts of its country, on a country of three: every figure agrees with what proves it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.db import connection

from housing.models import Residence
from housing.spells import Membership, Stretch
from housing.states import Kind
from kpi.measurement import Period
from people.models import Household
from tests import oracle
from tests.bench.agreement import disagreements
from tests.store import store

YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))


def told() -> list[str]:
    return list(disagreements("0301", YEAR, at=datetime.now(UTC) + timedelta(minutes=1)))


def country() -> dict[str, Household]:
    child = Membership("c", "child", date(2024, 1, 1), None, date(2015, 5, 5))
    adult = Membership("a", "applicant", date(2024, 1, 1), None, date(2003, 5, 5))
    return store(
        [
            oracle.Household(
                "h1",
                (
                    Stretch(Kind.TEMPORARY, date(2024, 12, 1), date(2025, 4, 1)),
                    Stretch(Kind.MUNICIPAL_RENTAL, date(2025, 4, 1), date(2025, 8, 1)),
                    Stretch(Kind.ROUGH, date(2025, 8, 1), None),
                ),
                (child, adult),
            ),
            oracle.Household(
                "h2",
                (
                    Stretch(Kind.TEMPORARY, date(2025, 6, 1), date(2025, 6, 9)),
                    Stretch(Kind.TEMPORARY, date(2025, 6, 15), date(2025, 7, 1)),
                    Stretch(Kind.OWNED, date(2025, 7, 1), None),
                ),
            ),
            oracle.Household("h3", (Stretch(Kind.PRISON, date(2024, 6, 1), date(2025, 3, 1)),)),
        ]
    )


def test_every_figure_agrees_with_its_list_the_algebra_and_history(db: None) -> None:
    country()
    assert told() == []


def test_a_stay_that_was_not_derived_is_found(db: None) -> None:
    household = country()["h3"]
    Residence.objects.create(
        household=household, municipality_id="0301", kind="rough", starts_on=date(2025, 3, 1), ends_on=date(2025, 5, 1)
    )
    Residence.objects.create(household=household, municipality_id="0301", kind="owned", starts_on=date(2025, 5, 1))
    assert "time_home is not the algebra's" in told()
    with connection.cursor() as cursor:
        cursor.execute("SELECT refresh_spells(%s)", [[household.pk]])
    assert told() == []
