"""Every rule that the database guards in housing, broken by its name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from housing.actions.spells import refresh
from housing.models import (
    Absence,
    Ban,
    Dwelling,
    NotTogether,
    Provider,
    QualityAgreement,
    Residence,
    ResidenceKind,
    Room,
    Tenure,
)
from people.constraints import broken_constraint, constraint_message
from people.models import Household
from people.owner import as_owner
from people.refusals import refusal_of
from tests.factories.housing import ProviderFactory, ResidenceFactory, RoomFactory
from tests.factories.people import DAY, KONGSBERG, LONG_AGO, OSLO_NUMBER, HouseholdFactory
from tests.models.breaks_of_leases import OF_TENANCIES
from tests.models.breaks_of_providers import OF_PROVIDERS
from tests.models.breaks_of_stock import IMPLIED_OF_STOCK, OF_STOCK
from tests.models.breaks_of_voids import OF_VOIDS

pytestmark = pytest.mark.django_db

REVERSED = {"starts_on": DAY, "ends_on": DAY}
TOMORROW = DAY + timedelta(days=1)


def dwelling(**facts: Any) -> Dwelling:
    return Dwelling.objects.create(
        **{"municipality_id": KONGSBERG, "tenure": Tenure.OWNED, "acquired_on": LONG_AGO, **facts}
    )


def agreement(**period: Any) -> QualityAgreement:
    return QualityAgreement.objects.create(**{"provider": ProviderFactory.create(), **period})


def ban(**facts: Any) -> Ban:
    told = {"household": HouseholdFactory.create(), "provider": ProviderFactory.create(), "starts_on": DAY, **facts}
    return Ban.objects.create(reason="Threats", **told)


def absence(**period: Any) -> Absence:
    return Absence.objects.create(**{"household": HouseholdFactory.create(), "where": "Hospital", **period})


def pair(lower: Household, higher: Household) -> NotTogether:
    return NotTogether.objects.create(household=lower, other=higher, reason="Violence")


def residence(**facts: Any) -> Residence:
    return ResidenceFactory.create(**facts)


def placed(**facts: Any) -> Residence:
    return residence(**{"kind": ResidenceKind.TEMPORARY, **facts})


def _twice(make: Callable[..., object], **same: Any) -> None:
    for _ in range(2):
        make(**same)


def _pair_twice() -> None:
    lower, higher = HouseholdFactory.create(), HouseholdFactory.create()
    _twice(lambda: pair(lower, higher))


def _one_room_twice() -> None:
    room = RoomFactory.create()
    _twice(placed, provider=room.provider, room=room)


BREAKS: dict[str, Callable[[], object]] = {
    **OF_VOIDS,
    **OF_TENANCIES,
    "dwelling_tenure_is_known": lambda: dwelling(tenure="squatted"),
    "dwelling_has_an_area": lambda: dwelling(area_m2=0),
    "dwelling_disposed_after_acquired": lambda: dwelling(disposed_on=LONG_AGO),
    **OF_STOCK,
    "provider_kind_is_known": lambda: ProviderFactory.create(kind="castle"),
    "provider_type_is_known": lambda: ProviderFactory.create(type="castle"),
    "provider_owner_is_known": lambda: ProviderFactory.create(owner="nobody"),
    "provider_drug_rule_is_known": lambda: ProviderFactory.create(drug_rule="some"),
    "quality_agreement_ends_after_it_starts": lambda: agreement(**REVERSED),
    "quality_agreement_one_a_day": lambda: _twice(agreement, provider=ProviderFactory.create(), starts_on=DAY),
    "room_name_once_a_provider": lambda: _twice(RoomFactory.create, provider=ProviderFactory.create(), name="1"),
    "room_has_a_bed": lambda: RoomFactory.create(capacity=0),
    "ban_ends_after_it_starts": lambda: ban(**REVERSED),
    "ban_once_a_day": lambda: _twice(ban, household=HouseholdFactory.create(), provider=ProviderFactory.create()),
    "not_together_once_a_pair": _pair_twice,
    "not_together_lower_id_first": lambda: pair(*reversed([HouseholdFactory.create(), HouseholdFactory.create()])),
    "residence_ends_after_it_starts": lambda: residence(**REVERSED),
    "residence_kind_is_known": lambda: residence(kind="castle"),
    "residence_lease_is_known": lambda: residence(kind="private_rental", lease="handshake"),
    "residence_below_standard_is_known": lambda: placed(provider=ProviderFactory.create(), below_standard="dunno"),
    "residence_names_its_provider_when_it_has_one": lambda: placed(provider=None),
    "residence_undisclosed_is_in_no_dwelling": lambda: residence(
        kind="owned", dwelling=dwelling(), is_undisclosed=True
    ),
    "residence_room_only_at_its_provider": lambda: residence(room=RoomFactory.create()),
    "residence_dwelling_only_for_a_home": lambda: residence(dwelling=dwelling()),
    "residence_lease_for_rentals_only": lambda: residence(kind="private_rental"),
    "residence_lease_ends_after_moving_in": lambda: residence(
        kind="private_rental", lease="ordinary", lease_ends_on=LONG_AGO
    ),
    "residence_planned_end_after_moving_in": lambda: residence(planned_end=LONG_AGO),
    "residence_home_waits_only_outside_home": lambda: residence(home_waits=True),
    "residence_one_place_a_night": lambda: _twice(residence, household=HouseholdFactory.create()),
    "residence_one_household_a_room_a_night": _one_room_twice,
    "residence_one_household_a_dwelling_a_night": lambda: _twice(residence, kind="owned", dwelling=dwelling()),
    "residence_in_its_household_s_municipality": lambda: residence(municipality_id=OSLO_NUMBER),
    "residence_room_belongs_to_its_provider": lambda: placed(
        provider=ProviderFactory.create(), room=RoomFactory.create()
    ),
    "residence_kind_is_its_provider_s": lambda: residence(kind="night_shelter", provider=ProviderFactory.create()),
    "absence_ends_after_it_starts": lambda: absence(**REVERSED),
    "absence_one_at_a_time": lambda: _twice(absence, household=HouseholdFactory.create(), starts_on=DAY),
    **OF_PROVIDERS,
}

#: Implied by the primary key: there only for foreign keys to point at.
IMPLIED = {"provider_with_kind", "room_with_provider", *IMPLIED_OF_STOCK}

#: The app may not write spells at all: these are broken by the owner.
OF_SPELLS = {
    "spell_once": "INSERT INTO housing_spell (household_id, municipality_id, state, starts_on, ends_on, nights,"
    " family_in, young_in) SELECT household_id, municipality_id, state, starts_on, ends_on, nights, family_in, young_in"
    " FROM housing_spell",
    "spell_ends_after_it_starts": "UPDATE housing_spell SET ends_on = starts_on",
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses_by_the_name_of_the_rule(name: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BREAKS[name]()

    assert broken_constraint(refused.value) == name
    assert constraint_message(refused.value)
    assert refusal_of(refused.value) is not None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", OF_SPELLS)
def test_not_even_the_owner_writes_a_spell_against_the_rules(name: str) -> None:
    refresh([ResidenceFactory.create().household_id])

    with as_owner(), connection.cursor() as cursor, pytest.raises(IntegrityError) as refused:
        cursor.execute(OF_SPELLS[name])

    assert broken_constraint(refused.value) == name


def test_every_rule_of_housing_is_broken_here() -> None:
    models = apps.get_app_config("housing").get_models()
    named = {constraint.name for model in models for constraint in model._meta.constraints}

    assert named == set(BREAKS) | set(OF_SPELLS) | IMPLIED


def test_what_is_next_to_a_refused_period_is_taken() -> None:
    household, room, home = HouseholdFactory.create(), RoomFactory.create(), dwelling()
    placed(household=household, provider=room.provider, room=room, starts_on=LONG_AGO, ends_on=DAY)
    residence(household=household, kind="owned", dwelling=home, starts_on=DAY, ends_on=TOMORROW)
    placed(provider=room.provider, room=room, starts_on=DAY)
    residence(kind="owned", dwelling=home, starts_on=TOMORROW)
    provider = ProviderFactory.create()
    agreement(provider=provider, starts_on=LONG_AGO, ends_on=DAY)
    agreement(provider=provider, starts_on=DAY)

    assert Residence.objects.count() == 4


def test_a_provider_may_lie_in_another_municipality() -> None:
    away = RoomFactory.create(provider=ProviderFactory.create(municipality_id=OSLO_NUMBER))

    placed(provider=away.provider, room=away)

    assert Room.objects.count() == 1
    assert Provider.objects.count() == 1
