"""People who do not exist: names nobody has, and national ids of the synthetic series."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from cases.demo.content import content
from people.actions.persons import NewMember
from people.models import MemberRole, Protection
from people.national_ids import with_check_digits

DAYS_IN_YEAR = 365
#: Shares of all people.
WITHOUT_ID, APPROXIMATE, WITH_INTERPRETER = 0.12, 0.04, 0.15


class Cast:
    """Gives people out, each only once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._given: dict[str, list[str]] = content("people")["given"]
        self._family: list[str] = content("people")["family"]["names"]
        self._languages: list[str] = content("people")["languages"]["interpreted"]
        self._numbers: set[str] = set()

    def single(self, on: date, *, ages: tuple[int, int] = (25, 62), **facts: Any) -> list[NewMember]:
        return [self._somebody(on, MemberRole.APPLICANT, ages, **facts)]

    def family(self, on: date, *, children: int, is_couple: bool = False, **facts: Any) -> list[NewMember]:
        """Applicant, perhaps a partner, and children of one family name."""
        name = self._rng.choice(self._family)
        adults = [self._somebody(on, MemberRole.APPLICANT, (27, 45), family=name, **facts)]
        if is_couple:
            adults.append(self._somebody(on, MemberRole.PARTNER, (27, 48), family=name))
        return [*adults, *(self.child(on, family=name) for _ in range(children))]

    def couple(self, on: date) -> list[NewMember]:
        return [
            self._somebody(on, MemberRole.APPLICANT, (22, 50)),
            self._somebody(on, MemberRole.PARTNER, (22, 50)),
        ]

    def child(self, on: date, *, family: str, ages: tuple[int, int] = (1, 14)) -> NewMember:
        return self._somebody(on, MemberRole.CHILD, ages, kind="child", family=family)

    def newborn(self, on: date, *, family: str) -> NewMember:
        child = self._somebody(on, MemberRole.CHILD, (0, 0), kind="child", family=family)
        return replace(child, born_on=on, national_id="")

    def _somebody(
        self,
        on: date,
        role: MemberRole,
        ages: tuple[int, int],
        *,
        kind: str = "",
        family: str = "",
        protection: Protection = Protection.NONE,
    ) -> NewMember:
        born_on = on - timedelta(days=self._rng.randint(ages[0] * DAYS_IN_YEAR + 8, (ages[1] + 1) * DAYS_IN_YEAR - 8))
        kind = kind or self._rng.choice(["female", "male", "male"])
        has_id = self._rng.random() >= WITHOUT_ID
        is_approximate = not has_id and self._rng.random() < APPROXIMATE / WITHOUT_ID
        needs_interpreter = role != MemberRole.CHILD and self._rng.random() < WITH_INTERPRETER
        return NewMember(
            role=role,
            national_id=self._number(born_on) if has_id else "",
            name=f"{self._rng.choice(self._given[kind])} {family or self._rng.choice(self._family)}",
            born_on=born_on.replace(month=1, day=1) if is_approximate else born_on,
            is_birth_approximate=is_approximate,
            language=self._rng.choice(self._languages) if needs_interpreter else "",
            needs_interpreter=needs_interpreter,
            protection=protection,
        )

    def _number(self, born_on: date) -> str:
        first = 500 if born_on.year >= 2000 else 0
        while True:
            individual = first + self._rng.randrange(499)
            number = with_check_digits(f"{born_on:%d}{born_on.month + 80}{born_on:%y}{individual:03}")
            if number is not None and number not in self._numbers:
                self._numbers.add(number)
                return number
