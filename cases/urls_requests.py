"""What is asked of a unit and by a household, disputes about who is responsible, and when units are open."""

from __future__ import annotations

from django.urls import path

from cases.views import asked, disputes, request_report, requests, unit_hours

#: Under the address of a household.
HOUSEHOLD = [
    path("requests", requests.requests, name="asked"),
    path("requests/new", requests.open_request, name="open_request"),
    path("requests/<int:request_id>", requests.answer_request, name="answer_request"),
    path("requests/<int:request_id>/hand-on", requests.forward_request, name="forward_request"),
    path("disputes/new", disputes.open_dispute, name="open_dispute"),
    path("disputes/<int:dispute_id>", disputes.dispute, name="dispute"),
]

urlpatterns = [
    path("requests", asked.requests, name="requests"),
    path("requests/on-call", asked.on_call_list, name="on_call"),
    path("requests/month", request_report.request_report, name="request_report"),
    path("requests/month/<slug:figure>", request_report.request_report_list, name="request_report_list"),
    path("requests/month/<slug:figure>/export", request_report.export_request_report, name="export_request_report"),
    path("disputes", disputes.disputes, name="disputes"),
    path("unit-hours", unit_hours.unit_hours, name="unit_hours"),
    path("unit-hours/<int:day_id>/forget", unit_hours.forget_day, name="forget_day"),
]
