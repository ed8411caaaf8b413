"""A person's rights over their own data, and what becomes of data in the end."""

from __future__ import annotations

from django.urls import path

from cases.views import destruction, rights

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
    path("destruction", destruction.destruction, name="destruction"),
    path("destruction/<int:list_id>", destruction.destruction_list, name="destruction_list"),
    path("destruction/<int:list_id>/approve", destruction.approve_destruction, name="approve_destruction"),
    path("destruction/<int:list_id>/withdraw", destruction.withdraw_destruction, name="withdraw_destruction"),
    path("destruction/rule/<slug:municipality>", destruction.retention_rule, name="retention_rule"),
    path("destruction/propose/<slug:municipality>", destruction.propose_destruction, name="propose_destruction"),
]
