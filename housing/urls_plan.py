"""The plan of dwellings, what stands empty, and the forecast."""

from __future__ import annotations

from django.urls import path

from housing.views import plan, voids

urlpatterns = [
    path("homes/plan", plan.plan, name="plan"),
    path("homes/empty", plan.empty, name="empty_homes"),
    path("homes/forecast", plan.vacancy_forecast, name="vacancy_forecast"),
    path("homes/<int:dwelling_id>/days", plan.dwelling_days, name="dwelling_days"),
    path("homes/<int:dwelling_id>/out-of-letting", voids.begin, name="begin_void"),
    path("homes/out-of-letting/<int:void_id>/change", voids.change, name="change_void"),
    path("homes/out-of-letting/<int:void_id>/ready", voids.ready, name="end_void"),
    path("homes/out-of-letting/<int:void_id>/remove", voids.remove, name="remove_void"),
]
