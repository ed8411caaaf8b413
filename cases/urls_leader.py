"""The leader's pages of a unit."""

from __future__ import annotations

from django.urls import path

from cases.views import breaches, friday, log_control, overview

urlpatterns = [
    path("overview", overview.overview, name="overview"),
    path("overview/<slug:what>", overview.overview_list, name="overview_list"),
    path("three-months", breaches.breaches, name="breaches"),
    path("three-months/sign", breaches.sign, name="sign_month"),
    path("households/<uuid:key>/review", breaches.review, name="review"),
    path("friday", friday.friday, name="friday"),
    path("log-control", log_control.log_control, name="log_control"),
    path("log-control/sign", log_control.sign, name="sign_log_control"),
    path("log-control/findings/<str:ref>", log_control.finding, name="finding"),
]
