"""The count of the homeless, BOSIT, and the annual result report."""

from __future__ import annotations

from django.urls import path

from kpi.views import bosit, counting, result_report, result_seal

urlpatterns = [
    path("figures/homeless", counting.counting, name="counting"),
    path("figures/homeless/excel", counting.counting_as_excel, name="counting_excel"),
    path("figures/homeless/pdf", counting.counting_as_pdf, name="counting_pdf"),
    path("figures/homeless/<str:dimension>/<str:group>", counting.counted_list, name="counted_list"),
    path("figures/results", result_report.this_year, name="result_report"),
    path("figures/results/<int:year>/excel", result_report.as_excel, name="result_excel"),
    path("figures/results/<int:year>/pdf", result_report.as_pdf, name="result_pdf"),
    path("figures/results/<int:year>/step/<str:name>", result_seal.step, name="result_step"),
    path("figures/results/<int:year>/objective/<int:objective>", result_report.comment, name="result_comment"),
    path("figures/bosit", bosit.bosit, name="bosit"),
]
