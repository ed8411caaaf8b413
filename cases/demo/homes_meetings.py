"""The housing meeting: one that is closed and what came of it, the next one with its agenda, and offers beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from django.utils.timezone import get_current_timezone

from cases.actions.agenda import NewItem, put_on_agenda
from cases.actions.closing_meetings import close_meeting
from cases.actions.law import choose_law
from cases.actions.meetings import Decided, decide_case, hold_meeting, plan_meeting
from cases.actions.offers import NewOffer, accept_offer, answer_by, decline_offer, make_offer
from cases.demo.clock import Story
from cases.demo.content import content
from cases.demo.guarded import cases_of
from cases.demo.moments import Moments
from cases.demo.stage import Stage
from cases.models import AgendaItem, DeclineReason, HousingMeeting, Offer
from housing.models import Dwelling, Tenure
from people.models import Household

#: Whose cases are talked about, and who takes part.
WORKER = "saksbehandler"
SEATED = ("bolig", "saksbehandler", "deltaker", "koordinator")
#: Days before the edge: the rule, planning, the meeting; days after it: the next one.
RULE, PLANNED, HELD, NEXT = 60, 16, 9, 5
#: An own source of chance: the other stories are told as if these were not.
_SEED = 5


def met(stage: Stage) -> list[Story]:
    return [_met(stage), _offered(stage)]


def _met(stage: Stage) -> Story:
    """Two dwellings are allotted: one is accepted, one declined. One case is put off to the next meeting."""
    town, when = stage.town, Moments(Random(_SEED), edge=stage.town.edge)
    chair, worker = town.employees["bolig"], town.employees[WORKER]
    yield when.begin(RULE)
    choose_law(
        municipality_id=town.nav.municipality_id,
        code="housing_meeting_power",
        value="allots",
        starts_on=when.today,
        reason=_texts()["rule"],
        by=town.leader,
        at=when.at,
    )
    yield when.begin(PLANNED)
    meeting = _planned(stage, when, days_before=HELD)
    told = _texts()["closed"]
    asked = cases_of(WORKER, when, stage)[: len(told)]
    items = [_put(one, meeting, row, stage, when) for one, row in zip(asked, told, strict=False)]
    yield when.begin(HELD)
    hold_meeting(meeting_id=meeting.pk, absent=[], others=_texts()["others"], by=chair, at=when.at)
    for item, row in zip(items, told, strict=False):
        _decide(item, row, stage, when)
    close_meeting(meeting_id=meeting.pk, next_at=_on(stage, -NEXT), by=chair, at=when.sitting())
    yield when.begin(HELD - 2)
    for offer in _live(meeting)[:1]:
        accept_offer(offer_id=offer.pk, by=worker, at=when.at)
    yield when.begin(HELD - 4)
    for offer in _live(meeting).filter(status="sent"):
        decline_offer(offer_id=offer.pk, because=DeclineReason.AREA, note=_texts()["no"], by=worker, at=when.at)
    yield when.begin(3)
    following = _planned(stage, when, days_before=-NEXT)
    rows = _texts()["planned"]
    for one, row in zip(_not_seen(when, stage), rows, strict=False):
        _put(one, following, row, stage, when)


def _offered(stage: Stage) -> Story:
    """An offer beside the meetings, which waits for its answer."""
    when, by = Moments(Random(_SEED), edge=stage.town.edge), stage.town.employees[WORKER]
    yield when.begin(2)
    dwelling = _free(stage, when)
    asked = [one for one in _not_seen(when, stage) if not one.offers.exists()]
    if dwelling is not None and asked:
        household = asked[-1]
        new = NewOffer(
            dwelling_id=dwelling.pk,
            expires_on=answer_by(household, on=when.today),
            moves_in_from=when.today + timedelta(days=7),
            viewing=_texts()["viewing"],
        )
        make_offer(household_id=household.pk, new=new, by=by, at=when.at)


def _planned(stage: Stage, when: Moments, *, days_before: int) -> HousingMeeting:
    town = stage.town
    rows = (town.employees[name].role_grants.order_by("pk").first() for name in SEATED)
    seats = [(row.employee_id, row.unit_id) for row in rows if row is not None]
    return plan_meeting(
        unit_id=town.housing_office.pk,
        held_at=_on(stage, days_before),
        place=_texts()["place"],
        seats=seats,
        by=town.employees["bolig"],
        at=when.at,
    )


def _on(stage: Stage, days_before: int) -> datetime:
    day = stage.town.edge_day - timedelta(days=days_before)
    return datetime.combine(day, time(9), tzinfo=get_current_timezone())


def _put(household: Household, meeting: HousingMeeting, row: dict[str, Any], stage: Stage, when: Moments) -> AgendaItem:
    new = NewItem(question=row["question"], background=row["background"], proposal=row["proposal"])
    by = stage.town.employees[WORKER]
    return put_on_agenda(household_id=household.pk, meeting_id=meeting.pk, new=new, by=by, at=when.sitting())


def _decide(item: AgendaItem, row: dict[str, Any], stage: Stage, when: Moments) -> None:
    """As the row says; where there is no dwelling left to allot, the case is put off."""
    dwelling = _free(stage, when) if row["decision"] == "allot" else None
    decision = "postpone" if row["decision"] == "allot" and dwelling is None else row["decision"]
    decided = Decided(
        decision=decision,
        text=row["decided"],
        note=row["note"],
        dwelling_id=dwelling.pk if dwelling is not None else None,
        responsible_id=stage.town.employees["deltaker"].pk,
        deadline=stage.town.edge_day + timedelta(days=4),
    )
    decide_case(item_id=item.pk, decided=decided, by=stage.town.employees["bolig"], at=when.sitting())


def _live(meeting: HousingMeeting) -> Any:
    return Offer.objects.live().filter(agenda_item__meeting=meeting).order_by("agenda_item__number")


def _not_seen(when: Moments, stage: Stage) -> Iterator[Household]:
    """Those of the worker's that no meeting has talked about, who came first first."""
    return (one for one in cases_of(WORKER, when, stage) if not one.agenda_items.exists())


def _free(stage: Stage, when: Moments) -> Dwelling | None:
    """One of the municipality's own, from the far end of the street."""
    return stage.town.free_dwellings(when.today).filter(tenure=Tenure.OWNED).order_by("-ref").first()


def _texts() -> dict[str, Any]:
    return content("homes_meetings")
