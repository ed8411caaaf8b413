"""BOSIT per person and date as an Excel file, by reference alone."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from kpi.questions.bosit import Bosit
from people.exporting import File
from people.spreadsheets import XLSX, Cell, workbook


def bosit_file(bosit: Bosit, *, municipality: str, starts_on: date, ends_on: date) -> File:
    """A row for each person and code, with its first and its last day."""
    heads = [
        _("Case"),
        _("Person"),
        _("First day"),
        _("Last day"),
        "BOSIT",
        _("Housing situation"),
        _("Individual plan"),
    ]
    rows: list[list[Cell]] = [
        [
            row.case,
            row.person,
            row.starts_on,
            row.ends_on - timedelta(days=1),
            row.code,
            row.name,
            _("yes") if row.has_plan else _("no"),
        ]
        for row in bosit.rows
    ]
    return File(
        name=f"bosit-{municipality}-{starts_on.isoformat()}-{(ends_on - timedelta(days=1)).isoformat()}.xlsx",
        media_type=XLSX,
        content=workbook("BOSIT", heads, rows),
        rows=len(rows),
        households={row.household_id for row in bosit.rows},
    )
