"""Laying the list of who sleeps where ready as a file, for the night when nothing else works."""

from __future__ import annotations

import os
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate, localtime

from cases.letters.printing import pdf_of_list
from cases.models import NightListHour
from cases.questions.tonight import Tonight, tonight_on_paper
from people.access import units_with
from people.models import Employee, Household, Unit
from people.read_log import write_command
from people.roles import Permission
from people.transactions import act

#: Nights that a list is kept: who sleeps where is nobody's business afterwards.
KEPT = 3
TEMPLATE = "cases/tonight/paper.html"


@act
def set_night_list_hour(*, unit_id: int, made_at: time | None, by: Employee, at: datetime) -> None:
    """From now on the unit's list is laid ready at this hour each day; None: no more.

    :raises PermissionDenied: when `by` does not lead the unit
    """
    if not units_with(by, Permission.LEAD, at=at).filter(pk=unit_id).exists():
        raise PermissionDenied
    kept = NightListHour.objects.filter(unit=unit_id)
    if made_at is None:
        kept.delete()
    elif not kept.update(made_at=made_at):
        NightListHour.objects.create(unit_id=unit_id, made_at=made_at)


def lay_ready(folder: Path, *, by: Employee, at: datetime) -> list[Path]:
    """Write the lists whose hour has come today and that are not there yet, and forget old ones. → those written.

    A worker that was down at the hour writes them when it is back; one that looks twice finds them there.
    """
    hour, day = localtime(at).time(), localdate(at)
    due = NightListHour.objects.filter(made_at__lte=hour).select_related("unit").order_by("unit")
    written = [write_list(one.unit, folder, by=by, at=at) for one in due if not file_of(one.unit, folder, day).exists()]
    forget_before(day - timedelta(days=KEPT), folder)
    return written


def write_list(unit: Unit, folder: Path, *, by: Employee, at: datetime) -> Path:
    """The unit's list as a PDF that its owner alone can read. It appears whole or not at all.

    :raises DatabaseError: when the read log could not be written; then there is no file
    """
    found = tonight_on_paper(unit, by=by, at=at)
    write_command(Household.objects.filter(pk__in=found.household_ids), by=by, route="night_list")
    content = paper_of(found, unit)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = file_of(unit, folder, found.night)
    draft = file.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
        opened.write(content)
    draft.replace(file)
    return file


def paper_of(found: Tonight, unit: Unit | None = None) -> bytes:
    """The list as a PDF, in the language of the moment."""
    return pdf_of_list(TEMPLATE, {"tonight": found, "unit": unit})


def file_of(unit: Unit, folder: Path, night: date) -> Path:
    """Where the unit's list of a night lies. Its name tells of nobody."""
    return folder / f"{night.isoformat()}-unit-{unit.pk}.pdf"


def forget_before(night: date, folder: Path) -> None:
    """Take away the lists of earlier nights."""
    for file in folder.glob("*.pdf"):
        if file.name[:10] < night.isoformat():
            file.unlink(missing_ok=True)
