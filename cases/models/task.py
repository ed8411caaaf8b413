from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.conditions import HouseholdCondition, sql_text
from people.history import tracked
from people.models import AssignmentRole, Employee, Household, Unit


class TaskKind(models.TextChoices):
    MAKE_PLAN = "make_plan", _("Make the housing plan")
    WRITE_DECISION = "write_decision", _("Write down the oral decision")
    APPROVE_DECISION = "approve_decision", _("Approve a decision, or send it back")
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
    PRELIMINARY_ANSWER = "preliminary_answer", _("Send a preliminary answer")
    DELAY_NOTICE = "delay_notice", _("Tell that the answer is late, and when it comes")
    ANSWER_APPEAL = "answer_appeal", _("Reconsider the appeal, and change the decision or forward it")
    DECISION_EXPIRES = "decision_expires", _("Decide anew before the decision runs out")
    FOLLOW_UP = "follow_up", _("Follow up")
    EXTERNAL_LETTER = "external_letter", _("Answer another authority's letter")
    AGREEMENT_LAPSES = "agreement_lapses", _("Renew the quality agreement")
    CHILD_APPROVAL_LAPSES = "child_approval_lapses", _("Renew the approval for children")
    FAULT_OVERDUE = "fault_overdue", _("See that the provider puts right what the inspection found")
    LETTER_NOT_SENT = "letter_not_sent", _("Get the letter to whoever it is for")
    CLOSE_DEVIATION = "close_deviation", _("Put the deviation right")
    REVIEW_ROUTINE = "review_routine", _("Go through the routine")
    REVIEW_RISK = "review_risk", _("Go through the risk review")
    GIVE_REASONS = "give_reasons", _("Give the reasons asked for")
    CARRY_OUT_APPEAL = "carry_out_appeal", _("Carry out what came of the appeal")
    TELL_BODY = "tell_body", _("Tell the body of appeal that the appeal is withdrawn")
    CONFIRM_APPLICATION = "confirm_application", _("Ask whether the application for a dwelling still holds")
    ANSWER_OFFER = "answer_offer", _("Get the answer to the offer of a dwelling")
    SIGN_LEASE = "sign_lease", _("Sign the lease of the dwelling accepted")
    MEETING_DECIDED = "meeting_decided", _("Carry out what the housing meeting decided")
    LEASE_ENDS = "lease_ends", _("Decide what follows the lease, before it ends")
    RELEASE_SECURITY = "release_security", _("Settle the deposit or guarantee")
    COMMITMENT_EXPIRES = "commitment_expires", _("Use or renew the loan commitment before it expires")
    REVISE_PLAN = "revise_plan", _("Look at the plan again with the person")
    GROUP_MEETS = "group_meets", _("Hold the responsibility group's meeting")
    OTHER = "other", _("Other task")
    START_FOLLOW_UP = "start_follow_up", _("Get the service begun that was offered")
    FOLLOW_UP_SILENT = "follow_up_silent", _("Take up the contact again")
    EVALUATE_HOME = "evaluate_home", _("Ask how it goes in the home")
    HANDLE_WARNING = "handle_warning", _("Handle the sign that the home may be lost")
    APPLY_ALLOWANCE = "apply_allowance", _("Apply for housing allowance")
    HOME_BEFORE = "home_before", _("Have a home ready for the day they come out")
    SETTLE_REFUGEE = "settle_refugee", _("Settle the refugees in time")
    PROCESS_STEP = "process_step", _("Do the next step of the work process")
    ASK_SURVEY = "ask_survey", _("Ask how it went")
    ANSWER_COMPLAINT = "answer_complaint", _("Answer the complaint")
    EVICTION_CONTACT = "eviction_contact", _("Reach the household that may be evicted")
    EVICTION_DAY = "eviction_day", _("Avert the eviction, or find them a roof")
    OWNING_POTENTIAL = "owning_potential", _("Look at their chance to buy")
    OWNING_OPTION = "owning_option", _("Buy before the option runs out, or end the agreement")
    OWNING_CONTACT = "owning_contact", _("Ask how it goes as an owner")


class TaskEnd(models.TextChoices):
    """Why a task was closed without being ticked off (avsluttet fordi)."""

    ACTED = "acted", _("What it asked for is done")
    OVERTAKEN = "overtaken", _("No longer needed: the facts are others now")


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> Self:
        return self.filter(done_on__isnull=True)

    def late(self, on: date) -> Self:
        return self.open().filter(due_on__lt=on)

    def about(self, subject: models.Model) -> Self:
        """Those that a decision, request or other row asks for."""
        return self.filter(subject_kind=subject._meta.model_name, subject_id=subject.pk)

    def of(self, employee: Employee, *, on: date) -> Self:
        """The employee's own, and those of whom the employee stands in for on the case that day."""
        return self.filter(own_tasks(employee, on=on))


def own_tasks(employee: Employee, *, on: date) -> Q:
    """As `TaskQuerySet.of`, among other conditions."""
    stands_in = HouseholdCondition(
        sql_text("stands_in.sql"),
        paths={"pk": "household", "responsible": "employee"},
        employee=employee.pk,
        day=on,
        substitute=AssignmentRole.SUBSTITUTE.value,
        owner=AssignmentRole.OWNER.value,
    )
    return Q(employee=employee) | Q(stands_in)


@tracked()
class Task(models.Model):
    """Something to be done by a day (oppgave); its employee may be unset: then it is the unit's.

    Most are of a household; those of a unit alone, as for an agreement with a provider, name none. `subject_kind` and
    `subject_id` are plain values, as in the journal: what asks for the task, by which it is closed. A late one is
    escalated once, on the day it first stood on the leader's list.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="tasks", null=True, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tasks")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    kind = models.CharField(max_length=25, choices=TaskKind)
    for_leader = models.BooleanField(default=False)
    about = models.CharField(max_length=200, blank=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    due_on = models.DateField()
    escalated_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_because = models.CharField(max_length=10, choices=TaskEnd, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="task_kind_is_known", condition=Q(kind__in=TaskKind.values)),
            models.CheckConstraint(
                name="task_done_has_day_and_person",
                condition=Q(done_on__isnull=True, done_by__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="task_end_is_known_and_of_a_closed_one",
                condition=Q(ended_because="") | Q(ended_because__in=TaskEnd.values, done_on__isnull=False),
            ),
            models.CheckConstraint(
                name="task_subject_has_kind_and_number",
                condition=Q(subject_kind="", subject_id__isnull=True)
                | (~Q(subject_kind="") & Q(subject_id__isnull=False)),
            ),
            models.CheckConstraint(
                name="task_of_no_household_has_a_subject",
                condition=Q(household__isnull=False) | ~Q(subject_kind=""),
            ),
            models.UniqueConstraint(
                name="task_open_once_a_subject_and_day",
                fields=["kind", "subject_kind", "subject_id", "due_on"],
                condition=Q(done_on__isnull=True) & ~Q(subject_kind=""),
                violation_error_message=_("This task is already open."),
            ),
        ]
        indexes = [
            models.Index(name="task_open_by_unit", fields=["unit", "due_on"], condition=Q(done_on__isnull=True)),
            models.Index(name="task_by_household", fields=["household"]),
            models.Index(name="task_by_subject", fields=["subject_kind", "subject_id"]),
            models.Index(name="task_open_by_employee", fields=["employee"], condition=Q(done_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.household_id or self.subject_kind}"
