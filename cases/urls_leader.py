"""The leader's pages of a unit."""

from __future__ import annotations

from django.urls import path

from cases.views import breaches, friday, overview

urlpatterns = [
    path("overview", overview.overview, name="overview"),
    path("overview/<slug:what>", overview.overview_list, name="overview_list"),
    path("three-months", breaches.breaches, name="breaches"),
    path("three-months/sign", breaches.sign, name="sign_month"),
    path("households/<uuid:key>/review", breaches.review, name="review"),
    path("friday", friday.friday, name="friday"),
]
