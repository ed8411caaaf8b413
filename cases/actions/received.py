"""Keeping a paper that somebody brought or sent."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.models import ReceivedPaper
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act
from people.uploads import TakenIn


class CannotKeep(Refusal):
    """Nothing says what the paper is, or it is said to have come later than now."""


@act
def keep_paper(
    *,
    household_id: int,
    file: TakenIn,
    about: str,
    received_on: date,
    by: Employee,
    at: datetime,
    is_special: bool = False,
    tells_place: bool = True,
    version: int | None = None,
) -> ReceivedPaper:
    """Append a paper. The journal tells that one came, not what it is.

    :raises CannotKeep: without a word on what it is, or dated ahead
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    if not about.strip():
        raise CannotKeep(_("Write what it is."), field="about")
    if received_on > localdate(at):
        raise CannotKeep(_("It cannot have been received later than today."), field="received_on")
    paper = ReceivedPaper.objects.create(
        household=household,
        about=about.strip(),
        received_on=received_on,
        is_special=is_special,
        tells_place=tells_place,
        media_type=file.media_type,
        content=file.content,
        sha256=file.sha256,
        by=by,
        at=at,
    )
    journal.record(
        Act.PAPER_RECEIVED,
        household_id=household.pk,
        subject=paper,
        by=by,
        at=at,
        on=received_on,
        details={"sha256": paper.sha256},
    )
    return paper
