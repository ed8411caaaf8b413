"""Offering a dwelling, and what becomes of the offer: a yes, a no, silence, taken back, moved in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases import law
from cases.actions import application_state
from cases.actions.calendar import case_to_act_on
from cases.actions.occupancy import lock_dwellings, refuse_dwelling, refuse_too_far_ahead, residence_on
from cases.actions.offer_letters import send_offer_letter
from cases.actions.tasks import close_tasks_about, open_task, unit_of
from cases.models import (
    WELL_FOUNDED,
    AgendaItem,
    ApplicationKind,
    DeclineReason,
    HousingApplication,
    Offer,
    OfferEffect,
    OfferStatus,
    TaskEnd,
    TaskKind,
    WithdrawalReason,
)
from cases.questions.law import choices_of
from cases.wording import day_in_words
from housing.actions.agreements import refuse_over_share
from housing.actions.voids import hold_for, release
from housing.models import IN_A_DWELLING, Dwelling, Residence
from housing.states import Kind, State, state_of
from people import journal
from people.access import locked_household
from people.journal import Act
from people.masking import require_whereabouts
from people.models import Employee, Household
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act


class CannotOffer(Refusal):
    """The dwelling cannot be offered to this household, or not so."""


class CannotAnswer(Refusal):
    """The offer cannot be answered so, or is not open any more."""


@dataclass(frozen=True, kw_only=True)
class NewOffer:
    """What is offered. `expires_on` is the last day to answer; rent in kroner a month; `viewing` in a line."""

    dwelling_id: int
    expires_on: date
    moves_in_from: date
    rent_a_month: int | None = None
    viewing: str = ""


@act
def make_offer(*, household_id: int, new: NewOffer, by: Employee, at: datetime, version: int | None = None) -> Offer:
    """Offer a dwelling to a household, by letter where one can go, with a task to get the answer.

    :raises CannotOffer: when the dwelling is kept for another case, or the household has a home already
    :raises CannotLiveThere: when the dwelling is not free from the day to move in
    :raises NoOpenCase: when the case is closed
    """
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=household_id, at=at, version=version)
    require_whereabouts(household)
    case_to_act_on(household, by=by, at=at)
    return offer_dwelling(household, new, by=by, at=at)


@act
def accept_offer(*, offer_id: int, by: Employee, at: datetime, version: int | None = None) -> Offer:
    """The household says yes: the dwelling is held for it until the lease is signed.

    :raises CannotAnswer: when it is answered already, the time has run out, or another offer is accepted
    :raises CannotLiveThere: when the dwelling is no longer free
    """
    offer = _locked(offer_id, by=by, at=at, version=version)
    today = localdate(at)
    _refuse_unless(offer, OfferStatus.SENT)
    if today > offer.expires_on:
        raise CannotAnswer(
            _("The time to answer ran out on %(day)s. Make a new offer.") % {"day": day_in_words(offer.expires_on)}
        )
    if Offer.objects.filter(household=offer.household_id, status=OfferStatus.ACCEPTED).exists():
        raise CannotAnswer(_("The household has accepted another offer."))
    dwelling = lock_dwellings([offer.dwelling_id])[offer.dwelling_id]
    refuse_dwelling(dwelling, offer.moves_in_from, None, but=None, household=offer.household)
    offer.accept(on=today)
    offer.answered_by = by
    offer.save(update_fields=["status", "accepted_on", "answered_by"])
    hold_for(offer.household, dwelling, on=held_from(dwelling, offer, today))
    close_tasks_about(offer, TaskKind.ANSWER_OFFER, by=by, at=at)
    _ask(offer, TaskKind.SIGN_LEASE, due_on=max(today, offer.moves_in_from), by=by, at=at)
    _record(Act.OFFER_ACCEPTED, offer, by=by, at=at)
    return offer


@act
def decline_offer(
    *,
    offer_id: int,
    because: DeclineReason | str,
    by: Employee,
    at: datetime,
    note: str = "",
    version: int | None = None,
) -> Offer:
    """The household says no, perhaps after a yes. What that means for its application is the municipality's rule's.

    :raises CannotAnswer: without a reason, or when it is not open any more
    """
    offer = _locked(offer_id, by=by, at=at, version=version)
    _refuse_unless(offer, OfferStatus.SENT, OfferStatus.ACCEPTED)
    if because not in DeclineReason.values:
        raise CannotAnswer(_("Choose why it was declined."), field="because")
    offer.decline(on=localdate(at))
    offer.answered_by, offer.decline_reason, offer.decline_note = by, because, note.strip()
    code = "offer_declined_well_founded" if because in WELL_FOUNDED else "offer_declined_otherwise"
    _end_with_effect(offer, code, "decline_reason", "decline_note", "answered_by", by=by, at=at)
    _record(Act.OFFER_DECLINED, offer, by=by, at=at, because=str(because), effect=offer.effect)
    return offer


@act
def withdraw_offer(
    *, offer_id: int, because: WithdrawalReason | str, by: Employee, at: datetime, version: int | None = None
) -> Offer:
    """Take an offer back. It means nothing for the application.

    :raises CannotAnswer: without a reason, or when it is not open any more
    """
    offer = _locked(offer_id, by=by, at=at, version=version)
    _refuse_unless(offer, OfferStatus.SENT, OfferStatus.ACCEPTED)
    if because not in WithdrawalReason.values:
        raise CannotAnswer(_("Choose why it is withdrawn."), field="because")
    _withdraw(offer, WithdrawalReason(because), by=by, at=at)
    return offer


@act
def expire_offer(*, offer_id: int, by: Employee, at: datetime) -> bool:
    """Nobody answered in time. → whether there was anything to end: it can be asked twice."""
    offer = _locked(offer_id, by=by, at=at)
    if offer.status != OfferStatus.SENT or offer.expires_on >= localdate(at):
        return False
    offer.expire(on=localdate(at))
    _end_with_effect(offer, "offer_not_answered", by=by, at=at)
    _record(Act.OFFER_EXPIRED, offer, by=by, at=at, effect=offer.effect)
    return True


def expire_offers(*, by: Employee, at: datetime) -> int:
    """End every offer that nobody answered in time, each in a transaction of its own. → how many."""
    run_out = Offer.objects.run_out(localdate(at)).order_by("household_id", "pk").values_list("pk", flat=True)
    return sum(expire_offer(offer_id=pk, by=by, at=at) for pk in list(run_out))


def offer_dwelling(
    household: Household, new: NewOffer, *, by: Employee, at: datetime, item: AgendaItem | None = None
) -> Offer:
    """Write an offer inside the act that has the right to make it; the household is locked.

    :raises CannotOffer: see `make_offer`
    """
    today = localdate(at)
    _refuse_days(new, today=today)
    dwelling = lock_dwellings([new.dwelling_id]).get(new.dwelling_id)
    if dwelling is None or dwelling.municipality_id != household.municipality_id:
        raise CannotOffer(_("Choose one of the municipality's dwellings."), field="dwelling")
    application = HousingApplication.objects.open().filter(household=household).order_by("-pk").first()
    _refuse_housed(household, application, on=today)
    refuse_dwelling(dwelling, new.moves_in_from, None, but=None, household=household)
    refuse_over_share(dwelling, new.moves_in_from)
    refuse_kept(dwelling, on=new.moves_in_from, item=item)
    if Offer.objects.filter(household=household, status=OfferStatus.ACCEPTED).exists():
        raise CannotOffer(_("The household has accepted another offer."))
    offer: Offer = Offer.objects.create(
        household=household,
        dwelling=dwelling,
        unit=unit_of(household, on=today),
        application=application,
        agenda_item=item,
        sent_on=today,
        expires_on=new.expires_on,
        moves_in_from=new.moves_in_from,
        rent_a_month=new.rent_a_month or rent_of(dwelling, on=new.moves_in_from),
        viewing=new.viewing.strip(),
        offered_by=by,
        offered_at=at,
    )
    offer.letter = send_offer_letter(offer, by=by, at=at)
    offer.save(update_fields=["letter"])
    _ask(offer, TaskKind.ANSWER_OFFER, due_on=offer.expires_on, by=by, at=at)
    _record(Act.OFFER_MADE, offer, by=by, at=at, expires_on=offer.expires_on.isoformat())
    return offer


def refuse_kept(
    dwelling: Dwelling, *, on: date, household: Household | None = None, item: AgendaItem | None = None
) -> None:
    """:raises CannotOffer: when the dwelling is offered to another household, or a meeting keeps it for another case

    In the words of a dwelling that is let: others would tell that somebody shielded gets it.
    """
    offered = Offer.objects.live().filter(dwelling=dwelling)
    kept = AgendaItem.objects.filter(dwelling=dwelling, effected_on__isnull=True)
    if household is not None:
        offered, kept = offered.exclude(household=household), kept.exclude(household=household)
    if item is not None:
        kept = kept.exclude(pk=item.pk)
    if offered.exists() or kept.exists():
        raise CannotOffer(
            _("The dwelling is not available from %(day)s.") % {"day": day_in_words(on)}, field="dwelling"
        )


def first_free_day(dwelling: Dwelling, *, on: date) -> date | None:
    """The first day from `on` that nobody has the dwelling, as far as is known; None when no such day is known."""
    taken = [
        *Residence.objects.touching(on, None).filter(dwelling=dwelling).values_list("ends_on", flat=True),
        *dwelling.voids.touching(on, None).values_list("ends_on", flat=True),
    ]
    if None in taken:
        return None
    day = max([on, dwelling.acquired_on, *(end for end in taken if end is not None)])
    return day if dwelling.disposed_on is None or day < dwelling.disposed_on else None


def rent_of(dwelling: Dwelling, *, on: date) -> int | None:
    """The rent a month that holds on a day, where there is one."""
    row = dwelling.rents.filter(starts_on__lte=on).order_by("-starts_on").first()
    return row.rent_a_month if row is not None else None


def answer_by(household: Household, *, on: date) -> date:
    """The last day to answer an offer made on a day, by the municipality's rule."""
    return on + timedelta(days=int(law.CHOICES["offer_answer_days"].on(on, choices_of(household.municipality_id))))


def withdraw_offers_of(
    household: Household, *, because: WithdrawalReason, by: Employee, at: datetime, but: Offer | None = None
) -> None:
    """Take back every live offer to a household, inside an act that has locked it."""
    for offer in Offer.objects.live().filter(household=household).order_by("pk"):
        if but is None or offer.pk != but.pk:
            _withdraw(offer, because, by=by, at=at)


def follow_move(residence: Residence, *, by: Employee, at: datetime) -> None:
    """The household moves into a home, inside the act that has locked it: its offer is taken up, others fall away."""
    if residence.kind not in IN_A_DWELLING:
        return
    live = Offer.objects.live().filter(household=residence.household)
    own = live.filter(dwelling=residence.dwelling_id).first() if residence.dwelling_id else None
    withdraw_offers_of(residence.household, because=WithdrawalReason.MOVED_ELSEWHERE, by=by, at=at, but=own)
    if own is not None:
        _take_up(own, by=by, at=at)


def _take_up(offer: Offer, *, by: Employee, at: datetime) -> None:
    today = localdate(at)
    if offer.status == OfferStatus.SENT:
        if today > offer.expires_on:
            raise CannotAnswer(
                _("The time to answer ran out on %(day)s. Make a new offer.") % {"day": day_in_words(offer.expires_on)}
            )
        offer.accept(on=today)
        offer.answered_by = by
    offer.move_in(on=today)
    offer.save(update_fields=["status", "accepted_on", "answered_by", "ended_on"])
    close_tasks_about(offer, by=by, at=at)
    _record(Act.OFFER_TAKEN_UP, offer, by=by, at=at)


def _withdraw(offer: Offer, because: WithdrawalReason, *, by: Employee, at: datetime) -> None:
    offer.withdraw(on=localdate(at))
    offer.withdrawn_because = because
    offer.save(update_fields=["status", "ended_on", "withdrawn_because"])
    release(offer.household, on=localdate(at), dwelling=offer.dwelling)
    close_tasks_about(offer, by=by, at=at, because=TaskEnd.OVERTAKEN)
    _record(Act.OFFER_WITHDRAWN, offer, by=by, at=at, because=str(because))


def _end_with_effect(offer: Offer, code: str, *changed: str, by: Employee, at: datetime) -> None:
    """End an offer as the municipality's rule on the day says, with what it means for the application."""
    offer.effect = _effect(offer, code, on=localdate(at))
    offer.save(update_fields=["status", "ended_on", "effect", *changed])
    release(offer.household, on=localdate(at), dwelling=offer.dwelling)
    close_tasks_about(offer, by=by, at=at)
    application = offer.application
    if offer.effect == OfferEffect.LAPSES and application is not None and application.is_open:
        application.lapse(on=localdate(at), because=str(_("A dwelling that was offered was not taken.")))
        application.save(update_fields=["status", "ended_on", "ended_because"])
        close_tasks_about(application, TaskKind.CONFIRM_APPLICATION, by=by, at=at)
        application_state.record(Act.APPLICATION_LAPSED, application, by=by, at=at, reason=application.ended_because)


def _effect(offer: Offer, code: str, *, on: date) -> OfferEffect:
    """The rule's effect; what is counted ends the application the second time."""
    chosen = OfferEffect(law.CHOICES[code].on(on, choices_of(offer.household.municipality_id)))
    if chosen is not OfferEffect.COUNTED or offer.application_id is None:
        return chosen
    counted = Offer.objects.filter(application=offer.application_id, effect=OfferEffect.COUNTED)
    return OfferEffect.LAPSES if counted.exclude(pk=offer.pk).exists() else chosen


def _refuse_days(new: NewOffer, *, today: date) -> None:
    if new.expires_on < today:
        raise CannotOffer(_("The last day to answer has passed."), field="expires_on")
    if new.moves_in_from < today:
        raise CannotOffer(_("The day to move in has passed."), field="moves_in_from")
    refuse_too_far_ahead(new.expires_on, today=today, field="expires_on")
    refuse_too_far_ahead(new.moves_in_from, today=today, field="moves_in_from")


def _refuse_housed(household: Household, application: HousingApplication | None, *, on: date) -> None:
    """Who has a permanent home is offered another only for a swap or a renewal that they have applied for."""
    if application is not None and application.kind != ApplicationKind.NEW:
        return
    home = residence_on(household, on)
    is_home = home is not None and state_of(Kind(home.kind), home.starts_on, home.lease_ends_on) is State.PERMANENT
    if home is not None and is_home and home.ends_on is None:
        raise CannotOffer(_("The household has a permanent home. Register an application for a swap first."))


def _refuse_unless(offer: Offer, *allowed: OfferStatus) -> None:
    if offer.status not in allowed:
        raise CannotAnswer(_("The offer is not open: %(status)s.") % {"status": offer.get_status_display()})


def held_from(dwelling: Dwelling, offer: Offer, today: date) -> date:
    """Held from today, or from the day to move in while somebody or something else has the dwelling."""
    is_let = Residence.objects.touching(today, offer.moves_in_from).filter(dwelling=dwelling).exists()
    is_void = dwelling.voids.touching(today, offer.moves_in_from).exists()
    return offer.moves_in_from if today < offer.moves_in_from and (is_let or is_void) else today


def _locked(offer_id: int, *, by: Employee, at: datetime, version: int | None = None) -> Offer:
    """The offer behind its household's lock, read again: somebody may have answered while this act waited."""
    found = Offer.objects.filter(pk=offer_id).values_list("household_id", flat=True).first()
    if found is None:
        raise Http404
    household = locked_household(by, Permission.CHANGE_HOUSEHOLD, household_id=found, at=at, version=version)
    require_whereabouts(household)
    offer: Offer = Offer.objects.select_related("household", "dwelling", "application").get(pk=offer_id)
    return offer


def _ask(offer: Offer, kind: TaskKind, *, due_on: date, by: Employee, at: datetime) -> None:
    open_task(household=offer.household, kind=kind, due_on=due_on, subject=offer, by=by, at=at)


def _record(what: Act, offer: Offer, *, by: Employee, at: datetime, **details: Any) -> None:
    journal.record(
        what,
        household_id=offer.household_id,
        subject=offer,
        by=by,
        at=at,
        details={"dwelling": offer.dwelling_id, **details},
    )
