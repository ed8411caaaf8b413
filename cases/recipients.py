"""Who gets a letter, in which language, and what stops it from leaving: one table of decisions.

Pure: standard library only; `cases.questions.recipients` reads the facts. Sources: forvaltningsloven sections 12, 16
and 27 (agent, guardian, the young party), sosialtjenesteloven section 44 (confidentiality), folkeregisterloven section
10-4 (protected address).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from housing.states import birthday


class Standing(StrEnum):
    """In what right somebody gets the letter."""

    PARTY = "party"
    GUARDIAN = "guardian"
    AGENT = "agent"
    PARENT = "parent"


class Lack(StrEnum):
    """What stops a letter."""

    #: there is no party
    NOBODY = "nobody"
    DEAD = "dead"
    #: too young for an own letter, and nobody may take it for them
    NO_PARENT = "no_parent"
    #: gets an own letter, and nobody at all is known to have parental responsibility
    PARENT_UNKNOWN = "parent_unknown"


@dataclass(frozen=True, kw_only=True)
class Ages:
    """Limits of age, in whole years, of the law in force that day."""

    own_letter: int
    adult: int


@dataclass(frozen=True, kw_only=True)
class Party:
    """A party to the case. `language` is the letter's, empty where nobody chose; `spoken` the interpreter's."""

    person_id: int
    name: str
    born_on: date
    language: str = ""
    needs_interpreter: bool = False
    spoken: str = ""
    died_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class StandsIn:
    """A representative in force that day. `scope` is personal, economic or both."""

    representative_id: int
    person_id: int
    standing: Standing
    name: str
    scope: str = "both"
    organisation: str = ""
    address: str = ""
    gets_letters: bool = True


@dataclass(frozen=True)
class NeedsExplaining:
    """The letter is to be explained with an interpreter; `language` is the one spoken, empty when not known."""

    language: str


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Somebody who is to get the letter.

    `is_by_hand`: handed over as agreed with the person, without an address and never by post or a digital channel of
    its own accord. `needs_confirmation`: somebody says for this letter that they may have it. `on_behalf_of` is whom a
    representative acts for.
    """

    standing: Standing
    person_id: int
    name: str
    language: str
    representative_id: int | None = None
    organisation: str = ""
    address: str = ""
    on_behalf_of: str = ""
    explaining: NeedsExplaining | None = None
    is_by_hand: bool = False
    needs_confirmation: bool = False

    @property
    def key(self) -> str:
        """What forms, dispatch and notice call them by."""
        return f"{self.standing}-{self.representative_id or self.person_id}"


@dataclass(frozen=True, kw_only=True)
class Hindrance:
    """Why the letter cannot leave. `died_on` goes with a death."""

    lack: Lack
    name: str = ""
    died_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Addressed:
    """Everybody who is to get a letter, and what stops it. `tells_place` is False where nothing in it may locate."""

    recipients: tuple[Recipient, ...] = ()
    hindrances: tuple[Hindrance, ...] = ()
    tells_place: bool = True

    @property
    def can_leave(self) -> bool:
        return bool(self.recipients) and not self.hindrances

    def left_out(self, given: Iterable[str]) -> list[Recipient]:
        """Those who must get it and are not among these keys."""
        keys = set(given)
        return [one for one in self.recipients if one.key not in keys]


#: What a guardian's mandate must reach to get a letter on this kind of decision; any reach will do for other letters.
REACH = {
    "temporary": {"personal"},
    "housing_help": {"personal"},
    "individual_plan": {"personal"},
    "dwelling": {"personal", "economic"},
    "start_loan": {"economic"},
    "grant": {"economic"},
    "guarantee": {"economic"},
    "deposit": {"economic"},
}
_EVERYTHING = {"personal", "economic"}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the table is asked with. `address` is where the household lives; `kind` the decision's, empty for others."""

    parties: Sequence[Party]
    stand_ins: Sequence[StandsIn]
    on: date
    ages: Ages
    default_language: str
    kind: str = ""
    address: str = ""
    is_shielded: bool = False
    known: dict[int, list[StandsIn]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for one in self.stand_ins:
            self.known.setdefault(one.person_id, []).append(one)


def addressed(facts: Facts) -> Addressed:
    """Who gets the letter, and what stops it."""
    living = [party for party in facts.parties if not _is_dead(party, facts)]
    return Addressed(
        recipients=tuple(one for party in living for one in _recipients(party, facts)),
        hindrances=tuple(_hindrances(living, facts)),
        tells_place=not facts.is_shielded,
    )


def _is_dead(party: Party, facts: Facts) -> bool:
    return party.died_on is not None and party.died_on <= facts.on


def _hindrances(living: Sequence[Party], facts: Facts) -> Iterator[Hindrance]:
    if not facts.parties:
        yield Hindrance(lack=Lack.NOBODY)
    if not living:
        for party in facts.parties:
            yield Hindrance(lack=Lack.DEAD, name=party.name, died_on=party.died_on)
    for party in living:
        answers = [one for one in facts.known.get(party.person_id, []) if one.standing is not Standing.AGENT]
        if _is_under(party, facts.ages.own_letter, facts) and not any(one.gets_letters for one in answers):
            yield Hindrance(lack=Lack.NO_PARENT, name=party.name)
        elif _is_under(party, facts.ages.adult, facts) and not answers:
            yield Hindrance(lack=Lack.PARENT_UNKNOWN, name=party.name)


def _is_under(party: Party, years: int, facts: Facts) -> bool:
    return facts.on < birthday(party.born_on, years)


def _recipients(party: Party, facts: Facts) -> Iterator[Recipient]:
    """The party, unless too young; then each who stands in for them and gets this kind of letter."""
    language = party.language or facts.default_language
    if not _is_under(party, facts.ages.own_letter, facts):
        yield Recipient(
            standing=Standing.PARTY,
            person_id=party.person_id,
            name=party.name,
            language=language,
            address="" if facts.is_shielded else facts.address,
            explaining=NeedsExplaining(party.spoken) if party.needs_interpreter else None,
            is_by_hand=facts.is_shielded,
        )
    for one in facts.known.get(party.person_id, []):
        if one.gets_letters and _concerns(one, party, facts):
            yield Recipient(
                standing=one.standing,
                person_id=party.person_id,
                representative_id=one.representative_id,
                name=one.name,
                organisation=one.organisation,
                language=language,
                address=one.address,
                on_behalf_of=party.name,
                needs_confirmation=facts.is_shielded,
            )


def _concerns(one: StandsIn, party: Party, facts: Facts) -> bool:
    """A mandate that does not reach the matter gives no letter; parental responsibility ends with childhood."""
    if one.standing is Standing.PARENT:
        return _is_under(party, facts.ages.adult, facts)
    if one.standing is Standing.AGENT or one.scope == "both":
        return True
    return one.scope in REACH.get(facts.kind, _EVERYTHING)
