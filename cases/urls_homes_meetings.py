"""Addresses of offers of dwellings and of the housing meeting."""

from __future__ import annotations

from django.urls import path

from cases.views import meetings, offers

#: below one household
household = [
    path("offers", offers.household_offers, name="household_offers"),
    path("offers/new", offers.make, name="make_offer"),
    path("offers/<int:offer_id>", offers.offer, name="offer"),
    path("offers/<int:offer_id>/accept", offers.accept, name="accept_offer"),
    path("offers/<int:offer_id>/decline", offers.decline, name="decline_offer"),
    path("offers/<int:offer_id>/withdraw", offers.withdraw, name="withdraw_offer"),
    path("meeting/new", meetings.put, name="put_on_agenda"),
    path("meeting/<int:agenda_id>/off", meetings.take_off, name="take_off_agenda"),
]

urlpatterns = [
    path("offers", offers.unit_offers, name="offers"),
    path("meetings", meetings.meetings, name="meetings"),
    path("meetings/new", meetings.plan, name="plan_meeting"),
    path("meetings/<int:meeting_id>", meetings.meeting, name="meeting"),
    path("meetings/<int:meeting_id>/members", meetings.members, name="meeting_members"),
    path("meetings/<int:meeting_id>/begin", meetings.hold, name="hold_meeting"),
    path("meetings/<int:meeting_id>/projector", meetings.projector, name="meeting_projector"),
    path("meetings/<int:meeting_id>/paper", meetings.paper, name="meeting_paper"),
    path("meetings/<int:meeting_id>/minutes", meetings.minutes, name="meeting_minutes"),
    path("meetings/<int:meeting_id>/close", meetings.close, name="close_meeting"),
    path("meetings/<int:meeting_id>/cases/<int:case_number>", meetings.case, name="meeting_case"),
]
