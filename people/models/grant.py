"""Explicit exceptions to who may see a household, held by django-guardian's direct permission model."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.contrib.auth.models import Permission
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from people.constraints import for_the_rule_alone
from people.history import tracked
from people.models.employee import Employee
from people.models.household import Household


class GrantKind(models.TextChoices):
    """Why somebody may see a household that is not theirs. Each is the code name of a permission on Household."""

    # chosen with one click by a colleague of the unit
    ON_DUTY = "open_on_duty", _("On duty")
    SUBSTITUTE = "open_as_substitute", _("Standing in for a colleague")
    PHONE = "open_by_phone", _("The household rings or stands at the counter")
    MEETING = "open_for_meeting", _("Preparing a meeting")
    # given, or taken through a door of their own
    EMERGENCY = "open_in_emergency", _("Emergency door")
    AGENDA = "read_on_agenda", _("On the agenda of a meeting")
    PLAN = "read_in_plan", _("Participant in the plan")
    SAMPLE = "read_in_sample", _("In an inspection's sample")
    SAMPLE_SPECIAL = "read_special_in_sample", _("In an inspection's sample, with special notes")
    NAMED = "read_as_named", _("Named by an inspector")


#: What a colleague of the unit chooses among.
CODED_REASONS = (GrantKind.ON_DUTY, GrantKind.SUBSTITUTE, GrantKind.PHONE, GrantKind.MEETING)


def permission_of(kind: GrantKind) -> Permission:
    """guardian's permission for a kind, made by `migrate` from `Household.Meta.permissions`."""
    return Permission.objects.get(
        content_type__app_label="people", content_type__model="household", codename=kind.value
    )


class TimeRange(Func):
    """`tstzrange(granted_at, expires_at)`: half-open."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class GrantQuerySet(models.QuerySet["Grant"]):
    def live(self, at: datetime) -> Self:
        return self.filter(granted_at__lte=at, expires_at__gt=at)

    def of(self, *kinds: GrantKind) -> Self:
        return self.filter(permission__content_type__app_label="people", permission__codename__in=kinds)


@tracked()
class Grant(UserObjectPermissionBase):
    """Leave to see one household for a while, with its reason (tilgang med begrunnelse).

    The names `user`, `permission` and `content_object` are guardian's. Only `people.access` reads it, only
    `people.actions.grants` and `people.actions.samples` write it; one of a kind is live at a time.
    """

    user = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="grants")
    permission = models.ForeignKey(Permission, on_delete=models.PROTECT, related_name="+")
    content_object = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="grants")
    reason = models.CharField(_("reason"), max_length=300)
    granted_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = GrantQuerySet.as_manager()  # type: ignore[assignment,misc]

    class Meta:
        unique_together = ()
        constraints = [
            models.CheckConstraint(name="grant_expires_after_it_is_given", condition=Q(expires_at__gt=F("granted_at"))),
            models.CheckConstraint(name="grant_has_a_reason", condition=~Q(reason="")),
            ExclusionConstraint(
                name="grant_one_of_a_kind_is_live",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (for_the_rule_alone("permission"), RangeOperators.EQUAL),
                    (for_the_rule_alone("content_object"), RangeOperators.EQUAL),
                    (TimeRange("granted_at", "expires_at"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The household is open already."),
            ),
        ]
        indexes = [models.Index(name="grant_by_user", fields=["user", "content_object"])]

    def __str__(self) -> str:
        return f"{self.user_id} {self.permission_id} {self.content_object_id}"

    @property
    def kind(self) -> GrantKind:
        return GrantKind(self.permission.codename)
