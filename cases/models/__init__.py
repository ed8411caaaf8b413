from cases.models.case import (
    LIVED_STATES,
    OPEN_STATES,
    Case,
    CaseState,
    ClosingReason,
    LostHomeReason,
    Need,
    NeedKind,
    NeedReason,
)
from cases.models.decision import Decision, DecisionKind, DecisionStatus, Document, DocumentKind
from cases.models.plan import HomeAim, HousingPlan, PlanStep
from cases.models.request import UNLAWFUL, Channel, Outcome, Request
from cases.models.review import BreachReason, BreachReview, MonthSignOff
from cases.models.task import Task, TaskKind

__all__ = [
    "LIVED_STATES",
    "OPEN_STATES",
    "UNLAWFUL",
    "BreachReason",
    "BreachReview",
    "Case",
    "CaseState",
    "Channel",
    "ClosingReason",
    "Decision",
    "DecisionKind",
    "DecisionStatus",
    "Document",
    "DocumentKind",
    "HomeAim",
    "HousingPlan",
    "LostHomeReason",
    "MonthSignOff",
    "Need",
    "NeedKind",
    "NeedReason",
    "Outcome",
    "PlanStep",
    "Request",
    "Task",
    "TaskKind",
]
