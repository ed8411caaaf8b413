"""Figures and the households behind them."""

from __future__ import annotations

from django.urls import include, path

from kpi import urls_explaining, urls_kostra, urls_results, urls_told
from kpi.views import correction, figures

app_name = "kpi"
urlpatterns = [
    *urls_explaining.urlpatterns,
    *urls_told.urlpatterns,
    path("figures/indicators", figures.indicators, name="indicators"),
    # before what reads any word as an indicator's code
    *urls_results.urlpatterns,
    *urls_kostra.urlpatterns,
    path("figures/correction/<str:ref>", correction.ask_for_correction, name="ask_for_correction"),
    path("", include("kpi.urls_api")),
    path("", include("kpi.urls_forecast")),
    path("figures/<str:code>", figures.indicator, name="indicator"),
    path("figures/<str:code>/households", figures.behind, name="behind"),
    path("figures/<str:code>/households/export", figures.export_behind, name="export_behind"),
]
