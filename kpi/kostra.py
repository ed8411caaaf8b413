"""The cells of KOSTRA's form 13, what has to be explained, and the shares published over them. It knows no row."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kpi.catalogue import BY_CODE
from kpi.declaring import Indicator, Rule
from kpi.groups import narrowed

_FILE = Path(__file__).parent / "data" / "kostra.toml"
#: A change from last year of more than so many per cent, or of more than so many, is explained.
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
    "allotted_mental": _("New tenants: mental illness"),
    "allotted_drugs": _("New tenants: drugs"),
    "allotted_mental_and_drugs": _("New tenants: mental illness and drugs"),
    "allotted_adapted_home": _("New tenants: need of an adapted home"),
    "allotted_other": _("New tenants: other reason"),
    "waiting": _("Households waiting in all"),
    "waiting_refugee": _("Waiting: refugee"),
    "waiting_mental_or_drugs": _("Waiting: mental illness or drugs"),
    "waiting_mental": _("Waiting: mental illness"),
    "waiting_drugs": _("Waiting: drugs"),
    "waiting_mental_and_drugs": _("Waiting: mental illness and drugs"),
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
    """One cell: what counts it, and from and to which years the form has it.

    Without an indicator nothing registered counts it, and the municipality answers.
    """

    key: str
    block: str
    indicator: str = ""
    group: str = ""
    is_duration: bool = False
    since: int = 0
    until: int = 9999

    @property
    def label(self) -> str | Promise:
        return LABELS[self.key]

    @property
    def is_asked(self) -> bool:
        return not self.indicator

    @property
    def counted_by(self) -> Indicator:
        """Under the cell's own code: several cells may count by one indicator."""
        one = BY_CODE[self.indicator]
        return replace(narrowed(one, self.group) if self.group else one, code=self.key)

    @property
    def is_of_dwellings(self) -> bool:
        return not self.is_asked and BY_CODE[self.indicator].is_of_dwellings

    def rule_of(self, chosen: Mapping[str, str]) -> Rule:
        """The form's own rule unless another is chosen for it."""
        return Rule(chosen.get(self.key, Rule.KOSTRA)) if self.is_duration else Rule.KOSTRA


@cache
def _all_cells() -> tuple[KostraCell, ...]:
    return tuple(KostraCell(**row) for row in tomllib.loads(_FILE.read_text(encoding="utf-8"))["cell"])


def cells_of(year: int) -> list[KostraCell]:
    """The cells that the form had that year."""
    return [cell for cell in _all_cells() if cell.since <= year <= cell.until]


def cell_of(key: str) -> KostraCell | None:
    """The cell of that key, of any year."""
    return next((cell for cell in _all_cells() if cell.key == key), None)


#: Asked beside the cells: the form has it not, and a published figure is reckoned by it.
INHABITANTS = "inhabitants"


def asked_of(year: int) -> dict[str, str | Promise]:
    """What the municipality answers of the year, with its label."""
    return {
        **{cell.key: cell.label for cell in cells_of(year) if cell.is_asked},
        INHABITANTS: _("Inhabitants on 31 December"),
    }


def is_much(value: int | None, before: int | None) -> bool:
    """Whether a change from last year is to be explained: above the per cent, or above the number."""
    if value is None or before is None:
        return False
    change = abs(value - before)
    return change > NUMBER or 100 * change > PERCENT * before


@dataclass(frozen=True, kw_only=True)
class Reckoned:
    """A figure published over the cells: some of them by others, as so many of `per`, with so many decimals."""

    key: str
    label: str | Promise
    counted: tuple[str, ...]
    of: tuple[str, ...]
    per: int = 100
    decimals: int = 0

    def value(self, values: Mapping[str, int | None]) -> Decimal | None:
        """None where a cell is not known, or of nothing."""
        told = [[values.get(key) for key in keys] for keys in (self.counted, self.of)]
        if any(one is None for side in told for one in side):
            return None
        counted, of = (sum(one or 0 for one in side) for side in told)
        return rounded(counted, of, per=self.per, decimals=self.decimals)


def rounded(counted: int, of: int, *, per: int = 100, decimals: int = 0) -> Decimal | None:
    """A share as it is published: rounded half up, to whole per cent unless told; None of nothing."""
    if not of:
        return None
    return (Decimal(per * counted) / of).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


RECKONED: tuple[Reckoned, ...] = (
    Reckoned(
        key="per_1000",
        label=_("Dwellings per 1,000 inhabitants"),
        counted=("dwellings",),
        of=(INHABITANTS,),
        per=1000,
        decimals=1,
    ),
    Reckoned(key="owned", label=_("Owned, of all"), counted=("dwellings_owned",), of=("dwellings",)),
    Reckoned(key="accessible", label=_("Accessible, of all"), counted=("dwellings_accessible",), of=("dwellings",)),
    Reckoned(key="let", label=_("Let, of all"), counted=("dwellings_let",), of=("dwellings",)),
    Reckoned(key="refused", label=_("New applicants refused"), counted=("refused_new",), of=("applied_new",)),
    *(
        Reckoned(
            key=f"allotted_{reason}",
            label=LABELS[f"allotted_{reason}"],
            counted=(f"allotted_{reason}",),
            of=("allotted",),
        )
        for reason in ("refugee", "mental_or_drugs", "adapted_home", "other")
    ),
    Reckoned(key="short", label=_("At most 14 nights, of all"), counted=("temporary_14",), of=("temporary",)),
    Reckoned(
        key="three_months",
        label=_("Up to three months, of all"),
        counted=("temporary_three_months",),
        of=("temporary",),
    ),
    Reckoned(key="families_over", label=_("Families over three months"), counted=("families_over",), of=("families",)),
    Reckoned(
        key="turnover",
        label=_("Turnover: new tenants, of dwellings"),
        counted=("allotted",),
        of=("dwellings",),
        decimals=1,
    ),
)
