"""What is known of the demo's dwellings: buildings, doors, rents, grants, agreements, log, and homes to come."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from cases.demo.content import content
from housing.actions.agreements import make_agreement
from housing.actions.dwellings import log_event, save_building
from housing.actions.planned import move_on, plan_home, talk_with_neighbours
from housing.models import (
    AccessibleFeature,
    Agreement,
    AgreementKind,
    Building,
    Dwelling,
    DwellingFunding,
    DwellingRent,
    DwellingType,
    FundingKind,
    Heating,
    Landlord,
    LogKind,
    Staffing,
    Standard,
    TargetGroup,
    Tenure,
)
from housing.states import add_months
from people.models import Employee, Municipality

#: Dwellings of a building, and of a floor of it.
A_BUILDING, A_FLOOR = 12, 4
#: Kroner a month: to begin with, and for each square metre.
RENT, RENT_A_METRE = 3_500, 95
#: One in how many is approved for children, allows pets, or has a grant behind it.
FOR_CHILDREN, WITH_PETS, WITH_GRANT = 2, 3, 5
#: A referral agreement has room for all of its dwellings that the demo lets.
_REFERRAL_SHARE, _WHOLE_UNDER = 40, 5
_GROUPS: tuple[list[TargetGroup], ...] = (
    [TargetGroup.FAMILY],
    [TargetGroup.YOUNG, TargetGroup.REFUGEE],
    [],
    [TargetGroup.DRUGS_OR_MENTAL],
    [TargetGroup.ELDERLY, TargetGroup.DISABILITY],
)


def furnish(dwellings: list[Dwelling], *, municipality: Municipality, by: Employee, at: datetime) -> None:
    """Say more of the dwellings that are there, and plan those to come. `at` is the demo's last moment."""
    told, today = content("stock"), localdate(at)
    names = told["buildings"]
    for number, part in enumerate(_batches(dwellings)):
        name = names[number] if number < len(names) else f"{names[0].split(' ')[0]} {number + 1}"
        building = save_building(municipality=municipality, building_id=None, by=by, at=at, name=name, address=name)
        for place, dwelling in enumerate(part):
            _describe(dwelling, number * A_BUILDING + place, place, building)
    _agree(dwellings, told, municipality=municipality, by=by, at=at)
    Dwelling.objects.bulk_update(dwellings, _TOLD)
    DwellingRent.objects.bulk_create(
        DwellingRent(dwelling=one, starts_on=one.acquired_on, rent_a_month=RENT + RENT_A_METRE * (one.area_m2 or 0))
        for one in dwellings
    )
    DwellingFunding.objects.bulk_create(_grant(one) for one in dwellings[::WITH_GRANT])
    for row in told["log"]:
        if row["dwelling"] < len(dwellings):
            _log(dwellings[row["dwelling"]], row, today=today, by=by, at=at)
    for row in told["planned"]:
        _plan(dict(row), municipality=municipality, today=today, by=by, at=at)


_TOLD = (
    "building",
    "address",
    "number",
    "type",
    "bedrooms",
    "floor",
    "has_lift",
    "accessible_because",
    "heating",
    "standard",
    "target_groups",
    "is_children_approved",
    "allows_pets",
    "staffing",
    "property_ref",
    "agreement",
)


def _batches(dwellings: list[Dwelling]) -> list[list[Dwelling]]:
    return [dwellings[first : first + A_BUILDING] for first in range(0, len(dwellings), A_BUILDING)]


def _describe(dwelling: Dwelling, number: int, place: int, building: Building) -> None:
    floor = place // A_FLOOR + 1
    dwelling.building, dwelling.address = building, building.address
    dwelling.number, dwelling.floor = f"H{floor:02}{place % A_FLOOR + 1:02}", floor
    dwelling.type = DwellingType.BEDSIT if dwelling.rooms == 1 else DwellingType.FLAT
    dwelling.bedrooms = max(0, (dwelling.rooms or 1) - 1)
    dwelling.has_lift = bool(dwelling.is_accessible)
    features = [AccessibleFeature.STEP_FREE, AccessibleFeature.LIFT, AccessibleFeature.WIDE_DOORS]
    dwelling.accessible_because = features if dwelling.is_accessible else []
    dwelling.heating = Heating.DISTRICT if number % 2 else Heating.ELECTRIC
    dwelling.standard = (Standard.GOOD, Standard.FAIR, Standard.FAIR, Standard.WORN)[number % 4]
    dwelling.target_groups = list(_GROUPS[number % len(_GROUPS)])
    dwelling.is_children_approved = (dwelling.rooms or 0) > 1 and number % FOR_CHILDREN == 0
    dwelling.allows_pets = number % WITH_PETS == 0
    dwelling.staffing = Staffing.DAY if dwelling.is_colocated else Staffing.NONE
    dwelling.property_ref = f"FDV-{number + 1:04}"


def _agree(
    dwellings: list[Dwelling], told: dict[str, Any], *, municipality: Municipality, by: Employee, at: datetime
) -> None:
    landlord = Landlord.objects.create(municipality=municipality, **told["landlord"])
    referred = [one for one in dwellings if one.tenure == Tenure.REFERRAL_AGREEMENT]
    for row in told["agreements"]:
        starts_on = add_months(localdate(at), -row["months_ago"])
        is_referral = row["kind"] == AgreementKind.REFERRAL
        agreement: Agreement = make_agreement(
            municipality=municipality,
            by=by,
            at=at,
            kind=row["kind"],
            name=row["name"],
            landlord=landlord,
            dwelling_total=row.get("dwellings") or len(referred) * 100 // _REFERRAL_SHARE + 3,
            share_percent=_REFERRAL_SHARE if is_referral else 100,
            whole_under=_WHOLE_UNDER if is_referral else 0,
            starts_on=starts_on,
            ends_on=add_months(starts_on, 12 * row["years"]),
        )
        for one in referred if is_referral else ():
            one.agreement = agreement


def _grant(dwelling: Dwelling) -> DwellingFunding:
    return DwellingFunding(
        dwelling=dwelling,
        kind=FundingKind.RENTAL_GRANT,
        amount=10_000 * (dwelling.area_m2 or 0),
        granted_on=dwelling.acquired_on,
        committed_years=30,
    )


def _log(dwelling: Dwelling, row: dict[str, Any], *, today: date, by: Employee, at: datetime) -> None:
    happened_on = today - timedelta(days=row["days_ago"])
    log_event(
        dwelling_id=dwelling.pk,
        kind=LogKind(row["kind"]),
        happened_on=happened_on,
        text=row["text"],
        cost=row.get("cost"),
        mended_on=happened_on + timedelta(days=row["mended"]) if "mended" in row else None,
        by=by,
        at=at,
    )


def _plan(row: dict[str, Any], *, municipality: Municipality, today: date, by: Employee, at: datetime) -> None:
    steps, talk, ahead = row.pop("steps"), row.pop("talk", None), row.pop("days_ahead")
    expected_on = today + timedelta(days=ahead)
    planned = plan_home(municipality=municipality, by=by, at=at, expected_on=expected_on, tenure=Tenure.OWNED, **row)
    for _step in range(steps):
        move_on(planned_id=planned.pk, by=by, at=at)
    if talk:
        talk_with_neighbours(planned_id=planned.pk, on=today - timedelta(days=20), text=talk, by=by, at=at)
