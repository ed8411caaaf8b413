"""The front page of the figures, each objective, and what a municipality tells of itself."""

from __future__ import annotations

from django.urls import path

from kpi.views import front, own_indicators, told

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
    path("figures/own", own_indicators.own, name="own_indicators"),
    path("figures/own/new", own_indicators.define, name="define_indicator"),
    path("figures/own/<str:code>/anew", own_indicators.define, name="define_indicator_anew"),
    path("figures/own/<str:code>/end", own_indicators.end, name="end_indicator"),
]
