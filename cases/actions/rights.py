"""What a person asks for about their own data: taken in with a clock, answered by a package, corrected or refused."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.http import Http404
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.tasks import NoResponsibleUnit, close_tasks_about, open_task, unit_of
from cases.deadlines import rights_due_on
from cases.letters import AccessLetter, CorrectionLetter, Letterhead, PackageSection, pdf_of
from cases.models import AccessRequest, Channel, CorrectionOutcome, CorrectionRequest, TaskKind
from cases.questions.access_package import Package, package_of
from people import journal, wording
from people.access import locked_household, persons_named_after_leaving
from people.facts import masked_persons
from people.journal import Act
from people.models import Employee, Household, JournalEntry, Member, Person
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotRegister(Refusal):
    """The request cannot be as told."""


class CannotDecide(Refusal):
    """It is answered already, or what is told does not answer it."""


@dataclass(frozen=True)
class Handed:
    """The package as it is handed over. `rows` counts what it tells, `households` whose data it holds."""

    pdf: bytes
    json: bytes
    rows: int
    households: list[int]


@act
def register_access(
    *,
    household_id: int,
    person_id: int,
    channel: Channel,
    received_on: date,
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> AccessRequest:
    """Take in that somebody asks to see what is kept on them. Each household they are or were in answers for its part.

    The unit of another household is asked in the same act and learns of it by its own task; who registers learns
    nothing of that household. Of a person who is masked no other unit is asked: who may know of them answers for all.

    :raises CannotRegister: when the person is none of the household's, or the day is ahead
    """
    household = locked_household(by, Permission.ANSWER_RIGHTS, household_id=household_id, at=at, version=version)
    person = _person_of(household, person_id, by=by, at=at)
    _refuse_day_ahead(received_on, at=at)
    made = _ask(household, person, channel, received_on, by=by, at=at)
    if not is_masked(person, on=localdate(at)):
        for other in _other_households(person, household):
            if not AccessRequest.objects.unanswered().filter(household=other, person=person).exists():
                _ask(other, person, channel, received_on, by=by, at=at)
    return made


@act
def answer_access(
    *,
    request_id: int,
    language: str,
    withheld: Sequence[str],
    by: Employee,
    at: datetime,
    version: int | None = None,
) -> Handed:
    """Make the package and enter that it is handed over. It is not kept: its fingerprints are.

    :param withheld: the ids of texts taken out, of those that `package_of` gives
    :raises CannotDecide: when it is answered already
    """
    found = AccessRequest.objects.filter(pk=request_id).first()
    if found is None:
        raise Http404
    household = locked_household(by, Permission.ANSWER_RIGHTS, household_id=found.household_id, at=at, version=version)
    # read again: somebody may have answered while this act waited for the lock
    request = AccessRequest.objects.select_related("person").get(pk=request_id)
    if request.answered_at is not None:
        raise CannotDecide(_("This request is answered already."))
    households = households_of(request, on=localdate(at))
    with translation.override(language):
        package = package_of(
            request.person, households, tells_places=household.sight.whereabouts, withheld=frozenset(withheld)
        )
        letter = _letter(request, package, household, language, at=at)
    handed = Handed(
        pdf=pdf_of(letter),
        json=_as_json(request, package, at=at),
        rows=sum(len(section.rows) for section in package.sections),
        households=[each.pk for each in households],
    )
    request.answered_by, request.answered_at, request.withheld = by, at, sorted(withheld)
    request.pdf_sha256, request.json_sha256 = sha256(handed.pdf).hexdigest(), sha256(handed.json).hexdigest()
    request.save(update_fields=["answered_by", "answered_at", "withheld", "pdf_sha256", "json_sha256"])
    close_tasks_about(request, by=by, at=at)
    details = {"taken_out": len(withheld), "pdf_sha256": request.pdf_sha256}
    journal.record(Act.ACCESS_GIVEN, household_id=household.pk, subject=request, by=by, at=at, details=details)
    return handed


@act
def register_correction(
    *,
    household_id: int,
    person_id: int,
    channel: Channel,
    received_on: date,
    about: str,
    by: Employee,
    at: datetime,
    disputed_id: int | None = None,
    version: int | None = None,
) -> CorrectionRequest:
    """Take in that somebody says that something kept on them is wrong.

    :param disputed_id: the line of the household's journal that it is about
    :raises CannotRegister: when person or line is none of the household's, it says nothing, or the day is ahead
    """
    household = locked_household(by, Permission.ANSWER_RIGHTS, household_id=household_id, at=at, version=version)
    person = _person_of(household, person_id, by=by, at=at)
    _refuse_day_ahead(received_on, at=at)
    if not about.strip():
        raise CannotRegister(_("Write what is wrong, and what is right."), field="about")
    made = CorrectionRequest.objects.create(
        household=household,
        person=person,
        channel=channel,
        received_on=received_on,
        due_on=rights_due_on(received_on),
        about=about.strip(),
        disputed=_line_of(household, disputed_id, field="disputed"),
        registered_by=by,
        registered_at=at,
    )
    open_task(household=household, kind=TaskKind.ANSWER_CORRECTION, due_on=made.due_on, subject=made, by=by, at=at)
    journal.record(
        Act.CORRECTION_ASKED,
        household_id=household.pk,
        subject=made,
        by=by,
        at=at,
        on=received_on,
        reason=journal.in_a_line(made.about),
    )
    return made


@act
def decide_correction(
    *,
    correction_id: int,
    outcome: CorrectionOutcome,
    by: Employee,
    at: datetime,
    corrected_by_id: int | None = None,
    refusal: str = "",
    version: int | None = None,
) -> CorrectionRequest:
    """Say that it is corrected, and by which act; or refuse, with the reason, and let the person's words stand.

    :raises CannotDecide: when it is decided on, or the act or the reason is missing
    """
    found = CorrectionRequest.objects.filter(pk=correction_id).first()
    if found is None:
        raise Http404
    household = locked_household(by, Permission.ANSWER_RIGHTS, household_id=found.household_id, at=at, version=version)
    correction = CorrectionRequest.objects.get(pk=correction_id)
    if correction.outcome:
        raise CannotDecide(_("This correction is decided on already."))
    is_refused = outcome == CorrectionOutcome.REFUSED
    if is_refused and not refusal.strip():
        raise CannotDecide(_("Say why it is refused."), field="refusal")
    if not is_refused and corrected_by_id is None:
        raise CannotDecide(_("Say which act corrected it."), field="corrected_by")
    correction.outcome, correction.decided_by, correction.decided_at = outcome, by, at
    correction.refusal = refusal.strip() if is_refused else ""
    correction.corrected_by = None if is_refused else _line_of(household, corrected_by_id, field="corrected_by")
    correction.save(update_fields=["outcome", "decided_by", "decided_at", "refusal", "corrected_by"])
    close_tasks_about(correction, by=by, at=at)
    journal.record(
        Act.CORRECTION_DECIDED,
        household_id=household.pk,
        subject=correction,
        by=by,
        at=at,
        reason=journal.in_a_line(correction.refusal),
        details={"outcome": outcome, "disputed": correction.disputed_id, "corrected_by": correction.corrected_by_id},
    )
    return correction


def refusal_letter(correction: CorrectionRequest, *, language: str) -> bytes:
    """The letter of a refused correction: the same bytes whenever it is printed."""
    assert correction.decided_at is not None
    return pdf_of(
        CorrectionLetter(
            language=language,
            reference=f"R-{correction.pk}",
            sender=_sender(correction.household, on=localdate(correction.decided_at)),
            recipient=correction.person.name,
            received_on=correction.received_on,
            issued_on=localdate(correction.decided_at),
            about=correction.about,
            refusal=correction.refusal,
        )
    )


def households_of(request: AccessRequest, *, on: date) -> list[Household]:
    """Those whose data the package holds: the one asked, and for a masked person those they have left too.

    Not another that a masked person lives in: whoever answers for the one they left would see where they went.
    """
    if not is_masked(request.person, on=on):
        return [request.household]
    lives_in = set(Member.objects.on(on).filter(person=request.person).values_list("household", flat=True))
    others = _other_households(request.person, request.household)
    return [request.household, *(other for other in others if other.pk not in lives_in)]


def is_masked(person: Person, *, on: date) -> bool:
    """Whether the person's address is confidential, or they are one of our own employees."""
    return Person.objects.filter(masked_persons(on), pk=person.pk).exists()


def _ask(
    household: Household, person: Person, channel: Channel, received_on: date, *, by: Employee, at: datetime
) -> AccessRequest:
    made = AccessRequest.objects.create(
        household=household,
        person=person,
        channel=channel,
        received_on=received_on,
        due_on=rights_due_on(received_on),
        registered_by=by,
        registered_at=at,
    )
    with suppress(NoResponsibleUnit):  # a household of long ago: the person is answered, and nobody has the task
        open_task(household=household, kind=TaskKind.ANSWER_ACCESS, due_on=made.due_on, subject=made, by=by, at=at)
    journal.record(Act.ACCESS_ASKED, household_id=household.pk, subject=made, by=by, at=at, on=received_on)
    return made


def _other_households(person: Person, household: Household) -> list[Household]:
    others = Household.objects.filter(members__person=person).exclude(pk=household.pk)
    return list(others.distinct().order_by("pk"))


def _person_of(household: Household, person_id: int, *, by: Employee, at: datetime) -> Person:
    named = persons_named_after_leaving(Person.objects.all(), by, at=at)
    person = named.filter(pk=person_id, memberships__household=household).first()
    if person is None:
        raise CannotRegister(_("Choose somebody of the household."), field="person")
    return person


def _line_of(household: Household, entry_id: int | None, *, field: str) -> JournalEntry | None:
    if entry_id is None:
        return None
    line = JournalEntry.objects.filter(pk=entry_id, household_id=household.pk).first()
    if line is None:
        raise CannotRegister(_("Choose a line of the household's journal."), field=field)
    return line


def _refuse_day_ahead(received_on: date, *, at: datetime) -> None:
    if received_on > localdate(at):
        raise CannotRegister(_("It cannot have been received later than today."), field="received_on")


def _sender(household: Household, *, on: date) -> Letterhead:
    try:
        unit = unit_of(household, on=on)
    except NoResponsibleUnit:
        return _municipality(household)
    return Letterhead(unit=unit.name, municipality=unit.municipality.name, address=unit.address, phone=unit.phone)


def _municipality(household: Household) -> Letterhead:
    return Letterhead(unit=household.municipality.name, municipality=household.municipality.name)


def _letter(
    request: AccessRequest, package: Package, household: Household, language: str, *, at: datetime
) -> AccessLetter:
    return AccessLetter(
        language=language,
        reference=f"I-{request.pk}",
        # a protected address is not told by the letterhead either
        sender=_sender(household, on=localdate(at)) if household.sight.whereabouts else _municipality(household),
        recipient=request.person.name,
        received_on=request.received_on,
        issued_on=localdate(at),
        sections=tuple(
            PackageSection(
                section.title, tuple(tuple((cell.label, cell.words) for cell in row) for row in section.rows)
            )
            for section in package.sections
        ),
        read_by=tuple(
            (wording.day_short(line.day), line.role, line.unit, line.what, line.purpose, str(line.times))
            for line in package.read_by
        ),
        tells_places=household.sight.whereabouts,
    )


def _as_json(request: AccessRequest, package: Package, *, at: datetime) -> bytes:
    """The same facts for machines: codes and ISO dates, keys in the order of the letter."""
    told = {
        "reference": f"I-{request.pk}",
        "received_on": request.received_on.isoformat(),
        "made_at": at.isoformat(),
        "data": [
            {"about": section.model, "rows": [{cell.name: cell.plain for cell in row} for row in section.rows]}
            for section in package.sections
        ],
        "read_by": [
            {
                "day": line.day.isoformat(),
                "role": line.role,
                "unit": line.unit,
                "what": line.what,
                "purpose": line.purpose,
                "times": line.times,
            }
            for line in package.read_by
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
