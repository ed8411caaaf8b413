"""The pages of letters on their way and of the archive's queue."""

from __future__ import annotations

from django.urls import path

from cases.views import batches, outgoing

urlpatterns = [
    path("letters", outgoing.unit_letters, name="unit_letters"),
    path("letters/many", batches.many, name="letters_to_many"),
    path("letters/many/<int:batch_id>", batches.batch, name="letter_batch"),
    path("letters/many/<int:batch_id>/print", batches.print_batch, name="print_batch"),
    path("archive-queue", outgoing.archive, name="archive_queue"),
    path("households/<uuid:key>/letters", outgoing.letters, name="letters"),
    path("households/<uuid:key>/letters/<int:dispatch_id>", outgoing.letter, name="letter"),
]
