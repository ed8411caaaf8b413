from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models import Unit


@tracked()
class NightListHour(models.Model):
    """When a unit's list of who sleeps where is laid ready as a file each day (klokkeslett for nattliste)."""

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="night_list_hour")
    made_at = models.TimeField(_("laid ready at"))

    def __str__(self) -> str:
        return f"{self.unit_id} {self.made_at}"
