from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from housing.models.provider import Provider
from people.constraints import DateRange, NoOverlap, period_is_forwards
from people.history import tracked
from people.models import Employee
from people.uploads import MediaType


class ChildApprovalQuerySet(models.QuerySet["ChildApproval"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


@tracked()
class ChildApproval(models.Model):
    """That a provider is approved for children in a period, half-open (godkjenning for barn).

    Where there has been one and none holds, a child is placed by the leader alone.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="child_approvals")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    founded_on = models.CharField(_("founded on"), max_length=300, blank=True)

    objects = ChildApprovalQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("child_approval_ends_after_it_starts"),
            NoOverlap(
                name="child_approval_one_a_day",
                expressions=[
                    ("provider", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The provider is already approved for children in that period."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.starts_on}"


class InspectionOutcome(models.TextChoices):
    IN_ORDER = "in_order", _("In order")
    REMARKS = "remarks", _("Remarks")
    SERIOUS = "serious", _("Serious faults")


@tracked()
class ProviderInspection(models.Model):
    """That we went to see a provider, and what we found (tilsyn hos tilbyder). Nobody who lives there is named."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="inspections")
    on = models.DateField(_("day"))
    is_announced = models.BooleanField(_("announced"), default=False)
    outcome = models.CharField(_("outcome"), max_length=10, choices=InspectionOutcome)
    found = models.TextField(_("what was found"), max_length=4000, blank=True)
    put_right_by = models.DateField(_("to be put right by"), null=True, blank=True)
    put_right_on = models.DateField(_("put right"), null=True, blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="provider_inspection_outcome_is_known", condition=Q(outcome__in=InspectionOutcome.values)
            ),
            models.CheckConstraint(
                name="provider_inspection_says_what_was_wrong",
                condition=Q(outcome=InspectionOutcome.IN_ORDER) | ~Q(found=""),
                violation_error_message=_("Write what was found."),
            ),
            models.CheckConstraint(
                name="provider_inspection_put_right_after_it",
                condition=Q(put_right_on__isnull=True) | Q(put_right_on__gte=F("on")),
                violation_error_message=_("It cannot have been put right before the inspection."),
            ),
            models.CheckConstraint(
                name="provider_inspection_deadline_after_it",
                condition=Q(put_right_by__isnull=True) | Q(put_right_by__gte=F("on")),
                violation_error_message=_("The deadline cannot come before the inspection."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.on}"


class ComplaintSubject(models.TextChoices):
    CLEANLINESS = "cleanliness", _("Cleanliness")
    SAFETY = "safety", _("Safety")
    NOISE = "noise", _("Noise or unrest")
    STAFF = "staff", _("How people are met")
    DAMAGE = "damage", _("Damage or something broken")
    CHILDREN = "children", _("Not fit for children")
    PEST = "pest", _("Pests")
    OTHER = "other", _("Something else")


class ComplaintSource(models.TextChoices):
    RESIDENT = "resident", _("Somebody who lives there")
    EMPLOYEE = "employee", _("An employee")
    NEIGHBOUR = "neighbour", _("A neighbour")
    OTHER = "other", _("Somebody else")


@tracked()
class ProviderComplaint(models.Model):
    """What somebody complained of at a provider, and what came of it (klage på tilbyder).

    No appeal against a decision, and nobody is named: who it was stands with the household, if anywhere.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="complaints")
    received_on = models.DateField(_("received"))
    about = models.CharField(_("about"), max_length=12, choices=ComplaintSubject)
    source = models.CharField(_("from"), max_length=10, choices=ComplaintSource)
    text = models.TextField(_("what it says"), max_length=4000)
    outcome = models.CharField(_("what came of it"), max_length=1000, blank=True)
    closed_on = models.DateField(_("closed"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="provider_complaint_subject_is_known", condition=Q(about__in=ComplaintSubject.values)
            ),
            models.CheckConstraint(
                name="provider_complaint_source_is_known", condition=Q(source__in=ComplaintSource.values)
            ),
            models.CheckConstraint(name="provider_complaint_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="provider_complaint_closed_with_an_outcome",
                condition=Q(closed_on__isnull=True, outcome="") | (Q(closed_on__isnull=False) & ~Q(outcome="")),
                violation_error_message=_("Say what came of it."),
            ),
            models.CheckConstraint(
                name="provider_complaint_closed_after_it_came",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("received_on")),
                violation_error_message=_("It cannot have been closed before it came."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.received_on}"


class ProviderFileQuerySet(models.QuerySet["ProviderFile"]):
    def without_content(self) -> Self:
        """For lists: the files themselves stay in the database."""
        return self.defer("content")


class ProviderFile(models.Model):
    """A picture or report about a provider, as `people.uploads` let it in (bilde). Taken in once, never changed.

    Of an inspection, of a complaint, or of the place as such; of rooms and things, never of people.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="files")
    inspection = models.ForeignKey(
        ProviderInspection, on_delete=models.PROTECT, null=True, blank=True, related_name="files"
    )
    complaint = models.ForeignKey(
        ProviderComplaint, on_delete=models.PROTECT, null=True, blank=True, related_name="files"
    )
    about = models.CharField(_("what it shows"), max_length=200)
    media_type = models.CharField(_("kind of file"), max_length=4, choices=MediaType)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ProviderFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="provider_file_media_type_is_known", condition=Q(media_type__in=MediaType.values)
            ),
            models.CheckConstraint(name="provider_file_says_what_it_shows", condition=~Q(about="")),
            models.CheckConstraint(name="provider_file_has_content", condition=~Q(content=b"")),
            models.CheckConstraint(name="provider_file_tells_its_file", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="provider_file_of_one_thing",
                condition=Q(inspection__isnull=True) | Q(complaint__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.media_type} {self.provider_id}"
