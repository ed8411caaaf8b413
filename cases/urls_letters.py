"""Letters of a household that a caseworker writes. Included under a household's address."""

from __future__ import annotations

from django.urls import path

from cases.views import letters

urlpatterns = [
    path("letters/preliminary", letters.preliminary, name="preliminary_answer"),
    path("letters/delay", letters.delay, name="delay_notice"),
    path("letters/information", letters.information, name="ask_information"),
    path("letters/information/<int:information_id>", letters.information_came, name="information_came"),
    path("decisions/<int:decision_id>/letter", letters.preview_decision, name="preview_decision"),
]
