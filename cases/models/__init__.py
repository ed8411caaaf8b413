from cases.models.archive import ArchiveEntry, ArchiveState
from cases.models.authority_letter import Authority, AuthorityLetter
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
from cases.models.dispatch import Dispatch, DispatchState, Fault, Way
from cases.models.dispute import DisputeDecision, Forwarding, ResponsibilityDispute
from cases.models.document import ONCE_A_DECISION, Document, DocumentKind
from cases.models.hours import UnitDay, UnitHours, Weekday
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
from cases.models.note import Note, NoteClass, NoteCorrection, NoteKind
from cases.models.plan import HomeAim, HousingPlan, PlanStep
from cases.models.received import ReceivedPaper
from cases.models.representative import Representative, RepresentativeKind, RepresentativeScope
from cases.models.request import UNLAWFUL, Channel, Outcome, Request, RequestKind
from cases.models.review import BreachReason, BreachReview, MonthSignOff
from cases.models.rights import AccessRequest, CorrectionOutcome, CorrectionRequest
from cases.models.task import Task, TaskEnd, TaskKind

__all__ = [
    "LIVED_STATES",
    "ONCE_A_DECISION",
    "OPEN_STATES",
    "POINTS",
    "UNLAWFUL",
    "AccessRequest",
    "ArchiveEntry",
    "ArchiveState",
    "Assessment",
    "Authority",
    "AuthorityLetter",
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
    "Dispatch",
    "DispatchState",
    "DisputeDecision",
    "Document",
    "DocumentKind",
    "EntryKind",
    "Fault",
    "Forwarding",
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
    "Note",
    "NoteClass",
    "NoteCorrection",
    "NoteKind",
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
    "RequestKind",
    "ResponsibilityDispute",
    "RetentionRule",
    "SampledCase",
    "Task",
    "TaskEnd",
    "TaskKind",
    "Theme",
    "UnitDay",
    "UnitHours",
    "Verdict",
    "Way",
    "Weekday",
]
