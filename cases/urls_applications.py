"""Applications for dwellings, the waiting list, matching and the proposal."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from cases.views import applications, waiting_list

#: Under the household.
household: list[URLPattern | URLResolver] = [
    path("applications", applications.applications, name="applications"),
    path("applications/new", applications.apply, name="apply"),
    path("applications/<int:application_id>/change", applications.change, name="change_application"),
    path("applications/<int:application_id>/confirm", applications.confirm, name="confirm_application"),
    path("applications/<int:application_id>/withdraw", applications.withdraw, name="withdraw_application"),
    path("applications/<int:application_id>/lapse", applications.lapse, name="lapse_application"),
    path("applications/<int:ended_application_id>/take-up", applications.take_up, name="take_up_application"),
    path("applications/<int:application_id>/pause", applications.pause, name="pause_application"),
    path("applications/<int:application_id>/pause/<int:pause_id>/end", applications.unpause, name="end_pause"),
    path("applications/<int:application_id>/priority", applications.priority, name="set_priority"),
    path("applications/<int:application_id>/homes", applications.homes, name="homes_for"),
    path("applications/<int:application_id>/why-not", applications.why, name="why_not"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("waiting-list", waiting_list.waiting_list, name="waiting_list"),
    path("waiting-list/rules", waiting_list.rules, name="allotment_rules"),
    path("waiting-list/rules/<slug:mode>", waiting_list.make_rules, name="make_allotment_rules"),
    path("waiting-list/proposal", waiting_list.proposal, name="proposal"),
    path("waiting-list/dwellings/<int:dwelling_id>", waiting_list.candidates, name="candidates"),
]
