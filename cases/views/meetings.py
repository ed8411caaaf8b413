"""The housing meeting: the list, the agenda, a case, the projector, paper and minutes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.agenda import PUTS, put_on_agenda, take_off_agenda
from cases.actions.closing_meetings import close_meeting
from cases.actions.meeting_minutes import minutes_pdf
from cases.actions.meetings import (
    change_members,
    decide_case,
    hold_meeting,
    may_run,
    plan_meeting,
    responsible_for,
    seats_for,
)
from cases.forms.meetings import CloseMeetingForm, DecideCaseForm, HoldForm, MembersForm, PlanMeetingForm, PutForm
from cases.forms.offers import AcceptForm
from cases.models import AgendaItem, HousingMeeting
from cases.questions.meetings import AgendaRow, agenda_of, agenda_row, is_member, meetings_of, meetings_with, still_open
from cases.questions.offers import dwellings_to_offer
from cases.views.shell import ActPage, answer, opened, signed_in
from cases.views.units import chosen_unit
from people import readings
from people.access import has_permission, require
from people.act_forms import ActForm, perform
from people.components import Crumb
from people.models import Employee
from people.notices import notify
from people.parts import part_of
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Room:
    """A meeting opened by somebody who runs it or takes part."""

    meeting: HousingMeeting
    employee: Employee
    at: datetime
    may_run: bool

    @property
    def today(self) -> date:
        return localdate(self.at)

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"cases:{name}", args=[self.meeting.pk, *args])

    def context(self, **more: Any) -> dict[str, Any]:
        crumbs = [Crumb(_("Housing meetings"), reverse("cases:meetings")), Crumb(self.title, self.url("meeting"))]
        return {
            "meeting": self.meeting,
            "title": self.title,
            "may_run": self.may_run,
            "is_open": self.meeting.is_open,
            "today": self.today,
            "members": list(self.meeting.members.select_related("employee", "service").order_by("service__name")),
            "crumbs": crumbs,
            **more,
        }

    @property
    def title(self) -> str:
        day = date_format(timezone.localtime(self.meeting.held_at), "j. F Y, H:i")
        return _("Housing meeting %(day)s") % {"day": day}


def _room(request: HttpRequest, meeting_id: int, *, to_run: bool = False) -> Room:
    """:raises Http404: unless one runs the meeting, or takes part and only reads"""
    employee, at = signed_in(request), timezone.now()
    meeting = get_object_or_404(HousingMeeting.objects.select_related("unit", "chair"), pk=meeting_id)
    runs = may_run(meeting, employee, at=at)
    if not runs and (to_run or not is_member(meeting, employee)):
        raise Http404
    return Room(meeting, employee, at, runs)


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """Those one takes part in, and for who works at the unit that holds them, all of the unit's."""
    employee, at = signed_in(request), timezone.now()
    context: dict[str, Any] = {"mine": meetings_with(employee), "chosen": None}
    if has_permission(employee, Permission.VIEW_UNIT, at=at):
        chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
        rows = list(meetings_of(chosen.unit))
        page = part_of(rows, after=request.GET.get("after"), before=request.GET.get("before"))
        context |= {"chosen": chosen, "page": page, "plan_url": reverse("cases:plan_meeting") + chosen.query}
    else:
        require(employee, Permission.VIEW_MINIMUM, at=at)
    return render(request, "cases/meetings/list.html", context)


@require_http_methods(_METHODS)
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a meeting of the unit; whoever plans it leads it."""
    employee, at = signed_in(request), timezone.now()
    unit = chosen_unit(request, Permission.VIEW_UNIT, at=at).unit
    seats = seats_for(unit, on=localdate(at))
    mine = [value for value, _words in seats if value == f"{employee.pk}-{unit.pk}"]
    form = PlanMeetingForm(
        request.POST or None, today=localdate(at), seats=seats, initial={"seats": mine, "time": time(9)}
    )
    page = ActPage(
        title=_("Plan a housing meeting"),
        submit=_("Plan the meeting"),
        done=_("The meeting is planned."),
        lead=_("Who takes part may see the minimum of its cases until it is closed."),
    )

    def do() -> str:
        told = form.cleaned_data
        made = plan_meeting(
            unit_id=unit.pk, held_at=form.held_at(), place=told["place"], seats=form.chosen(), by=employee, at=at
        )
        return reverse("cases:meeting", args=[made.pk])

    crumbs = [Crumb(_("Housing meetings"), reverse("cases:meetings"))]
    context = {"page": page, "form": form, "back": reverse("cases:meetings"), "crumbs": crumbs}
    return _acted(request, form, do, page, context, at=at)


@require_safe
def meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The agenda: what is open since earlier meetings first, then its own cases."""
    room = _room(request, meeting_id)
    rows, earlier = _shown(room), still_open(room.meeting, room.employee, at=room.at)
    readings.note_shown(row.item.household_id for row in earlier if row.is_told)
    context = room.context(rows=rows, earlier=earlier, undecided=sum(not row.item.decision for row in rows))
    return render(request, "cases/meetings/meeting.html", context)


@require_safe
def projector(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The agenda for everybody in the room: a name only where each of them may follow the household."""
    room = _room(request, meeting_id)
    return render(request, "cases/meetings/projector.html", room.context(rows=_shown(room, for_the_room=True)))


@require_safe
def paper(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The agenda to print: a name only where the service of whoever prints it is on the case."""
    room = _room(request, meeting_id)
    with_names = room.context(rows=_shown(room), is_paper=True)
    return render(request, "cases/meetings/projector.html", with_names)


@require_safe
def minutes(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The minutes as PDF, as they were kept when the meeting closed. They name nobody."""
    room = _room(request, meeting_id)
    content = minutes_pdf(room.meeting, _shown(room), at=room.at)
    headers = {"Content-Disposition": f'inline; filename="minutes-{room.meeting.pk}.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_http_methods(_METHODS)
def members(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Who takes part."""
    room = _room(request, meeting_id, to_run=True)
    now = [f"{pk}-{unit}" for pk, unit in room.meeting.members.values_list("employee_id", "service_id")]
    seats = seats_for(room.meeting.unit, on=room.today)
    form = MembersForm(request.POST or None, today=room.today, seats=seats, initial={"seats": now})
    page = ActPage(title=_("Who takes part"), submit=_("Save who takes part"), done=_("Who takes part is saved."))

    def do() -> None:
        change_members(meeting_id=room.meeting.pk, seats=form.chosen(), by=room.employee, at=room.at)

    return _acted_in(request, room, form, do, page)


@require_http_methods(_METHODS)
def hold(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """The meeting begins: who did not come, and who else is there."""
    room = _room(request, meeting_id, to_run=True)
    rows = list(room.meeting.members.select_related("employee", "service").order_by("service__name", "employee__name"))
    form = HoldForm(
        request.POST or None,
        today=room.today,
        members=[(row.employee_id, f"{row.employee.name}, {row.service.name}") for row in rows],
        initial={"absent": [row.employee_id for row in rows if row.is_absent], "others": room.meeting.others},
    )
    page = ActPage(title=_("Begin the meeting"), submit=_("Save who is here"), done=_("The meeting has begun."))

    def do() -> None:
        told = form.cleaned_data
        hold_meeting(
            meeting_id=room.meeting.pk, absent=told["absent"], others=told["others"], by=room.employee, at=room.at
        )

    return _acted_in(request, room, form, do, page)


@require_http_methods(_METHODS)
def case(request: HttpRequest, meeting_id: int, case_number: int) -> HttpResponse:
    """One case: the least that the meeting needs, and for who runs it what was said and decided."""
    room = _room(request, meeting_id)
    rows = room.meeting.items.select_related("household", "meeting__unit", "proposed_dwelling", "dwelling")
    item = get_object_or_404(rows, number=case_number)
    row = agenda_row(item, room.employee, at=room.at)
    if not row.is_told:
        raise Http404
    readings.note_shown([item.household_id])
    if not (room.may_run and room.meeting.is_open):
        return render(request, "cases/meetings/case.html", room.context(row=row, back=room.url("meeting")))
    form = _decide_form(request, room, row)
    page = ActPage(
        title=_("Case %(number)s") % {"number": case_number},
        submit=_("Save the decision"),
        done=_("The decision on case %(number)s is saved.") % {"number": case_number},
        template="cases/meetings/case.html",
    )

    def do() -> None:
        version = form.cleaned_data["version"]
        decide_case(item_id=item.pk, decided=form.decided(), version=version, by=room.employee, at=room.at)

    return _acted_in(request, room, form, do, page, row=row)


@require_http_methods(_METHODS)
def close(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Close the meeting: what it decided becomes offers and tasks."""
    room = _room(request, meeting_id, to_run=True)
    form = CloseMeetingForm(request.POST or None, today=room.today)
    page = ActPage(
        title=_("Close the meeting"),
        submit=_("Close the meeting"),
        done=_("The meeting is closed. Offers and tasks are made."),
        lead=_("Dwellings allotted are offered, the rest becomes tasks. What is not decided is taken again next time."),
    )

    def do() -> None:
        day = form.cleaned_data["next_day"]
        clock = timezone.localtime(room.meeting.held_at).time()
        next_at = timezone.make_aware(datetime.combine(day, clock)) if day else None
        close_meeting(meeting_id=room.meeting.pk, next_at=next_at, by=room.employee, at=room.at)

    return _acted_in(request, room, form, do, page)


@require_http_methods(_METHODS)
def put(request: HttpRequest, key: UUID) -> HttpResponse:
    """Put the household's case before a meeting."""
    one = opened(request, key, PUTS)
    found = HousingMeeting.objects.open().filter(unit__municipality=one.household.municipality_id)
    choices = [
        (row.pk, f"{row.unit.name}, {date_format(timezone.localtime(row.held_at), 'j. F Y, H:i')}")
        for row in found.select_related("unit").order_by("held_at")
    ]
    tells_place = one.household.sight.whereabouts
    form = PutForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        meetings=choices,
        dwellings=dwellings_to_offer(one.household.municipality_id, on=one.today) if tells_place else [],
    )
    page = ActPage(
        title=_("Put before the housing meeting"),
        submit=_("Put on the agenda"),
        done=_("The case is on the agenda."),
        lead="" if choices else _("No meeting is planned. Plan one under The unit, Housing meetings."),
    )

    def do() -> None:
        told = form.cleaned_data
        put_on_agenda(
            household_id=one.household.pk,
            meeting_id=told["meeting"],
            new=form.new(),
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    back = one.url("household_offers")
    return answer(request, one, form, page, do, then=back)


@require_http_methods(_METHODS)
def take_off(request: HttpRequest, key: UUID, agenda_id: int) -> HttpResponse:
    """Take the case off the agenda before anything is decided."""
    one = opened(request, key, PUTS)
    item = get_object_or_404(AgendaItem, pk=agenda_id, household=one.household)
    page = ActPage(
        title=_("Take off the agenda"), submit=_("Take off the agenda"), done=_("The case is off the agenda.")
    )
    form = AcceptForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        take_off_agenda(item_id=item.pk, version=form.cleaned_data["version"], by=one.employee, at=one.at)

    back = one.url("household_offers")
    return answer(request, one, form, page, do, back=back, then=back)


def _shown(room: Room, *, for_the_room: bool = False) -> list[AgendaRow]:
    rows = agenda_of(room.meeting, room.employee, at=room.at, for_the_room=for_the_room)
    readings.note_shown(row.item.household_id for row in rows if row.is_told)
    return rows


def _decide_form(request: HttpRequest, room: Room, row: AgendaRow) -> DecideCaseForm:
    """Without dwellings where the reader may not know where the household comes to live."""
    item = row.item
    municipality = item.household.municipality_id
    dwelling = item.dwelling_id or item.proposed_dwelling_id
    return DecideCaseForm(
        request.POST or None,
        today=room.today,
        version=item.household.version,
        dwellings=dwellings_to_offer(municipality, on=room.today, but=item.pk) if row.tells_place else [],
        people=[(person.pk, person.name) for person in responsible_for(item, on=room.today)],
        may_allot=room.meeting.may_allot,
        initial={
            "note": item.note,
            "decision": item.decision,
            "dwelling": dwelling,
            "text": item.decision_text,
            "responsible": item.responsible_id,
            "deadline": item.deadline,
        },
    )


def _acted_in(
    request: HttpRequest, room: Room, form: ActForm, do: Callable[[], Any], page: ActPage, **more: Any
) -> HttpResponse:
    """An act of a meeting, after which its agenda is shown."""
    on = room.url("meeting")

    def carried_out() -> str:
        do()
        return on

    context = room.context(form=form, page=page, back=on, **more)
    return _acted(request, form, carried_out, page, context, at=room.at)


def _acted(
    request: HttpRequest, form: ActForm, do: Callable[[], str], page: ActPage, context: dict[str, Any], *, at: datetime
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        response = perform(request, form, do, at=at)
        if response is not None:
            notify(request, page.done)
            return response
    template = page.template if page.template != "cases/act.html" else "cases/meetings/act.html"
    return render(request, template, context)
