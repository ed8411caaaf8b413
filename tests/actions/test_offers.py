"""A dwelling is offered: to whom, until when, and what the household's answer or silence means."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cases.actions.occupancy import CannotLiveThere
from cases.actions.offers import (
    CannotAnswer,
    CannotOffer,
    NewOffer,
    accept_offer,
    decline_offer,
    expire_offers,
    make_offer,
    withdraw_offer,
)
from cases.actions.residences import Destination, settle
from cases.models import DocumentKind, LawChoice, Offer, OfferEffect, OfferStatus, Task, TaskKind, WithdrawalReason
from housing.models import Dwelling, DwellingVoid, Lease, ResidenceKind, VoidReason
from people.access import NotOpened
from people.journal import Act
from people.models import Household, JournalEntry, Protection
from tests.factories.applied import HousingApplicationFactory
from tests.factories.cases import DecisionFactory
from tests.factories.offers import OfferedDwellingFactory, OfferFactory
from tests.factories.people import AT, DAY, EmployeeFactory, at, caseworker
from tests.journeys import household_in, lived, state, unit_of, worker_for

pytestmark = pytest.mark.django_db

WEEK = DAY + timedelta(days=7)
AFTER = at(WEEK + timedelta(days=1))


@pytest.fixture
def household() -> Household:
    return household_in(ResidenceKind.ROUGH)


@pytest.fixture
def dwelling() -> Dwelling:
    return OfferedDwellingFactory.create()


def offered(household: Household, dwelling: Dwelling, **changes: Any) -> Offer:
    """Offered today, to be answered within a week; `by` and `at` as told."""
    by, when = changes.pop("by", None) or worker_for(household), changes.pop("at", AT)
    told = {"dwelling_id": dwelling.pk, "expires_on": WEEK, "moves_in_from": DAY, "rent_a_month": 8500, **changes}
    return make_offer(household_id=household.pk, new=NewOffer(**told), by=by, at=when)


def home_in(dwelling: Dwelling | None = None) -> Destination:
    kind = ResidenceKind.MUNICIPAL_RENTAL if dwelling else ResidenceKind.PRIVATE_RENTAL
    return Destination(kind, dwelling_id=dwelling.pk if dwelling else None, lease=Lease.ORDINARY)


def choose(household: Household, code: str, value: str) -> None:
    LawChoice.objects.create(
        municipality_id=household.municipality_id,
        code=code,
        value=value,
        starts_on=DAY - timedelta(days=30),
        reason="The council",
        by=EmployeeFactory.create(),
        at=AT,
    )


def waiting(household: Household) -> Any:
    """The household's application, which waits for a dwelling."""
    decision = DecisionFactory.create(household=household)
    return HousingApplicationFactory.create(
        household=household, status="granted", granted_on=DAY - timedelta(days=90), decision=decision
    )


def acts(household: Household) -> list[str]:
    return list(JournalEntry.objects.filter(household_id=household.pk).order_by("pk").values_list("act", flat=True))


def test_an_offer_has_its_letter_its_day_and_a_task_to_get_the_answer(household: Household, dwelling: Dwelling) -> None:
    offer = offered(household, dwelling)

    assert (offer.status, offer.sent_on, offer.expires_on, offer.unit) == ("sent", DAY, WEEK, unit_of(household))
    assert offer.letter is not None and offer.letter.kind == DocumentKind.OFFER and offer.letter.tells_place
    task = Task.objects.get(household=household, kind=TaskKind.ANSWER_OFFER)
    assert (task.due_on, task.done_on) == (WEEK, None)
    assert Act.OFFER_MADE in acts(household)


def test_an_offer_answers_the_application_that_waits(household: Household, dwelling: Dwelling) -> None:
    application = waiting(household)

    assert offered(household, dwelling).application == application


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"expires_on": DAY - timedelta(days=1)}, "expires_on"),
        ({"moves_in_from": DAY - timedelta(days=1)}, "moves_in_from"),
    ],
)
def test_a_day_that_has_passed_is_refused_at_its_field(
    household: Household, dwelling: Dwelling, told: dict[str, date], field: str
) -> None:
    with pytest.raises(CannotOffer) as refused:
        offered(household, dwelling, **told)

    assert refused.value.field == field
    assert not Offer.objects.exists()


def test_a_dwelling_is_offered_to_one_household_at_a_time(household: Household, dwelling: Dwelling) -> None:
    offered(household_in(ResidenceKind.ROUGH), dwelling)

    with pytest.raises(CannotOffer) as refused:
        offered(household, dwelling)

    assert refused.value.field == "dwelling"
    assert "not available" in str(refused.value)


def test_a_dwelling_that_is_let_void_or_disposed_of_is_not_offered(household: Household) -> None:
    let, void = OfferedDwellingFactory.create(), OfferedDwellingFactory.create()
    gone = OfferedDwellingFactory.create(disposed_on=DAY, disposal="sold")
    household_in(ResidenceKind.MUNICIPAL_RENTAL, dwelling=let, lease=Lease.ORDINARY)
    DwellingVoid.objects.create(dwelling=void, starts_on=DAY, reason=VoidReason.REPAIR)

    for dwelling in (let, void, gone):
        with pytest.raises(CannotLiveThere) as refused:
            offered(household, dwelling)
        assert refused.value.field == "dwelling"


def test_a_dwelling_is_offered_from_the_day_it_is_ready(household: Household, dwelling: Dwelling) -> None:
    ready = DAY + timedelta(days=10)
    DwellingVoid.objects.create(dwelling=dwelling, starts_on=DAY, ends_on=ready, reason=VoidReason.REPAIR)

    offer = offered(household, dwelling, moves_in_from=ready)
    accept_offer(offer_id=offer.pk, by=worker_for(household), at=AT)

    held = DwellingVoid.objects.get(held_for=household)
    assert (held.reason, held.starts_on) == (VoidReason.HOLD, ready)


def test_who_has_a_permanent_home_is_offered_another_only_for_a_swap(dwelling: Dwelling) -> None:
    housed = household_in(ResidenceKind.MUNICIPAL_RENTAL, lease=Lease.ORDINARY)

    with pytest.raises(CannotOffer):
        offered(housed, dwelling)
    HousingApplicationFactory.create(household=housed, kind="swap")
    assert offered(housed, dwelling).status == OfferStatus.SENT


def test_a_yes_holds_the_dwelling_and_asks_for_the_lease(household: Household, dwelling: Dwelling) -> None:
    offer = offered(household, dwelling)

    accept_offer(offer_id=offer.pk, by=worker_for(household), at=at(WEEK))

    offer = Offer.objects.get()
    assert (offer.status, offer.accepted_on) == ("accepted", WEEK)
    assert dwelling.voids.get().held_for == household
    assert list(Task.objects.open().filter(household=household).values_list("kind", flat=True)) == ["sign_lease"]
    with pytest.raises(CannotLiveThere):
        settle(
            household_id=(other := household_in(ResidenceKind.ROUGH)).pk,
            on=WEEK,
            to=home_in(dwelling),
            by=worker_for(other),
            at=at(WEEK),
        )


def test_a_yes_after_the_last_day_is_refused_and_changes_nothing(household: Household, dwelling: Dwelling) -> None:
    offer = offered(household, dwelling)

    with pytest.raises(CannotAnswer, match="ran out"):
        accept_offer(offer_id=offer.pk, by=worker_for(household), at=AFTER)

    assert Offer.objects.get().status == OfferStatus.SENT
    assert not dwelling.voids.exists()


def test_a_yes_twice_is_refused(household: Household, dwelling: Dwelling) -> None:
    offer = offered(household, dwelling)
    accept_offer(offer_id=offer.pk, by=worker_for(household), at=AT)

    with pytest.raises(CannotAnswer, match="not open"):
        accept_offer(offer_id=offer.pk, by=worker_for(household), at=AT)


def test_one_offer_is_accepted_and_no_other_beside_it(household: Household, dwelling: Dwelling) -> None:
    other = offered(household, OfferedDwellingFactory.create())
    accept_offer(offer_id=offered(household, dwelling).pk, by=worker_for(household), at=AT)

    with pytest.raises(CannotAnswer, match="another offer"):
        accept_offer(offer_id=other.pk, by=worker_for(household), at=AT)


def test_moving_in_takes_the_offer_up_and_the_others_fall_away(household: Household, dwelling: Dwelling) -> None:
    other = offered(household, OfferedDwellingFactory.create())
    offer = offered(household, dwelling)
    accept_offer(offer_id=offer.pk, by=worker_for(household), at=AT)

    settle(household_id=household.pk, on=DAY, to=home_in(dwelling), by=worker_for(household), at=AT)

    assert Offer.objects.get(pk=offer.pk).status == OfferStatus.MOVED_IN
    fallen = Offer.objects.get(pk=other.pk)
    assert (fallen.status, fallen.withdrawn_because) == ("withdrawn", WithdrawalReason.MOVED_ELSEWHERE)
    assert not DwellingVoid.objects.exists()
    assert [kind for kind, _from, _to in lived(household)][-1] == "municipal_rental"
    assert state(household) == "settled"
    assert not Task.objects.open().filter(household=household, kind__in=["answer_offer", "sign_lease"]).exists()


def test_moving_in_elsewhere_takes_every_offer_back(household: Household, dwelling: Dwelling) -> None:
    offer = offered(household, dwelling)
    accept_offer(offer_id=offer.pk, by=worker_for(household), at=AT)

    settle(household_id=household.pk, on=DAY, to=home_in(), by=worker_for(household), at=AT)

    assert Offer.objects.get().status == OfferStatus.WITHDRAWN
    assert not DwellingVoid.objects.exists()


def test_a_dwelling_offered_to_somebody_is_not_moved_into_by_another(household: Household, dwelling: Dwelling) -> None:
    offered(household_in(ResidenceKind.ROUGH), dwelling)

    with pytest.raises(CannotOffer) as refused:
        settle(household_id=household.pk, on=DAY, to=home_in(dwelling), by=worker_for(household), at=AT)

    assert refused.value.field == "dwelling"
    assert [kind for kind, _from, _to in lived(household)] == ["rough"]


@pytest.mark.parametrize(
    ("choice", "because", "effect", "status"),
    [
        (None, "area", "keeps", "granted"),
        ("lapses", "area", "lapses", "lapsed"),
        ("lapses", "too_small", "keeps", "granted"),
        ("counted", "too_dear", "counted", "granted"),
    ],
)
def test_what_a_no_means_is_the_municipality_s_rule(
    household: Household, dwelling: Dwelling, choice: str | None, because: str, effect: str, status: str
) -> None:
    application = waiting(household)
    if choice:
        choose(household, "offer_declined_otherwise", choice)
    offer = offered(household, dwelling)

    decline_offer(offer_id=offer.pk, because=because, note="Too near", by=worker_for(household), at=AT)

    offer = Offer.objects.get()
    assert (offer.status, offer.effect, offer.decline_note) == ("declined", effect, "Too near")
    application = type(application).objects.get(pk=application.pk)
    assert application.status == status
    assert bool(application.ended_because) == (status == "lapsed")


def test_the_second_no_that_is_counted_ends_the_application(household: Household) -> None:
    application = waiting(household)
    choose(household, "offer_declined_otherwise", "counted")
    for _ in range(2):
        offer = offered(household, OfferedDwellingFactory.create())
        decline_offer(offer_id=offer.pk, because="area", by=worker_for(household), at=AT)

    assert list(Offer.objects.order_by("pk").values_list("effect", flat=True)) == ["counted", "lapses"]
    assert type(application).objects.get(pk=application.pk).status == "lapsed"


def test_a_no_after_a_yes_frees_the_dwelling(household: Household, dwelling: Dwelling) -> None:
    offer = offered(household, dwelling)
    accept_offer(offer_id=offer.pk, by=worker_for(household), at=AT)

    decline_offer(offer_id=offer.pk, because="standard", by=worker_for(household), at=AT)

    assert not dwelling.voids.exists()
    assert offered(household_in(ResidenceKind.ROUGH), dwelling).status == OfferStatus.SENT


def test_a_no_without_a_reason_is_refused(household: Household, dwelling: Dwelling) -> None:
    offer = offered(household, dwelling)

    with pytest.raises(CannotAnswer) as refused:
        decline_offer(offer_id=offer.pk, because="", by=worker_for(household), at=AT)

    assert refused.value.field == "because"


def test_an_offer_taken_back_means_nothing_for_the_application(household: Household, dwelling: Dwelling) -> None:
    application = waiting(household)
    choose(household, "offer_declined_otherwise", "lapses")
    offer = offered(household, dwelling)

    withdraw_offer(offer_id=offer.pk, because="dwelling_gone", by=worker_for(household), at=AT)

    assert Offer.objects.get().effect == ""
    assert type(application).objects.get(pk=application.pk).status == "granted"


def test_silence_ends_the_offer_the_day_after_the_last_once(household: Household, dwelling: Dwelling) -> None:
    choose(household, "offer_not_answered", "counted")
    offered(household, dwelling)
    calendar = EmployeeFactory.create(is_system=True)

    assert expire_offers(by=calendar, at=at(WEEK)) == 0
    assert expire_offers(by=calendar, at=AFTER) == 1
    assert expire_offers(by=calendar, at=AFTER) == 0

    offer = Offer.objects.get()
    assert (offer.status, offer.effect) == ("expired", OfferEffect.COUNTED)
    assert not Task.objects.open().filter(household=household).exists()
    anew = offered(household, dwelling, at=AFTER, expires_on=WEEK + timedelta(days=9), moves_in_from=AFTER.date())
    assert anew.status == "sent"


def test_whoever_may_not_change_the_case_offers_and_answers_nothing(household: Household, dwelling: Dwelling) -> None:
    colleague = caseworker(unit_of(household))
    offer = OfferFactory.create(household=household)

    with pytest.raises(NotOpened):
        offered(household, dwelling, by=colleague)
    with pytest.raises(NotOpened):
        accept_offer(offer_id=offer.pk, by=colleague, at=AT)


def test_of_a_shielded_household_nobody_uncleared_names_a_dwelling(household: Household, dwelling: Dwelling) -> None:
    worker = worker_for(household)
    person = household.members.get().person
    person.protection, person.protection_from = Protection.CONFIDENTIAL, DAY
    person.save()

    with pytest.raises(PermissionDenied):
        offered(household, dwelling, by=worker)
