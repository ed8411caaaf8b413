"""Letters that a caseworker writes, and the municipality's own texts in them."""

from __future__ import annotations

from django.urls import path

from cases.views import letters, standard_texts, working_copy

#: Under the household.
household = [
    path("letters/preliminary", letters.preliminary, name="preliminary_answer"),
    path("letters/delay", letters.delay, name="delay_notice"),
    path("letters/information", letters.information, name="ask_information"),
    path("letters/information/<int:information_id>", letters.information_came, name="information_came"),
    path("decisions/<int:decision_id>/letter", letters.preview_decision, name="preview_decision"),
    path("decisions/<int:decision_id>/working-copy", working_copy.working_copy_page, name="working_copy"),
    path("decisions/<int:decision_id>/working-copy/pdf", working_copy.print_working_copy, name="print_working_copy"),
    path(
        "decisions/<int:decision_id>/working-copy/<str:part>/<int:number>",
        working_copy.sources,
        name="reason_sources",
    ),
]

urlpatterns = [
    path("letter-texts", standard_texts.standard_texts, name="standard_texts"),
    path("letter-texts/logo", standard_texts.logo, name="standard_logo"),
    path("letter-texts/sample", standard_texts.sample_letter, name="sample_letter"),
    # before the texts by their place, which would take its address
    path("letter-texts/<int:text_id>/back", standard_texts.withdraw, name="withdraw_standard_text"),
    path("letter-texts/<slug:place>/<slug:language>", standard_texts.write, name="write_standard_text"),
]
