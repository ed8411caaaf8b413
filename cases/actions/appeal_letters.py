"""The letters of an appeal: gathered from the facts, printed and kept in the act that sends them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases import law
from cases.actions.dispatching import dispatch
from cases.actions.documents import keep, reference_of
from cases.actions.letter_frames import About, Frame, framed
from cases.actions.recipients import recipients_of
from cases.letters import (
    AppealOutcomeLetter,
    AppealReceivedLetter,
    Letter,
    ListedDocument,
    StatementLetter,
    appeal_rights,
)
from cases.models import Appeal, Appellant, Document, DocumentKind
from cases.questions.appeals import is_suspended
from cases.questions.law import choices_of
from cases.questions.notices import decided_on
from cases.questions.recipients import addressed_on
from cases.recipients import Addressed
from people.models import Employee, Language
from people.refusals import Refusal


class CannotWrite(Refusal):
    """No letter can be written to whoever appealed."""


#: The languages that a body of appeal is written to in.
_NORWEGIAN = (Language.BOKMAL, Language.NYNORSK)


def addressed_for(appeal: Appeal, *, at: datetime) -> Addressed:
    """Who gets a letter on the appeal: the appellant, and whoever must have what the appellant gets.

    :raises CannotWrite: to somebody who is no party
    :raises CannotAddress: when a party is dead, or somebody who must get it is missing
    """
    if appeal.appellant == Appellant.OUTSIDER:
        raise CannotWrite(_("Whoever appeals is no party: no letter about the household goes to them."))
    day = localdate(at)
    recipients = recipients_of(appeal.household, appeal.decision, on=day)
    mine = [one for one in recipients if one.person_id == appeal.person_id] or recipients
    tells_place = addressed_on(appeal.household, on=day, kind=appeal.decision.kind).tells_place
    return Addressed(recipients=tuple(mine), tells_place=tells_place)


def language_to_body(appeal: Appeal, *, at: datetime) -> str:
    """The Norwegian that the appellant is written to in, else the municipality's own."""
    known = [one.language for one in addressed_for(appeal, at=at).recipients if one.language in _NORWEGIAN]
    return known[0] if known else law.CHOICES["letter_language"].on(localdate(at), _choices(appeal))


def keep_received(appeal: Appeal, *, by: Employee, at: datetime) -> Document:
    """That the appeal has come, and when it is answered."""
    to = addressed_for(appeal, at=at)
    letter = AppealReceivedLetter(
        **_framed(appeal, to, DocumentKind.APPEAL_RECEIVED, by=by, at=at),
        **_about(appeal),
        expected_by=appeal.due_on,
        is_late=appeal.is_late,
        is_suspended=is_suspended(appeal.decision, on=localdate(at)),
    )
    return _send(appeal, letter, DocumentKind.APPEAL_RECEIVED, to, by=by, at=at)


def keep_outcome(appeal: Appeal, outcome: str, *, reason: str, by: Employee, at: datetime) -> Document:
    """What came of the appeal, by one of the letter's outcomes; the appeal remembers its last such letter."""
    to = addressed_for(appeal, at=at)
    has_rights = outcome == "dismissed"
    letter = AppealOutcomeLetter(
        **_framed(appeal, to, DocumentKind.APPEAL_OUTCOME, by=by, at=at),
        **_about(appeal),
        outcome=outcome,
        reason=reason,
        changes=appeal.changes,
        answered_on=appeal.answered_on,
        appeal=appeal_rights(law.basis(appeal.decision.basis), on=localdate(at), choices=_choices(appeal))
        if has_rights
        else None,
    )
    appeal.outcome_letter = _send(appeal, letter, DocumentKind.APPEAL_OUTCOME, to, by=by, at=at)
    return appeal.outcome_letter


def keep_statement(appeal: Appeal, listed: list[ListedDocument], *, by: Employee, at: datetime) -> Document:
    """The appeal as it goes to its body, with the unit's own assessment and the list of documents.

    The appellant gets a copy: forvaltningsloven section 33.
    """
    to = addressed_for(appeal, at=at)
    grounds = list(appeal.grounds.order_by("number"))
    representative = next((one for one in to.recipients if one.representative_id), None)
    language = language_to_body(appeal, at=at)
    # it goes to the body, which no address book of ours holds
    nobody = replace(to, recipients=())
    frame = _framed(appeal, nobody, DocumentKind.STATEMENT, by=by, at=at, language=language)
    letter = StatementLetter(
        **frame,
        **_about(appeal),
        basis=law.basis(appeal.decision.basis),
        appellant=appeal.person.name if appeal.person and to.tells_place else "",
        notified_on=appeal.decision.notified_on,
        appealed_against="\n\n".join([appeal.against, *(f"{one.number}. {one.text}" for one in grounds)]),
        facts=appeal.facts,
        assessment="\n\n".join(f"{one.number}. {one.assessment}" for one in grounds),
        conclusion="\n\n".join(part for part in (appeal.changes, appeal.conclusion) if part),
        documents=tuple(listed),
        late_reason=appeal.excuse_reason,
        is_suspended=is_suspended(appeal.decision, on=localdate(at)),
        represented_by=representative.name if representative and to.tells_place else "",
    )
    return _send(appeal, letter, DocumentKind.STATEMENT, to, by=by, at=at)


def reference(appeal: Appeal) -> str:
    """What letters call an appeal by: its number, which tells nothing of who."""
    return f"K-{appeal.pk}"


def _framed(
    appeal: Appeal, to: Addressed, kind: DocumentKind, *, by: Employee, at: datetime, language: str = ""
) -> Frame:
    about = About(
        household=appeal.household,
        unit=appeal.unit,
        kind=kind,
        reference=reference(appeal),
        decision_kind=appeal.decision.kind,
        language=language,
    )
    return framed(about, to, by=by, day=localdate(at))


def _about(appeal: Appeal) -> dict[str, Any]:
    return {
        "kind": appeal.decision.kind,
        "decision_reference": reference_of(appeal.decision),
        "decided_on": decided_on(appeal.decision),
        "received_on": appeal.received_on,
        "body": appeal.body,
    }


def _send(appeal: Appeal, letter: Letter, kind: DocumentKind, to: Addressed, *, by: Employee, at: datetime) -> Document:
    """Print it, keep it and put it on its way to the appellant."""
    document = keep(
        letter,
        household=appeal.household,
        kind=kind,
        unit=appeal.unit,
        case=appeal.case,
        decision=appeal.decision,
        # free text may tell where somebody stays
        tells_place=True,
        by=by,
        at=at,
    )
    dispatch(document, to.recipients, by=by, at=at)
    return document


def _choices(appeal: Appeal) -> law.Choices:
    return choices_of(appeal.household.municipality_id)
