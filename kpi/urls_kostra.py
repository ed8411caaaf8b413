"""KOSTRA's form 13."""

from __future__ import annotations

from django.urls import path

from kpi.views import kostra

urlpatterns = [
    path("figures/kostra", kostra.this_year, name="kostra_now"),
    path("figures/kostra/<int:year>", kostra.kostra, name="kostra"),
    path("figures/kostra/<int:year>/sent", kostra.sent, name="kostra_sent"),
    path("figures/kostra/<int:year>/rule/<str:key>", kostra.rule, name="kostra_rule"),
    path("figures/kostra/<int:year>/remark/<str:kind>/<str:key>", kostra.remark, name="kostra_remark"),
    path("figures/kostra/<int:year>/file/<str:ending>", kostra.as_file, name="kostra_file"),
]
