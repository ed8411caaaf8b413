from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from cases.law import Rule
from cases.letters.contents.frame import Letter


@dataclass(frozen=True, kw_only=True)
class LeaseLetter(Letter):
    """What a tenant is told before signing (leieinformasjon): husleieloven §§ 9-3 and 11-1, rent and deposit.

    `ends_on` none: a lease without end. `short_reason`: why it may be shorter than three years, required for a home
    reserved for the disadvantaged with a shorter lease. Money in kroner. The rules come from the rule data.
    """

    template: ClassVar[str] = "lease.html"

    landlord: str
    dwelling: str
    starts_on: date
    ends_on: date | None = None
    is_reserved: bool = False
    short_reason: str = ""
    rent_a_month: int
    included: str = ""
    deposit: int = 0
    guarantee: int = 0
    most_months: int
    deposit_rule: Rule
    period_rule: Rule
    reserved_rule: Rule
    notice_months: int | None = None

    @property
    def secured(self) -> int:
        return self.deposit + self.guarantee


@dataclass(frozen=True, kw_only=True)
class OfferLetter(Letter):
    """A dwelling is offered (tilbud om bolig): what it is, what it costs, and how to answer by when.

    `declining` and `silence` are what a no, and no answer, mean for the application: codes of `OfferEffect`. No address
    where it may not stand in a letter. Rent in kroner a month.
    """

    template: ClassVar[str] = "offer.html"

    dwelling: str
    rooms: int | None = None
    area_m2: int | None = None
    rent_a_month: int | None = None
    moves_in_from: date
    answer_by: date
    viewing: str = ""
    declining: str = "keeps"
    silence: str = "keeps"
