"""The front page of the figures, each objective, and what a municipality tells of itself."""

from __future__ import annotations

from django.urls import path

from kpi.views import front, told

urlpatterns = [
    path("figures", front.front, name="front"),
    path("figures/strategy", front.strategy, name="strategy"),
    path("figures/objectives/<slug:strategy>/<str:number>", front.objective, name="objective"),
    path("figures/objectives/<slug:strategy>/<str:number>/indicators", front.indicators_of, name="choose_indicators"),
    path("figures/answers", told.answers, name="answers"),
    path("figures/registers", told.register_values, name="register_values"),
    path("figures/registers/<int:year>/<str:code>", told.register_value, name="register_value"),
    path("figures/targets/<str:code>", told.target, name="target"),
    path("figures/targets/<str:code>/drop", told.drop, name="drop_target"),
]
