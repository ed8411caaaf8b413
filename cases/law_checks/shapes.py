"""What a check of the law is, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.law import NotInForce
from cases.law import rule as rule_of


class Severity(models.TextChoices):
    """How grave a lack is (alvorlighet), and so who may accept it with a reason."""

    SERIOUS = "serious", _("Serious")
    ORDINARY = "ordinary", _("Ordinary")
    NOTICE = "notice", _("To know of")


class State(StrEnum):
    """Whether a duty is met, has time yet, or is not met."""

    MET = "met"
    WAITING = "waiting"
    MISSING = "missing"


class Told(StrEnum):
    """What the day of a finding tells: since when it is so, or by when it is to be done."""

    SINCE = "since"
    DUE = "due"


@dataclass(frozen=True, kw_only=True)
class LawCheck:
    """One duty, held against many households in one statement.

    :param number: its own for ever; a check that is dropped leaves its number unused
    :param title: what is wrong where it is not met
    :param duty: what the law asks for, as the household's page says it
    :param rule: the code in `cases.law` of the rule that it holds
    :param sql: a select, on the expressions of `facts.sql`, of every household and subject that the duty applies to:
        household_id, since (date), subject_kind, subject_id, state (`State`)
    :param mend: the page of the household where it is put right
    :param of_subject: whether that page takes the subject's id
    """

    number: str
    title: str | Promise
    duty: str | Promise
    rule: str
    severity: Severity
    sql: str
    mend: str
    of_subject: bool = False
    told: Told = Told.SINCE

    def cited(self, *, on: date) -> str:
        """The rule as a jurist names it; empty where it is the house's own."""
        try:
            found = rule_of(self.rule, on=on)
        except NotInForce:
            return ""
        return found.citation if found.act.code != "house" else ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one check says of one household: of its residence, decision, request or other subject."""

    check: LawCheck
    household_id: int
    since: date
    subject_kind: str
    subject_id: int
    state: State

    @property
    def key(self) -> tuple[int, str, str, int, date]:
        """By which an acceptance is held to it: with other facts it is another finding."""
        return (self.household_id, self.check.number, self.subject_kind, self.subject_id, self.since)
