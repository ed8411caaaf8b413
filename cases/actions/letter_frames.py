"""What stands around a letter of a household: letterhead with the municipality's own texts, address, who signs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localdate

from cases.actions.recipients import CannotAddress
from cases.letters import LETTER_LANGUAGES, Letterhead, Official, wording
from cases.letters.own_words import filled
from cases.letters.samples import REFERENCE
from cases.models import DocumentKind, TextPlace
from cases.questions.recipients import addressed_on, hindrance_in_words
from cases.questions.standard_texts import Own, own_words
from cases.recipients import Addressed, Recipient, Standing
from people.models import Employee, Household, Unit


class Frame(TypedDict):
    """The fields that every letter has."""

    language: str
    reference: str
    sender: Letterhead
    issued_on: date
    recipient: str
    recipient_address: tuple[str, ...]
    acts_for: str
    acts_as: str
    copies: tuple[str, ...]
    is_interpreted: bool
    caseworker: Official | None
    responsible: Official | None
    is_draft: bool


@dataclass(frozen=True, kw_only=True)
class About:
    """What a letter is of, for whoever frames it. `language` is chosen for this letter, else the recipient's."""

    household: Household
    unit: Unit
    kind: DocumentKind
    reference: str
    decision_kind: str = ""
    language: str = ""
    is_draft: bool = False


def frame_of(about: About, *, by: Employee, at: datetime, responsible: Employee | None = None) -> Frame:
    """The frame of a letter that leaves today.

    It is written to the party, or to whoever stands in for one who is too young; the others get a copy. Of somebody
    with a protected address it names no office, telephone or address.

    :raises CannotAddress: with a sentence on what stops the letter
    """
    day = localdate(at)
    found = addressed_on(about.household, on=day, kind=about.decision_kind)
    for hindrance in found.hindrances:
        raise CannotAddress(hindrance_in_words(hindrance))
    return framed(about, found, by=by, day=day, responsible=responsible)


def framed(about: About, found: Addressed, *, by: Employee, day: date, responsible: Employee | None = None) -> Frame:
    """As `frame_of`, of recipients that were asked for already. With none the letter goes to its reference."""
    named = found.tells_place
    if not found.recipients:
        return _to_nobody(about, named, by=by, day=day, responsible=responsible)
    first, *others = sorted(found.recipients, key=lambda one: one.standing is not Standing.PARTY)
    language = about.language or first.language
    return Frame(
        language=language,
        reference=about.reference,
        sender=letterhead(about, language=language, by=by, day=day, tells_place=named),
        issued_on=day,
        recipient=first.name,
        recipient_address=_lines(first) if named else (),
        acts_for=first.on_behalf_of,
        acts_as="" if first.standing is Standing.PARTY else str(first.standing),
        copies=tuple(one.name for one in others),
        is_interpreted=first.explaining is not None,
        caseworker=official(by, about.unit, tells_place=named),
        responsible=official(responsible, about.unit, tells_place=named) if responsible else None,
        is_draft=about.is_draft,
    )


def _to_nobody(about: About, named: bool, *, by: Employee, day: date, responsible: Employee | None) -> Frame:
    language = about.language or LETTER_LANGUAGES[0]
    return Frame(
        language=language,
        reference=about.reference,
        sender=letterhead(about, language=language, by=by, day=day, tells_place=named),
        issued_on=day,
        recipient="",
        recipient_address=(),
        acts_for="",
        acts_as="",
        copies=(),
        is_interpreted=False,
        caseworker=official(by, about.unit, tells_place=named),
        responsible=official(responsible, about.unit, tells_place=named) if responsible else None,
        is_draft=about.is_draft,
    )


def letterhead(about: About, *, language: str, by: Employee, day: date, tells_place: bool) -> Letterhead:
    """The unit's letterhead of the day, with the municipality's own texts filled in."""
    own = own_words(about.unit.municipality, kind=about.kind, language=language, on=day)
    values = _values(about.unit, about.reference, language, by=by, day=day)
    if not tells_place:
        return Letterhead(
            unit=about.unit.municipality.name,
            municipality=about.unit.municipality.name,
            logo=own.logo,
            version=_version(own),
        )
    return _letterhead(about.unit, own, language, values)


def sample_letterhead(
    unit: Unit,
    *,
    kind: str,
    language: str,
    by: Employee,
    day: date,
    tried: tuple[TextPlace, str] | None = None,
) -> Letterhead:
    """The letterhead of a sample letter; `tried` is a text that is not saved yet, with its place."""
    own = own_words(unit.municipality, kind=kind, language=language, on=day)
    if tried is not None:
        own.texts[tried[0]] = tried[1].strip()
    return _letterhead(unit, own, language, _values(unit, REFERENCE, language, by=by, day=day))


def _letterhead(unit: Unit, own: Own, language: str, values: dict[str, str]) -> Letterhead:
    said = {place: filled(text, language, values) for place, text in own.texts.items() if text}
    return Letterhead(
        unit=said.get("name", unit.name),
        municipality=unit.municipality.name,
        address=said.get("address", unit.address),
        phone=said.get("phone", unit.phone),
        logo=own.logo,
        opening=said.get("opening", ""),
        closing=said.get("closing", ""),
        signature=said.get("signature", ""),
        version=_version(own),
    )


def _values(unit: Unit, reference: str, language: str, *, by: Employee, day: date) -> dict[str, str]:
    return {
        "caseworker": by.name,
        "unit": unit.name,
        "municipality": unit.municipality.name,
        "phone": by.phone or unit.phone,
        "reference": reference,
        "date": day_in(language, day),
    }


def _version(own: Own) -> str:
    return ".".join(str(row) for row in own.rows)


def official(employee: Employee, unit: Unit, *, tells_place: bool = True) -> Official:
    """Who signs; the telephone of whom it could lead to somebody is left out."""
    phone = employee.phone or unit.phone
    return Official(name=employee.name, title=employee.title, phone=phone if tells_place else "")


def day_in(language: str, day: date) -> str:
    with translation.override(language):
        return date_format(day, wording.common(language)["long_date"], use_l10n=False)


def _lines(recipient: Recipient) -> tuple[str, ...]:
    told = [recipient.organisation, *recipient.address.replace("\n", ",").split(",")]
    return tuple(line.strip() for line in told if line.strip())
