"""Keeping the stock of dwellings: what each is, what it costs, what happens to it, and how it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from housing.models import (
    SALES,
    UNDER_AGREEMENT,
    Agreement,
    Building,
    Disposal,
    Dwelling,
    DwellingFunding,
    DwellingLogEntry,
    DwellingRent,
    DwellingVoid,
    FundingKind,
    LogKind,
    Residence,
)
from people.access import units_with
from people.models import Employee, Municipality
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotKeepDwelling(Refusal):
    """The dwelling, its rent, funding or log cannot be as told."""


class CannotDispose(Refusal):
    """The dwelling cannot leave the stock so, or that day."""


@act
def add_dwelling(
    *, municipality: Municipality, by: Employee, at: datetime, rent_a_month: int | None = None, **facts: Any
) -> Dwelling:
    """A new dwelling in the stock; `facts` are the fields of `Dwelling`. A rent given holds from the day acquired.

    :raises CannotKeepDwelling: when a fact does not go with another
    :raises PermissionDenied: unless the employee keeps dwellings in that municipality
    """
    require_keeper(by, municipality.pk, at)
    _refuse_facts(municipality.pk, facts)
    dwelling = Dwelling.objects.create(municipality=municipality, **facts)
    if rent_a_month:
        DwellingRent.objects.create(dwelling=dwelling, starts_on=dwelling.acquired_on, rent_a_month=rent_a_month)
    return dwelling


@act
def change_dwelling(*, dwelling_id: int, by: Employee, at: datetime, **facts: Any) -> Dwelling:
    """Other facts of a dwelling. How it leaves the stock is `dispose`'s.

    :raises CannotKeepDwelling: when a fact does not go with another, or would make a night of a residence not ours
    """
    dwelling = locked_dwelling(dwelling_id, by, at)
    _refuse_facts(dwelling.municipality_id, facts, but=dwelling.pk)
    acquired_on = facts.get("acquired_on", dwelling.acquired_on)
    if acquired_on > dwelling.acquired_on and _is_used_before(dwelling, acquired_on):
        raise CannotKeepDwelling(_("It was in use before that day."), field="acquired_on")
    if dwelling.disposed_on and acquired_on >= dwelling.disposed_on:
        raise CannotKeepDwelling(_("It must leave the stock after it came into it."), field="acquired_on")
    for name, value in facts.items():
        setattr(dwelling, name, value)
    dwelling.save(update_fields=list(facts))
    return dwelling


@act
def set_rent(*, dwelling_id: int, starts_on: date, rent_a_month: int, by: Employee, at: datetime) -> DwellingRent:
    """What it costs a month from a day on; told again for the same day it is corrected.

    :raises CannotKeepDwelling: when the rent is nothing
    """
    dwelling = locked_dwelling(dwelling_id, by, at)
    if rent_a_month <= 0:
        raise CannotKeepDwelling(_("The rent is more than zero."), field="rent_a_month")
    rent, _made = DwellingRent.objects.update_or_create(
        dwelling=dwelling, starts_on=starts_on, defaults={"rent_a_month": rent_a_month}
    )
    return rent


@act
def add_funding(
    *,
    dwelling_id: int,
    kind: FundingKind,
    amount: int,
    granted_on: date,
    committed_years: int,
    by: Employee,
    at: datetime,
) -> DwellingFunding:
    """A grant or loan behind the dwelling.

    :raises CannotKeepDwelling: when it is nothing, or registered already
    """
    dwelling = locked_dwelling(dwelling_id, by, at)
    if amount <= 0:
        raise CannotKeepDwelling(_("The amount is more than zero."), field="amount")
    if dwelling.fundings.filter(kind=kind, granted_on=granted_on).exists():
        raise CannotKeepDwelling(_("That grant or loan is registered already."), field="granted_on")
    return DwellingFunding.objects.create(
        dwelling=dwelling, kind=kind, amount=amount, granted_on=granted_on, committed_years=committed_years
    )


@act
def log_event(
    *,
    dwelling_id: int,
    kind: LogKind,
    happened_on: date,
    text: str,
    by: Employee,
    at: datetime,
    cost: int | None = None,
    mended_on: date | None = None,
) -> DwellingLogEntry:
    """Damage, a repair, or the caretaker's visit. It is about the dwelling: nothing of who lives there.

    :raises CannotKeepDwelling: without a word, on a day to come, or mended before it happened
    """
    dwelling = locked_dwelling(dwelling_id, by, at)
    if not text.strip():
        raise CannotKeepDwelling(_("Say what happened."), field="text")
    if happened_on > localdate(at):
        raise CannotKeepDwelling(_("The log is of what has happened."), field="happened_on")
    _refuse_mended(happened_on, mended_on)
    return DwellingLogEntry.objects.create(
        dwelling=dwelling,
        kind=kind,
        happened_on=happened_on,
        text=text.strip(),
        cost=cost,
        mended_on=mended_on,
        by=by,
    )


@act
def mend(*, entry_id: int, mended_on: date, cost: int | None, by: Employee, at: datetime) -> DwellingLogEntry:
    """What the log tells of is put right.

    :raises CannotKeepDwelling: when that is before it happened
    """
    entry: DwellingLogEntry = get_object_or_404(DwellingLogEntry, pk=entry_id)
    locked_dwelling(entry.dwelling_id, by, at)
    _refuse_mended(entry.happened_on, mended_on)
    entry.mended_on, entry.cost = mended_on, cost
    entry.save(update_fields=["mended_on", "cost"])
    return entry


@act
def dispose(
    *,
    dwelling_id: int,
    on: date,
    disposal: Disposal,
    by: Employee,
    at: datetime,
    proceeds: int | None = None,
    replaced_by_id: int | None = None,
) -> Dwelling:
    """The dwelling leaves the stock: `on` is the first day it is no longer ours.

    A sale to the tenant is not told here: it changes where the household lives (`cases.actions.buying`).

    :raises CannotDispose: when it is let or held that day or later, or the rest does not go together
    """
    dwelling = locked_dwelling(dwelling_id, by, at)
    if disposal == Disposal.SOLD_TO_TENANT:
        raise CannotDispose(_("A sale to the tenant is registered on the household."), field="disposal")
    if is_in_use(dwelling, on):
        # the same words whoever it is and whatever holds it: a refusal must not tell that somebody lives there
        raise CannotDispose(_("The dwelling is let or held on that day or later."), field="on")
    return leave_stock(dwelling, on=on, disposal=disposal, proceeds=proceeds, replaced_by_id=replaced_by_id)


def leave_stock(
    dwelling: Dwelling, *, on: date, disposal: Disposal, proceeds: int | None, replaced_by_id: int | None
) -> Dwelling:
    """Inside an act that has locked the dwelling and found it free from that day.

    :raises CannotDispose: when it has left already, before it came, or the rest does not go together
    """
    _refuse_disposal(dwelling, on=on, disposal=disposal, proceeds=proceeds)
    replaced_by = None
    if replaced_by_id is not None:
        others = Dwelling.objects.filter(municipality=dwelling.municipality_id).exclude(pk=dwelling.pk)
        replaced_by = get_object_or_404(others, pk=replaced_by_id)
    dwelling.disposed_on, dwelling.disposal = on, disposal
    dwelling.proceeds, dwelling.replaced_by = proceeds, replaced_by
    dwelling.save(update_fields=["disposed_on", "disposal", "proceeds", "replaced_by"])
    return dwelling


@act
def take_back_disposal(*, dwelling_id: int, by: Employee, at: datetime) -> Dwelling:
    """It never left: a slip. A sale to a tenant stands, since the household lives in a home of its own."""
    dwelling = locked_dwelling(dwelling_id, by, at)
    if dwelling.disposal == Disposal.SOLD_TO_TENANT:
        raise CannotDispose(_("It was sold to the tenant: correct where the household lives instead."))
    dwelling.disposed_on, dwelling.disposal = None, ""
    dwelling.proceeds = dwelling.replaced_by = None
    dwelling.save(update_fields=["disposed_on", "disposal", "proceeds", "replaced_by"])
    return dwelling


@act
def save_building(
    *, municipality: Municipality, building_id: int | None, by: Employee, at: datetime, **facts: Any
) -> Building:
    """A new building, or other facts of one.

    :raises CannotKeepDwelling: when another has the name
    """
    require_keeper(by, municipality.pk, at)
    others = Building.objects.filter(municipality=municipality).exclude(pk=building_id or 0)
    if others.filter(name=facts.get("name")).exists():
        raise CannotKeepDwelling(_("There is already a building with that name."), field="name")
    if building_id is None:
        return Building.objects.create(municipality=municipality, **facts)
    building: Building = get_object_or_404(
        Building.objects.select_for_update(no_key=True), pk=building_id, municipality=municipality
    )
    for name, value in facts.items():
        setattr(building, name, value)
    building.save(update_fields=list(facts))
    return building


def locked_dwelling(dwelling_id: int, by: Employee, at: datetime) -> Dwelling:
    """The dwelling, locked. :raises PermissionDenied: unless the employee keeps dwellings where it lies"""
    dwelling: Dwelling = get_object_or_404(Dwelling.objects.select_for_update(no_key=True), pk=dwelling_id)
    require_keeper(by, dwelling.municipality_id, at)
    return dwelling


def require_keeper(by: Employee, municipality_id: str, at: datetime) -> None:
    """:raises PermissionDenied: unless the employee keeps dwellings in that municipality"""
    if by.is_system:
        return
    if not units_with(by, Permission.MANAGE_DWELLINGS, at=at).filter(municipality=municipality_id).exists():
        raise PermissionDenied


def is_in_use(dwelling: Dwelling, on: date) -> bool:
    """Whether somebody lives in the dwelling on a day or later, or something holds it."""
    lived_in = Residence.objects.touching(on, None).filter(dwelling=dwelling)
    held = DwellingVoid.objects.touching(on, None).filter(dwelling=dwelling, held_for__isnull=False)
    return lived_in.exists() or held.exists()


def _is_used_before(dwelling: Dwelling, day: date) -> bool:
    return (
        Residence.objects.filter(dwelling=dwelling, starts_on__lt=day).exists()
        or DwellingVoid.objects.filter(dwelling=dwelling, starts_on__lt=day).exists()
    )


def _refuse_facts(municipality_id: str, facts: Mapping[str, Any], *, but: int | None = None) -> None:
    _refuse_taken_refs(municipality_id, facts, but=but)
    area = facts.get("area_m2")
    if area is not None and area <= 0:
        raise CannotKeepDwelling(_("The area is more than zero."), field="area_m2")
    agreement: Agreement | None = facts.get("agreement")
    tenure = facts.get("tenure")
    if agreement is not None and tenure not in UNDER_AGREEMENT:
        raise CannotKeepDwelling(
            _("Only a dwelling at the municipality's disposal stands under an agreement."), field="agreement"
        )
    if agreement is not None and (agreement.kind != tenure or agreement.municipality_id != municipality_id):
        raise CannotKeepDwelling(_("The agreement is of another kind, or of another municipality."), field="agreement")


def _refuse_taken_refs(municipality_id: str, facts: Mapping[str, Any], *, but: int | None) -> None:
    others = Dwelling.objects.exclude(pk=but or 0)
    property_ref, kobo_ref = facts.get("property_ref"), facts.get("kobo_ref")
    if property_ref and others.filter(municipality=municipality_id, property_ref=property_ref).exists():
        raise CannotKeepDwelling(_("Another dwelling has that reference in the property system."), field="property_ref")
    if kobo_ref and others.filter(kobo_ref=kobo_ref).exists():
        raise CannotKeepDwelling(_("Another dwelling has that reference in Kobo."), field="kobo_ref")


def _refuse_mended(happened_on: date, mended_on: date | None) -> None:
    if mended_on is not None and mended_on < happened_on:
        raise CannotKeepDwelling(_("It was mended on the day it happened, or later."), field="mended_on")


def _refuse_disposal(dwelling: Dwelling, *, on: date, disposal: Disposal, proceeds: int | None) -> None:
    if dwelling.disposed_on is not None:
        raise CannotDispose(_("The dwelling has left the stock already."), field="on")
    if on <= dwelling.acquired_on:
        raise CannotDispose(_("It must leave the stock after it came into it."), field="on")
    if proceeds is not None and disposal not in SALES:
        raise CannotDispose(_("Only a sale has proceeds."), field="proceeds")
