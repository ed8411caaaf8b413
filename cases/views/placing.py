"""Placing, moving and extending: a room, the reasons, a page to check, and everything written in one act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.decisions import DecisionParts
from cases.actions.extending import approve_overstay, extend
from cases.actions.placing import move, place
from cases.actions.undo import is_undoable
from cases.forms.parts import PartsForm
from cases.forms.placing import ConfirmForm, ExtendForm, NightsForm, ReasonsForm, written_day
from cases.models import DecisionKind
from cases.questions.recipients import to_whom
from cases.views.drafts import forget, keep, kept
from cases.views.shell import Opened, opened_to_move, opened_with_place
from cases.wording import day_in_words
from housing.models import ProviderKind, Room
from housing.rooms import PROBLEM_LABELS, RoomOffer, free_rooms, offers
from housing.suitability import FOR_THE_LEADER
from people.act_forms import perform
from people.components import SummaryRow
from people.decision import Purpose
from people.notices import notify
from people.roles import Permission


@dataclass(frozen=True, kw_only=True)
class Flow:
    """The words and addresses of one way through the pages; `code` is the address name of its first page."""

    code: str
    title: str | Promise
    submit: str | Promise
    done: str | Promise
    do: Callable[..., Any]


FLOWS = {
    flow.code: flow
    for flow in (
        Flow(
            code="place",
            title=gettext_lazy("Place for the night"),
            submit=gettext_lazy("Place the household"),
            done=gettext_lazy("The household is placed."),
            do=place,
        ),
        Flow(
            code="move",
            title=gettext_lazy("Move to another room"),
            submit=gettext_lazy("Move the household"),
            done=gettext_lazy("The household is moved."),
            do=move,
        ),
        Flow(
            code="extend",
            title=gettext_lazy("Extend the stay"),
            submit=gettext_lazy("Extend the stay"),
            done=gettext_lazy("The stay is extended."),
            do=extend,
        ),
        Flow(
            code="approve_overstay",
            title=gettext_lazy("Approve a stay beyond the limit"),
            submit=gettext_lazy("Approve the stay"),
            done=gettext_lazy("The stay beyond the limit is approved."),
            do=approve_overstay,
        ),
    )
}


@require_safe
def rooms(request: HttpRequest, key: UUID, flow: str) -> HttpResponse:
    """The rooms that are free from a night on, those that suit best first."""
    one = opened_to_move(request, key)
    if one.household.sight.purpose is Purpose.SPECIAL_UNIT:
        return redirect(one.url("place_undisclosed"))
    form = NightsForm(request.GET or {"starts_on": written_day(one.today)}, today=one.today)
    found = [offer for offer in free_rooms(household=one.household, night=form.night()) if offer.is_possible]
    may_decide = Permission.PLACE_AGAINST_APPROVAL in one.permitted
    lines = [_line(one, flow, offer, form.night(), may_decide=may_decide) for offer in found]
    context = one.context(flow=FLOWS[flow], form=form, lines=lines, night=form.night())
    return render(request, "cases/rooms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reasons(request: HttpRequest, key: UUID, flow: str, room_id: int | None = None) -> HttpResponse:
    """The period and what the decision says; kept as a draft until the act is done."""
    one = opened_with_place(request, key, Permission.CHANGE_HOUSEHOLD) if room_id else opened_to_move(request, key)
    offer = _offer(one, room_id, _night(request, one)) if room_id else None
    name = _draft_name(one, flow, room_id)
    if request.method == "POST":
        keep(request, name, request.POST)
    data = request.POST if request.method == "POST" else kept(request, name)
    form = _form(one, offer, data, night=_night(request, one), is_over=flow == "approve_overstay")
    if request.method == "POST" and form.is_valid():
        return redirect(one.url(f"{flow}_check", *([room_id] if room_id else [])))
    shown = form if request.method == "POST" or data is None else _unbound(form, data)
    back = one.url(flow) if room_id else one.url("household")
    context = one.context(flow=FLOWS[flow], form=shown, offer=offer, problems=_problems(offer), back=back)
    return render(request, "cases/reasons.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, key: UUID, flow: str, room_id: int | None = None) -> HttpResponse:
    """All that was answered, once more; then residence, decision, letters and task in one go."""
    one = opened_with_place(request, key, Permission.CHANGE_HOUSEHOLD) if room_id else opened_to_move(request, key)
    name, change = _draft_name(one, flow, room_id), one.url(f"{flow}_reasons", room_id) if room_id else one.url(flow)
    data = kept(request, name)
    offer = _offer(one, room_id, one.today) if room_id else None
    draft = _form(one, offer, data, night=one.today, is_over=flow == "approve_overstay") if data else None
    if draft is None or not draft.is_valid():
        return redirect(change)
    form = ConfirmForm(request.POST or None, today=one.today, version=one.household.version)
    words = FLOWS[flow]
    if request.method == "POST" and form.is_valid():
        told = {"household_id": one.household.pk, "version": form.cleaned_data["version"], "by": one.employee}
        do = _act(words, draft, room_id, {**told, "at": one.at}, on=one.url("household"))
        response = perform(request, form, do, at=one.at)
        if response is not None:
            forget(request, name)
            can_undo = is_undoable(one.household, by=one.employee, at=one.at)
            notify(request, str(words.done), undo_url=one.url("undo") if can_undo else "")
            return response
    rows, to = _answers(draft, offer, change), to_whom(one.household, on=one.today, kind=DecisionKind.TEMPORARY)
    return render(request, "cases/check.html", one.context(page=words, form=form, rows=rows, back=change, to=to))


def _act(flow: Flow, draft: PartsForm, room_id: int | None, told: dict[str, Any], *, on: str) -> Callable[[], str]:
    cleaned = draft.cleaned_data
    arguments: dict[str, Any] = {**told, "planned_end": cleaned["planned_end"], "parts": parts_of(draft)}
    do = flow.do
    if room_id is None:
        assert isinstance(draft, ExtendForm)
        arguments["reason"] = cleaned["reason"]
        do = approve_overstay if draft.passes_limit() else extend
    else:
        arguments |= {"room_id": room_id, "starts_on": cleaned["starts_on"]}
        arguments["below_standard"] = cleaned.get("below_standard", "")

    def carried_out() -> str:
        do(**arguments)
        return on

    return carried_out


def parts_of(form: PartsForm) -> DecisionParts | None:
    """What the decision says; None when it is given by word of mouth, or none is made."""
    return form.parts() if form.is_written() and not form.is_granted_already() else None


def _form(
    one: Opened, offer: RoomOffer | None, data: Any, *, night: date, is_over: bool = False
) -> ReasonsForm | ExtendForm:
    children = [member.person for member in one.situation.children]
    if offer is None:
        stay = one.situation.stay
        limit_on = stay.limit_on if stay else None
        return ExtendForm(data, today=one.today, children=children, limit_on=limit_on, is_over=is_over)
    granted = one.situation.tonight.planned_end if one.situation.tonight else None
    return ReasonsForm(
        data,
        today=one.today,
        children=children,
        problems=[str(problem) for problem in offer.problems],
        needs_decision=offer.room.provider.kind == ProviderKind.TEMPORARY,
        granted_until=_granted_until(one, offer),
        initial={"starts_on": night, "planned_end": granted if granted and granted > night else None},
    )


def _unbound(form: ReasonsForm | ExtendForm, data: Any) -> ReasonsForm | ExtendForm:
    """A draft as it was left, without telling what is missing before it is sent."""
    form.is_bound = False
    form.initial = {**form.initial, **{name: data.get(name) for name in form.fields if name in data}}
    return form


def _granted_until(one: Opened, offer: RoomOffer) -> date | None:
    """Until when decisions in force grant nights at the provider of the room."""
    given = [
        until
        for decision in one.situation.decisions
        if (until := decision.holds_until)
        and decision.provider_id == offer.room.provider_id
        and decision.grants(one.today)
    ]
    return max(given, default=None)


def _night(request: HttpRequest, one: Opened) -> date:
    source = request.POST if request.method == "POST" else request.GET
    return NightsForm(source or {"starts_on": written_day(one.today)}, today=one.today).night()


def _offer(one: Opened, room_id: int, night: date) -> RoomOffer:
    wanted = Room.objects.filter(pk=room_id, provider__municipality=one.household.municipality_id)
    offer = next(iter(offers(wanted, household=one.household, night=night)), None)
    if offer is None or not offer.is_possible:
        raise Http404
    return offer


def _line(one: Opened, flow: str, offer: RoomOffer, night: date, *, may_decide: bool) -> dict[str, Any]:
    is_leaders = not FOR_THE_LEADER.isdisjoint(offer.problems)
    return {
        "offer": offer,
        "room": offer.room,
        "provider": offer.room.provider,
        "problems": _problems(offer),
        "url": f"{one.url(f'{flow}_reasons', offer.room.pk)}?starts_on={written_day(night)}",
        "is_choosable": may_decide or not is_leaders,
    }


def _problems(offer: RoomOffer | None) -> list[str]:
    return [str(PROBLEM_LABELS[problem]) for problem in offer.problems] if offer else []


def _draft_name(one: Opened, flow: str, room_id: int | None) -> str:
    return f"{flow}:{one.household.key}:{room_id or ''}"


def _answers(draft: PartsForm, offer: RoomOffer | None, change: str) -> list[SummaryRow]:
    """Each answer in words, with where to change it."""
    rows = []
    if offer is not None:
        place_words = f"{offer.room.provider.name}, {offer.room.name}"
        rows.append(SummaryRow(label=_("Room"), value=place_words))
        price = _("%(price)s kr") % {"price": offer.price}
        rows.append(SummaryRow(label=_("Price a night"), value=price))
    hidden = {*draft.part_names, "language"} if parts_of(draft) is None else set()
    for name in draft.fields:
        if name in hidden:
            continue
        value = _in_words(draft, name)
        if value:
            label = str(draft[name].label)
            rows.append(SummaryRow(label=label, value=value, change_url=change, change_label=label))
    return rows


def _in_words(form: PartsForm, name: str) -> str:
    value = form.cleaned_data.get(name)
    if isinstance(value, date):
        return day_in_words(value)
    if name == "how" and form.is_granted_already():
        return _("The decision in force covers it.")
    choices = dict(getattr(form.fields[name], "choices", []))
    return str(choices.get(value, value or ""))
