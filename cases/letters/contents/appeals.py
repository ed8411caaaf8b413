"""Letters of an appeal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cases.law import Basis, Body
from cases.letters.contents.appeal_rights import AppealRights
from cases.letters.contents.frame import Letter


@dataclass(frozen=True)
class ListedDocument:
    """A line of the list of documents: a generic title, without names."""

    number: str
    title: str
    dated: date


@dataclass(frozen=True, kw_only=True)
class AppealReceivedLetter(Letter):
    """That an appeal has come (bekreftelse på mottatt klage), and when it is reconsidered. `kind` is the decision's."""

    template: ClassVar[str] = "appeal_received.html"

    kind: str
    decision_reference: str
    decided_on: date
    received_on: date
    expected_by: date
    body: Body
    is_late: bool = False
    is_suspended: bool = False


@dataclass(frozen=True, kw_only=True)
class AppealOutcomeLetter(Letter):
    """What came of an appeal (resultat av klagen), by one of `OUTCOMES`.

    `changed`: reconsidered in the appellant's favour, `changes` says how, and `appeal` is the right to appeal what is
    new. `forwarded`: sent on to `body`. `dismissed`: not taken, with the right to appeal that. `upheld`, `overturned`
    and `returned`: what the body has decided.
    """

    template: ClassVar[str] = "appeal_outcome.html"

    kind: str
    outcome: str
    decision_reference: str
    decided_on: date
    received_on: date
    body: Body
    reason: str
    changes: str = ""
    answered_on: date | None = None
    appeal: AppealRights | None = None

    @property
    def heading(self) -> str:
        return f"appeal_outcome.{self.outcome}"


OUTCOMES = ("changed", "partly_changed", "forwarded", "dismissed", "withdrawn", "upheld", "overturned", "returned")


@dataclass(frozen=True, kw_only=True)
class StatementLetter(Letter):
    """The appeal sent on to its body (oversendelse av klage), with our own assessment and a list of documents.

    `appellant` is empty when the address is protected: the reference stands instead. `late_reason`: why an appeal
    after its time was taken.
    """

    template: ClassVar[str] = "statement.html"

    kind: str
    body: Body
    basis: Basis
    appellant: str
    decision_reference: str
    decided_on: date
    notified_on: date | None
    received_on: date
    appealed_against: str
    facts: str
    assessment: str
    conclusion: str
    documents: tuple[ListedDocument, ...]
    late_reason: str = ""
    is_suspended: bool = False
    represented_by: str = ""
