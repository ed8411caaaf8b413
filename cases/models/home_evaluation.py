from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models import Employee, Household

#: Months after moving into a permanent home at which it is looked at how it goes.
EVALUATED_AFTER = (3, 6, 12)


class HowItGoes(models.TextChoices):
    WELL = "well", _("Lives well")
    NEEDS_MORE = "needs_more", _("Needs more help to live there")
    AT_RISK = "at_risk", _("May lose the home")
    LOST = "lost", _("Has lost the home")


@tracked()
class FollowUpEvaluation(models.Model):
    """How it goes some months after moving into a permanent home (evaluering)."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="follow_up_evaluations")
    #: the first day in that home
    moved_in_on = models.DateField(_("moved in"))
    months = models.PositiveSmallIntegerField(_("months after moving in"))
    held_on = models.DateField(_("day they were asked"))
    how = models.CharField(_("how it goes"), max_length=12, choices=HowItGoes)
    user_view = models.TextField(_("what they say themselves"), blank=True)
    next_steps = models.CharField(_("what is done next"), max_length=500, blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="follow_up_evaluation_after_so_many_months", condition=Q(months__in=EVALUATED_AFTER)
            ),
            models.CheckConstraint(name="follow_up_evaluation_how_is_known", condition=Q(how__in=HowItGoes.values)),
            models.CheckConstraint(
                name="follow_up_evaluation_says_what_is_next",
                condition=Q(how=HowItGoes.WELL) | ~Q(next_steps=""),
                violation_error_message=_("Say what is done next."),
            ),
            models.CheckConstraint(
                name="follow_up_evaluation_after_moving_in",
                condition=Q(held_on__gt=F("moved_in_on")),
                violation_error_message=_("It cannot be held before they moved in."),
            ),
            models.UniqueConstraint(
                name="follow_up_evaluation_once_a_time",
                fields=["household", "moved_in_on", "months"],
                violation_error_message=_("This evaluation is already held."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.months}"


class FidelityPoint(models.TextChoices):
    """What makes a service Housing First (modelltrofasthet), point by point."""

    CHOICE = "choice", _("They choose home and help themselves")
    SEPARATION = "separation", _("Home and help are separate: losing one is not losing the other")
    ORDINARY_HOME = "ordinary_home", _("An ordinary home among others, with an ordinary lease")
    NO_CONDITIONS = "no_conditions", _("No treatment or sobriety asked for first")
    QUICKLY = "quickly", _("A home without long waiting")
    RECOVERY = "recovery", _("Recovery on their own terms")
    HARM_REDUCTION = "harm_reduction", _("Harm is reduced, use is not punished")
    REACHING_OUT = "reaching_out", _("Seeks out and stays, without force")
    PERSONAL_PLAN = "personal_plan", _("A plan of their own, with their own goals")
    AS_LONG_AS_NEEDED = "as_long_as_needed", _("Flexible help for as long as needed")
    NEW_HOME = "new_home", _("A new home when one is lost")


#: A point is scored from not at all to in full.
LEAST, MOST = 1, 5


@tracked()
class FidelityScore(models.Model):
    """How far one point of Housing First is met (modelltrofasthet), from 1 not at all to 5 in full."""

    evaluation = models.ForeignKey(FollowUpEvaluation, on_delete=models.PROTECT, related_name="scores")
    point = models.CharField(_("point"), max_length=20, choices=FidelityPoint)
    score = models.PositiveSmallIntegerField(_("score"))

    class Meta:
        constraints = [
            models.CheckConstraint(name="fidelity_point_is_known", condition=Q(point__in=FidelityPoint.values)),
            models.CheckConstraint(
                name="fidelity_score_is_one_to_five",
                condition=Q(score__gte=LEAST, score__lte=MOST),
                violation_error_message=_("A score is a number from 1 to 5."),
            ),
            models.UniqueConstraint(name="fidelity_point_once_an_evaluation", fields=["evaluation", "point"]),
        ]

    def __str__(self) -> str:
        return f"{self.point} {self.score}"
