"""Where one does what a task asks for."""

from __future__ import annotations

from django.db.models import Model
from django.urls import reverse

from cases.models import Task, TaskKind
from housing.models import ChildApproval, ProviderInspection, QualityAgreement
from people.models import Household

#: The page of the act, by kind; those in the second table take the subject's id too.
_OF_THE_HOUSEHOLD = {
    TaskKind.MAKE_PLAN: "cases:make_plan",
    TaskKind.MOVE_TO_STANDARD: "cases:move",
    TaskKind.ANSWER_ACCESS: "cases:rights",
    TaskKind.ANSWER_CORRECTION: "cases:rights",
    TaskKind.DECISION_EXPIRES: "cases:extend",
    TaskKind.FOLLOW_UP: "cases:plan",
    TaskKind.PRELIMINARY_ANSWER: "cases:preliminary_answer",
    TaskKind.DELAY_NOTICE: "cases:delay_notice",
    TaskKind.LEASE_ENDS: "cases:leases",
    TaskKind.RELEASE_SECURITY: "cases:leases",
    TaskKind.OWNING_POTENTIAL: "cases:owning",
    TaskKind.OWNING_OPTION: "cases:owning",
    TaskKind.OWNING_CONTACT: "cases:owning",
    TaskKind.SIGN_LEASE: "cases:sign_lease",
    TaskKind.START_FOLLOW_UP: "cases:follow_up",
    TaskKind.FOLLOW_UP_SILENT: "cases:follow_up",
    TaskKind.HANDLE_WARNING: "cases:follow_up",
    TaskKind.EVALUATE_HOME: "cases:evaluate_home",
    TaskKind.APPLY_ALLOWANCE: "cases:allowance",
    TaskKind.GROUP_MEETS: "cases:person_plans",
    TaskKind.HOME_BEFORE: "cases:transitions",
    TaskKind.SETTLE_REFUGEE: "cases:transitions",
    TaskKind.PROCESS_STEP: "cases:processes",
    TaskKind.ASK_SURVEY: "cases:voice",
    TaskKind.ANSWER_COMPLAINT: "cases:voice",
    TaskKind.LEADER_ASSIGN_ANEW: "cases:assign",
    TaskKind.LEADER_ASSIGN_PART: "cases:assign",
    TaskKind.LEADER_NOBODY_IS_ABLE: "cases:hand_over",
}
_OF_THE_SUBJECT = {
    TaskKind.WRITE_DECISION: ("decision", "cases:write_decision"),
    TaskKind.APPROVE_DECISION: ("decision", "cases:decision"),
    TaskKind.GIVE_REASONS: ("reasonsrequest", "cases:give_reasons"),
    TaskKind.ANSWER_APPEAL: ("appeal", "cases:appeal"),
    TaskKind.CARRY_OUT_APPEAL: ("appeal", "cases:appeal"),
    TaskKind.TELL_BODY: ("appeal", "cases:appeal"),
    TaskKind.REVISE_PLAN: ("individualplan", "cases:person_plan"),
    TaskKind.LETTER_NOT_SENT: ("dispatch", "cases:letter"),
    TaskKind.COMMITMENT_EXPIRES: ("loancase", "cases:loan"),
    TaskKind.EVICTION_CONTACT: ("evictioncase", "cases:eviction"),
    TaskKind.EVICTION_DAY: ("evictioncase", "cases:eviction"),
    TaskKind.EXTERNAL_LETTER: ("authorityletter", "cases:answer_authority_letter"),
}


#: What of a provider's asks for a task of a unit, by the subject's kind.
OF_PROVIDERS: dict[str, type[Model]] = {
    "qualityagreement": QualityAgreement,
    "childapproval": ChildApproval,
    "providerinspection": ProviderInspection,
}


def way_of(task: Task, household: Household | None) -> str:
    """The address where what the task asks for is done; empty when it is only ticked off."""
    kind = TaskKind(task.kind)
    if household is None:
        return _of_a_unit(task)
    if kind == TaskKind.CLOSE_DEVIATION and task.subject_id:
        return reverse("cases:deviation", args=[task.subject_id])
    if kind in _OF_THE_SUBJECT:
        subject_kind, name = _OF_THE_SUBJECT[kind]
        return reverse(name, args=[household.key, task.subject_id]) if task.subject_kind == subject_kind else ""
    return reverse(_OF_THE_HOUSEHOLD[kind], args=[household.key]) if kind in _OF_THE_HOUSEHOLD else ""


def _of_a_unit(task: Task) -> str:
    if task.subject_kind in OF_PROVIDERS:
        rows = OF_PROVIDERS[task.subject_kind]._default_manager.filter(pk=task.subject_id)
        provider = rows.values_list("provider", flat=True).first()
        return reverse("housing:provider", args=[provider]) if provider else ""
    if task.subject_kind == "controlreview" and task.subject_id:
        return reverse("cases:review_again", args=[task.subject_id])
    return ""
