"""Figures of KOSTRA's form sent before, as files tell of them: what import compares with and writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from cases.interchange.published import Keeper, kept_by
from cases.interchange.rows import PublishedCellRow
from kpi.kostra import LABELS
from kpi.models import SentCell
from people.models import Employee

_AT_A_TIME = 5_000


def stored_cells() -> Iterator[PublishedCellRow]:
    found = SentCell.objects.order_by("municipality", "year", "cell")
    columns = ("municipality_id", "year", "cell", "value", "source")
    for municipality, year, cell, value, source in found.values_list(*columns).iterator(_AT_A_TIME):
        yield PublishedCellRow(line=None, municipality=municipality, year=year, cell=cell, value=value, source=source)


def keep_filed_cells(rows: Sequence[PublishedCellRow], by: Employee, at: datetime) -> None:
    """Within the import, which has checked every row: what is known of a cell gives way."""
    SentCell.objects.bulk_create(
        [
            SentCell(
                municipality_id=row.municipality,
                year=row.year,
                cell=row.cell,
                value=row.value,
                source=row.source,
                by=by,
                at=at,
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["municipality", "year", "cell"],
        update_fields=["value", "source", "by", "at"],
        batch_size=_AT_A_TIME,
    )


def offer_to_import() -> None:
    kept_by(Keeper(cells=lambda: LABELS, stored=stored_cells, keep=keep_filed_cells))
