"""What breaks each rule of dwellings, agreements, buildings and planned homes; for the tests beside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from housing.models import AgreementKind, Tenure
from tests.factories.housing import (
    AgreementFactory,
    BuildingFactory,
    DwellingFactory,
    DwellingFundingFactory,
    DwellingLogEntryFactory,
    DwellingRentFactory,
    NeighbourDialogueFactory,
    PlannedHomeFactory,
)
from tests.factories.people import DAY, LONG_AGO, OSLO_NUMBER


def _twice(factory: Any, **same: Any) -> None:
    for _ in range(2):
        factory.create(**same)


def _replaced_by_itself() -> None:
    one = DwellingFactory.create(disposed_on=DAY)
    one.replaced_by = one
    one.save()


OF_STOCK: dict[str, Callable[[], object]] = {
    "building_has_a_name": lambda: BuildingFactory.create(name=""),
    "building_name_once_a_municipality": lambda: _twice(BuildingFactory, name="The block"),
    "building_property_ref_once_a_municipality": lambda: _twice(BuildingFactory, property_ref="B-1"),
    "agreement_ends_after_it_starts": lambda: AgreementFactory.create(starts_on=DAY, ends_on=DAY),
    "agreement_kind_is_known": lambda: AgreementFactory.create(kind="handshake"),
    "agreement_has_a_name": lambda: AgreementFactory.create(name=""),
    "agreement_has_a_dwelling": lambda: AgreementFactory.create(dwelling_total=0),
    "agreement_share_is_a_share": lambda: AgreementFactory.create(share_percent=101),
    "agreement_name_once_a_municipality": lambda: _twice(AgreementFactory, name="The agreement"),
    "dwelling_tenure_is_known": lambda: DwellingFactory.create(tenure="squatted"),
    "dwelling_type_is_known": lambda: DwellingFactory.create(type="castle"),
    "dwelling_heating_is_known": lambda: DwellingFactory.create(heating="dragon"),
    "dwelling_standard_is_known": lambda: DwellingFactory.create(standard="royal"),
    "dwelling_staffing_is_known": lambda: DwellingFactory.create(staffing="some"),
    "dwelling_disposal_is_known": lambda: DwellingFactory.create(disposed_on=DAY, disposal="lost"),
    "dwelling_features_are_known": lambda: DwellingFactory.create(accessible_because=["moat"]),
    "dwelling_target_groups_are_known": lambda: DwellingFactory.create(target_groups=["knights"]),
    "dwelling_number_is_one_of_the_register": lambda: DwellingFactory.create(number="1A"),
    "dwelling_has_an_area": lambda: DwellingFactory.create(area_m2=0),
    "dwelling_disposed_after_acquired": lambda: DwellingFactory.create(disposed_on=LONG_AGO),
    "dwelling_disposal_has_its_day": lambda: DwellingFactory.create(disposal="sold"),
    "dwelling_proceeds_of_a_sale_only": lambda: DwellingFactory.create(
        disposed_on=DAY, disposal="demolished", proceeds=1
    ),
    "dwelling_is_replaced_by_another": _replaced_by_itself,
    "dwelling_agreement_is_its_tenure_s": lambda: DwellingFactory.create(agreement=AgreementFactory.create()),
    "dwelling_property_ref_once_a_municipality": lambda: _twice(DwellingFactory, property_ref="D-1"),
    "dwelling_kobo_ref_once": lambda: _twice(DwellingFactory, kobo_ref="K-1"),
    "dwelling_agreement_of_its_kind": lambda: DwellingFactory.create(
        tenure=Tenure.REFERRAL_AGREEMENT, agreement=AgreementFactory.create(kind=AgreementKind.ALLOTMENT)
    ),
    "dwelling_building_in_its_municipality": lambda: DwellingFactory.create(
        building=BuildingFactory.create(municipality_id=OSLO_NUMBER)
    ),
    "dwelling_rent_one_a_day": lambda: _twice(DwellingRentFactory, dwelling=DwellingFactory.create()),
    "dwelling_rent_is_more_than_nothing": lambda: DwellingRentFactory.create(rent_a_month=0),
    "funding_kind_is_known": lambda: DwellingFundingFactory.create(kind="lottery"),
    "funding_is_more_than_nothing": lambda: DwellingFundingFactory.create(amount=0),
    "funding_commits_for_a_time": lambda: DwellingFundingFactory.create(committed_years=101),
    "funding_once_a_day": lambda: _twice(DwellingFundingFactory, dwelling=DwellingFactory.create()),
    "dwelling_log_kind_is_known": lambda: DwellingLogEntryFactory.create(kind="ghost"),
    "dwelling_log_says_something": lambda: DwellingLogEntryFactory.create(text=""),
    "dwelling_log_mended_after_it_happened": lambda: DwellingLogEntryFactory.create(mended_on=DAY - timedelta(days=1)),
    "planned_home_source_is_known": lambda: PlannedHomeFactory.create(source="found"),
    "planned_home_status_is_known": lambda: PlannedHomeFactory.create(status="dreamt"),
    "planned_home_tenure_is_known": lambda: PlannedHomeFactory.create(tenure="squatted"),
    "planned_home_type_is_known": lambda: PlannedHomeFactory.create(type="castle"),
    "planned_home_has_a_name": lambda: PlannedHomeFactory.create(name=""),
    "planned_home_is_one_or_more": lambda: PlannedHomeFactory.create(count=0),
    "planned_home_has_an_area": lambda: PlannedHomeFactory.create(area_m2=0),
    "planned_home_is_taken_over_on_a_day": lambda: PlannedHomeFactory.create(taken_over_on=DAY),
    "planned_home_is_dropped_with_a_reason": lambda: PlannedHomeFactory.create(status="dropped"),
    "neighbour_dialogue_says_something": lambda: NeighbourDialogueFactory.create(text=""),
}

#: Implied by the primary key: there only for foreign keys to point at.
IMPLIED_OF_STOCK = {"agreement_with_kind", "building_with_municipality"}
