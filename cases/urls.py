"""The pages of cases: the day, the lists, a household and every act on it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from cases import (
    urls_agreements,
    urls_appeals,
    urls_applications,
    urls_control,
    urls_decisions,
    urls_follow_up,
    urls_homes_meetings,
    urls_inspection,
    urls_law_checks,
    urls_leader,
    urls_leases,
    urls_letters,
    urls_notes,
    urls_outgoing,
    urls_person_plans,
    urls_recipients,
    urls_requests,
    urls_rights,
    urls_tasks,
    urls_tonight,
)
from cases.views import (
    away,
    cases,
    disqualifications,
    household,
    members,
    my_day,
    opening,
    placing,
    plans,
    protection,
    received,
    registration,
    residences,
    sharing,
    special_unit,
    worklist,
)
from cases.views.search import find

app_name = "cases"

_FLOWS = [
    route
    for flow in ("place", "move")
    for route in (
        path(flow, placing.rooms, {"flow": flow}, name=flow),
        path(f"{flow}/<int:room_id>", placing.reasons, {"flow": flow}, name=f"{flow}_reasons"),
        path(f"{flow}/<int:room_id>/check", placing.check, {"flow": flow}, name=f"{flow}_check"),
    )
] + [
    route
    for flow, where in (("extend", "extend"), ("approve_overstay", "approve-overstay"))
    for route in (
        path(where, placing.reasons, {"flow": flow}, name=flow),
        path(f"{where}/check", placing.check, {"flow": flow}, name=f"{flow}_check"),
    )
]

_HOUSEHOLD: list[URLPattern | URLResolver] = [
    path("", household.household, name="household"),
    path("open", opening.open_case, name="open"),
    path("lived", household.lived, name="lived"),
    path("journal", household.journal, name="journal"),
    path("members", household.members, name="members"),
    path("decisions", household.decisions, name="decisions"),
    path("plan", household.plan, name="plan"),
    *_FLOWS,
    path("place-undisclosed", special_unit.place_undisclosed, name="place_undisclosed"),
    path("leave", residences.leave, name="leave"),
    path("settle", residences.settle, name="settle"),
    path("lose-home", residences.lose_home, name="lose_home"),
    path("lived/<int:residence_id>", residences.correct, name="correct_residence"),
    path("lived/<int:residence_id>/remove", residences.remove, name="remove_residence"),
    path("absence", cases.record_absence, name="record_absence"),
    path("absence/<int:absence_id>", cases.end_absence, name="end_absence"),
    path("need", cases.record_need, name="record_need"),
    path("need/<int:need_id>", cases.end_need, name="end_need"),
    path("close", cases.close, name="close"),
    path("reopen", cases.reopen, name="reopen"),
    path("undo", cases.undo, name="undo"),
    path("assign", cases.assign, name="assign"),
    path("substitute", cases.substitute, name="substitute"),
    path("hand-over", cases.hand_over, name="hand_over"),
    path("share", sharing.share, name="share"),
    path("share/<int:sharing_id>", sharing.end_sharing, name="end_sharing"),
    path("not-mine", disqualifications.declare, name="declare"),
    *urls_requests.HOUSEHOLD,
    path("members/add", members.add_member, name="add_member"),
    path("members/birth", members.record_birth, name="record_birth"),
    path("members/<int:member_id>/end", members.end_member, name="end_member"),
    path("members/split", members.split, name="split"),
    path("members/<int:member_id>/protection", protection.protect, name="protect"),
    path("members/<int:member_id>/unmask", protection.unmask, name="unmask"),
    path("special-notes", protection.special_notes, name="special_notes"),
    path("members/join", members.join, name="join"),
    path("plan/new", plans.make_plan, name="make_plan"),
    path("plan/steps/<int:step_id>", plans.finish_step, name="finish_step"),
    *urls_decisions.household,
    *urls_appeals.household,
    *urls_applications.household,
    path("received/new", received.receive, name="receive_paper"),
    path("received/<int:paper_id>", received.paper, name="received_paper"),
    *urls_notes.urlpatterns,
    *urls_recipients.urlpatterns,
    *urls_letters.household,
    *urls_agreements.household,
    *urls_leases.household,
    *urls_homes_meetings.household,
    *urls_follow_up.household,
    *urls_person_plans.household,
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", my_day.my_day, name="my_day"),
    path("households", worklist.households, name="households"),
    path("special-unit", special_unit.special_unit, name="special_unit"),
    path("register", registration.who, name="register"),
    path("register/tonight", registration.tonight, name="register_tonight"),
    path("register/need", registration.need, name="register_need"),
    path("register/elsewhere", registration.registered_elsewhere, name="registered_elsewhere"),
    path("households/<uuid:key>/", include(_HOUSEHOLD)),
    path("search", find, name="search"),
    path("emergency", opening.emergency, name="emergency"),
    path("away", away.away, name="away"),
    path("away/<int:employee_id>/<str:ends_on>/back", away.back, name="back"),
    path("shared", sharing.practices, name="practices"),
    path("shared/<int:practice_id>/end", sharing.end_of_practice, name="end_practice"),
    path("kept-apart", disqualifications.disqualifications, name="disqualifications"),
    path("kept-apart/<int:disqualification_id>", disqualifications.end, name="end_disqualification"),
    *urls_decisions.urlpatterns,
    *urls_leader.urlpatterns,
    *urls_requests.urlpatterns,
    *urls_tonight.urlpatterns,
    *urls_inspection.urlpatterns,
    *urls_rights.urlpatterns,
    *urls_letters.urlpatterns,
    *urls_tasks.urlpatterns,
    *urls_outgoing.urlpatterns,
    *urls_law_checks.urlpatterns,
    *urls_appeals.urlpatterns,
    *urls_applications.urlpatterns,
    *urls_control.urlpatterns,
    *urls_agreements.urlpatterns,
    *urls_leases.urlpatterns,
    *urls_homes_meetings.urlpatterns,
    *urls_follow_up.urlpatterns,
    *urls_person_plans.urlpatterns,
]
