"""What breaks each rule of the register of exports and of the log control, by the rule's name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from people.models import ExportEntry, FindingMark, LogControl
from tests.factories.people import AT, DAY, EmployeeFactory, UnitFactory

MONTH = DAY.replace(day=1)


def export(**told: Any) -> ExportEntry:
    entry = {"kind": "figure", "reason": "Asked for by the council", "rows": 1, "sha256": "0" * 64, "at": AT}
    return ExportEntry.objects.create(by=EmployeeFactory.create(), **{**entry, **told})


def mark(**told: Any) -> FindingMark:
    about = {"household_id": 1, "weight": 3, "outcome": "explained", "note": "Was on duty", "marked_at": AT}
    mark = {"unit": told.pop("unit", None) or UnitFactory.create(), "month": MONTH, **about, **told}
    return FindingMark.objects.create(**{"marked_by": EmployeeFactory.create(), **mark})


def control(**told: Any) -> LogControl:
    numbers = {"reads": 1, "findings": 0, "followed_up": 0, "left_to_others": 0, "signed_at": AT}
    unit = told.pop("unit", None) or UnitFactory.create()
    return LogControl.objects.create(
        **{"unit": unit, "month": MONTH, "signed_by": EmployeeFactory.create(), **numbers, **told}
    )


def _by_oneself() -> None:
    employee = EmployeeFactory.create()
    mark(employee=employee, marked_by=employee)


def _after_signing() -> None:
    mark(unit=control().unit)


def _signed_twice() -> None:
    control(unit=control().unit)


OF_EXPORTS: dict[str, Callable[[], object]] = {
    "export_entry_kind_is_known": lambda: export(kind="everything"),
    "export_entry_says_why": lambda: export(reason="because"),
    "export_entry_tells_its_file": lambda: export(sha256="F" * 64),
    "finding_mark_outcome_is_known": lambda: mark(outcome="fine"),
    "finding_mark_is_of_a_month": lambda: mark(month=DAY),
    "finding_mark_is_about_somebody": lambda: mark(household_id=None),
    "finding_mark_says_why": lambda: mark(note=""),
    "finding_mark_is_by_somebody_else": _by_oneself,
    "finding_mark_not_in_a_signed_month": _after_signing,
    "log_control_signed_once": _signed_twice,
    "log_control_is_of_a_month": lambda: control(month=DAY),
}
