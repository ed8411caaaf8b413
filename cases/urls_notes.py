"""Notes in the journal of a household. Included under a household's address."""

from __future__ import annotations

from django.urls import path

from cases.views import notes

urlpatterns = [
    path("notes/new", notes.add, name="add_note"),
    path("notes/<int:note_id>", notes.note, name="note"),
    path("notes/<int:note_id>/correct", notes.correct, name="correct_note"),
]
