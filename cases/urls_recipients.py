"""Who acts for members of a household, and who gets its letters. Included under a household's address."""

from __future__ import annotations

from django.urls import path

from cases.views import represented

urlpatterns = [
    path("letters-to", represented.letters_to, name="letters_to"),
    path("members/representatives/new", represented.add, name="add_representative"),
    path("members/representatives/<int:representative_id>/end", represented.end, name="end_representative"),
    path("members/<int:member_id>/language", represented.language, name="letter_language"),
    path("members/<int:member_id>/death", represented.death, name="death"),
]
