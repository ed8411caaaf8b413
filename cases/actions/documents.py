"""The letters of a decision: gathered from the facts, printed and kept."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Max
from django.utils.timezone import localdate

from cases import law
from cases.actions.archiving import to_archive
from cases.actions.letter_frames import About, framed, letterhead, official
from cases.actions.letters_to import by_language, refuse_places
from cases.letters import (
    ChildText,
    Correction,
    DecisionLetter,
    Letter,
    Letterhead,
    Requisition,
    appeal_rights,
    pdf_of,
    version_of,
)
from cases.models import GRANTING, TEXT_PARTS, Case, Decision, Document, DocumentKind
from cases.questions.law import choices_of
from cases.questions.recipients import addressed_on
from cases.recipients import Addressed
from people.models import Employee, Household, Member, MemberRole, Person, Unit
from people.models.person import SHIELDED


def print_letters(decision: Decision, *, at: datetime) -> list[Document]:
    """Print and keep the letters of a decision that is being issued, in its transaction.

    An undisclosed place is ordered by the special unit itself: there is no requisition, and the letter names no place.
    """
    members = _members(decision)
    letters: list[tuple[DocumentKind, Letter]] = [
        (DocumentKind.DECISION, letter) for letter in _to_everybody(decision, members, at=at)
    ]
    if decision.provider is not None and decision.result in GRANTING:
        letters.append((DocumentKind.REQUISITION, requisition(decision, members, at=at)))
    by = decision.issued_by or decision.drafted_by
    return [_keep_of(decision, letter, kind, by=by, at=at) for kind, letter in letters]


def print_correction(decision: Decision, *, by: Employee, at: datetime) -> list[Document]:
    """Print and keep the decision's letters with its slips put right, marked as such."""
    return [
        _keep_of(decision, letter, DocumentKind.CORRECTION, by=by, at=at)
        for letter in _to_everybody(decision, _members(decision), at=at)
    ]


def _to_everybody(decision: Decision, members: list[Member], *, at: datetime) -> list[DecisionLetter]:
    """The letter once in each language of those who get it; to the applicant where it can go to nobody.

    :raises TellsPlace: when an address is protected and somebody has written a place into the decision
    """
    household = decision.household
    found = addressed_on(household, on=localdate(at), kind=decision.kind, language=decision.language)
    letters = [decision_letter(decision, members, at=at, to=one) for one in by_language(found)]
    if not found.tells_place:
        refuse_places(letters, household)
    return letters or [decision_letter(decision, members, at=at)]


def decision_draft(decision: Decision, *, at: datetime) -> DecisionLetter:
    """The letter as it would be issued now, marked as a draft. Nothing is kept."""
    return decision_letter(decision, _members(decision), at=at, is_draft=True)


def decision_letter(
    decision: Decision, members: list[Member], *, at: datetime, is_draft: bool = False, to: Addressed | None = None
) -> DecisionLetter:
    """What the letter to the household says. It goes to the party, by name; who acts for them gets a copy.

    Slips put right since make it a corrected letter. How and where to appeal is by the law of the day it was issued.
    Of somebody with a protected address it names no place.

    :param to: those of one language; left out, everybody in the decision's
    """
    found = to or addressed_on(decision.household, on=localdate(at), kind=decision.kind)
    about = About(
        household=decision.household,
        unit=decision.unit,
        kind=DocumentKind.DECISION,
        reference=reference_of(decision),
        decision_kind=decision.kind,
        language=to.recipients[0].language if to else decision.language,
        is_draft=is_draft,
    )
    responsible = decision.issued_by or decision.drafted_by
    place = decision.provider if found.tells_place else None
    day = localdate(decision.issued_at or at)
    basis = law.basis(decision.basis)
    corrected = list(decision.corrections.order_by("at", "pk"))
    texts = {name: getattr(decision, name) for name in TEXT_PARTS} | {one.part: one.becomes for one in corrected}
    weighed = decision.child_interests.select_related("person").order_by("person__born_on", "pk")
    return DecisionLetter(
        **framed(about, found, by=decision.drafted_by, day=localdate(at), responsible=responsible),
        kind=decision.kind,
        move=decision.move,
        result=decision.result,
        basis=basis,
        appeal=appeal_rights(basis, on=day, choices=choices_of(decision.household.municipality_id)),
        told_at=decision.told_at.astimezone(ZoneInfo(settings.TIME_ZONE)) if decision.told_at else None,
        starts_on=None if decision.refuses else decision.starts_on,
        ends_on=decision.ends_on,
        place=place.name if place else "",
        place_address=place.address if place else "",
        room=decision.room.name if place and decision.room else "",
        persons=max(len(members), 1),
        rooms=decision.rooms,
        size=decision.size,
        length_months=decision.length_months,
        amount=decision.amount,
        **texts,
        children=tuple(ChildText(one.person.name, one.text) for one in weighed),
        corrections=tuple(Correction(localdate(one.at), one.was, one.becomes) for one in corrected),
    )


def requisition(decision: Decision, members: list[Member], *, at: datetime) -> Requisition:
    """What the provider is told. Of a household with a protected address nobody is named."""
    provider = decision.provider
    assert provider is not None, "an undisclosed place is ordered outside the system"
    assert decision.ends_on is not None, "a place is given until a day"
    day = localdate(at)
    is_shielded = any(member.person.protection_on(day) in SHIELDED for member in members)
    applicant = _addressee(decision, members, at=at)
    return Requisition(
        language=decision.language,
        reference=reference_of(decision),
        sender=letterhead_of(decision, by=decision.drafted_by, day=day),
        provider=provider.name,
        provider_address=provider.address,
        issued_on=day,
        starts_on=decision.starts_on,
        ends_on=decision.ends_on,
        room=decision.room.name if decision.room else "",
        guest=applicant.name if applicant and not is_shielded else "",
        persons=max(len(members), 1),
        price_a_night=decision.price_a_night,
        contact=official(decision.drafted_by, decision.unit),
    )


def letterhead_of(decision: Decision, *, by: Employee, day: date) -> Letterhead:
    """The letterhead of what goes to a provider, in the municipality's own words."""
    about = About(
        household=decision.household,
        unit=decision.unit,
        kind=DocumentKind.REQUISITION,
        reference=reference_of(decision),
    )
    return letterhead(about, language=decision.language, by=by, day=day, tells_place=True)


def _members(decision: Decision) -> list[Member]:
    """Those the decision is for: who belonged to the household on its first day, or on the day of a refusal."""
    present = Member.objects.on(decision.starts_on).filter(household=decision.household)
    return list(present.exclude(role=MemberRole.CHILD_VISIT).select_related("person").order_by("id"))


def _keep_of(decision: Decision, letter: Letter, kind: DocumentKind, *, by: Employee, at: datetime) -> Document:
    return keep(
        letter,
        household=decision.household,
        kind=kind,
        unit=decision.unit,
        case=decision.case,
        decision=decision,
        tells_place=decision.provider is not None or bool(letter.recipient_address),
        by=by,
        at=at,
    )


def _addressee(decision: Decision, members: list[Member], *, at: datetime) -> Person | None:
    """Whoever is the applicant when the letter goes, not somebody who has left; when all have, its first one."""
    day = max(decision.starts_on, localdate(at))
    present = list(Member.objects.on(day).filter(household=decision.household).select_related("person"))
    return next((one.person for one in present or members if one.role == MemberRole.APPLICANT), None)


def reference_of(decision: Decision) -> str:
    """What letter, desk and invoice call a decision by: its number, which tells nothing of who."""
    return f"V-{decision.pk}"


def keep(
    letter: Letter,
    *,
    household: Household,
    kind: DocumentKind,
    unit: Unit,
    by: Employee,
    at: datetime,
    case: Case | None = None,
    decision: Decision | None = None,
    tells_place: bool = False,
) -> Document:
    """Print a letter and keep it, inside the transaction of the act that gives it; the household is locked.

    :param tells_place: whether it names where somebody stays, so that it is masked with the place
    """
    content = pdf_of(letter)
    last = Document.objects.filter(household=household).aggregate(last=Max("number"))["last"]
    document: Document = Document.objects.create(
        household=household,
        number=(last or 0) + 1,
        unit=unit,
        case=case,
        decision=decision,
        kind=kind,
        language=letter.language,
        template_version=version_of(letter),
        tells_place=tells_place,
        content=content,
        sha256=sha256(content).hexdigest(),
        made_at=at,
        made_by=by,
    )
    to_archive(document, at=at)
    return document
