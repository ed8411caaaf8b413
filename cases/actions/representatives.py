"""Who acts for a member: registering, ending, and going along when the member moves to another household."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.received import keep_paper
from cases.models import ReceivedPaper, Representative, RepresentativeKind, RepresentativeScope
from cases.questions.recipients import ages_on
from housing.states import birthday
from people import journal
from people.access import locked_household
from people.journal import Act
from people.models import Employee, Household, Person
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act
from people.uploads import TakenIn

#: What the paper of an agent is called in the list of papers.
POWER_OF_ATTORNEY = _("Power of attorney")


class CannotRepresent(Refusal):
    """Nobody can act for this member so."""


@dataclass(frozen=True, kw_only=True)
class NewRepresentative:
    """Who is to act for a member, as told. `paper` is one taken in before, `file` one that comes now."""

    kind: RepresentativeKind
    name: str
    starts_on: date
    scope: RepresentativeScope = RepresentativeScope.BOTH
    ends_on: date | None = None
    organisation: str = ""
    phone: str = ""
    address: str = ""
    gets_letters: bool = True
    is_lawyer: bool = False
    paper: ReceivedPaper | None = None
    file: TakenIn | None = None
    limits: str = ""
    note: str = ""


@act
def register_representative(
    *,
    household_id: int,
    person_id: int,
    new: NewRepresentative,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> Representative:
    """Register who acts for a member of the household from a day, today or earlier.

    :raises CannotRepresent: naming the field at fault
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    person = represented(household, on=localdate(at)).get(person_id)
    if person is None:
        raise CannotRepresent(_("Choose somebody in the household."), field="person")
    _refuse(household, person, new, today=localdate(at))
    row = _written(household, person, new, by=by, at=at)
    journal.record(
        Act.REPRESENTATIVE_ADDED,
        household_id=household.pk,
        subject=row,
        by=by,
        at=at,
        on=row.starts_on,
        details={"kind": row.kind, "scope": row.scope, "letters": row.gets_letters},
    )
    return row


@act
def end_representative(
    *,
    household_id: int,
    representative_id: int,
    on: date,
    reason: str,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> Representative:
    """End a mandate: `on` is the first day that it no longer holds, today or earlier.

    :raises CannotRepresent: without a reason, when it is over, or on a day that it cannot end on
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    row = Representative.objects.filter(pk=representative_id, household=household).first()
    if row is None:
        raise Http404
    if not reason.strip():
        raise CannotRepresent(_("Say why it ends."), field="reason")
    if row.ends_on is not None and row.ends_on <= localdate(at):
        raise CannotRepresent(_("It is over already."))
    if on > localdate(at):
        raise CannotRepresent(_("It ends today or earlier."), field="on")
    if on <= row.starts_on:
        raise CannotRepresent(_("The end must come after the start."), field="on")
    _end(row, on=on, reason=reason.strip(), by=by, at=at)
    return row


def represented(household: Household, *, on: date) -> dict[int, Person]:
    """Whom somebody can act for: the members of that day, and of those who left the dead, for their estate."""
    here = household.members.on(on).values("person")
    dead = household.members.filter(person__died_on__isnull=False).values("person")
    found = Person.objects.filter(pk__in=here).union(Person.objects.filter(pk__in=dead))
    return {person.pk: person for person in found.order_by("pk")}


def end_all_of(person: Person, household: Household, *, on: date, reason: str, by: Employee, at: datetime) -> None:
    """End every mandate of somebody in the household, inside an act: guardian and agent fall away by death."""
    for row in household.representatives.on(on).filter(person=person, starts_on__lt=on):
        _end(row, on=on, reason=reason, by=by, at=at)


def take_along(
    persons: Collection[int],
    *,
    old: Household,
    new: Household,
    on: date,
    by: Employee,
    at: datetime,
    from_danger: bool = False,
) -> None:
    """Let mandates follow those who move from one household to another, inside that act, with the paper they rest on.

    What was noted of them is not told to who follows the new household.

    :param from_danger: they leave violence or threats: then no parent gets letters until somebody says so
    """
    for row in old.representatives.on(on).filter(person__in=persons).select_related("paper").order_by("pk"):
        ends_on = row.ends_on
        if row.starts_on < on:
            row.ends_on = on
            row.save(update_fields=["ends_on"])
        same = new.representatives.filter(person=row.person_id, kind=row.kind, name=row.name)
        if same.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on)).exists():
            continue
        moved = Representative.objects.create(
            household=new,
            person_id=row.person_id,
            kind=row.kind,
            scope=row.scope,
            name=row.name,
            organisation=row.organisation,
            phone=row.phone,
            address=row.address,
            starts_on=on,
            ends_on=ends_on,
            gets_letters=row.gets_letters and not (from_danger and row.kind == RepresentativeKind.PARENT),
            is_lawyer=row.is_lawyer,
            paper=_copy(row.paper, new, by=by, at=at) if row.paper else None,
            limits=row.limits,
            registered_by=by,
            registered_at=at,
        )
        journal.record(Act.REPRESENTATIVE_ADDED, household_id=new.pk, subject=moved, by=by, at=at, on=on)


def _copy(paper: ReceivedPaper, to: Household, *, by: Employee, at: datetime) -> ReceivedPaper:
    """The same bytes, kept with the other household: each is destroyed in its own time."""
    return ReceivedPaper.objects.create(
        household=to,
        about=str(POWER_OF_ATTORNEY),
        received_on=paper.received_on,
        is_special=paper.is_special,
        tells_place=True,
        media_type=paper.media_type,
        content=paper.content,
        sha256=paper.sha256,
        by=by,
        at=at,
    )


def _refuse(household: Household, person: Person, new: NewRepresentative, *, today: date) -> None:
    if not new.name.strip():
        raise CannotRepresent(_("Write the name."), field="name")
    if new.starts_on > today:
        raise CannotRepresent(_("A mandate is registered when it has begun."), field="starts_on")
    if new.ends_on is not None and new.ends_on <= new.starts_on:
        raise CannotRepresent(_("The end must come after the start."), field="ends_on")
    if (person.died_on is not None) != (new.kind == RepresentativeKind.ESTATE):
        sentence = (
            _("Only somebody for the estate can be registered for a person who is dead.")
            if person.died_on
            else _("Register the death first.")
        )
        raise CannotRepresent(sentence, field="kind")
    of_age_on = birthday(person.born_on, ages_on(household, today).adult)
    if new.kind == RepresentativeKind.PARENT and new.starts_on >= of_age_on:
        raise CannotRepresent(_("Parental responsibility is over: this person is of age."), field="kind")
    _refuse_paper(household, new)


def _refuse_paper(household: Household, new: NewRepresentative) -> None:
    """Source: forvaltningsloven section 12, second paragraph; the one of 2025 on representation."""
    if new.paper is not None and new.paper.household_id != household.pk:
        raise CannotRepresent(_("Choose a paper of this household."), field="paper")
    has_paper = new.paper is not None or new.file is not None
    if new.kind == RepresentativeKind.AGENT and not (has_paper or new.is_lawyer):
        raise CannotRepresent(_("Take in the power of attorney, or say that the agent is a lawyer."), field="file")


def _written(
    household: Household, person: Person, new: NewRepresentative, *, by: Employee, at: datetime
) -> Representative:
    paper = new.paper
    if new.file is not None:
        paper = keep_paper(
            household_id=household.pk,
            file=new.file,
            about=str(POWER_OF_ATTORNEY),
            received_on=localdate(at),
            by=by,
            at=at,
        )
    return Representative.objects.create(
        household=household,
        person=person,
        kind=new.kind,
        scope=new.scope,
        name=" ".join(new.name.split()),
        organisation=new.organisation.strip(),
        phone=new.phone.strip(),
        address=new.address.strip(),
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        gets_letters=new.gets_letters and new.kind != RepresentativeKind.ESTATE,
        is_lawyer=new.is_lawyer,
        paper=paper,
        limits=new.limits.strip(),
        note=new.note.strip(),
        registered_by=by,
        registered_at=at,
    )


def _end(row: Representative, *, on: date, reason: str, by: Employee, at: datetime) -> None:
    row.ends_on, row.end_reason = on, reason
    row.save(update_fields=["ends_on", "end_reason"])
    journal.record(
        Act.REPRESENTATIVE_ENDED,
        household_id=row.household_id,
        subject=row,
        by=by,
        at=at,
        on=on,
        reason=reason,
        details={"kind": row.kind},
    )
