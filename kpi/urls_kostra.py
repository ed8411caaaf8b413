"""KOSTRA's form 13."""

from __future__ import annotations

from django.urls import path

from kpi.views import kostra, kostra_lists

urlpatterns = [
    path("figures/kostra", kostra.this_year, name="kostra_now"),
    path("figures/kostra/<int:year>", kostra.kostra, name="kostra"),
    path("figures/kostra/<int:year>/sent", kostra.sent, name="kostra_sent"),
    path("figures/kostra/<int:year>/answers", kostra.answers, name="kostra_answers"),
    path("figures/kostra/<int:year>/check/<str:key>", kostra_lists.found, name="kostra_found"),
    path("figures/kostra/<int:year>/readings/<str:key>", kostra_lists.readings_differ, name="kostra_readings"),
    path("figures/kostra/<int:year>/changed/<str:key>", kostra_lists.changed, name="kostra_changed"),
    path("figures/kostra/<int:year>/rule/<str:key>", kostra.rule, name="kostra_rule"),
    path("figures/kostra/<int:year>/remark/<str:kind>/<str:key>", kostra.remark, name="kostra_remark"),
    path("figures/kostra/<int:year>/file/<str:ending>", kostra.as_file, name="kostra_file"),
]
