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
from cases.models.decision import Decision, DecisionKind, DecisionStatus
from cases.models.destruction import DestructionItem, DestructionList, Kept, RetentionRule
from cases.models.document import ONCE_A_DECISION, Document, DocumentKind
from cases.models.inspection import (
    POINTS,
    Assessment,
    EntryKind,
    Inspection,
    Inspector,
    Origin,
    Point,
    PopulationEntry,
    SampledCase,
    Theme,
    Verdict,
)
from cases.models.plan import HomeAim, HousingPlan, PlanStep
from cases.models.received import ReceivedPaper
from cases.models.representative import Representative, RepresentativeKind, RepresentativeScope
from cases.models.request import UNLAWFUL, Channel, Outcome, Request
from cases.models.review import BreachReason, BreachReview, MonthSignOff
from cases.models.rights import AccessRequest, CorrectionOutcome, CorrectionRequest
from cases.models.task import Task, TaskKind

__all__ = [
    "LIVED_STATES",
    "ONCE_A_DECISION",
    "OPEN_STATES",
    "POINTS",
    "UNLAWFUL",
    "AccessRequest",
    "Assessment",
    "BreachReason",
    "BreachReview",
    "Case",
    "CaseState",
    "Channel",
    "ClosingReason",
    "CorrectionOutcome",
    "CorrectionRequest",
    "Decision",
    "DecisionKind",
    "DecisionStatus",
    "DestructionItem",
    "DestructionList",
    "Document",
    "DocumentKind",
    "EntryKind",
    "HomeAim",
    "HousingPlan",
    "Inspection",
    "Inspector",
    "Kept",
    "LostHomeReason",
    "MonthSignOff",
    "Need",
    "NeedKind",
    "NeedReason",
    "Origin",
    "Outcome",
    "PlanStep",
    "Point",
    "PopulationEntry",
    "ReceivedPaper",
    "Representative",
    "RepresentativeKind",
    "RepresentativeScope",
    "Request",
    "RetentionRule",
    "SampledCase",
    "Task",
    "TaskKind",
    "Theme",
    "Verdict",
]
