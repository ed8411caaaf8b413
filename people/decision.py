"""The one decision on who sees how much of a household: from facts to a sight, and nothing else.

Pure: `people.access` reads the facts from the database, and draws the same line again where it filters lists.
The classes K3 to K6 are those of docs/privacy.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum


class Grade(IntEnum):
    """How shielded a household is by those who live in it (K3, K5, K6)."""

    OPEN = 0
    CONFIDENTIAL = 1
    STRICT = 2


class Level(IntEnum):
    """How much of a household one sees."""

    NOTHING = 0
    #: what a meeting or a plan needs
    MINIMUM = 1
    #: header, tonight, owner and deadlines
    SUMMARY = 2
    FULL = 3


class Purpose(StrEnum):
    """On what ground one sees it, as the read log says."""

    OWN_CASE = "own_case"
    UNIT = "unit"
    REASON = "reason"
    LEADER = "leader"
    GRANT = "grant"
    AUDIT = "audit"
    SPECIAL_UNIT = "special_unit"
    #: behind a figure, by case number alone
    FIGURES = "figures"
    SYSTEM = "system"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the decision rests on, about one employee and one household at one moment."""

    grade: Grade = Grade.OPEN
    #: an actor of the system itself
    system: bool = False
    #: oneself, a relative, a colleague's, or a party to the case
    party: bool = False
    #: its data is closed to everybody until the seal is lifted
    sealed: bool = False
    #: holds a role that follows households, at some unit
    follows: bool = False
    #: holds such a role at the unit that answers for it, or at one that shares it
    at_unit: bool = False
    #: leads one of those units
    leads: bool = False
    #: responsible caseworker, substitute or plan coordinator
    assigned: bool = False
    #: nobody is responsible
    unowned: bool = False
    #: opened it with a coded reason
    reason: bool = False
    #: came through the emergency door
    emergency: bool = False
    #: takes part in meetings or plans, and the household is on the agenda or has the plan
    participates: bool = False
    #: inspects, and the household is in the sample
    sampled: bool = False
    #: an inspector named it; it was not only drawn
    named: bool = False
    #: the inspection's scope takes in special notes
    sampled_special: bool = False
    #: cleared for confidential addresses in the household's municipality
    cleared: bool = False
    #: works at the municipality's special unit
    special_unit: bool = False


@dataclass(frozen=True, kw_only=True)
class Sight:
    """How much one sees of a household, on what ground, and what stays masked even so."""

    level: Level
    purpose: Purpose
    #: notes and places of a special class (K4)
    special: bool = False
    #: address, provider, room, office
    whereabouts: bool = False
    ages: bool = True
    #: may change what it shows, as far as one's role goes
    writes: bool = False
    #: stands in lists and search
    listed: bool = True

    def __bool__(self) -> bool:
        return self.level > Level.NOTHING


NOTHING = Sight(level=Level.NOTHING, purpose=Purpose.REFUSED, listed=False)
_OWN = Sight(level=Level.FULL, purpose=Purpose.OWN_CASE, special=True, whereabouts=True, writes=True)
_SYSTEM = replace(_OWN, purpose=Purpose.SYSTEM)
_SPECIAL_UNIT = Sight(
    level=Level.FULL, purpose=Purpose.SPECIAL_UNIT, special=True, ages=False, writes=True, listed=False
)
_WITH_REASON = replace(_OWN, purpose=Purpose.REASON)
_AS_LEADER = Sight(level=Level.FULL, purpose=Purpose.LEADER, whereabouts=True)
_IN_EMERGENCY = Sight(level=Level.FULL, purpose=Purpose.GRANT, whereabouts=True)
_OF_THE_UNIT = Sight(level=Level.SUMMARY, purpose=Purpose.UNIT, whereabouts=True)
_PARTICIPANT = Sight(level=Level.MINIMUM, purpose=Purpose.GRANT, listed=False)
_AUDITOR = Sight(level=Level.FULL, purpose=Purpose.AUDIT, whereabouts=True, listed=False)


def decide(facts: Facts) -> Sight:
    """The sight of one employee at one household. What it does not give does not exist for the employee."""
    if facts.system:
        return _SYSTEM
    if facts.party or facts.sealed:
        return NOTHING
    by_grade = {Grade.OPEN: _of_open, Grade.CONFIDENTIAL: _of_confidential, Grade.STRICT: _of_strict}
    return (facts.follows and by_grade[facts.grade](facts)) or _of_outsiders(facts)


def _of_open(facts: Facts) -> Sight:
    if facts.assigned or (facts.unowned and facts.at_unit):
        return _OWN
    if facts.reason and facts.at_unit:
        return _WITH_REASON
    if facts.leads:
        return _AS_LEADER
    if facts.emergency:
        return _IN_EMERGENCY
    return _OF_THE_UNIT if facts.at_unit else NOTHING


def _of_confidential(facts: Facts) -> Sight:
    """Those on it, masked unless cleared; of its unit, whoever leads or takes a case that nobody has, if cleared."""
    if facts.assigned:
        return replace(_OWN, whereabouts=facts.cleared)
    if facts.cleared and facts.unowned and facts.at_unit:
        return _OWN
    return _AS_LEADER if facts.cleared and facts.leads else NOTHING


def _of_strict(facts: Facts) -> Sight:
    return _SPECIAL_UNIT if facts.special_unit else NOTHING


def _of_outsiders(facts: Facts) -> Sight:
    """Inspectors: a confidential case if cleared, a strict one if named. Participants: open cases only."""
    reads = {Grade.OPEN: True, Grade.CONFIDENTIAL: facts.cleared, Grade.STRICT: facts.named}
    if facts.sampled and reads[facts.grade]:
        masked = facts.grade is Grade.STRICT
        return replace(_AUDITOR, special=facts.sampled_special, whereabouts=not masked, ages=not masked)
    return _PARTICIPANT if facts.participates and facts.grade is Grade.OPEN else NOTHING
