"""Taking providers' invoices in, and accepting or disputing their lines."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from housing.actions.invoices import (
    CannotJudge,
    CannotTakeInvoice,
    accept_in_order,
    judge,
    remove_invoice,
    take_invoice,
)
from housing.invoices import Finding, Written
from housing.invoicing import InvoiceSeen, seen_by
from housing.models import InvoiceLine, Provider, ProviderInvoice, Residence, ResidenceKind, Room, Verdict
from people.models import Employee, Protection, Unit
from tests.factories.housing import ProviderFactory, ResidenceFactory, RoomFactory
from tests.factories.people import (
    AT,
    DAY,
    OSLO_NUMBER,
    ClearanceFactory,
    HouseholdFactory,
    MemberFactory,
    PersonFactory,
    UnitFactory,
    caseworker,
)
from tests.factories.providers import InvoiceLineFactory, ProviderInvoiceFactory

pytestmark = pytest.mark.django_db

#: Ten nights that have been when the tests are told.
FROM, TO = DAY - timedelta(days=20), DAY - timedelta(days=10)
ACCEPTED, DISPUTED = Verdict.ACCEPTED, Verdict.DISPUTED


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def worker(unit: Unit) -> Employee:
    return caseworker(unit)


@pytest.fixture
def room() -> Room:
    return RoomFactory.create(name="4", price_a_night=750)


def written(room: str = "4", **facts: Any) -> Written:
    told = {"place": 2, "starts_on": FROM, "ends_on": TO, "price": Decimal(750), "amount": Decimal(7500), **facts}
    return Written(room=room, **told)


def take(provider: Provider, by: Employee, *lines: Written, **facts: Any) -> ProviderInvoice:
    told = {"number": "F1", "issued_on": DAY, "due_on": None, "lines": lines or [written()], **facts}
    return take_invoice(provider_id=provider.pk, by=by, at=AT, **told)


def lives(room: Room, unit: Unit, **facts: Any) -> Residence:
    told = {"starts_on": FROM, "ends_on": TO, "price_a_night": 750, **facts}
    household = HouseholdFactory.create(unit=unit)
    return ResidenceFactory.create(
        household=household, kind=ResidenceKind.TEMPORARY, provider=room.provider, room=room, **told
    )


def say(line: InvoiceLine, verdict: Verdict, by: Employee, because: str = "") -> InvoiceLine:
    return judge(invoice_id=line.invoice_id, line_id=line.pk, verdict=verdict, because=because, by=by, at=AT)


def shown(invoice: ProviderInvoice, by: Employee) -> InvoiceSeen:
    return seen_by(invoice, by, at=AT)


def shield(residence: Residence) -> None:
    person = PersonFactory.create(protection=Protection.CONFIDENTIAL)
    MemberFactory.create(household=residence.household, person=person)


@pytest.mark.parametrize("name", ["4", "Rom 4", "room 04", "R-4"])
def test_a_line_finds_its_room_by_name_or_number(room: Room, worker: Employee, name: str) -> None:
    RoomFactory.create(provider=room.provider, name="14")

    invoice = take(room.provider, worker, written(name))

    assert invoice.lines.get().room == room
    assert (invoice.starts_on, invoice.ends_on) == (FROM, TO)


def test_a_number_that_two_rooms_have_names_none(room: Room, worker: Employee) -> None:
    for name in ("House A 7", "House B 7"):
        RoomFactory.create(provider=room.provider, name=name)

    assert take(room.provider, worker, written("Rom 7")).lines.get().room is None


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"lines": []}, "file"),
        ({"issued_on": DAY + timedelta(days=1)}, "issued_on"),
        ({"due_on": DAY - timedelta(days=1)}, "due_on"),
        ({"number": " F0 "}, "number"),
    ],
)
def test_an_invoice_that_cannot_be_is_refused_at_its_field(
    room: Room, worker: Employee, facts: dict[str, Any], field: str
) -> None:
    take(room.provider, worker, number="F0")

    with pytest.raises(CannotTakeInvoice) as refused:
        take(room.provider, worker, **facts)

    assert refused.value.field == field
    assert ProviderInvoice.objects.count() == 1


def test_what_is_in_order_is_accepted_at_once_and_the_rest_waits(room: Room, unit: Unit, worker: Employee) -> None:
    lives(room, unit)
    invoice = take(room.provider, worker, written(), written("99", place=3))

    assert accept_in_order(invoice_id=invoice.pk, by=worker, at=AT) == 1

    found = shown(invoice, worker)
    assert [one.line.verdict for one in found.lines] == [ACCEPTED, ""]
    assert (found.accepted, found.disputed, found.is_handled) == (Decimal(7500), Decimal(0), False)


@pytest.mark.parametrize("name", ["4", "99"])
def test_a_line_for_a_room_nobody_had_cannot_be_accepted(room: Room, worker: Employee, name: str) -> None:
    line = take(room.provider, worker, written(name)).lines.get()

    with pytest.raises(CannotJudge) as refused:
        say(line, ACCEPTED, worker, "We are kind")

    assert refused.value.field == "verdict"
    line.refresh_from_db()
    assert not line.verdict


def test_a_line_with_a_fault_is_accepted_with_a_reason_alone(room: Room, unit: Unit, worker: Employee) -> None:
    lives(room, unit, price_a_night=700)
    line = take(room.provider, worker).lines.get()

    with pytest.raises(CannotJudge) as refused:
        say(line, ACCEPTED, worker)
    assert refused.value.field == "because"

    assert say(line, ACCEPTED, worker, "A price for the holidays was agreed").judged_by == worker


def test_a_line_is_disputed_with_a_reason_and_the_verdict_can_change(room: Room, unit: Unit, worker: Employee) -> None:
    lives(room, unit)
    line = take(room.provider, worker).lines.get()

    with pytest.raises(CannotJudge) as refused:
        say(line, DISPUTED, worker, " ")
    assert refused.value.field == "because"

    say(line, DISPUTED, worker, "Not agreed")
    say(line, ACCEPTED, worker)
    line.refresh_from_db()
    assert (line.verdict, line.because) == (ACCEPTED, "")


def test_nights_that_another_invoice_charges_are_charged_twice_until_it_is_disputed(
    room: Room, unit: Unit, worker: Employee
) -> None:
    lives(room, unit)
    first, second = take(room.provider, worker), take(room.provider, worker, number="F2")

    assert shown(first, worker).lines[0].checked.is_in_order
    assert shown(second, worker).lines[0].checked.findings == (Finding.CHARGED_TWICE,)

    say(first.lines.get(), DISPUTED, worker, "Sent anew")
    assert shown(second, worker).lines[0].checked.is_in_order


def test_a_correction_of_where_somebody_lived_is_seen_at_once(room: Room, unit: Unit, worker: Employee) -> None:
    lived = lives(room, unit, ends_on=TO - timedelta(days=3))
    invoice = take(room.provider, worker)
    assert shown(invoice, worker).lines[0].checked.findings == (Finding.SOME_NIGHTS_EMPTY,)

    Residence.objects.filter(pk=lived.pk).update(ends_on=TO)

    assert shown(invoice, worker).lines[0].checked.is_in_order


def test_nights_nobody_charged_are_listed_up_to_today(room: Room, unit: Unit, worker: Employee) -> None:
    lived = lives(room, unit, ends_on=None)
    invoice = take(room.provider, worker, written(ends_on=DAY + timedelta(days=5)))
    invoice.lines.update(ends_on=TO)

    [found] = shown(invoice, worker).missing

    assert found.household == lived.household
    assert [(run.starts_on, run.ends_on) for run in found.nights] == [(TO, DAY)]


def test_a_shielded_household_s_room_reads_as_one_out_of_use(room: Room, unit: Unit, worker: Employee) -> None:
    shield(lives(room, unit))
    closed = RoomFactory.create(provider=room.provider, name="5", closed_on=FROM + timedelta(days=2))
    unopened = RoomFactory.create(provider=room.provider, name="6", opened_on=TO - timedelta(days=1))
    lines = [written(), written(closed.name, place=3), written(unopened.name, place=4)]
    invoice = take(room.provider, worker, *lines)

    found = shown(invoice, worker)

    assert [one.checked.findings for one in found.lines] == [(Finding.WITHHELD,)] * 3
    assert not any(one.households or one.too_much is not None for one in found.lines)
    assert found.missing == []
    with pytest.raises(CannotJudge) as refused:
        say(found.lines[0].line, ACCEPTED, worker, "Fine")
    assert refused.value.field == "verdict"


def test_a_cleared_colleague_checks_the_line_of_a_shielded_household(room: Room, unit: Unit) -> None:
    shield(lives(room, unit))
    cleared = caseworker(unit)
    ClearanceFactory.create(employee=cleared, unit=unit)
    invoice = take(room.provider, cleared)

    assert shown(invoice, cleared).lines[0].checked.is_in_order


def test_an_invoice_taken_in_by_mistake_is_taken_out_until_a_line_is_judged(room: Room, worker: Employee) -> None:
    first, second = take(room.provider, worker), take(room.provider, worker, number="F2")
    say(second.lines.get(), DISPUTED, worker, "Nobody was there")

    remove_invoice(invoice_id=first.pk, by=worker, at=AT)
    with pytest.raises(CannotJudge):
        remove_invoice(invoice_id=second.pk, by=worker, at=AT)

    assert list(ProviderInvoice.objects.all()) == [second]


def test_another_municipality_s_invoices_are_not_ours_to_judge(worker: Employee) -> None:
    invoice = ProviderInvoiceFactory.create(provider=ProviderFactory.create(municipality_id=OSLO_NUMBER))
    line = InvoiceLineFactory.create(invoice=invoice)

    with pytest.raises(PermissionDenied):
        say(line, DISPUTED, worker, "Theirs")
    with pytest.raises(PermissionDenied):
        accept_in_order(invoice_id=invoice.pk, by=worker, at=AT)
    with pytest.raises(Http404):
        judge(invoice_id=0, line_id=line.pk, verdict=DISPUTED, because="x", by=worker, at=AT)


def test_a_line_is_looked_for_on_its_own_invoice(room: Room, worker: Employee) -> None:
    invoice = take(room.provider, worker)

    with pytest.raises(Http404):
        judge(
            invoice_id=invoice.pk,
            line_id=InvoiceLineFactory.create(starts_on=date(2026, 1, 1)).pk,
            verdict=DISPUTED,
            because="x",
            by=worker,
            at=AT,
        )
