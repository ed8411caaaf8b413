"""Reads the rule data once and answers what applied on a day. Standard library only.

What somebody has yet to decide (the start of an act, a municipality's own choice) is handed in as `Choices`: for each
code the values chosen, each with its first day. Nothing chosen means the default, or that an act has not begun.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from pathlib import Path
from typing import Any

#: For each choice what was chosen and from which day, oldest first.
Choices = Mapping[str, Sequence[tuple[date, str]]]
NO_CHOICES: Choices = {}

_FOLDER = Path(__file__).parent


class NotInForce(LookupError):
    """No version of the rule applied on that day."""


class Body(StrEnum):
    """Who decides an appeal (klageinstans)."""

    STATSFORVALTEREN = "statsforvalteren"
    KLAGENEMND = "klagenemnd"


@dataclass(frozen=True)
class Choice:
    """Something to be decided: a day that something begins, or one of `options`."""

    code: str
    kind: str
    options: tuple[str, ...] = ()
    default: str = ""
    note: str = ""

    def on(self, day: date, choices: Choices) -> str:
        """What is chosen for a day: the latest choice that had begun, else the default."""
        begun = [value for first, value in choices.get(self.code, ()) if first <= day]
        return begun[-1] if begun else self.default


@dataclass(frozen=True)
class Act:
    """An act or regulation (lov, forskrift). `starts` and `ends` are days, or the choice that sets them."""

    code: str
    name: str
    long_name: str
    identity: str
    starts: date | str
    ends: date | str | None = None

    def is_in_force(self, on: date, choices: Choices) -> bool:
        begun, ended = _day(self.starts, on, choices), _day(self.ends, on, choices)
        return begun is not None and begun <= on and (ended is None or on < ended)


@dataclass(frozen=True)
class Rule:
    """One rule in one act. `value` is what it turns on, in the unit that its code names."""

    code: str
    act: Act
    paragraph: str
    says: str
    value: int | time | None = None
    is_checked: bool = True
    note: str = ""

    @property
    def citation(self) -> str:
        return cited(self.act, self.paragraph)


@dataclass(frozen=True)
class Basis:
    """What a decision is founded on (hjemmel), and so where it is appealed: nobody chooses or types the body."""

    code: str
    kind: str
    act: Act
    paragraph: str
    body: Body
    starts: date | None = None
    appeal_rule: str = ""
    is_checked: bool = True
    note: str = ""

    @property
    def citation(self) -> str:
        return cited(self.act, self.paragraph)

    def is_in_force(self, on: date, choices: Choices = NO_CHOICES) -> bool:
        return (self.starts is None or self.starts <= on) and self.act.is_in_force(on, choices)


@dataclass(frozen=True)
class _Part:
    name: str
    rule: str
    kinds: frozenset[str]
    moves: frozenset[str]
    results: frozenset[str]
    for_children: bool


def cited(act: Act, paragraph: str) -> str:
    """As a jurist would name it: `sosialtjenesteloven § 27`."""
    return f"{act.name} {paragraph}".strip()


def rule(code: str, *, on: date, choices: Choices = NO_CHOICES) -> Rule:
    """The rule as it applied on a day.

    :raises KeyError: when there is no such rule
    :raises NotInForce: when no act that holds it was in force
    """
    for one in _RULES[code]:
        if one.act.is_in_force(on, choices):
            return one
    raise NotInForce(code)


def value(code: str, *, on: date, choices: Choices = NO_CHOICES) -> int:
    """The number that a rule turned on that day, in the unit of its code.

    :raises TypeError: when the rule turns on no number
    """
    found = rule(code, on=on, choices=choices).value
    if not isinstance(found, int):
        raise TypeError(code)
    return found


def basis(code: str) -> Basis:
    """:raises KeyError: when there is no such legal basis"""
    return BASES[code]


def bases(kind: str, *, on: date, choices: Choices = NO_CHOICES) -> list[Basis]:
    """What a decision of that kind can be founded on that day, the municipality's choice first."""
    found = [one for one in BASES.values() if one.kind == kind and one.is_in_force(on, choices)]
    chooser = CHOICES.get(f"{kind}_basis")
    chosen = chooser.on(on, choices) if chooser else ""
    return sorted(found, key=lambda one: one.code != chosen)


def part_rules(
    *, kind: str, move: str, result: str, has_children: bool, on: date, choices: Choices = NO_CHOICES
) -> dict[str, Rule]:
    """The parts that a decision must have, by name in the letter's order, each with the rule that asks for it."""
    return {
        part.name: rule(part.rule, on=on, choices=choices)
        for part in _PARTS
        if (not part.kinds or kind in part.kinds)
        and (not part.moves or move in part.moves)
        and (not part.results or result in part.results)
        and (has_children or not part.for_children)
    }


def needs_two_persons(*, kind: str, result: str, on: date, choices: Choices = NO_CHOICES) -> bool:
    """Whether somebody else than who wrote the decision has to approve it."""
    chosen = CHOICES[f"two_persons_{kind}"].on(on, choices)
    return chosen == "always" or (chosen == "refusals" and result in {"refused", "dismissed"})


def unchecked(*, on: date, choices: Choices = NO_CHOICES) -> list[Rule | Basis]:
    """What could not be read in the text in force that day and is to be checked, rules first."""
    rules = [one for versions in _RULES.values() for one in versions if one.act.is_in_force(on, choices)]
    founded = [one for one in BASES.values() if one.is_in_force(on, choices)]
    both: list[Rule | Basis] = [*rules, *founded]
    return [one for one in both if not one.is_checked]


def no_appeal_guidance(subject: str) -> str:
    """The code of the guidance on where to go with what cannot be appealed.

    :raises KeyError: when it can be appealed, or is unknown
    """
    return str(_read("decisions")["no_appeal"][subject]["guidance"])


def _day(bound: date | str | None, on: date, choices: Choices) -> date | None:
    """A bound as a day; one that is to be decided is none until it is. The last word on it counts."""
    if not isinstance(bound, str):
        return bound
    chosen = choices.get(bound, ())
    return date.fromisoformat(chosen[-1][1]) if chosen and chosen[-1][1] else None


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text())


def _acts() -> dict[str, Act]:
    return {
        code: Act(code, row["name"], row["long_name"], row["identity"], row["from"], row.get("until"))
        for code, row in _read("acts")["acts"].items()
    }


def _choices() -> dict[str, Choice]:
    return {
        code: Choice(code, row["kind"], tuple(row.get("options", ())), row.get("default", ""), row.get("note", ""))
        for code, row in _read("choices")["choices"].items()
    }


def _rules() -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for row in _read("rules")["rule"]:
        one = Rule(
            code=row["code"],
            act=ACTS[row["act"]],
            paragraph=row["paragraph"],
            says=row["says"],
            value=row.get("value"),
            is_checked=row.get("checked", True),
            note=row.get("note", ""),
        )
        found.setdefault(one.code, []).append(one)
    return found


def _bases() -> dict[str, Basis]:
    return {
        row["code"]: Basis(
            code=row["code"],
            kind=row["kind"],
            act=ACTS[row["act"]],
            paragraph=row["paragraph"],
            body=Body(row["body"]),
            starts=row.get("from"),
            appeal_rule=row.get("appeal_rule", ""),
            is_checked=row.get("checked", True),
            note=row.get("note", ""),
        )
        for row in _read("decisions")["basis"]
    }


def _parts() -> tuple[_Part, ...]:
    return tuple(
        _Part(
            name=row["name"],
            rule=row["rule"],
            kinds=frozenset(row.get("kinds", ())),
            moves=frozenset(row.get("moves", ())),
            results=frozenset(row.get("results", ())),
            for_children=row.get("for_children", False),
        )
        for row in _read("decisions")["part"]
    )


ACTS = _acts()
CHOICES = _choices()
BASES = _bases()
_RULES = _rules()
_PARTS = _parts()
