from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models import Employee, Municipality


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def live(self, *, at: datetime) -> Self:
        return self.filter(withdrawn_at__isnull=True, expires_on__gte=localdate(at))


@tracked()
class ApiToken(models.Model):
    """What another system proves itself with when it fetches a municipality's published figures (nøkkel til tallene).

    Kept as the SHA-256 of the secret: nobody can read it out of the database. It opens figures alone, never a
    household, and holds up to and including its last day.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(_("system that fetches"), max_length=100)
    fingerprint = models.CharField(max_length=64, unique=True)
    given_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    expires_on = models.DateField(_("last day"))
    withdrawn_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="api_token_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="api_token_keeps_no_secret", condition=Q(fingerprint__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="api_token_is_withdrawn_by_somebody",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__gte=F("given_at"), withdrawn_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="api_token_of_a_name_once",
                fields=["municipality", "name"],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message=_("There is a key with this name. Withdraw it first, or choose another name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_live(self, *, at: datetime) -> bool:
        return self.withdrawn_at is None and self.expires_on >= localdate(at)
