from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import Employee, Household
from people.uploads import MediaType


class ReceivedPaperQuerySet(models.QuerySet["ReceivedPaper"]):
    def without_content(self) -> Self:
        """For lists: the files themselves stay in the database."""
        return self.defer("content")


class ReceivedPaper(models.Model):
    """A paper that somebody brought or sent, as a file (mottatt dokument). Taken in once, never changed.

    Its bytes with their SHA-256, as `people.uploads` lets them in. `is_special` is what a special note would be about
    (K4); `tells_place` that it tells where the household lives or stays (K5).
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="received_papers")
    #: the note that it was attached to
    note = models.ForeignKey("cases.Note", on_delete=models.PROTECT, null=True, blank=True, related_name="files")
    about = models.CharField(_("what it is"), max_length=200)
    received_on = models.DateField(_("received"))
    is_special = models.BooleanField(default=False)
    tells_place = models.BooleanField(default=True)
    media_type = models.CharField(_("kind of file"), max_length=4, choices=MediaType)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ReceivedPaperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="received_paper_media_type_is_known", condition=Q(media_type__in=MediaType.values)
            ),
            models.CheckConstraint(name="received_paper_says_what_it_is", condition=~Q(about="")),
            models.CheckConstraint(name="received_paper_has_content", condition=~Q(content=b"")),
            models.CheckConstraint(name="received_paper_tells_its_file", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
        ]
        indexes = [models.Index(name="received_paper_by_household", fields=["household", "-received_on"])]

    def __str__(self) -> str:
        return f"{self.media_type} {self.household_id}"
