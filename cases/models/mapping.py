from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models import Employee, Household, InAMunicipality, Person


class MappingArea(models.TextChoices):
    """What a mapping asks about (kartleggingsområde), in the order of its page."""

    HOUSING = "housing", _("Home and wishes for one")
    ECONOMY = "economy", _("Money")
    HEALTH = "health", _("Health")
    DRUGS = "drugs", _("Drugs")
    NETWORK = "network", _("Family and friends")
    CHILD_SCHOOL = "child_school", _("School or kindergarten")
    CHILD_HEALTH = "child_health", _("The child's health")
    CHILD_ROOM = "child_room", _("Room to sleep and do homework")
    SKILLS = "skills", _("Skills of living")
    SAFETY = "safety", _("Safety")


#: Asked of each child.
AREAS_OF_A_CHILD = (MappingArea.CHILD_SCHOOL, MappingArea.CHILD_HEALTH, MappingArea.CHILD_ROOM)
#: Notes on drugs, violence and health (K4).
SPECIAL_AREAS = frozenset({MappingArea.HEALTH, MappingArea.DRUGS, MappingArea.CHILD_HEALTH, MappingArea.SAFETY})


class AreaState(models.TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")
    #: the user's right
    NOT_WANTED = "not_wanted", _("They do not want to talk about it")


class TrafficLight(models.TextChoices):
    """BrukerPlan's score of how somebody lives (trafikklys)."""

    GREEN = "green", _("Green: a lasting home that suits")
    YELLOW = "yellow", _("Yellow: a home that is not lasting or does not suit")
    RED = "red", _("Red: no home, or one that is no place to live")


class IncomeSource(models.TextChoices):
    """What they mainly live on (viktigste inntekt)."""

    WORK = "work", _("Work")
    SOCIAL_ASSISTANCE = "social_assistance", _("Social assistance")
    DISABILITY = "disability", _("Disability benefit")
    ASSESSMENT_ALLOWANCE = "assessment_allowance", _("Work assessment allowance")
    UNEMPLOYMENT = "unemployment", _("Unemployment benefit")
    INTRODUCTION = "introduction", _("Introduction benefit")
    PENSION = "pension", _("Pension")
    STUDENT = "student", _("Student loan or grant")
    OTHER = "other", _("Something else")
    NONE = "none", _("No income")


class DrugProblem(models.TextChoices):
    """Whether somebody in the household has a known problem (kjent rusproblem): class K4."""

    NONE = "none", _("None known")
    DRUGS = "drugs", _("Drugs or alcohol")
    DRUGS_AND_MENTAL = "drugs_and_mental", _("Drugs or alcohol, and mental illness")


class NeedsMappingQuerySet(models.QuerySet["NeedsMapping"]):
    def open(self) -> Self:
        return self.filter(finished_on__isnull=True)

    def finished(self) -> Self:
        return self.filter(finished_on__isnull=False)

    def newest_first(self) -> Self:
        return self.order_by(F("finished_on").desc(nulls_first=True), "-pk")


@tracked(exclude=["municipality"])
class NeedsMapping(InAMunicipality):
    """What a household needs, gone through with it as a task list (kartlegging).

    A new one starts from what the last one says, so that what differs is what has changed. `drug_problem` is of a
    special class (K4).
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="mappings")
    started_on = models.DateField(_("started"))
    finished_on = models.DateField(_("finished"), null=True, blank=True)
    light = models.CharField(_("how they live"), max_length=10, choices=TrafficLight, blank=True)
    income_source = models.CharField(_("what they mainly live on"), max_length=25, choices=IncomeSource, blank=True)
    drug_problem = models.CharField(_("known problem"), max_length=20, choices=DrugProblem, blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    objects = NeedsMappingQuerySet.as_manager()

    class Meta(InAMunicipality.Meta):
        constraints = [
            models.UniqueConstraint(
                name="mapping_open_once_a_household",
                fields=["household"],
                condition=Q(finished_on__isnull=True),
                violation_error_message=_("A mapping is under way already."),
            ),
            models.CheckConstraint(
                name="mapping_finished_after_it_is_started",
                condition=Q(finished_on__isnull=True) | Q(finished_on__gte=F("started_on")),
            ),
            models.CheckConstraint(
                name="mapping_finished_has_a_light",
                condition=Q(finished_on__isnull=True) | ~Q(light=""),
                violation_error_message=_("Give the traffic light of how they live first."),
            ),
            models.CheckConstraint(
                name="mapping_light_is_known", condition=Q(light="") | Q(light__in=TrafficLight.values)
            ),
            models.CheckConstraint(
                name="mapping_income_source_is_known",
                condition=Q(income_source="") | Q(income_source__in=IncomeSource.values),
            ),
            models.CheckConstraint(
                name="mapping_drug_problem_is_known",
                condition=Q(drug_problem="") | Q(drug_problem__in=DrugProblem.values),
            ),
        ]
        indexes = [
            models.Index(name="mapping_by_household", fields=["household", "-finished_on"]),
            models.Index(
                name="mapping_finished",
                fields=["municipality", "household", "-finished_on", "-id"],
                include=["light", "income_source", "drug_problem"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.started_on} {self.household_id}"


@tracked()
class MappedArea(models.Model):
    """One area of a mapping (kartlagt område), of one child where it is about children. A special area's text is K4."""

    mapping = models.ForeignKey(NeedsMapping, on_delete=models.PROTECT, related_name="areas")
    area = models.CharField(_("area"), max_length=20, choices=MappingArea)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("child")
    )
    state = models.CharField(_("state"), max_length=15, choices=AreaState, default=AreaState.NOT_STARTED)
    text = models.TextField(_("what they tell"), max_length=4000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="mapped_area_is_known", condition=Q(area__in=MappingArea.values)),
            models.CheckConstraint(name="mapped_area_state_is_known", condition=Q(state__in=AreaState.values)),
            models.CheckConstraint(
                name="mapped_area_of_a_child_says_which",
                condition=Q(area__in=AREAS_OF_A_CHILD, person__isnull=False)
                | (~Q(area__in=AREAS_OF_A_CHILD) & Q(person__isnull=True)),
            ),
            models.UniqueConstraint(
                name="mapped_area_once", fields=["mapping", "area", "person"], nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.mapping_id}"

    @property
    def is_special(self) -> bool:
        return self.area in SPECIAL_AREAS

    @property
    def is_open(self) -> bool:
        return self.state in (AreaState.NOT_STARTED, AreaState.IN_PROGRESS)
