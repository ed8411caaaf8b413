"""A month's requests in figures, for the leader and for who reports: each figure is the number of lines in its list.

A unit's figures count the households that the list names by name or by case number; nobody who is shielded from whoever
looks. How many more there are is told of a whole municipality's total alone: a smaller count would point at them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import IS_UNLAWFUL, Forwarding, Outcome, Request, no_answer_on_its_day
from cases.questions.requests import Month, RequestRow, refused_without_decision, rows_of
from people.access import reported_households, units_with
from people.models import Employee, Household, Unit
from people.roles import Permission


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One figure: its code in addresses, its words, and which requests it counts."""

    code: str
    label: str | Promise
    definition: str | Promise
    of_tonight: bool | None = None
    outcome: Outcome | str | None = None
    other: Q | None = None

    def holds(self, at: datetime) -> Q:
        """The condition on a request, as known at a moment."""
        condition = Q()
        if self.of_tonight is not None:
            condition &= Q(lacks_place_tonight=self.of_tonight)
        if self.outcome is not None:
            condition &= Q(outcome=self.outcome)
        if self.other is not None:
            condition &= self.other
        return condition & no_answer_on_its_day(at) if self.code == "no_answer" else condition


def _by_outcome() -> Iterator[Measure]:
    """Asked, each outcome and no outcome yet: first of those who lacked a place, then of the others."""
    for code, is_tonight, whose in (
        ("tonight", True, _("Lacked a place for the coming 24 hours.")),
        ("other", False, _("Asked for something else, and had a place to stay.")),
    ):
        yield Measure(code=f"asked_{code}", label=_("Asked"), definition=whose, of_tonight=is_tonight)
        for outcome in Outcome:
            yield Measure(
                code=f"{outcome.value}_{code}",
                label=outcome.label,
                definition=whose,
                of_tonight=is_tonight,
                outcome=outcome,
            )
        yield Measure(
            code=f"waits_{code}", label=_("No outcome yet"), definition=whose, of_tonight=is_tonight, outcome=""
        )


ASKED = Measure(code="asked", label=_("Requests"), definition=_("Asked in the month, whatever it was about."))
NOT_LAWFUL = (
    Measure(
        code="unlawful",
        label=_("Unlawful outcomes"),
        definition=_(
            "Lacked a place and found none, got one below standard, or was told to find something: "
            "sosialtjenesteloven § 27."
        ),
        other=IS_UNLAWFUL,
    ),
    Measure(
        code="no_answer",
        label=_("No answer the same day"),
        definition=_("Lacked a place and had no outcome before midnight; one given later does not change that."),
    ),
    Measure(
        code="undecided",
        label=_("Refused without a decision"),
        definition=_("Refused, and no decision that says no was given: sosialtjenesteloven § 41."),
        other=refused_without_decision(),
    ),
    Measure(
        code="handed_on",
        label=_("Handed on"),
        definition=_("Came to the wrong place and was handed on, once or more."),
        other=Q(Exists(Forwarding.objects.filter(request=OuterRef("pk")))),
    ),
)
MEASURES: dict[str, Measure] = {one.code: one for one in (ASKED, *_by_outcome(), *NOT_LAWFUL)}


@dataclass(frozen=True, kw_only=True)
class Where:
    """A unit, or all of a municipality where `unit` is None."""

    code: str
    name: str
    municipality: str
    unit: Unit | None = None


@dataclass(frozen=True)
class Report:
    """A month's requests at a place, as an employee may know of them."""

    where: Where
    month: Month
    employee: Employee
    at: datetime
    counts: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        counted = {
            f"n_{code}": Count("pk", filter=one.holds(self.at)) for code, one in MEASURES.items() if one.code != "asked"
        }
        found = self._told().aggregate(n_asked=Count("pk"), **counted)
        object.__setattr__(self, "counts", {name.removeprefix("n_"): number for name, number in found.items()})

    @property
    def hidden(self) -> int | None:
        """How many requests more there were, of households that are not told of; of a whole municipality alone."""
        if self.where.unit is not None:
            return None
        hidden = Household.objects.hidden_from(self.employee, at=self.at)
        return self._asked().filter(household__in=hidden).exclude(household__in=self._reported()).count()

    def ids_behind(self, measure: Measure) -> list[int]:
        """The requests of a figure, the first asked first."""
        behind = self._told().filter(measure.holds(self.at)).order_by("asked_at", "pk")
        return list(behind.values_list("pk", flat=True))

    def rows(self, request_ids: list[int]) -> list[RequestRow]:
        """Their rows: with name and key of the households that the employee may open, else by case number alone."""
        asked = Household.objects.filter(requests__in=request_ids)
        seen = set(asked.visible_to(self.employee, at=self.at).values_list("pk", flat=True))
        return rows_of(request_ids, self.employee, at=self.at, seen=seen)

    def _asked(self) -> QuerySet[Request]:
        here: Any = {"unit": self.where.unit} if self.where.unit else {"unit__municipality": self.where.municipality}
        return self.month.asked(Request.objects.filter(**here))

    def _reported(self) -> QuerySet[Household]:
        return reported_households(Household.objects.all(), self.employee, at=self.at)

    def _told(self) -> QuerySet[Request]:
        visible = Household.objects.visible_to(self.employee, at=self.at)
        return self._asked().filter(Q(household__in=visible) | Q(household__in=self._reported()))


def places_to_report(employee: Employee, *, at: datetime) -> list[Where]:
    """Where the employee may take out figures: each municipality as a whole for who reports it, and the units."""
    units = units_with(employee, Permission.EXPORT, at=at).select_related("municipality")
    reports = set(units_with(employee, Permission.ASK_FOR_CORRECTION, at=at).values_list("municipality", flat=True))
    found: list[Where] = []
    for unit in sorted(units, key=lambda one: (one.municipality.name, one.name, one.pk)):
        number, name = unit.municipality_id, unit.municipality.name
        if number in reports and not any(one.code == number for one in found):
            found.append(Where(code=number, name=name, municipality=number))
        found.append(Where(code=unit.ref, name=unit.name, municipality=number, unit=unit))
    return found
