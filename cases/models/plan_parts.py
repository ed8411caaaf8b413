from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.individual_plan import IndividualPlan
from cases.models.plan_people import PlanParticipant
from people.constraints import period_is_forwards
from people.history import tracked
from people.models import Employee, Household, Municipality, Person


class Responsible(models.TextChoices):
    PERSON = "person", _("The person")
    COORDINATOR = "coordinator", _("The coordinator")
    PARTICIPANT = "participant", _("A participant")


class MeasureOutcome(models.TextChoices):
    DONE = "done", pgettext_lazy("measure", "Done")
    PARTLY = "partly", pgettext_lazy("measure", "Done in part")
    NOT_DONE = "not_done", pgettext_lazy("measure", "Not done")


class PlanMeasureQuerySet(models.QuerySet["PlanMeasure"]):
    def open(self) -> Self:
        return self.filter(finished_on__isnull=True)


@tracked()
class PlanMeasure(models.Model):
    """What is to be done in a plan (tiltak): by whom, how much, from when, by when, and what came of it."""

    plan = models.ForeignKey(IndividualPlan, on_delete=models.PROTECT, related_name="measures")
    what = models.CharField(_("what"), max_length=300)
    responsible = models.CharField(_("who answers for it"), max_length=12, choices=Responsible)
    participant = models.ForeignKey(
        PlanParticipant,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("participant"),
    )
    extent = models.CharField(_("how much"), max_length=200)
    begins_on = models.DateField(_("begins"))
    due_on = models.DateField(_("done by"))
    finished_on = models.DateField(_("finished"), null=True, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=10, choices=MeasureOutcome, blank=True)
    why = models.CharField(_("why it was not done"), max_length=300, blank=True)

    objects = PlanMeasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="plan_measure_responsible_is_known", condition=Q(responsible__in=Responsible.values)
            ),
            models.CheckConstraint(
                name="plan_measure_says_what_and_how_much",
                condition=~Q(what="") & ~Q(extent=""),
                violation_error_message=_("Write what is to be done and how much."),
            ),
            models.CheckConstraint(
                name="plan_measure_names_the_participant",
                condition=Q(responsible="participant", participant__isnull=False)
                | (~Q(responsible="participant") & Q(participant__isnull=True)),
                violation_error_message=_("Choose which participant answers for it."),
            ),
            models.CheckConstraint(
                name="plan_measure_is_due_after_it_begins",
                condition=Q(due_on__gte=F("begins_on")),
                violation_error_message=_("It cannot be due before it begins."),
            ),
            models.CheckConstraint(
                name="plan_measure_finished_says_what_came_of_it",
                condition=Q(finished_on__isnull=True, outcome="", why="")
                | Q(finished_on__isnull=False, outcome="done", why="")
                | (Q(finished_on__isnull=False, outcome__in=["partly", "not_done"]) & ~Q(why="")),
                violation_error_message=_("Say what came of it, and why when it was not done."),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def who(self) -> str:
        return str(self.participant) if self.participant else str(self.get_responsible_display())


class GoalsReached(models.TextChoices):
    REACHED = "reached", _("Reached")
    UNDER_WAY = "under_way", _("Under way")
    NOT_REACHED = "not_reached", _("Not reached")


@tracked()
class PlanEvaluation(models.Model):
    """How the plan has worked (evaluering): the person's words and ours."""

    plan = models.ForeignKey(IndividualPlan, on_delete=models.PROTECT, related_name="evaluations")
    held_on = models.DateField(_("day"))
    goals = models.CharField(_("the goals"), max_length=12, choices=GoalsReached)
    person_says = models.TextField(_("what the person says"))
    we_say = models.TextField(_("what the services say"), blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="plan_evaluation_goals_are_known", condition=Q(goals__in=GoalsReached.values)),
            models.CheckConstraint(
                name="plan_evaluation_has_the_person_s_words",
                condition=~Q(person_says=""),
                violation_error_message=_("Write what the person says."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.held_on}"


class PlanVersion(models.Model):
    """The plan as it stood at a revision (versjon av planen): its whole text, written once and never changed."""

    plan = models.ForeignKey(IndividualPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    because = models.CharField(_("what was changed, and why"), max_length=300, blank=True)
    content = models.TextField(_("the plan as it stood"))
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("made"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="plan_version_number_once_a_plan", fields=["plan", "number"]),
            models.CheckConstraint(name="plan_version_number_begins_at_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.number}"


@tracked()
class ResponsibilityGroup(models.Model):
    """The people around a person's plan (ansvarsgruppe): participants who meet, led by one of them."""

    plan = models.ForeignKey(IndividualPlan, on_delete=models.PROTECT, related_name="groups")
    led_by = models.CharField(_("who leads it"), max_length=100)
    formed_on = models.DateField(_("formed"))
    ended_on = models.DateField(_("ended"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="responsibility_group_ends_after_it_is_formed",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("formed_on")),
                violation_error_message=_("The group cannot end before it was formed."),
            ),
            models.UniqueConstraint(
                name="responsibility_group_one_a_plan",
                fields=["plan"],
                condition=Q(ended_on__isnull=True),
                violation_error_message=_("The plan has a responsibility group already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.formed_on}"


@tracked()
class GroupMeeting(models.Model):
    """A meeting of a responsibility group (ansvarsgruppemøte): who came, what was agreed, when they meet next."""

    group = models.ForeignKey(ResponsibilityGroup, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField(_("day"))
    present = models.CharField(_("who came"), max_length=300)
    minutes = models.TextField(_("what was agreed"))
    next_on = models.DateField(_("next meeting"), null=True, blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="group_meeting_next_comes_after_it",
                condition=Q(next_on__isnull=True) | Q(next_on__gt=F("held_on")),
                violation_error_message=_("The next meeting must come after this one."),
            ),
            models.UniqueConstraint(
                name="group_meeting_once_a_day",
                fields=["group", "held_on"],
                violation_error_message=_("The minutes of that day are written already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.held_on}"


@tracked()
class ChildCoordinator(models.Model):
    """Who coordinates the services of a child and its family (barnekoordinator), from a day. Half-open.

    Source: helse- og omsorgstjenesteloven section 7-2 a.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="child_coordinators")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("child"))
    name = models.CharField(_("name"), max_length=100)
    service = models.CharField(_("service"), max_length=100)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        constraints = [
            period_is_forwards("child_coordinator_ends_after_it_starts"),
            models.UniqueConstraint(
                name="child_coordinator_one_a_child",
                fields=["household", "person"],
                condition=Q(ends_on__isnull=True),
                violation_error_message=_("This child has a coordinator already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.service}"


@tracked()
class CoordinatingUnit(models.Model):
    """The municipality's coordinating unit (koordinerende enhet): whom services tell of a need for a plan.

    Source: helse- og omsorgstjenesteloven section 7-3. One at a time; what it was earlier stands in the history.
    """

    municipality = models.OneToOneField(Municipality, on_delete=models.PROTECT, related_name="coordinating_unit")
    name = models.CharField(_("name"), max_length=100)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    email = models.EmailField(_("email"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="coordinating_unit_has_a_name",
                condition=~Q(name=""),
                violation_error_message=_("Write what the unit is called."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
