from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models import Employee, Municipality


class PriorityMode(models.TextChoices):
    """How the order on the waiting list is found."""

    POINTS = "points", _("Points")
    GROUPS = "groups", _("Priority groups")


class Criterion(models.TextChoices):
    """What can count when dwellings are allotted; first what the facts tell, then what a caseworker assesses."""

    HOMELESS = "homeless", _("Without a home")
    TEMPORARY = "temporary", _("In temporary accommodation")
    OVER_LIMIT = "over_limit", _("More than three months in temporary accommodation")
    AT_RISK = "at_risk", _("At risk of losing the home")
    UNSUITABLE = "unsuitable", _("Home that does not suit")
    CHILDREN = "children", _("Children under 18")
    YOUNG = "young", _("Under 25")
    ELDERLY = "elderly", _("67 or older")
    REFUGEE = "refugee", _("Refugee being settled")
    ACCESS_NEED = "access_need", _("Needs an accessible home")
    HEALTH = "health", _("Mental illness or drugs")
    WAITED = "waited", _("For each month waited")
    CANNOT_ALONE = "cannot_alone", _("Cannot get a home without help")
    CONNECTED = "connected", _("Has lived here as long as the rules ask")
    CHILD_NEEDS = "child_needs", _("A child's situation weighs heavily")
    NEEDS_SUPPORT = "needs_support", _("Needs support to live at home")
    DISCHARGE = "discharge", _("Ready to leave an institution or prison")


#: What no fact tells: a caseworker assesses it on the application.
ASSESSED = (
    Criterion.CANNOT_ALONE,
    Criterion.CONNECTED,
    Criterion.CHILD_NEEDS,
    Criterion.NEEDS_SUPPORT,
    Criterion.DISCHARGE,
)
#: What tells of health, drugs or where somebody comes from (K4): named only to who may read special notes.
SPECIAL_CRITERIA = (Criterion.ACCESS_NEED, Criterion.HEALTH, Criterion.NEEDS_SUPPORT, Criterion.DISCHARGE)


class AllotmentRulesQuerySet(models.QuerySet["AllotmentRules"]):
    def in_force(self, municipality_id: str, on: date) -> Self:
        """The one that holds that day, as a queryset of one or none."""
        return self.filter(municipality=municipality_id, starts_on__lte=on).order_by("-starts_on")[:1]


@tracked()
class AllotmentRules(models.Model):
    """The municipality's own rules for who comes first to a dwelling (tildelingsregler), from a day until the next."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="allotment_rules")
    starts_on = models.DateField(_("from"))
    mode = models.CharField(_("the order is found by"), max_length=10, choices=PriorityMode)
    #: an application stands so long before the household is asked whether it still holds
    confirm_months = models.PositiveSmallIntegerField(_("months between confirmations"), default=12)
    reason = models.CharField(_("who decided it, and where it stands"), max_length=300)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AllotmentRulesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="allotment_rules_one_a_day",
                fields=["municipality", "starts_on"],
                violation_error_message=_("There are rules from that day already."),
            ),
            models.CheckConstraint(name="allotment_rules_mode_is_known", condition=Q(mode__in=PriorityMode.values)),
            models.CheckConstraint(
                name="allotment_rules_ask_anew",
                condition=Q(confirm_months__gte=1, confirm_months__lte=36),
                violation_error_message=_("Ask at least every third year whether an application still holds."),
            ),
            models.CheckConstraint(name="allotment_rules_say_who_decided", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.starts_on}"


@tracked()
class AllotmentCriterion(models.Model):
    """What one criterion gives under the rules (tildelingskriterium): points, or a priority group where 1 is first."""

    rules = models.ForeignKey(AllotmentRules, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField(_("criterion"), max_length=15, choices=Criterion)
    points = models.SmallIntegerField(_("points"), null=True, blank=True)
    group = models.PositiveSmallIntegerField(_("group"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="allotment_criterion_once", fields=["rules", "code"]),
            models.CheckConstraint(name="allotment_criterion_is_known", condition=Q(code__in=Criterion.values)),
            models.CheckConstraint(
                name="allotment_criterion_has_points_or_group",
                condition=Q(points__isnull=False, group__isnull=True)
                | (Q(points__isnull=True, group__gte=1) & ~Q(code=Criterion.WAITED)),
                violation_error_message=_("A criterion gives points, or a group from 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.points if self.group is None else self.group}"
