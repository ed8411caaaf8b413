"""The way from renting to owning: agreed, saved for, looked at, bought, rescued, ended with a reason."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.http import Http404
from django_fsm import TransitionNotAllowed

from cases.actions.nightly import settle_tasks
from cases.actions.owning import (
    Agreed,
    CannotAgree,
    CannotGoOn,
    agree_to_own,
    become_ready,
    end_agreement,
    save_up,
)
from cases.actions.owning_purchase import Purchase, purchase
from cases.actions.owning_work import (
    CannotFollow,
    Point,
    look_at_potential,
    note_owning_contact,
    note_payment,
    rescue,
    saved_in_all,
    take_step,
)
from cases.models import (
    ENDS_OF_TENANTS,
    OwningAgreement,
    OwningEnd,
    OwningStatus,
    OwningWay,
    PotentialCriterion,
    Task,
)
from housing.models import Disposal, Dwelling, EndedBecause, Lease, Residence, ResidenceKind
from people.access import NotOpened
from people.models import Employee, Household
from tests.factories.housing import DwellingFactory
from tests.factories.owning import OwningAgreementFactory, OwningPotentialFactory
from tests.factories.people import AT, DAY, LONG_AGO, caseworker
from tests.journeys import household_in, lived, state, unit_of, worker_for

pytestmark = pytest.mark.django_db

WEEK_AGO = DAY - timedelta(days=7)
TOMORROW = DAY + timedelta(days=1)
YESTERDAY = DAY - timedelta(days=1)
YEAR_AGO = date(2025, 3, 10)
POINTS = {criterion: Point(1, "On the way") for criterion in PotentialCriterion}


@pytest.fixture
def household() -> Household:
    return household_in(ResidenceKind.PRIVATE_RENTAL, lease=Lease.ORDINARY)


@pytest.fixture
def dwelling() -> Dwelling:
    return DwellingFactory.create(acquired_on=LONG_AGO)


def tenant_of(dwelling: Dwelling) -> Household:
    return household_in(ResidenceKind.MUNICIPAL_RENTAL, lease=Lease.ORDINARY, dwelling=dwelling)


def terms(household: Household, **changes: Any) -> Agreed:
    told = {
        "way": OwningWay.RENT_TO_OWN,
        "agreed_on": WEEK_AGO,
        "residence_id": household.residences.latest("pk").pk,
        "option_price": 2_100_000,
        "option_until": DAY + timedelta(days=1500),
        "years": 5,
    }
    return Agreed(**{**told, **changes})


def agreed(household: Household, **changes: Any) -> OwningAgreement:
    return agree_to_own(household_id=household.pk, agreed=terms(household, **changes), by=worker(household), at=AT)


def worker(household: Household) -> Employee:
    return worker_for(household)


def ready(household: Household, **changes: Any) -> OwningAgreement:
    agreement = agreed(household, **changes)
    look_at_potential(agreement_id=agreement.pk, points=POINTS, summary="", by=worker(household), at=AT)
    return become_ready(agreement_id=agreement.pk, by=worker(household), at=AT)


def bought(agreement: OwningAgreement, **changes: Any) -> OwningAgreement:
    told = {"on": DAY, "price": 2_100_000, "leaves_tenancy": True, "is_rented_home": True, **changes}
    return purchase(agreement_id=agreement.pk, bought=Purchase(**told), by=worker(agreement.household), at=AT)


def paid(agreement: OwningAgreement, kind: str, amount: int, month: date = DAY) -> None:
    note_payment(
        agreement_id=agreement.pk, kind=kind, month=month, amount=amount, by=worker(agreement.household), at=AT
    )


def ended(agreement: OwningAgreement, because: str = OwningEnd.OWN_WISH, on: date = DAY) -> OwningAgreement:
    return end_agreement(
        agreement_id=agreement.pk, on=on, because=because, note="", by=worker(agreement.household), at=AT
    )


def open_tasks(household: Household) -> list[tuple[str, date]]:
    settle_tasks(at=AT)
    return sorted(Task.objects.open().filter(household=household).values_list("kind", "due_on"))


#: Transition → its target and the statuses it leads from.
TRANSITIONS: dict[str, tuple[str, set[str]]] = {
    "save_up": ("saving", {"agreed", "ready"}),
    "become_ready": ("ready", {"agreed", "saving"}),
    "purchase": ("purchased", {"ready"}),
    "end": ("ended", {"agreed", "saving", "ready", "purchased"}),
}
FACTS: dict[str, tuple[Any, ...]] = {
    "purchase": (DAY, Residence(kind="owned"), 1),
    "end": (DAY, OwningEnd.OTHER),
}


@pytest.mark.parametrize(("status", "name"), list(product(OwningStatus.values, TRANSITIONS)))
def test_a_transition_leads_where_it_should_or_is_refused(status: str, name: str) -> None:
    target, allowed_from = TRANSITIONS[name]
    agreement = OwningAgreement(status=status)

    if status in allowed_from:
        getattr(agreement, name)(*FACTS.get(name, ()))
        assert agreement.status == target
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(agreement, name)(*FACTS.get(name, ()))
        assert agreement.status == status


def test_whoever_rents_first_agrees_on_lease_price_last_day_and_years(household: Household) -> None:
    agreement = agreed(household, saves_a_month=2000, saves_in_all=120_000)

    assert (agreement.status, agreement.option_price, agreement.years) == ("agreed", 2_100_000, 5)
    assert agreement.tenancy is not None
    assert agreement.tenancy.residence == household.residences.get()


@pytest.mark.parametrize("way", [OwningWay.RENT_TO_OWN, OwningWay.RENT_BEFORE_OWN])
@pytest.mark.parametrize(
    ("lacking", "field"),
    [("residence_id", "residence"), ("option_price", "option_price"), ("option_until", "option_until"), ("years",) * 2],
)
def test_what_a_tenant_s_agreement_lacks_is_said_at_its_field(
    household: Household, way: str, lacking: str, field: str
) -> None:
    with pytest.raises(CannotAgree) as refused:
        agreed(household, way=way, **{lacking: None})

    assert refused.value.field == field
    assert not OwningAgreement.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"way": "by_luck"}, "way"),
        ({"agreed_on": TOMORROW}, "agreed_on"),
        ({"option_until": WEEK_AGO - timedelta(days=1)}, "option_until"),
        ({"buy_back_price": 1}, "buy_back_until"),
        ({"buy_back_until": DAY}, "buy_back_price"),
        ({"residence_id": 0}, "residence"),
    ],
)
def test_what_cannot_be_agreed_is_said_at_its_field(household: Household, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(CannotAgree) as refused:
        agreed(household, **changes)

    assert refused.value.field == field


def test_who_buys_at_once_needs_neither_lease_nor_option() -> None:
    household = household_in(ResidenceKind.FRIENDS)

    agreement = agreed(
        household, way=OwningWay.OWN_FIRST, residence_id=None, option_price=None, option_until=None, years=None
    )

    assert agreement.tenancy is None


def test_a_household_has_one_agreement_on_the_way(household: Household) -> None:
    agreed(household)

    with pytest.raises(CannotAgree):
        agreed(household)


def test_the_first_money_put_aside_makes_it_a_saving_one(household: Household) -> None:
    agreement = agreed(household)

    paid(agreement, "rent", 9000)
    agreement.refresh_from_db()
    assert agreement.status == "agreed"
    paid(agreement, "saved", 2000)

    agreement.refresh_from_db()
    assert agreement.status == "saving"


def test_a_month_told_again_is_put_right_and_no_more_is_taken_out_than_is_saved(household: Household) -> None:
    agreement = agreed(household)
    paid(agreement, "saved", 2000)
    paid(agreement, "saved", 2500)

    with pytest.raises(CannotFollow) as refused:
        paid(agreement, "taken_out", 2501)
    paid(agreement, "taken_out", 500)
    paid(agreement, "taken_out", 2500)

    assert refused.value.field == "amount"
    assert saved_in_all(agreement) == 0
    assert agreement.payments.count() == 2


@pytest.mark.parametrize(
    ("kind", "amount", "month", "field"),
    [
        ("lottery", 1, DAY, "kind"),
        ("saved", 0, DAY, "amount"),
        ("saved", 1, date(2026, 4, 1), "month"),
        ("rent", 1, date(2026, 2, 1), "month"),
    ],
)
def test_a_payment_that_cannot_be_is_refused(
    household: Household, kind: str, amount: int, month: date, field: str
) -> None:
    agreement = agreed(household)

    with pytest.raises(CannotFollow) as refused:
        paid(agreement, kind, amount, month)

    assert refused.value.field == field
    assert not agreement.payments.exists()


def test_every_point_of_a_potential_has_a_reason(household: Household) -> None:
    agreement, by = agreed(household), worker(household)

    with pytest.raises(CannotFollow) as refused:
        points = POINTS | {PotentialCriterion.DEBT: Point(2, " ")}
        look_at_potential(agreement_id=agreement.pk, points=points, summary="", by=by, at=AT)
    assert refused.value.field == "reason_debt"
    with pytest.raises(CannotFollow) as refused:
        points = POINTS | {PotentialCriterion.DEBT: Point(3, "Rich")}
        look_at_potential(agreement_id=agreement.pk, points=points, summary="", by=by, at=AT)
    assert refused.value.field == "points_debt"
    assert not agreement.potentials.exists()

    made = look_at_potential(agreement_id=agreement.pk, points=POINTS, summary="Soon", by=by, at=AT)

    assert sum(point.points for point in made.points.all()) == len(PotentialCriterion)
    with pytest.raises(CannotFollow):
        look_at_potential(agreement_id=agreement.pk, points=POINTS, summary="", by=by, at=AT)


def test_nobody_is_ready_whose_potential_was_not_looked_at_within_a_year(household: Household) -> None:
    agreement = agreed(household)
    OwningPotentialFactory.create(agreement=agreement, made_on=date(2025, 3, 9))

    with pytest.raises(CannotGoOn, match="less than a year old"):
        become_ready(agreement_id=agreement.pk, by=worker(household), at=AT)
    OwningPotentialFactory.create(agreement=agreement, made_on=YEAR_AGO)

    assert become_ready(agreement_id=agreement.pk, by=worker(household), at=AT).status == "ready"


def test_who_turned_out_not_to_be_ready_saves_again(household: Household) -> None:
    agreement = ready(household)

    assert save_up(agreement_id=agreement.pk, by=worker(household), at=AT).status == "saving"
    with pytest.raises(CannotGoOn, match="Saving"):
        save_up(agreement_id=agreement.pk, by=worker(household), at=AT)


def test_the_potential_is_asked_for_after_a_year_and_the_option_before_it_runs_out(household: Household) -> None:
    agreement = OwningAgreementFactory.create(
        tenancy__residence=household.residences.get(), agreed_on=YEAR_AGO, option_until=DAY + timedelta(days=100)
    )

    assert open_tasks(household) == [("owning_option", agreement.option_until), ("owning_potential", DAY)]
    look_at_potential(agreement_id=agreement.pk, points=POINTS, summary="", by=worker(household), at=AT)

    assert [kind for kind, _due in open_tasks(household)] == ["owning_option"]
    ended(agreement)
    assert open_tasks(household) == []


def test_steps_are_taken_once(household: Household) -> None:
    agreement, by = agreed(household), worker(household)
    take_step(agreement_id=agreement.pk, step="loan_granted", on=DAY, by=by, at=AT)

    for step, on, field in (("loan_granted", DAY, "step"), ("leap", DAY, "step"), ("contract", TOMORROW, "on")):
        with pytest.raises(CannotFollow) as refused:
            take_step(agreement_id=agreement.pk, step=step, on=on, by=by, at=AT)
        assert refused.value.field == field

    assert agreement.steps.count() == 1


def test_the_municipal_dwelling_they_buy_leaves_the_stock_and_they_own_from_that_day(dwelling: Dwelling) -> None:
    household = tenant_of(dwelling)
    agreement = bought(ready(household))

    assert [kind for kind, _from, _to in lived(household)] == ["municipal_rental", "owned"]
    dwelling.refresh_from_db()
    assert (dwelling.disposed_on, dwelling.disposal) == (DAY, Disposal.SOLD_TO_TENANT)
    assert agreement.status == "purchased"
    assert agreement.home is not None and agreement.home.kind == "owned"
    assert agreement.tenancy is not None
    agreement.tenancy.refresh_from_db()
    assert agreement.tenancy.ended_because == EndedBecause.BOUGHT
    assert state(household) == "settled"


def test_who_buys_another_home_leaves_a_dwelling_that_is_free(dwelling: Dwelling) -> None:
    household = tenant_of(dwelling)

    bought(ready(household), is_rented_home=False)

    dwelling.refresh_from_db()
    assert dwelling.disposed_on is None
    assert not Residence.objects.on(DAY).filter(dwelling=dwelling).exists()
    assert lived(household)[-1] == ("owned", DAY, None)


def test_a_private_home_they_rent_is_bought(household: Household) -> None:
    bought(ready(household, way=OwningWay.RENT_BEFORE_OWN))

    assert lived(household)[-1] == ("owned", DAY, None)


def test_who_lived_with_friends_buys_at_once() -> None:
    household = household_in(ResidenceKind.FRIENDS)
    at_once = {"residence_id": None, "option_price": None, "option_until": None, "years": None}

    agreement = ready(household, way=OwningWay.OWN_FIRST, **at_once)
    with pytest.raises(CannotGoOn) as refused:
        bought(agreement)
    assert refused.value.field == "which"
    bought(agreement, is_rented_home=False, leaves_tenancy=False)

    assert lived(household)[-1] == ("owned", DAY, None)


def test_a_home_that_is_registered_as_theirs_already_is_the_one_they_bought(household: Household) -> None:
    agreement = OwningAgreementFactory.create(
        tenancy__residence=household.residences.get(), agreed_on=WEEK_AGO, status="ready"
    )
    rented = household.residences.get()
    rented.ends_on = YESTERDAY
    rented.save(update_fields=["ends_on"])
    owned = Residence.objects.create(
        household=household, municipality_id=household.municipality_id, kind="owned", starts_on=YESTERDAY
    )

    assert bought(agreement, leaves_tenancy=False).home == owned


def test_the_option_is_not_used_after_its_last_day(household: Household) -> None:
    agreement = ready(household, option_until=YESTERDAY)

    with pytest.raises(CannotGoOn, match="ran out on 9 March") as refused:
        bought(agreement)

    assert refused.value.field == "on"
    agreement.refresh_from_db()
    assert agreement.status == "ready"
    assert [kind for kind, _from, _to in lived(household)] == ["private_rental"]
    assert bought(agreement, on=YESTERDAY).status == "purchased"


@pytest.mark.parametrize("is_rented_home", [True, False])
def test_nobody_buys_without_leaving_the_tenancy(dwelling: Dwelling, *, is_rented_home: bool) -> None:
    household = tenant_of(dwelling)
    agreement = ready(household)

    with pytest.raises(CannotGoOn) as refused:
        bought(agreement, leaves_tenancy=False, is_rented_home=is_rented_home)

    assert refused.value.field == "leaves_tenancy"
    agreement.refresh_from_db()
    assert agreement.status == "ready"
    assert [kind for kind, _from, _to in lived(household)] == ["municipal_rental"]


@pytest.mark.parametrize("on", [TOMORROW, WEEK_AGO - timedelta(days=1)])
def test_a_purchase_is_between_the_agreement_and_today(household: Household, on: date) -> None:
    with pytest.raises(CannotGoOn) as refused:
        bought(ready(household), on=on)

    assert refused.value.field == "on"


def test_nobody_buys_who_is_not_ready(household: Household) -> None:
    with pytest.raises(CannotGoOn, match="Agreed"):
        bought(agreed(household))


@pytest.mark.parametrize("because", ENDS_OF_TENANTS)
def test_an_agreement_that_came_to_nothing_says_why(household: Household, because: str) -> None:
    agreement = ended(agreed(household), because)

    assert (agreement.status, agreement.ended_because, agreement.ended_on) == ("ended", because, DAY)
    with pytest.raises(CannotGoOn):
        ended(agreement, because)


@pytest.mark.parametrize(
    ("because", "on", "field"),
    [("a_whim", DAY, "because"), ("sold", DAY, "because"), ("own_wish", TOMORROW, "on"), ("own_wish", LONG_AGO, "on")],
)
def test_an_end_that_cannot_be_is_refused(household: Household, because: str, on: date, field: str) -> None:
    agreement = agreed(household)

    with pytest.raises(CannotGoOn) as refused:
        ended(agreement, because, on)

    assert refused.value.field == field


def test_the_municipality_buys_back_only_while_it_may(household: Household) -> None:
    without = bought(ready(household))
    with pytest.raises(CannotGoOn) as refused:
        ended(without, OwningEnd.BOUGHT_BACK)
    assert refused.value.field == "on"
    other = household_in(ResidenceKind.PRIVATE_RENTAL, lease=Lease.ORDINARY)
    agreement = bought(ready(other, buy_back_price=2_000_000, buy_back_until=DAY))

    assert ended(agreement, OwningEnd.BOUGHT_BACK).ended_because == "bought_back"


def test_when_payments_fail_something_is_done(household: Household) -> None:
    agreement, by = bought(ready(household)), worker(household)
    facts: dict[str, Any] = {"agreement_id": agreement.pk, "note": "Lost work", "by": by, "at": AT}

    made = rescue(kind="interest_only", starts_on=DAY, ends_on=date(2027, 3, 10), **facts)

    assert (made.kind, made.ends_on) == ("interest_only", date(2027, 3, 10))
    for kind, starts_on, ends_on, field in (
        ("prayer", DAY, None, "kind"),
        ("payment_plan", LONG_AGO, None, "starts_on"),
        ("payment_plan", DAY, DAY, "ends_on"),
        ("buy_out", DAY, None, "starts_on"),
    ):
        with pytest.raises(CannotFollow) as refused:
            rescue(kind=kind, starts_on=starts_on, ends_on=ends_on, **facts)
        assert refused.value.field == field


def test_what_was_not_bought_is_not_bought_back(household: Household) -> None:
    agreement = agreed(household, buy_back_price=1, buy_back_until=DAY)

    with pytest.raises(CannotGoOn):
        rescue(
            agreement_id=agreement.pk, kind="buy_out", starts_on=DAY, ends_on=None, note="", by=worker(household), at=AT
        )


def test_who_has_bought_is_asked_how_it_goes_every_half_year(household: Household) -> None:
    rented = household.residences.get()
    rented.ends_on = DAY
    rented.save(update_fields=["ends_on"])
    agreement = OwningAgreementFactory.create(tenancy__residence=rented, agreed_on=YEAR_AGO, is_bought=True)
    agreement.purchased_on = date(2025, 9, 10)
    agreement.save(update_fields=["purchased_on"])

    assert open_tasks(household) == [("owning_contact", DAY)]
    note_owning_contact(agreement_id=agreement.pk, on=DAY, pays=True, note="", by=worker(household), at=AT)

    assert open_tasks(household) == []


def test_nobody_is_asked_before_the_purchase_or_ahead(household: Household) -> None:
    agreement, by = ready(household), worker(household)
    with pytest.raises(CannotGoOn):
        note_owning_contact(agreement_id=agreement.pk, on=DAY, pays=None, note="", by=by, at=AT)
    bought(agreement)

    for on in (TOMORROW, YESTERDAY):
        with pytest.raises(CannotFollow) as refused:
            note_owning_contact(agreement_id=agreement.pk, on=on, pays=None, note="", by=by, at=AT)
        assert refused.value.field == "on"


def test_whoever_is_not_on_the_case_says_why_first(household: Household) -> None:
    agreement = agreed(household)
    stranger = caseworker(unit_of(household))

    with pytest.raises(NotOpened):
        save_up(agreement_id=agreement.pk, by=stranger, at=AT)
    with pytest.raises(Http404):
        save_up(agreement_id=agreement.pk + 999, by=stranger, at=AT)
