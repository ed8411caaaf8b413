"""Keeping providers, barring from them, keeping households apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404

from housing.actions.providers import (
    CannotBar,
    CannotKeep,
    add_provider,
    agree_on_quality,
    ban,
    change_provider,
    keep_apart,
    let_together,
    lift_ban,
    save_room,
)
from housing.models import Ban, NotTogether, Provider, ProviderKind, QualityAgreement, ResidenceKind, Room
from people.models import Employee, JournalEntry, Municipality, Unit
from people.refusals import refusal_of
from tests.factories.housing import ProviderFactory, ResidenceFactory, RoomFactory
from tests.factories.people import (
    AT,
    DAY,
    KONGSBERG,
    OSLO_NUMBER,
    HouseholdFactory,
    UnitFactory,
    caseworker,
    reporter,
)

pytestmark = pytest.mark.django_db

TEMPORARY = ProviderKind.TEMPORARY


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def worker(unit: Unit) -> Employee:
    return caseworker(unit)


def kongsberg() -> Municipality:
    return Municipality.objects.get(pk=KONGSBERG)


def test_a_provider_with_its_rooms_is_kept_by_the_municipality_s_caseworkers(worker: Employee) -> None:
    provider = add_provider(municipality=kongsberg(), kind=TEMPORARY, name="Fjellheim", by=worker, at=AT)
    room = save_room(provider_id=provider.pk, room_id=None, name="1", capacity=2, by=worker, at=AT)

    change_provider(provider_id=provider.pk, suits_children=True, by=worker, at=AT)
    save_room(provider_id=provider.pk, room_id=room.pk, price_a_night=750, by=worker, at=AT)

    assert Provider.objects.get().suits_children
    assert (Room.objects.get().price_a_night, Room.objects.get().capacity) == (750, 2)


def test_other_municipalities_and_roles_keep_no_providers_here(unit: Unit, worker: Employee) -> None:
    theirs = ProviderFactory.create(municipality_id=OSLO_NUMBER)

    with pytest.raises(PermissionDenied):
        change_provider(provider_id=theirs.pk, by=worker, at=AT, name="Ours")
    with pytest.raises(PermissionDenied):
        save_room(provider_id=theirs.pk, room_id=None, by=worker, at=AT, name="1")
    with pytest.raises(PermissionDenied):
        agree_on_quality(provider_id=theirs.pk, starts_on=DAY, ends_on=None, by=worker, at=AT)
    with pytest.raises(PermissionDenied):
        add_provider(municipality=kongsberg(), kind=TEMPORARY, name="X", by=reporter(unit), at=AT)


def test_an_actor_of_the_system_keeps_providers_anywhere() -> None:
    actor = Employee.objects.get(username="command")

    add_provider(municipality=kongsberg(), kind=TEMPORARY, name="X", by=actor, at=AT)


def test_what_is_not_there_is_not_found(worker: Employee) -> None:
    household = HouseholdFactory.create(unit=worker.role_grants.get().unit)

    with pytest.raises(Http404):
        change_provider(provider_id=0, by=worker, at=AT)
    with pytest.raises(Http404):
        save_room(provider_id=ProviderFactory.create().pk, room_id=0, by=worker, at=AT)
    with pytest.raises(Http404):
        ban(
            household_id=household.pk,
            provider_id=0,
            starts_on=DAY,
            ends_on=None,
            reason="Threats",
            by=worker,
            at=AT,
        )
    with pytest.raises(Http404):
        lift_ban(ban_id=0, by=worker, at=AT)
    with pytest.raises(Http404):
        let_together(pair_id=0, by=worker, at=AT)


def test_a_provider_where_households_have_stayed_keeps_its_kind(worker: Employee) -> None:
    provider = ProviderFactory.create()
    change_provider(provider_id=provider.pk, kind=ProviderKind.NIGHT_SHELTER, by=worker, at=AT)
    ResidenceFactory.create(kind=ResidenceKind.NIGHT_SHELTER, provider=provider)

    with pytest.raises(CannotKeep) as refused:
        change_provider(provider_id=provider.pk, kind=TEMPORARY, by=worker, at=AT)

    assert refused.value.field == "kind"


def test_a_room_that_somebody_has_does_not_go_out_of_use(unit: Unit, worker: Employee) -> None:
    room = RoomFactory.create()
    lived = {"kind": ResidenceKind.TEMPORARY, "provider": room.provider, "room": room, "starts_on": DAY}
    ResidenceFactory.create(household=HouseholdFactory.create(unit=unit), **lived)

    with pytest.raises(CannotKeep) as refused:
        save_room(provider_id=room.provider_id, room_id=room.pk, closed_on=DAY + timedelta(days=3), by=worker, at=AT)

    assert refused.value.field == "closed_on"


def test_a_new_agreement_on_quality_takes_over_from_the_one_without_end(worker: Employee) -> None:
    provider = ProviderFactory.create()

    for starts_on in (date(2025, 1, 1), DAY):
        agree_on_quality(provider_id=provider.pk, starts_on=starts_on, ends_on=None, by=worker, at=AT)

    agreements = QualityAgreement.objects.order_by("starts_on").values_list("starts_on", "ends_on")
    assert list(agreements) == [(date(2025, 1, 1), DAY), (DAY, None)]


def test_a_ban_is_journaled_without_its_reason_and_lifted_from_today(unit: Unit, worker: Employee) -> None:
    household, provider = HouseholdFactory.create(unit=unit), ProviderFactory.create()
    soon = DAY + timedelta(days=5)
    running, coming = (
        ban(
            household_id=household.pk,
            provider_id=provider.pk,
            starts_on=starts_on,
            ends_on=ends_on,
            reason="Threats",
            by=worker,
            at=AT,
        )
        for starts_on, ends_on in ((date(2026, 1, 1), soon), (soon, None))
    )

    for one in (running, coming):
        lift_ban(ban_id=one.pk, by=worker, at=AT)

    assert [(one.pk, one.ends_on) for one in Ban.objects.all()] == [(running.pk, DAY)]
    entries = JournalEntry.objects.filter(household_id=household.pk).order_by("pk")
    assert [entry.act for entry in entries] == ["household.barred"] * 2 + ["household.bar_lifted"] * 2
    assert not any("Threats" in f"{entry.reason}{entry.details}" for entry in entries)


@pytest.mark.parametrize(("told", "field"), [({"reason": " "}, "reason"), ({"ends_on": DAY}, "ends_on")])
def test_a_ban_that_cannot_be_is_refused_at_its_field(
    unit: Unit, worker: Employee, told: dict[str, object], field: str
) -> None:
    household, provider = HouseholdFactory.create(unit=unit), ProviderFactory.create()
    facts = {"provider_id": provider.pk, "starts_on": DAY, "ends_on": None, "reason": "Threats", **told}

    with pytest.raises(CannotBar) as refused:
        ban(household_id=household.pk, by=worker, at=AT, **facts)  # type: ignore[arg-type]

    assert refused.value.field == field


def test_a_second_ban_in_the_same_period_says_so_in_a_sentence(unit: Unit, worker: Employee) -> None:
    household, provider = HouseholdFactory.create(unit=unit), ProviderFactory.create()
    facts = {"household_id": household.pk, "provider_id": provider.pk, "starts_on": DAY, "ends_on": None}
    ban(reason="Threats", by=worker, at=AT, **facts)  # type: ignore[arg-type]

    with pytest.raises(IntegrityError) as broken:
        ban(reason="Threats", by=worker, at=AT, **facts)  # type: ignore[arg-type]

    assert refusal_of(broken.value) is not None


@pytest.mark.parametrize("first", [0, 1])
def test_two_households_are_kept_apart_once_and_let_together_again(unit: Unit, worker: Employee, first: int) -> None:
    pair = [HouseholdFactory.create(unit=unit) for _ in range(2)]
    one, other = pair[first].pk, pair[1 - first].pk

    kept = keep_apart(household_id=one, other_id=other, reason="Violence", by=worker, at=AT)

    assert kept.household_id < kept.other_id
    with pytest.raises(CannotBar):
        keep_apart(household_id=other, other_id=one, reason="Violence", by=worker, at=AT)
    let_together(pair_id=kept.pk, by=worker, at=AT)
    assert not NotTogether.objects.exists()
    for household in pair:
        told = JournalEntry.objects.filter(household_id=household.pk).order_by("pk").values_list("act", flat=True)
        assert list(told) == ["household.kept_apart", "household.let_together"]


def test_a_household_is_not_kept_apart_from_itself_nor_without_a_reason(unit: Unit, worker: Employee) -> None:
    first, second = (HouseholdFactory.create(unit=unit) for _ in range(2))

    for other, reason, field in ((first, "Violence", "other"), (second, " ", "reason")):
        with pytest.raises(CannotBar) as refused:
            keep_apart(household_id=first.pk, other_id=other.pk, reason=reason, by=worker, at=AT)
        assert refused.value.field == field
