"""The law's checklist."""

from __future__ import annotations

from django.urls import path

from cases.views import law_checks

urlpatterns = [
    path("law-checks", law_checks.law_checks, name="law_checks"),
    path("law-checks/<slug:number>", law_checks.law_check, name="law_check"),
    path(
        "households/<uuid:key>/law-checks/<slug:number>/<int:subject_id>",
        law_checks.accept,
        name="accept_finding",
    ),
    path("households/<uuid:key>/accepted/<int:accepted_id>", law_checks.withdraw, name="withdraw_acceptance"),
]
