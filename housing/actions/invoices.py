"""Taking a provider's invoice in, and saying of each line whether it is paid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from housing.actions.providers import locked_provider
from housing.invoices import Written
from housing.invoicing import FINDING_LABELS, LineSeen, seen_by
from housing.models import InvoiceLine, Provider, ProviderInvoice, Verdict
from people.models import Employee
from people.refusals import Refusal
from people.transactions import act


class CannotTakeInvoice(Refusal):
    """The invoice is here already, has no lines, or its days cannot be."""


class CannotJudge(Refusal):
    """The line cannot be accepted, or not without a reason."""


@act
def take_invoice(
    *,
    provider_id: int,
    number: str,
    issued_on: date,
    due_on: date | None,
    lines: Sequence[Written],
    by: Employee,
    at: datetime,
) -> ProviderInvoice:
    """Keep an invoice and its lines as they are: what is wrong with them is for a person to say.

    :raises CannotTakeInvoice: without lines, dated ahead, due before its day, or when its number is here already
    """
    provider = locked_provider(provider_id, by, at)
    if not lines:
        raise CannotTakeInvoice(_("The file has no lines."), field="file")
    if issued_on > localdate(at):
        raise CannotTakeInvoice(_("It cannot be dated later than today."), field="issued_on")
    if due_on is not None and due_on < issued_on:
        raise CannotTakeInvoice(_("It cannot be due before its own day."), field="due_on")
    if provider.invoices.filter(number=number.strip()).exists():
        raise CannotTakeInvoice(_("This provider's invoice with that number is here already."), field="number")
    invoice = ProviderInvoice.objects.create(
        provider=provider,
        number=number.strip(),
        issued_on=issued_on,
        due_on=due_on,
        starts_on=min(line.starts_on for line in lines),
        ends_on=max(line.ends_on for line in lines),
        by=by,
        at=at,
    )
    rooms = _rooms_of(provider)
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=invoice,
            place=line.place,
            room_name=line.room,
            room_id=_room_of(line.room, rooms),
            starts_on=line.starts_on,
            ends_on=line.ends_on,
            price_a_night=line.price,
            amount=line.amount,
        )
        for line in lines
    )
    return invoice


@act
def judge(*, invoice_id: int, line_id: int, verdict: Verdict, because: str, by: Employee, at: datetime) -> InvoiceLine:
    """Accept a line, or dispute it. What one has said can be changed: the history keeps both.

    :raises CannotJudge: accepting what there is nothing to pay for, or either without the reason it needs
    """
    invoice = _locked(invoice_id, by, at)
    line = get_object_or_404(InvoiceLine, pk=line_id, invoice=invoice)
    because = because.strip()
    if verdict == Verdict.DISPUTED and not because:
        raise CannotJudge(_("Say what is wrong with the line."), field="because")
    if verdict == Verdict.ACCEPTED:
        [seen] = [one for one in seen_by(invoice, by, at=at).lines if one.line.pk == line.pk]
        _refuse_accepting(seen, because)
    return _judged(line, verdict, because, by=by, at=at)


@act
def accept_in_order(*, invoice_id: int, by: Employee, at: datetime) -> int:
    """Accept every line in which nothing is wrong and of which nobody has said anything. → how many."""
    invoice = _locked(invoice_id, by, at)
    ready = seen_by(invoice, by, at=at).in_order
    for seen in ready:
        _judged(seen.line, Verdict.ACCEPTED, "", by=by, at=at)
    return len(ready)


@act
def remove_invoice(*, invoice_id: int, by: Employee, at: datetime) -> Provider:
    """Take an invoice out that was taken in by mistake.

    :raises CannotJudge: when a line of it has been accepted or disputed
    """
    invoice = _locked(invoice_id, by, at)
    if invoice.lines.exclude(verdict="").exists():
        raise CannotJudge(_("Lines of this invoice have been accepted or disputed: it stays."))
    invoice.lines.all().delete()
    invoice.delete()
    return invoice.provider


def _refuse_accepting(seen: LineSeen, because: str) -> None:
    checked = seen.checked
    if checked.is_withheld:
        raise CannotJudge(_("You cannot check this line. Ask a colleague who may."), field="verdict")
    if checked.has_nothing_to_pay:
        told = {"room": seen.line.room_name}
        raise CannotJudge(
            _("Nobody had room %(room)s on these nights. Dispute the line, or correct where the household lived.")
            % told,
            field="verdict",
        )
    if checked.findings and not because:
        listed = " · ".join(str(FINDING_LABELS[finding]) for finding in checked.findings)
        raise CannotJudge(
            _("Say why it is accepted all the same: %(findings)s.") % {"findings": listed}, field="because"
        )


def _judged(line: InvoiceLine, verdict: Verdict, because: str, *, by: Employee, at: datetime) -> InvoiceLine:
    line.verdict, line.because, line.judged_by, line.judged_at = verdict, because, by, at
    line.save(update_fields=["verdict", "because", "judged_by", "judged_at"])
    return line


def _locked(invoice_id: int, by: Employee, at: datetime) -> ProviderInvoice:
    """The invoice behind its provider's lock, so that two who judge come one after the other."""
    found = get_object_or_404(ProviderInvoice, pk=invoice_id)
    locked_provider(found.provider_id, by, at)
    return get_object_or_404(ProviderInvoice.objects.select_related("provider"), pk=invoice_id)


def _rooms_of(provider: Provider) -> dict[str, int]:
    """The provider's rooms by name folded, and by number alone where only one has it."""
    named = {_folded(name): pk for pk, name in provider.rooms.values_list("pk", "name")}
    numbers: dict[str, set[int]] = {}
    for name, pk in named.items():
        for number in re.findall(r"\d+", name)[-1:]:
            numbers.setdefault(number.lstrip("0"), set()).add(pk)
    return {**{number: min(rooms) for number, rooms in numbers.items() if len(rooms) == 1}, **named}


def _room_of(name: str, rooms: dict[str, int]) -> int | None:
    by_number = [number.lstrip("0") for number in re.findall(r"\d+", name)[-1:]]
    return next((rooms[key] for key in (_folded(name), *by_number) if key in rooms), None)


def _folded(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())
