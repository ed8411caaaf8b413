"""loans.csv: granted loans and grants in, corrected, and out again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cases.models import LoanCase, LoanStatus
from people.models import JournalEntry
from tests.factories.loans import LoanCaseFactory
from tests.imports.files import VALID, exported, imported, run_import, write

pytestmark = pytest.mark.django_db

HEAD = "household,kind,purpose,decided_on,paid_on,amount\n"


def loans(rows: str) -> dict[str, str]:
    return {"loans": HEAD + rows}


def test_what_was_granted_is_committed_or_paid_out(tmp_path: Path) -> None:
    imported(tmp_path / "in", **VALID)

    loan, grant = LoanCase.objects.order_by("-kind")
    assert (loan.status, loan.paid_on, loan.amount) == (LoanStatus.PAID_OUT, date(2026, 2, 1), 1_900_000)
    assert (grant.status, grant.decided_on, grant.expires_on) == (LoanStatus.PRELIMINARY, date(2026, 1, 15), None)
    told = JournalEntry.objects.filter(act__startswith="loan.").order_by("pk").values_list("act", flat=True)
    assert sorted(told) == ["loan.committed", "loan.committed"]


def test_a_row_read_again_corrects_what_it_says(tmp_path: Path) -> None:
    imported(tmp_path / "in", **VALID)
    told = (
        "home,startlan,purchase,2026-01-15,,1800000\n"
        "home,establishment_grant,purchase,2026-01-15,2026-03-01,\n"
        "home,startlan,refinancing,2026-01-15,2026-03-01,500000\n"
    )

    ran = imported(tmp_path / "again", **loans(told))

    assert ran.out.splitlines() == ["loans.csv: 1 created, 2 changed, 0 left alone"]
    assert list(LoanCase.objects.order_by("pk").values_list("status", "paid_on", "amount")) == [
        ("preliminary", None, 1_800_000),
        ("paid_out", date(2026, 3, 1), None),
        ("paid_out", date(2026, 3, 1), 500_000),
    ]
    assert "1 left alone" in imported(tmp_path / "once_more", **loans(told.splitlines()[0] + "\n")).out


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("gone,startlan,purchase,2026-01-15,,", "unknown household gone: neither in households.csv nor registered"),
        ("home,startlan,purchase,2026-01-15,2026-01-14,", "paid_on is before decided_on (2026-01-15 → 2026-01-14)"),
    ],
)
def test_a_row_that_cannot_be_is_told_of(tmp_path: Path, row: str, fault: str) -> None:
    imported(tmp_path / "in", **VALID)

    ran = run_import(write(tmp_path / "bad", **loans(row + "\n")))

    assert (ran.status, ran.lines) == (1, [f"loans.csv:2: {fault}"])
    assert LoanCase.objects.count() == 2


@pytest.mark.parametrize("row", ["home,pawn,purchase,2026-01-15,,", "home,startlan,boat,2026-01-15,,"])
def test_codes_that_are_not_known_are_refused(tmp_path: Path, row: str) -> None:
    imported(tmp_path / "in", **VALID)

    assert run_import(write(tmp_path / "bad", **loans(row + "\n"))).status == 1


def test_what_is_refused_or_lapsed_has_no_row(tmp_path: Path) -> None:
    imported(tmp_path / "in", **VALID)
    household = LoanCase.objects.first().household
    for more in (
        {"status": "refused", "decided_on": date(2026, 2, 1)},
        {"status": "lapsed", "decided_on": date(2026, 2, 1), "ended_on": date(2026, 3, 1), "lapsed_because": "expired"},
        {"purpose": "improvement"},
    ):
        LoanCaseFactory.create(household=household, **more)

    assert exported(tmp_path / "out")["loans.csv"] == HEAD + (
        "home,establishment_grant,purchase,2026-01-15,,150000\nhome,startlan,purchase,2026-01-15,2026-02-01,1900000\n"
    )


def test_a_loan_that_they_bid_with_is_followed_in_the_web(tmp_path: Path) -> None:
    imported(tmp_path / "in", **VALID)
    grant = LoanCase.objects.get(kind="establishment_grant")
    grant.bid(on=date(2026, 2, 1))
    grant.save()

    ran = run_import(write(tmp_path / "bad", **loans("home,establishment_grant,purchase,2026-01-15,2026-03-01,\n")))

    assert ran.status == 1
    assert "the household bids with this loan" in ran.lines[0]
    assert LoanCase.objects.get(pk=grant.pk).status == LoanStatus.BIDDING
