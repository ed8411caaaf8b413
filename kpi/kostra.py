"""The cells of KOSTRA's form 13, the checks of a year's figures, and what has to be explained. It knows no row."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kpi.catalogue import BY_CODE
from kpi.declaring import Indicator, Rule
from kpi.groups import narrowed

_FILE = Path(__file__).parent / "data" / "kostra.toml"
#: A change from last year of more than so many per cent, and of more than so many, is explained.
PERCENT, NUMBER = 20, 5

BLOCKS: dict[str, str | Promise] = {
    "dwellings": _("Dwellings on 31 December"),
    "change": _("Change in the year"),
    "applications": _("Applications in the year"),
    "allotted": _("New tenant households by main reason"),
    "waiting": _("Waiting list on 31 December by main reason"),
    "temporary": _("Temporary accommodation in the year"),
    "shelter": _("Night shelter in the year"),
}
LABELS: dict[str, str | Promise] = {
    "dwellings": _("Dwellings in all"),
    "dwellings_owned": _("Owned by the municipality"),
    "dwellings_rented_in": _("Rented in"),
    "dwellings_private": _("Private, with the municipality's right to choose tenants"),
    "dwellings_accessible": _("Accessible by wheelchair"),
    "dwellings_let": _("Let on the day"),
    "acquired": _("Built, bought or taken in"),
    "disposed": _("Sold or ended"),
    "applied_new": _("New applications received"),
    "applied_swap": _("Applications to swap received"),
    "applied_renewal": _("Applications to renew received"),
    "refused_new": _("New applications refused"),
    "refused_other": _("Other applications refused"),
    "allotted": _("New tenant households in all"),
    "allotted_refugee": _("New tenants: refugee"),
    "allotted_mental_or_drugs": _("New tenants: mental illness or drugs"),
    "allotted_adapted_home": _("New tenants: need of an adapted home"),
    "allotted_other": _("New tenants: other reason"),
    "waiting": _("Households waiting in all"),
    "waiting_refugee": _("Waiting: refugee"),
    "waiting_mental_or_drugs": _("Waiting: mental illness or drugs"),
    "waiting_adapted_home": _("Waiting: need of an adapted home"),
    "waiting_other": _("Waiting: other reason"),
    "temporary": _("Households in temporary accommodation"),
    "temporary_14": _("At most 14 nights"),
    "temporary_three_months": _("Up to three months, those with at most 14 nights included"),
    "temporary_over": _("More than three months"),
    "families": _("Families with children under 18"),
    "families_over": _("Families more than three months"),
    "night_shelter": _("Households in night shelter"),
}


@dataclass(frozen=True, kw_only=True)
class KostraCell:
    """One cell: what counts it, and from and to which years the form has it."""

    key: str
    block: str
    indicator: str
    group: str = ""
    is_duration: bool = False
    since: int = 0
    until: int = 9999

    @property
    def label(self) -> str | Promise:
        return LABELS[self.key]

    @property
    def counted_by(self) -> Indicator:
        """Under the cell's own code: several cells may count by one indicator."""
        one = BY_CODE[self.indicator]
        return replace(narrowed(one, self.group) if self.group else one, code=self.key)

    def rule_of(self, chosen: Mapping[str, str]) -> Rule:
        """The form's own rule unless another is chosen for it."""
        return Rule(chosen.get(self.key, Rule.KOSTRA)) if self.is_duration else Rule.KOSTRA


@cache
def _all_cells() -> tuple[KostraCell, ...]:
    return tuple(KostraCell(**row) for row in tomllib.loads(_FILE.read_text(encoding="utf-8"))["cell"])


def cells_of(year: int) -> list[KostraCell]:
    """The cells that the form had that year."""
    return [cell for cell in _all_cells() if cell.since <= year <= cell.until]


Values = Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Check:
    """One rule that a year's cells keep: the sum of `parts` is, or is at most, `whole`. A hard one always holds."""

    key: str
    text: str | Promise
    parts: tuple[str, ...]
    whole: str
    is_sum: bool = False
    is_hard: bool = True

    def finds(self, values: Values) -> bool:
        """Whether the cells break it; what is not known breaks nothing."""
        if any(key not in values for key in (*self.parts, self.whole)):
            return False
        total = sum(values[key] for key in self.parts)
        return total != values[self.whole] if self.is_sum else total > values[self.whole]


CHECKS: tuple[Check, ...] = (
    Check(
        key="dwellings_sum",
        text=_("Owned, rented in and private dwellings are not all dwellings together."),
        parts=("dwellings_owned", "dwellings_rented_in", "dwellings_private"),
        whole="dwellings",
        is_sum=True,
    ),
    Check(
        key="let",
        text=_("More dwellings are let than there are."),
        parts=("dwellings_let",),
        whole="dwellings",
    ),
    Check(
        key="accessible",
        text=_("More dwellings are accessible than there are."),
        parts=("dwellings_accessible",),
        whole="dwellings",
    ),
    Check(
        key="duration",
        text=_("Up to three months and more than three months are not all households together."),
        parts=("temporary_three_months", "temporary_over"),
        whole="temporary",
        is_sum=True,
    ),
    Check(
        key="short",
        text=_("More households stayed at most 14 nights than up to three months."),
        parts=("temporary_14",),
        whole="temporary_three_months",
    ),
    Check(
        key="families",
        text=_("There are more families in temporary accommodation than households."),
        parts=("families",),
        whole="temporary",
    ),
    Check(
        key="families_over",
        text=_("More families stayed more than three months than there were families."),
        parts=("families_over",),
        whole="families",
    ),
    Check(
        key="refused",
        text=_("More new applications were refused than received."),
        parts=("refused_new",),
        whole="applied_new",
        is_hard=False,
    ),
    Check(
        key="allotted_reason",
        text=_("The main reason is not known for all new tenant households."),
        parts=("allotted_refugee", "allotted_mental_or_drugs", "allotted_adapted_home", "allotted_other"),
        whole="allotted",
        is_sum=True,
        is_hard=False,
    ),
    Check(
        key="waiting_reason",
        text=_("The main reason is not known for all who wait."),
        parts=("waiting_refugee", "waiting_mental_or_drugs", "waiting_adapted_home", "waiting_other"),
        whole="waiting",
        is_sum=True,
        is_hard=False,
    ),
)


def is_much(value: int, before: int | None) -> bool:
    """Whether a change from last year is to be explained: above the per cent and above the number."""
    if before is None:
        return False
    change = abs(value - before)
    return change > NUMBER and 100 * change > PERCENT * before
