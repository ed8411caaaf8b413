"""Why a figure changed, and homelessness by name."""

from __future__ import annotations

from django.urls import path

from kpi.views import by_name, explaining, month, nights

urlpatterns = [
    path("figures/month", month.month, name="month"),
    path("figures/by-name", by_name.by_name, name="by_name"),
    path("figures/by-name/<str:month>/<str:what>", by_name.by_name_list, name="by_name_list"),
    path("figures/<str:code>/why", explaining.explain, name="why"),
    path("figures/<str:code>/why/<str:part>", explaining.explained_households, name="explained_households"),
    path("figures/<str:code>/households/<uuid:key>", nights.household_behind, name="household_behind"),
]
