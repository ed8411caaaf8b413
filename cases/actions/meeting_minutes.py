"""The minutes of a housing meeting as PDF, gathered from what was written and kept when it closes: they name nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases import law
from cases.letters import CaseMinutes, HousingMinutesLetter, Letterhead, Participants, Step, pdf_of, version_of
from cases.models import HousingMeeting, MeetingMinutes
from cases.questions.law import choices_of
from cases.questions.meetings import AgendaRow, keeps_back, minuted
from cases.questions.standard_texts import own_words
from people.models import Employee


def keep_minutes(meeting: HousingMeeting, *, by: Employee, at: datetime) -> MeetingMinutes:
    """Print and keep the minutes of a meeting that is being closed, in the transaction of the act that closes it."""
    letter = _letter(meeting, minuted(meeting, at=at), _("Not in the minutes: the case is shielded"), at=at)
    content = pdf_of(letter)
    return MeetingMinutes.objects.create(
        meeting=meeting,
        language=letter.language,
        template_version=version_of(letter),
        content=content,
        sha256=sha256(content).hexdigest(),
        made_at=at,
        made_by=by,
    )


def minutes_pdf(meeting: HousingMeeting, rows: Sequence[AgendaRow], *, at: datetime) -> bytes:
    """The minutes as they are kept; as a draft before the meeting is closed.

    Where a case is kept from the reader, they are printed without it.
    """
    kept: MeetingMinutes | None = MeetingMinutes.objects.filter(meeting=meeting).first()
    if kept is not None and not any(keeps_back(row) for row in rows):
        return bytes(kept.content)
    return pdf_of(_letter(meeting, rows, _("Not shown to you"), at=at))


def _letter(
    meeting: HousingMeeting, rows: Sequence[AgendaRow], untold: Promise, *, at: datetime
) -> HousingMinutesLetter:
    unit, day = meeting.unit, localdate(at)
    language = law.CHOICES["letter_language"].on(day, choices_of(unit.municipality_id))
    own = own_words(unit.municipality, kind="minutes", language=language, on=day)
    with translation.override(language):
        cases = tuple(_case(row, untold) for row in rows)
        power = meeting.get_power_display()
    held = timezone.localtime(meeting.held_at)
    return HousingMinutesLetter(
        language=language,
        reference=f"M-{meeting.pk}",
        sender=Letterhead(
            unit=unit.name,
            municipality=unit.municipality.name,
            address=unit.address,
            phone=unit.phone,
            logo=own.logo,
        ),
        issued_on=localdate(meeting.closed_at or at),
        is_draft=meeting.is_open,
        met_on=held.date(),
        began_at=held.time(),
        place=meeting.place,
        power=power,
        participants=_participants(meeting, is_absent=False),
        absent=_participants(meeting, is_absent=True),
        others=meeting.others,
        cases=cases,
        next_on=localdate(meeting.next_at) if meeting.next_at else None,
    )


def _participants(meeting: HousingMeeting, *, is_absent: bool) -> tuple[Participants, ...]:
    by_service: dict[str, list[str]] = {}
    rows = meeting.members.filter(is_absent=is_absent).order_by("service__name", "employee__name")
    for service, name in rows.values_list("service__name", "employee__name"):
        by_service.setdefault(service, []).append(name)
    return tuple(Participants(service, tuple(names)) for service, names in by_service.items())


def _case(row: AgendaRow, untold: Promise) -> CaseMinutes:
    item = row.item
    if not row.is_told:
        return CaseMinutes(number=row.number, question=str(untold))
    step = None
    if item.responsible is not None:
        step = Step(item.decision_text, item.responsible.name, item.deadline)
    return CaseMinutes(
        number=row.number,
        question=item.get_question_display(),
        proposal=item.proposal,
        note=item.note,
        decision=item.get_decision_display() if item.decision else "",
        why=item.decision_text,
        dwelling=row.dwelling,
        step=step,
    )
