from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from housing.models.agreement import Agreement
from housing.models.building import Building
from housing.models.dwelling import DwellingType, Tenure
from people.history import tracked
from people.models import Employee, Municipality


class HomeSource(models.TextChoices):
    """Where a new home comes from."""

    BUILT = "built", _("Built")
    BOUGHT = "bought", _("Bought")
    DESIGNATED_RIGHT = "designated_right", _("Right to name the buyer")
    COOPERATIVE_SHARE = "cooperative_share", _("Share in a housing cooperative")
    AGREEMENT = "agreement", _("Agreement with a landlord")


class PlannedStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    DECIDED = "decided", _("Decided")
    UNDER_WAY = "under_way", _("Under way")
    TAKEN_OVER = "taken_over", _("Taken over")
    DROPPED = "dropped", _("Dropped")


#: Statuses of homes that may still come.
TO_COME = (PlannedStatus.PLANNED, PlannedStatus.DECIDED, PlannedStatus.UNDER_WAY)


@tracked()
class PlannedHome(ConcurrentTransitionMixin, models.Model):
    """Homes that the municipality means to get (planlagte boliger): `count` alike, expected on one day.

    Those to come feed the forecast of vacant homes; taken over, they become dwellings in the stock.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="planned_homes")
    name = models.CharField(_("name"), max_length=100)
    source = models.CharField(_("source"), max_length=17, choices=HomeSource)
    status = FSMField(_("status"), max_length=10, choices=PlannedStatus, default=PlannedStatus.PLANNED, protected=True)
    expected_on = models.DateField(_("expected on"))
    count = models.PositiveSmallIntegerField(_("homes"), default=1)
    tenure = models.CharField(_("tenure"), max_length=20, choices=Tenure, default=Tenure.OWNED)
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agreement")
    )
    building = models.ForeignKey(
        Building, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("building")
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    type = models.CharField(_("type"), max_length=20, choices=DwellingType, blank=True)
    area_m2 = models.PositiveSmallIntegerField(_("area"), null=True, blank=True)
    rooms = models.PositiveSmallIntegerField(_("rooms"), null=True, blank=True)
    is_accessible = models.BooleanField(_("accessible by wheelchair"), null=True, blank=True)
    is_small_house = models.BooleanField(_("small house"), default=False)
    is_self_build = models.BooleanField(_("built by those who will live there"), default=False)
    taken_over_on = models.DateField(_("taken over on"), null=True, blank=True)
    dropped_because = models.CharField(_("dropped because"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="planned_home_source_is_known", condition=Q(source__in=HomeSource.values)),
            models.CheckConstraint(name="planned_home_status_is_known", condition=Q(status__in=PlannedStatus.values)),
            models.CheckConstraint(name="planned_home_tenure_is_known", condition=Q(tenure__in=Tenure.values)),
            models.CheckConstraint(name="planned_home_type_is_known", condition=Q(type__in=["", *DwellingType.values])),
            models.CheckConstraint(name="planned_home_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="planned_home_is_one_or_more",
                condition=Q(count__gte=1, count__lte=500),
                violation_error_message=_("Between 1 and 500 homes are planned as one."),
            ),
            models.CheckConstraint(
                name="planned_home_has_an_area",
                condition=Q(area_m2__isnull=True) | Q(area_m2__gt=0),
                violation_error_message=_("The area is more than zero."),
            ),
            models.CheckConstraint(
                name="planned_home_is_taken_over_on_a_day",
                condition=Q(status=PlannedStatus.TAKEN_OVER, taken_over_on__isnull=False)
                | (~Q(status=PlannedStatus.TAKEN_OVER) & Q(taken_over_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="planned_home_is_dropped_with_a_reason",
                condition=(Q(status=PlannedStatus.DROPPED) & ~Q(dropped_because=""))
                | (~Q(status=PlannedStatus.DROPPED) & Q(dropped_because="")),
                violation_error_message=_("Say why it is dropped."),
            ),
        ]
        indexes = [models.Index(name="planned_home_by_day", fields=["municipality", "status", "expected_on"])]

    def __str__(self) -> str:
        return self.name

    @transition(field=status, source=PlannedStatus.PLANNED, target=PlannedStatus.DECIDED)
    def decide(self) -> None:
        """The municipality has decided to get them."""

    @transition(field=status, source=PlannedStatus.DECIDED, target=PlannedStatus.UNDER_WAY)
    def begin(self) -> None:
        """Signed, or being built."""

    @transition(field=status, source=[PlannedStatus.DECIDED, PlannedStatus.UNDER_WAY], target=PlannedStatus.TAKEN_OVER)
    def take_over(self, *, on: date) -> None:
        """They are ours."""
        self.taken_over_on = on

    @transition(
        field=status,
        source=[PlannedStatus.PLANNED, PlannedStatus.DECIDED, PlannedStatus.UNDER_WAY],
        target=PlannedStatus.DROPPED,
    )
    def drop(self, *, because: str) -> None:
        """They will not come."""
        self.dropped_because = because


@tracked()
class NeighbourDialogue(models.Model):
    """One talk with the neighbours of planned homes (nabodialog)."""

    planned_home = models.ForeignKey(PlannedHome, on_delete=models.PROTECT, related_name="dialogues")
    on = models.DateField(_("day"))
    text = models.CharField(_("what was said and agreed"), max_length=1000)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(name="neighbour_dialogue_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.planned_home_id} {self.on}"
