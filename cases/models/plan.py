from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models import Household


class HomeAim(models.TextChoices):
    MUNICIPAL_RENTAL = "municipal_rental", _("Rent from the municipality")
    PRIVATE_RENTAL = "private_rental", _("Rent privately")
    OWN = "own", _("Own a home")
    RENT_TO_OWN = "rent_to_own", _("Rent to own")
    CARE_HOME = "care_home", _("Home with care")
    BACK_HOME = "back_home", _("Back to the former home")
    OTHER = "other", _("Other")


@tracked()
class HousingPlan(models.Model):
    """The way to a home (boligplan): for everyone in temporary accommodation, within 14 days of the first night."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="plans")
    made_on = models.DateField(_("made on"))
    talk_on = models.DateField(_("talk held on"))
    aim = models.CharField(_("home aimed at"), max_length=20, choices=HomeAim)
    user_wants = models.TextField(_("what the user wants"))
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="housing_plan_aim_is_known", condition=Q(aim__in=HomeAim.values)),
            models.CheckConstraint(
                name="housing_plan_ends_after_it_is_made",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("made_on")),
            ),
            models.UniqueConstraint(
                name="housing_plan_one_current_a_household",
                fields=["household"],
                condition=Q(ended_on__isnull=True),
                violation_error_message=_("The household already has a housing plan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.made_on}"


@tracked()
class PlanStep(models.Model):
    """One step of a housing plan (tiltak): what, who and when."""

    plan = models.ForeignKey(HousingPlan, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(_("what"), max_length=200)
    who = models.CharField(_("who"), max_length=100)
    due_on = models.DateField(_("when"))
    done_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.what
