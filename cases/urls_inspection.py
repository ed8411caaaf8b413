"""The auditor's room."""

from __future__ import annotations

from django.urls import path

from cases.views import inspections

urlpatterns = [
    path("inspections", inspections.inspections, name="inspections"),
    path("inspections/open", inspections.open_one, name="open_inspection"),
    path("inspections/<int:inspection_id>", inspections.inspection, name="inspection"),
    path("inspections/<int:inspection_id>/population", inspections.population, name="population"),
    path("inspections/<int:inspection_id>/name", inspections.name_one, name="name_case"),
    path("inspections/<int:inspection_id>/close", inspections.close, name="close_inspection"),
    path("inspections/<int:inspection_id>/export", inspections.export_one, name="export_inspection"),
    path("inspections/<int:inspection_id>/cases/<uuid:key>", inspections.case, name="inspected_case"),
    path(
        "inspections/<int:inspection_id>/cases/<uuid:key>/letters/<int:document_id>",
        inspections.letter,
        name="inspected_letter",
    ),
]
