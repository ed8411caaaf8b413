"""Invoices of providers as somebody may see them: each line held against the nights that they may know of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from housing.invoices import Charged, Checked, Finding, Missing, Nights, Slept, check, missing
from housing.masking import is_place_told
from housing.models import InvoiceLine, ProviderInvoice, Residence, Room, Verdict
from people.decision import NOTHING
from people.masking import sights_of
from people.models import Employee, Household

#: What each finding is called on screen.
FINDING_LABELS = {
    Finding.WITHHELD: _("Not available to you"),
    Finding.NO_SUCH_ROOM: _("The provider has no such room here"),
    Finding.NOBODY_THERE: _("Nobody had the room"),
    Finding.SOME_NIGHTS_EMPTY: _("Nobody had the room some of the nights"),
    Finding.CHARGED_TWICE: _("Charged twice"),
    Finding.WRONG_PRICE: _("Another price than agreed"),
    Finding.WRONG_SUM: _("The sum is not nights times price"),
}


@dataclass(frozen=True)
class LineSeen:
    """A line with what is found of it, and the households whose nights they are where the reader may know."""

    line: InvoiceLine
    checked: Checked
    households: list[Household]

    @property
    def nights(self) -> int:
        return (self.line.ends_on - self.line.starts_on).days

    @property
    def too_much(self) -> Decimal | None:
        """Kroner charged beyond what the nights cost; None where that cannot be said."""
        return None if self.checked.due is None else self.line.amount - self.checked.due

    @property
    def findings(self) -> list[tuple[Finding, object]]:
        return [(finding, FINDING_LABELS[finding]) for finding in self.checked.findings]


@dataclass(frozen=True)
class MissingSeen:
    """Nights that somebody lived there and nobody charged, with whose they are."""

    household: Household
    room: Room | None
    nights: tuple[Nights, ...]


@dataclass(frozen=True)
class InvoiceSeen:
    """An invoice and all that is found of it. Sums are in kroner."""

    invoice: ProviderInvoice
    lines: list[LineSeen]
    missing: list[MissingSeen]

    @property
    def amount(self) -> Decimal:
        return sum((seen.line.amount for seen in self.lines), Decimal(0))

    @property
    def accepted(self) -> Decimal:
        return self._sum(Verdict.ACCEPTED)

    @property
    def disputed(self) -> Decimal:
        return self._sum(Verdict.DISPUTED)

    @property
    def is_handled(self) -> bool:
        return all(seen.line.verdict for seen in self.lines)

    @property
    def in_order(self) -> list[LineSeen]:
        """Lines without a verdict in which nothing is wrong."""
        return [seen for seen in self.lines if not seen.line.verdict and seen.checked.is_in_order]

    def _sum(self, verdict: Verdict) -> Decimal:
        return sum((seen.line.amount for seen in self.lines if seen.line.verdict == verdict), Decimal(0))


def invoices_of(municipalities: Iterable[str]) -> QuerySet[ProviderInvoice]:
    """Their invoices with `amount`, and how many lines are `undecided` and `disputed`; the newest first."""
    return (
        ProviderInvoice.objects.filter(provider__municipality__in=municipalities)
        .select_related("provider")
        .annotate(
            amount=Sum("lines__amount"),
            undecided=Count("lines", filter=Q(lines__verdict="")),
            disputed=Count("lines", filter=Q(lines__verdict=Verdict.DISPUTED)),
        )
        .order_by("-issued_on", "-pk")
    )


def seen_by(invoice: ProviderInvoice, employee: Employee, *, at: datetime) -> InvoiceSeen:
    """The invoice held against all that is known today. A constant number of statements."""
    lines = list(invoice.lines.order_by("place").select_related("room", "judged_by"))
    charged = [_charged(line) for line in lines]
    others = [_charged(line) for line in _other_lines(invoice)]
    residences = {one.pk: one for one in _there(invoice)}
    sights = sights_of([one.household_id for one in residences.values()], employee, at=at)
    told = {one.pk for one in residences.values() if is_place_told(one.kind, sights.get(one.household_id, NOTHING))}
    slept = [run for one in residences.values() if (run := _slept(one, one.pk in told, today=localdate(at)))]
    checked = check(charged, slept, others=others, untold=_out_of_use(invoice))
    period = Nights(invoice.starts_on, invoice.ends_on)
    return InvoiceSeen(
        invoice=invoice,
        lines=[
            LineSeen(line, one, [residences[pk].household for pk in one.residences])
            for line, one in zip(lines, checked, strict=True)
        ],
        missing=[_missing(one, residences) for one in missing(slept, charged, period, others=others)],
    )


def _charged(line: InvoiceLine) -> Charged:
    nights = Nights(line.starts_on, line.ends_on)
    return Charged(line.pk, line.room_id, nights, line.price_a_night, line.amount)


def _other_lines(invoice: ProviderInvoice) -> QuerySet[InvoiceLine]:
    """What earlier invoices of the provider charge for the same nights, and nobody has disputed."""
    return InvoiceLine.objects.filter(
        invoice__provider=invoice.provider_id,
        invoice__lt=invoice.pk,
        starts_on__lt=invoice.ends_on,
        ends_on__gt=invoice.starts_on,
    ).exclude(verdict=Verdict.DISPUTED)


def _there(invoice: ProviderInvoice) -> QuerySet[Residence]:
    return (
        Residence.objects.touching(invoice.starts_on, invoice.ends_on)
        .filter(provider=invoice.provider_id)
        .select_related("household", "room")
        .order_by("starts_on", "pk")
    )


def _slept(residence: Residence, is_told: bool, *, today: date) -> Slept | None:
    """The nights until today; None where there are none yet. A price of nothing is a price nobody noted."""
    end = today if residence.ends_on is None else min(residence.ends_on, today)
    if end <= residence.starts_on:
        return None
    price = residence.price_a_night or (residence.room.price_a_night if residence.room else 0)
    nights = Nights(residence.starts_on, end)
    return Slept(residence.pk, residence.room_id, nights, Decimal(price) if price else None, is_told)


def _out_of_use(invoice: ProviderInvoice) -> dict[int, list[Nights]]:
    """By room, the nights of the invoice on which it was out of use: told apart from a hidden household by nobody."""
    found: dict[int, list[Nights]] = defaultdict(list)
    rooms = Room.objects.filter(invoice_lines__invoice=invoice).distinct()
    for room in rooms.filter(Q(opened_on__gt=invoice.starts_on) | Q(closed_on__lt=invoice.ends_on)):
        if room.opened_on is not None and room.opened_on > invoice.starts_on:
            found[room.pk].append(Nights(invoice.starts_on, min(room.opened_on, invoice.ends_on)))
        if room.closed_on is not None and room.closed_on < invoice.ends_on:
            found[room.pk].append(Nights(max(room.closed_on, invoice.starts_on), invoice.ends_on))
    return found


def _missing(one: Missing, residences: dict[int, Residence]) -> MissingSeen:
    residence = residences[one.residence]
    return MissingSeen(residence.household, residence.room, one.nights)
