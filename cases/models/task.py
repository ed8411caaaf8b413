from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models import Employee, Household, Unit


class TaskKind(models.TextChoices):
    MAKE_PLAN = "make_plan", _("Make the housing plan")
    WRITE_DECISION = "write_decision", _("Write down the oral decision")
    MOVE_TO_STANDARD = "move_to_standard", _("Move to a place that suits")
    LEADER_BELOW_STANDARD = "leader_below_standard", _("Placed below standard: for the leader to know")
    LEADER_CHILD_LAPSED = "leader_child_lapsed", _("Child where the approval lapsed: for the leader to know")
    LEADER_ASSIGN_ANEW = "leader_assign_anew", _("Its caseworker must not deal with it: assign somebody else")
    LEADER_ASSIGN_PART = "leader_assign_part", _("Formed by a split: assign a caseworker")
    LEADER_NOBODY_IS_ABLE = "leader_nobody_is_able", _("Nobody at the unit may deal with it: hand it over")
    REQUISITION = "requisition", _("Send a new requisition to the provider")
    ANSWER_ACCESS = "answer_access", _("Answer who asks to see what is kept on them")
    ANSWER_CORRECTION = "answer_correction", _("Decide on a correction asked for")
    LEADER_DECIDE_DISPUTE = "leader_decide_dispute", _("Decide who is responsible")
    OTHER = "other", _("Other task")


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> Self:
        return self.filter(done_on__isnull=True)

    def late(self, on: date) -> Self:
        return self.open().filter(due_on__lt=on)


@tracked()
class Task(models.Model):
    """Something to be done for a household by a day (oppgave); its employee may be unset: then it is the unit's."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="tasks")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tasks")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    kind = models.CharField(max_length=25, choices=TaskKind)
    for_leader = models.BooleanField(default=False)
    about = models.CharField(max_length=200, blank=True)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="task_kind_is_known", condition=Q(kind__in=TaskKind.values)),
            models.CheckConstraint(
                name="task_done_has_day_and_person",
                condition=Q(done_on__isnull=True, done_by__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="task_open_by_unit", fields=["unit", "due_on"], condition=Q(done_on__isnull=True)),
            models.Index(name="task_by_household", fields=["household"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.household_id}"
