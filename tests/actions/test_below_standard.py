"""Places that do not suit a household: who may use them all the same, and what follows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.actions.placing import CannotPlace, place
from cases.models import Outcome, Request, Task, TaskKind
from housing.models import (
    Ban,
    BelowStandard,
    ChildApproval,
    NotTogether,
    ProviderOwner,
    QualityAgreement,
    ResidenceKind,
)
from people.models import MemberRole
from tests.factories.cases import RequestFactory
from tests.factories.housing import ProviderFactory, RoomFactory
from tests.factories.people import AT, DAY, LONG_AGO, MemberFactory, at, team_leader
from tests.journeys import (
    FORTNIGHT,
    PARTS,
    family_in,
    give,
    good_room,
    household_in,
    lived,
    opened_by,
    placed_household,
    shift,
    state,
    unit_of,
    worker_for,
)

pytestmark = pytest.mark.django_db

END = FORTNIGHT
TOMORROW = DAY + timedelta(days=1)


def test_a_place_below_standard_is_recorded_told_and_put_right_within_a_working_day() -> None:
    household = household_in(ResidenceKind.ROUGH)
    friday = date(2026, 3, 13)
    room = RoomFactory.create()
    RequestFactory.create(household=household, asked_at=at(friday, 8))

    residence = place(
        household_id=household.pk,
        room_id=room.pk,
        starts_on=friday,
        planned_end=END,
        parts=PARTS,
        below_standard=BelowStandard.NOTHING_ELSE_FREE,
        by=worker_for(household),
        at=at(friday),
    )

    assert residence.below_standard == BelowStandard.NOTHING_ELSE_FREE
    monday = date(2026, 3, 16)
    told = Task.objects.get(kind=TaskKind.LEADER_BELOW_STANDARD)
    assert (told.for_leader, told.due_on) == (True, monday)
    assert Task.objects.get(kind=TaskKind.MOVE_TO_STANDARD).due_on == monday
    assert Request.objects.get().outcome == Outcome.BELOW_STANDARD


def test_the_task_to_move_is_done_by_moving_to_a_place_that_suits() -> None:
    household = household_in(ResidenceKind.ROUGH)
    give(household, room=RoomFactory.create(), below_standard=BelowStandard.SAFETY)

    shift(household, starts_on=TOMORROW)

    assert Task.objects.get(kind=TaskKind.MOVE_TO_STANDARD).done_on == DAY


@pytest.mark.parametrize("reason", ["", "because"])
def test_a_place_that_does_not_suit_needs_one_of_the_reasons(reason: str) -> None:
    household = household_in(ResidenceKind.ROUGH)

    with pytest.raises(CannotPlace) as refused:
        give(household, room=RoomFactory.create(), below_standard=reason)

    assert refused.value.field == "below_standard"
    assert lived(household) == [("rough", LONG_AGO, None)]


def test_a_reason_is_not_kept_where_the_place_suits() -> None:
    household = household_in(ResidenceKind.ROUGH)

    assert give(household, below_standard=BelowStandard.SAFETY).below_standard == ""


@pytest.mark.parametrize("lapsed", [QualityAgreement, ChildApproval])
def test_a_child_where_the_approval_lapsed_needs_the_leader(lapsed: type[QualityAgreement | ChildApproval]) -> None:
    household = family_in(ResidenceKind.ROUGH)
    provider = ProviderFactory.create(suits_children=True, owner=ProviderOwner.MUNICIPAL)
    lapsed.objects.create(provider=provider, starts_on=LONG_AGO, ends_on=DAY)
    room = RoomFactory.create(provider=provider, capacity=3)

    with pytest.raises(CannotPlace) as refused:
        give(household, room=room, below_standard=BelowStandard.NOTHING_ELSE_FREE)
    assert refused.value.field == "room"
    place(
        household_id=household.pk,
        room_id=room.pk,
        starts_on=DAY,
        planned_end=END,
        parts=None,
        below_standard=BelowStandard.NOTHING_ELSE_FREE,
        by=opened_by(team_leader(unit_of(household)), household),
        at=AT,
    )

    assert Task.objects.get(kind=TaskKind.LEADER_CHILD_LAPSED).for_leader


def test_the_municipality_needs_no_agreement_with_itself() -> None:
    household = family_in(ResidenceKind.ROUGH)
    own = ProviderFactory.create(suits_children=True, owner=ProviderOwner.MUNICIPAL)

    give(household, room=RoomFactory.create(provider=own, capacity=2))

    assert state(household) == "temporary"


def test_a_visiting_child_needs_a_bed_that_suits() -> None:
    household = household_in(ResidenceKind.ROUGH)
    MemberFactory.create(household=household, is_child=True, role=MemberRole.CHILD_VISIT)

    with pytest.raises(CannotPlace, match="\\("):
        give(household, room=good_room(capacity=1))


def test_a_provider_that_the_household_is_barred_from_is_refused_without_saying_why() -> None:
    household = household_in(ResidenceKind.ROUGH)
    room = good_room()
    Ban.objects.create(household=household, provider=room.provider, starts_on=LONG_AGO, reason="Set fire to a bed")

    with pytest.raises(CannotPlace) as refused:
        give(household, room=room, below_standard=BelowStandard.SAFETY)

    assert refused.value.field == "room"
    assert "fire" not in str(refused.value)


@pytest.mark.parametrize("comes", ["before", "after"])
def test_two_households_kept_apart_never_share_a_provider_and_the_refusal_does_not_say_why(comes: str) -> None:
    room = good_room()
    household = household_in(ResidenceKind.ROUGH) if comes == "before" else None
    there = placed_household(LONG_AGO, room=RoomFactory.create(provider=room.provider))
    household = household or household_in(ResidenceKind.ROUGH)
    lower, higher = sorted([there, household], key=lambda one: one.pk)
    NotTogether.objects.create(household=lower, other=higher, reason="Violence")

    with pytest.raises(CannotPlace) as refused:
        give(household, room=room)

    assert "Violence" not in str(refused.value)
