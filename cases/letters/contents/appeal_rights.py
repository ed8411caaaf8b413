"""How and where a decision is appealed, from the rule data: nobody types it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cases import law
from cases.law import NO_CHOICES, Basis, Body, Choices, Rule

_FORWARDED = ("appeal.weeks", "appeal.absolute_years", "appeal.prepared", "appeal.suspended")


@dataclass(frozen=True)
class AppealRights:
    """What a party is told about appeal (klageadgang): the body, the time, the rules, and the right to see the file.

    `act` is the public administration act in force, by its code. The body follows from the legal basis.
    """

    body: Body
    act: str
    weeks: int
    years: int
    rules: tuple[Rule, ...]
    file_access: Rule


def appeal_rights(basis: Basis, *, on: date, choices: Choices = NO_CHOICES) -> AppealRights:
    """The rights that go with a decision on this basis, issued on that day."""
    codes = ([basis.appeal_rule] if basis.appeal_rule else []) + list(_FORWARDED)
    rules = tuple(law.rule(code, on=on, choices=choices) for code in codes)
    return AppealRights(
        body=basis.body,
        act=law.rule("appeal.weeks", on=on, choices=choices).act.code,
        weeks=law.value("appeal.weeks", on=on, choices=choices),
        years=law.value("appeal.absolute_years", on=on, choices=choices),
        rules=rules,
        file_access=law.rule("file_access", on=on, choices=choices),
    )
