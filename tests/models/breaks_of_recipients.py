"""What breaks each rule of representatives; for the tests beside."""

from __future__ import annotations

from collections.abc import Callable

from cases.models import RepresentativeKind
from tests.factories.people import DAY, HouseholdFactory
from tests.factories.represented import RepresentativeFactory


def _registered_twice() -> None:
    first = RepresentativeFactory.create()
    RepresentativeFactory.create(household=first.household, person=first.person, name=first.name)


OF_RECIPIENTS: dict[str, Callable[[], object]] = {
    "representative_ends_after_it_starts": lambda: RepresentativeFactory.create(starts_on=DAY, ends_on=DAY),
    "representative_kind_is_known": lambda: RepresentativeFactory.create(kind="friend"),
    "representative_scope_is_known": lambda: RepresentativeFactory.create(scope="moon"),
    "representative_is_named": lambda: RepresentativeFactory.create(name=""),
    "representative_agent_shows_power_of_attorney": lambda: RepresentativeFactory.create(
        kind=RepresentativeKind.AGENT, household=HouseholdFactory.create(), paper=None
    ),
    "representative_for_an_estate_gets_no_letters": lambda: RepresentativeFactory.create(
        kind=RepresentativeKind.ESTATE
    ),
    "representative_end_reason_has_an_end": lambda: RepresentativeFactory.create(end_reason="Withdrawn"),
    "representative_once_at_a_time": _registered_twice,
}
