from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from people.constraints import period_is_forwards
from people.history import tracked
from people.models import Employee, Household, Unit


class Theme(models.TextChoices):
    """What an inspection of temporary accommodation looks at."""

    ALLOTMENT = "allotment", _("Allotment")
    STANDARD = "standard", _("Proper standard")
    TRANSITION = "transition", _("Transition to a permanent home")


class Point(models.TextChoices):
    """What is looked for in each case, in the order it is read; where they come from: docs/inspections.md."""

    SAME_DAY = "same_day", _("Asked, and answered the same day")
    WRITTEN = "written", _("A written decision")
    REASONED = "reasoned", _("Reasons, also for the start date")
    USER_VIEW = "user_view", _("What the user thinks")
    APPEAL = "appeal", _("The way to appeal")
    QUALITY = "quality", _("The quality of the place")
    CHILDREN = "children", _("The child's best interest")
    ONWARD = "onward", _("A plan for the way on")
    JOURNAL = "journal", _("A journal that shows the follow-up")


POINTS = {
    Theme.ALLOTMENT: (Point.SAME_DAY, Point.WRITTEN, Point.REASONED, Point.USER_VIEW, Point.APPEAL),
    Theme.STANDARD: (Point.QUALITY, Point.CHILDREN),
    Theme.TRANSITION: (Point.ONWARD, Point.JOURNAL),
}


class Verdict(models.TextChoices):
    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")
    NOT_DOCUMENTED = "not_documented", _("Not documented")
    NOT_RELEVANT = "not_relevant", _("Not relevant")


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def open(self, at: datetime) -> Self:
        """Those whose inspectors may read now."""
        return self.filter(closed_at__isnull=True, expires_at__gt=at)


@tracked()
class Inspection(models.Model):
    """An inspection of a unit's cases by the oversight authority (tilsyn), opened by who leads the unit.

    The inspected period is half-open. The population was listed and the sample drawn at `opened_at`: `seed` and
    `population_sha256` show that it is the same sample (`cases.sampling`). `sample_size` is the number of cases wanted
    for each theme. It is over at `expires_at`, or when the leader closes it before.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="inspections")
    case_reference = models.CharField(_("the authority's case reference"), max_length=60)
    themes = ArrayField(models.CharField(max_length=12, choices=Theme))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    includes_special = models.BooleanField(_("with special notes"), default=False)
    sample_size = models.PositiveSmallIntegerField(_("cases for each theme"))
    seed = models.CharField(max_length=64)
    population_sha256 = models.CharField(max_length=64)
    opened_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = InspectionQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("inspection_ends_after_it_starts"),
            models.CheckConstraint(
                name="inspection_has_themes_that_are_known",
                condition=Q(themes__contained_by=Theme.values, themes__len__gt=0),
            ),
            models.CheckConstraint(
                name="inspection_draws_a_case_or_more", condition=Q(sample_size__gte=1, sample_size__lte=200)
            ),
            models.CheckConstraint(name="inspection_has_a_reference", condition=~Q(case_reference="")),
            models.CheckConstraint(
                name="inspection_is_drawn_from_a_seed",
                condition=~Q(seed="") & Q(population_sha256__regex=r"^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="inspection_expires_after_it_is_opened", condition=Q(expires_at__gt=F("opened_at"))
            ),
            models.CheckConstraint(
                name="inspection_is_closed_by_somebody_after_it_is_opened",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__gt=F("opened_at"), closed_by__isnull=False),
            ),
        ]
        indexes = [models.Index(name="inspection_by_unit", fields=["unit", "-opened_at"])]

    def __str__(self) -> str:
        return f"{self.pk} {self.unit_id}"

    def is_open(self, at: datetime) -> bool:
        return self.closed_at is None and self.expires_at > at

    @property
    def last_day(self) -> date:
        """The last day on which its inspectors may read."""
        return localdate(self.expires_at - timedelta(microseconds=1))

    @property
    def last_inspected_day(self) -> date:
        return self.ends_on - timedelta(days=1)

    @property
    def points(self) -> list[Point]:
        """What is looked for, in the order it is read."""
        return [point for theme, points in POINTS.items() if theme in self.themes for point in points]


@tracked()
class Inspector(models.Model):
    """One who inspects (tilsynsperson): an employee with the role of auditor, for one inspection."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="inspectors")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="inspections")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="inspector_once_an_inspection", fields=["inspection", "employee"]),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} in {self.inspection_id}"


class EntryKind(models.TextChoices):
    REQUEST = "request", _("Request")
    DECISION = "decision", _("Decision")
    PLACEMENT = "placement", _("Placement")
    STAY = "stay", _("Stay")


class PopulationEntry(models.Model):
    """One line of what an inspection's sample was drawn from (populasjonslinje). Appended, never changed.

    Says which case, what and when, and nothing about who; `outcome` is a code of its kind, empty where there is none.
    `until` is the first day it was over, None for what goes on or has no length.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="population")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    theme = models.CharField(max_length=12, choices=Theme)
    kind = models.CharField(max_length=10, choices=EntryKind)
    on = models.DateField()
    until = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="population_entry_theme_is_known", condition=Q(theme__in=Theme.values)),
            models.CheckConstraint(name="population_entry_kind_is_known", condition=Q(kind__in=EntryKind.values)),
            models.CheckConstraint(
                name="population_entry_is_over_after_it_began",
                condition=Q(until__isnull=True) | Q(until__gt=F("on")),
            ),
        ]
        indexes = [models.Index(name="population_entry_by_theme", fields=["inspection", "theme", "on", "id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.household_id} {self.on}"


class Origin(models.TextChoices):
    DRAWN = "drawn", _("Drawn")
    NAMED = "named", _("Named by an inspector")


@tracked()
class SampledCase(models.Model):
    """One case that an inspection reads (utvalgt sak): drawn, or named by an inspector with a reason."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="sample")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    origin = models.CharField(max_length=5, choices=Origin)
    reason = models.CharField(_("why this case"), max_length=300, blank=True)
    added_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="sampled_case_once_an_inspection",
                fields=["inspection", "household"],
                violation_error_message=_("The case is in the inspection already."),
            ),
            models.UniqueConstraint(name="sampled_case_has_its_own_number", fields=["inspection", "number"]),
            models.CheckConstraint(name="sampled_case_numbers_begin_at_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="sampled_case_that_is_named_has_a_reason",
                condition=Q(origin="drawn", reason="") | (Q(origin="named") & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id}/{self.number}"


class Assessment(models.Model):
    """What an inspector found on one point of one case (vurdering). Appended, never changed: the newest is in force."""

    case = models.ForeignKey(SampledCase, on_delete=models.PROTECT, related_name="assessments")
    point = models.CharField(max_length=10, choices=Point)
    verdict = models.CharField(max_length=14, choices=Verdict)
    note = models.TextField(_("note"), max_length=4000, blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="assessment_point_is_known", condition=Q(point__in=Point.values)),
            models.CheckConstraint(name="assessment_verdict_is_known", condition=Q(verdict__in=Verdict.values)),
            models.CheckConstraint(
                name="assessment_says_what_is_missing",
                condition=~Q(verdict__in=["not_met", "not_documented"]) | ~Q(note=""),
                violation_error_message=_("Say in the note what is missing."),
            ),
        ]
        indexes = [models.Index(name="assessment_newest_by_point", fields=["case", "point", "-id"])]

    def __str__(self) -> str:
        return f"{self.case_id} {self.point} {self.verdict}"
