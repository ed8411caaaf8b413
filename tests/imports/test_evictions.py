# mypy: disable-error-code="no-untyped-call"
"""evictions.csv: petitions in and out, what their rows must keep, and what of the web's own words stays."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from cases.actions.evictions import ToldOfEviction, avert_eviction, register_eviction
from cases.models import EvictionCase, Need
from housing.models import Lease, ResidenceKind
from tests.factories.people import AT, DAY
from tests.imports.files import VALID, exported, imported, run_import, write
from tests.journeys import household_in, state, worker_for

pytestmark = pytest.mark.django_db

HEADER = "household,petitioned_on,outcome,ended_on\n"
WEEK_AGO = DAY - timedelta(days=7)


def test_petitions_come_in_with_their_outcomes(tmp_path: Path) -> None:
    rows = "home,2025-02-01,averted,2025-03-01\nhome,2025-06-01,,\nhome,2025-07-01,open,\n"

    imported(tmp_path, **VALID, evictions=HEADER + rows)

    assert list(EvictionCase.objects.order_by("petitioned_on").values_list("status", "learnt_on", "ended_on")) == [
        ("averted", date(2025, 2, 1), date(2025, 3, 1)),
        ("open", date(2025, 6, 1), None),
        ("open", date(2025, 7, 1), None),
    ]


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("home,2025-02-01,open,2025-03-01", "ended_on 2025-03-01 without an outcome (averted, carried_out, withdrawn)"),
        ("home,2025-02-01,averted,", "outcome averted without ended_on"),
        ("home,2025-02-01,averted,2025-01-01", "ended_on is before petitioned_on (2025-02-01 → 2025-01-01)"),
        (
            "home,2025-02-01,lost,",
            "outcome: lost is not a known code (allowed: open, averted, carried_out, withdrawn)",
        ),
        ("away,2025-02-01,,", "unknown household away: neither in households.csv nor registered"),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_its_line(tmp_path: Path, row: str, text: str) -> None:
    write(tmp_path, **VALID, evictions=f"{HEADER}{row}\n")

    ran = run_import(tmp_path)

    assert ran.status == 1
    assert ran.lines == [f"evictions.csv:2: {text}"]
    assert not EvictionCase.objects.exists()


def test_a_petition_is_known_by_household_and_day(tmp_path: Path) -> None:
    twice = "home,2025-02-01,,\nhome,2025-02-01,averted,2025-03-01\n"
    write(tmp_path, **VALID, evictions=HEADER + twice)

    ran = run_import(tmp_path)

    assert ran.lines == ["evictions.csv:3: the same household and petitioned_on as evictions.csv:2 (home, 2025-02-01)"]


def told() -> ToldOfEviction:
    return ToldOfEviction(
        notice_from="landlord", because="rent_unpaid", learnt_on=WEEK_AGO, petitioned_on=WEEK_AGO, note="Rang"
    )


def lived_with_evictions() -> None:
    """One averted, one open, one before any petition, which no file tells of."""
    for ending in ("averted", "open", "early"):
        household = household_in(ResidenceKind.PRIVATE_RENTAL, lease=Lease.ORDINARY)
        by = worker_for(household)
        facts = (
            told()
            if ending != "early"
            else ToldOfEviction(notice_from="landlord", because="rent_unpaid", learnt_on=WEEK_AGO)
        )
        made = register_eviction(household_id=household.pk, told=facts, by=by, at=AT)
        if ending == "averted":
            avert_eviction(eviction_id=made.pk, on=DAY, note="Paid", by=by, at=AT)


def test_what_goes_out_comes_in_again_the_same(tmp_path: Path) -> None:
    with transaction.atomic():
        lived_with_evictions()
        once = exported(tmp_path / "once")
        transaction.set_rollback(True)

    ran = run_import(tmp_path / "once")

    assert ran.status == 0, ran.err
    assert exported(tmp_path / "twice") == once
    assert once["evictions.csv"].count("\n") == 3


def test_the_same_files_change_nothing_of_what_the_web_told(tmp_path: Path) -> None:
    lived_with_evictions()
    kept = list(EvictionCase.objects.order_by("pk").values())
    exported(tmp_path / "once")

    ran = run_import(tmp_path / "once")

    assert ran.status == 0, ran.err
    assert list(EvictionCase.objects.order_by("pk").values()) == kept


def test_an_eviction_that_a_file_ends_leaves_the_home_safe(tmp_path: Path) -> None:
    household = household_in(ResidenceKind.PRIVATE_RENTAL, lease=Lease.ORDINARY)
    register_eviction(household_id=household.pk, told=told(), by=worker_for(household), at=AT)
    row = f"{household.ref},{WEEK_AGO},averted,{DAY}\n"

    imported(tmp_path, evictions=HEADER + row)

    eviction = EvictionCase.objects.get()
    assert (eviction.status, eviction.ended_on, eviction.note) == ("averted", DAY, "Rang")
    assert Need.objects.get(household=household).ends_on == DAY
    assert state(household) == "settled"
