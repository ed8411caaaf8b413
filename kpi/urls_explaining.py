"""Why a figure changed, and homelessness by name."""

from __future__ import annotations

from django.urls import path

from kpi.views import explaining

urlpatterns = [
    path("figures/<str:code>/why", explaining.explain, name="why"),
    path("figures/<str:code>/why/<str:part>", explaining.explained_households, name="explained_households"),
]
