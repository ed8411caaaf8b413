from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.constraints import period_is_forwards
from people.history import tracked
from people.models.unit import Unit


class Language(models.TextChoices):
    BOKMAL = "nb", _("Bokmål")
    NYNORSK = "nn", _("Nynorsk")
    ENGLISH = "en", _("English")


@tracked(exclude=["password", "last_login"])
class Employee(AbstractUser):
    """Somebody who works here and signs in (ansatt), or an actor of the system itself: import, calendar, command.

    A system actor has no usable password and can never sign in; it stands in journal and history where no person acted.
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=100)
    title = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=2, choices=Language, default=Language.BOKMAL)
    is_system = models.BooleanField(default=False)

    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What somebody is here to do. The policy behind each code stands in `people.roles`."""

    CASEWORKER = "caseworker", _("Caseworker")
    TEAM_LEADER = "team_leader", _("Team leader")
    PLAN_COORDINATOR = "plan_coordinator", _("Plan coordinator")
    MEETING_PARTICIPANT = "meeting_participant", _("Meeting participant")
    REPORTER = "reporter", _("Reporter")
    AUDITOR = "auditor", _("Auditor")
    OPERATIONS = "operations", _("Operations")
    UNIT_ADMINISTRATOR = "unit_administrator", _("Unit administrator")


#: A role lapses when nobody has confirmed it for this long.
CONFIRMED_FOR = timedelta(days=365)


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def on(self, day: date) -> Self:
        """In force that day: begun, not ended, and confirmed within a year."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day, confirmed_on__gt=day - CONFIRMED_FOR
        )


@tracked()
class RoleGrant(models.Model):
    """One employee's role at one unit in a half-open period (rolletildeling). Confirmed every year, else it lapses."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="role_grants")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=200)
    confirmed_on = models.DateField()
    confirmed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("role_grant_ends_after_it_starts"),
            models.CheckConstraint(
                name="role_grant_confirmed_after_it_starts", condition=Q(confirmed_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="role_grant_role_is_known", condition=Q(role__in=Role.values)),
            models.UniqueConstraint(name="role_grant_once", fields=["employee", "role", "unit", "starts_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.role} {self.unit_id}"

    @property
    def lapses_on(self) -> date:
        """The first day it no longer holds for want of a confirmation."""
        return self.confirmed_on + CONFIRMED_FOR
