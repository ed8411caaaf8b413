"""The pages of a household's decisions and their letters."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from cases.views import deciding, decisions, law, unit_hub

#: Under the household.
household: list[URLPattern | URLResolver] = [
    path("decisions/new", decisions.begin, name="begin_decision"),
    path("decisions/decide", deciding.decide, name="decide"),
    path("decisions/decide/<slug:kind>/<slug:what>", deciding.decide_matter, name="decide_matter"),
    path("decisions/<int:decision_id>", decisions.decision, name="decision"),
    path("decisions/<int:decision_id>/write", decisions.write, name="write_decision"),
    path("decisions/<int:decision_id>/check", decisions.write_check, name="write_decision_check"),
    path("decisions/<int:submitted_id>/approve", deciding.approve, name="approve_decision"),
    path("decisions/<int:submitted_id>/send-back", deciding.send_back, name="send_back_decision"),
    path("decisions/<int:draft_id>/tell", deciding.tell, name="tell_decision"),
    path("decisions/<int:draft_id>/discard", deciding.discard, name="discard_decision"),
    path("decisions/<int:issued_id>/annul", deciding.annul, name="annul_decision"),
    path("decisions/<int:issued_id>/correct/<slug:part>", deciding.correct, name="correct_decision"),
    path("documents/<int:document_id>", decisions.document, name="document"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("unit", unit_hub.unit, name="unit"),
    path("law", law.law, name="law"),
    path("law/<slug:code>", law.choose, name="choose_law"),
]
