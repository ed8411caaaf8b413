"""The forecast, and how good it has been."""

from __future__ import annotations

from django.urls import path

from kpi.views import forecast

urlpatterns = [
    path("figures/forecast", forecast.forecast_page, name="forecast"),
    path("figures/forecast/tried", forecast.trial_page, name="forecast_tried"),
]
