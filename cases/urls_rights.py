"""A person's rights over their own data, and what becomes of data in the end."""

from __future__ import annotations

from django.urls import path

from cases.views import rights

urlpatterns = [
    path("households/<uuid:key>/rights", rights.rights, name="rights"),
    path("households/<uuid:key>/rights/access", rights.ask_access, name="ask_access"),
    path("households/<uuid:key>/rights/access/<int:access_id>", rights.answer_asked, name="answer_asked"),
    path("households/<uuid:key>/rights/correction", rights.ask_correction, name="ask_correction"),
    path("households/<uuid:key>/rights/correction/<int:correction_id>", rights.correction, name="correction"),
    path(
        "households/<uuid:key>/rights/correction/<int:correction_id>/<slug:language>",
        rights.correction_letter,
        name="correction_letter",
    ),
    path("households/<uuid:key>/rights/seal", rights.seal, name="seal"),
    path("seals", rights.seals, name="seals"),
    path("seals/<int:seal_id>", rights.lift, name="lift_seal"),
]
