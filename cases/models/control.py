from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models import Employee, Household, Unit


class FoundBy(models.TextChoices):
    """How a deviation came to light."""

    PERSON = "person", _("Seen by somebody at work")
    CHECK = "check", _("By a check of the law")
    COMPLAINT = "complaint", _("By a complaint or an appeal")
    INSPECTION = "inspection", _("By an inspection")


class DeviationQuerySet(models.QuerySet["Deviation"]):
    def open(self) -> Self:
        return self.filter(closed_on__isnull=True)


@tracked()
class Deviation(models.Model):
    """A failure that a check or a person found (avvik): cause, measure, who answers for it, and whether it helped.

    Source: kommuneloven section 25-1.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="deviations")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="deviations")
    found_by = models.CharField(_("how it was found"), max_length=10, choices=FoundBy, default=FoundBy.PERSON)
    what = models.TextField(_("what went wrong"))
    cause = models.TextField(_("cause"), blank=True)
    measure = models.TextField(_("measure"), blank=True)
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("put right by"), null=True, blank=True)
    reported_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    reported_on = models.DateField(_("reported"))
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    effect = models.TextField(_("whether the measure helped"), blank=True)

    objects = DeviationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="deviation_found_by_is_known", condition=Q(found_by__in=FoundBy.values)),
            models.CheckConstraint(
                name="deviation_says_what",
                condition=~Q(what=""),
                violation_error_message=_("Write what went wrong."),
            ),
            models.CheckConstraint(
                name="deviation_closed_with_cause_measure_and_effect",
                condition=Q(closed_on__isnull=True, closed_by__isnull=True, effect="")
                | (Q(closed_on__isnull=False, closed_by__isnull=False) & ~Q(cause="") & ~Q(measure="") & ~Q(effect="")),
                violation_error_message=_("A deviation is closed with its cause, the measure and whether it helped."),
            ),
            models.CheckConstraint(
                name="deviation_closed_after_it_was_reported",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("reported_on")),
            ),
        ]
        indexes = [models.Index(name="deviation_by_unit", fields=["unit", "reported_on"])]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.reported_on}"


class ReviewedKind(models.TextChoices):
    ROUTINE = "routine", _("Routine")
    RISK = "risk", _("Risk review")


class ControlReviewQuerySet(models.QuerySet["ControlReview"]):
    def in_force(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def late(self, on: date) -> Self:
        return self.in_force().filter(next_on__lt=on)


@tracked()
class ControlReview(models.Model):
    """A unit's routine or review of risks (rutine, risikovurdering): dated, with the day to go through it again."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="control_reviews")
    kind = models.CharField(_("kind"), max_length=8, choices=ReviewedKind)
    title = models.CharField(_("name"), max_length=200)
    text = models.TextField(_("what it says, or where it is kept"), blank=True)
    measures = models.TextField(_("measures"), blank=True)
    dated_on = models.DateField(_("dated"))
    next_on = models.DateField(_("to be gone through again"))
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    objects = ControlReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="control_review_kind_is_known", condition=Q(kind__in=ReviewedKind.values)),
            models.CheckConstraint(name="control_review_is_named", condition=~Q(title="")),
            models.CheckConstraint(
                name="control_review_next_is_later",
                condition=Q(next_on__gt=F("dated_on")),
                violation_error_message=_("The next day must come after its date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"


class RuleObstacleQuerySet(models.QuerySet["RuleObstacle"]):
    def unanswered(self) -> Self:
        return self.filter(answered_on__isnull=True)


@tracked()
class RuleObstacle(models.Model):
    """A rule that stopped a good solution (regelhinder): what would have been better, to whom it was told."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rule_obstacles")
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="rule_obstacles"
    )
    rule = models.CharField(_("which rule"), max_length=120)
    stopped = models.TextField(_("what it stopped"))
    better = models.TextField(_("what would have been better"), blank=True)
    reported_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    reported_on = models.DateField(_("reported"))
    sent_to = models.CharField(_("told to"), max_length=120, blank=True)
    sent_on = models.DateField(_("told"), null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered"), null=True, blank=True)

    objects = RuleObstacleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rule_obstacle_says_which_rule_and_what",
                condition=~Q(rule="") & ~Q(stopped=""),
                violation_error_message=_("Write which rule it is, and what it stopped."),
            ),
            models.CheckConstraint(
                name="rule_obstacle_sent_to_somebody_on_a_day",
                condition=Q(sent_to="", sent_on__isnull=True) | (~Q(sent_to="") & Q(sent_on__isnull=False)),
                violation_error_message=_("Write to whom it was told, and when."),
            ),
            models.CheckConstraint(
                name="rule_obstacle_answered_after_it_was_sent",
                condition=Q(answered_on__isnull=True, answer="")
                | (Q(answered_on__isnull=False, sent_on__isnull=False, answered_on__gte=F("sent_on")) & ~Q(answer="")),
                violation_error_message=_("An answer has a day, after that on which it was told."),
            ),
        ]

    def __str__(self) -> str:
        return self.rule
