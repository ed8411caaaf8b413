from cases.models.accepted import AcceptedFinding
from cases.models.appeal import (
    AT_THE_UNIT,
    OPEN_APPEALS,
    Appeal,
    AppealAnswer,
    AppealStatus,
    Appellant,
    Consequence,
    DismissalReason,
    Excuse,
)
from cases.models.appeal_parts import AppealDocument, AppealGround, AppealHandedOn
from cases.models.archive import ArchiveEntry, ArchiveState
from cases.models.authority_letter import Authority, AuthorityLetter
from cases.models.batch import BatchItemState, BatchKind, LetterBatch, LetterBatchItem
from cases.models.calendar_feed import CalendarFeed
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
from cases.models.control import ControlReview, Deviation, FoundBy, ReviewedKind, RuleObstacle
from cases.models.decision import Decision
from cases.models.decision_codes import (
    CUT_SHORT,
    FINAL,
    GIVEN,
    GRANTING,
    TEXT_PARTS,
    DecisionKind,
    DecisionMove,
    DecisionResult,
    DecisionStatus,
    Stage,
)
from cases.models.decision_parts import ChildInterest, DecisionCorrection
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
from cases.models.law import LawChoice
from cases.models.night_list import NightListHour
from cases.models.note import Note, NoteClass, NoteCorrection, NoteKind
from cases.models.notice import Notice, NoticeWay, ReasonsRequest, Suspension
from cases.models.plan import HomeAim, HousingPlan, PlanStep
from cases.models.private_help import PrivateHelp, PrivateHelpKind
from cases.models.reason_source import ReasonSource, SourceKind
from cases.models.received import ReceivedPaper
from cases.models.representative import Representative, RepresentativeKind, RepresentativeScope
from cases.models.request import IS_UNLAWFUL, UNLAWFUL, Channel, Outcome, Request, RequestKind, no_answer_on_its_day
from cases.models.review import BreachReason, BreachReview, MonthSignOff
from cases.models.rights import AccessRequest, CorrectionOutcome, CorrectionRequest
from cases.models.security import Security, SecurityFrom, SecurityKind
from cases.models.standard_text import LETTER_KINDS, StandardText, TextPlace
from cases.models.task import Task, TaskEnd, TaskKind
from cases.models.waiting import AnswerDelay, AnswerDelayKind, InformationRequest

__all__ = [
    "AT_THE_UNIT",
    "CUT_SHORT",
    "FINAL",
    "GIVEN",
    "GRANTING",
    "IS_UNLAWFUL",
    "LETTER_KINDS",
    "LIVED_STATES",
    "ONCE_A_DECISION",
    "OPEN_APPEALS",
    "OPEN_STATES",
    "POINTS",
    "TEXT_PARTS",
    "UNLAWFUL",
    "AcceptedFinding",
    "AccessRequest",
    "AnswerDelay",
    "AnswerDelayKind",
    "Appeal",
    "AppealAnswer",
    "AppealDocument",
    "AppealGround",
    "AppealHandedOn",
    "AppealStatus",
    "Appellant",
    "ArchiveEntry",
    "ArchiveState",
    "Assessment",
    "Authority",
    "AuthorityLetter",
    "BatchItemState",
    "BatchKind",
    "BreachReason",
    "BreachReview",
    "CalendarFeed",
    "Case",
    "CaseState",
    "Channel",
    "ChildInterest",
    "ClosingReason",
    "Consequence",
    "ControlReview",
    "CorrectionOutcome",
    "CorrectionRequest",
    "Decision",
    "DecisionCorrection",
    "DecisionKind",
    "DecisionMove",
    "DecisionResult",
    "DecisionStatus",
    "DestructionItem",
    "DestructionList",
    "Deviation",
    "DismissalReason",
    "Dispatch",
    "DispatchState",
    "DisputeDecision",
    "Document",
    "DocumentKind",
    "EntryKind",
    "Excuse",
    "Fault",
    "Forwarding",
    "FoundBy",
    "HomeAim",
    "HousingPlan",
    "InformationRequest",
    "Inspection",
    "Inspector",
    "Kept",
    "LawChoice",
    "LetterBatch",
    "LetterBatchItem",
    "LostHomeReason",
    "MonthSignOff",
    "Need",
    "NeedKind",
    "NeedReason",
    "NightListHour",
    "Note",
    "NoteClass",
    "NoteCorrection",
    "NoteKind",
    "Notice",
    "NoticeWay",
    "Origin",
    "Outcome",
    "PlanStep",
    "Point",
    "PopulationEntry",
    "PrivateHelp",
    "PrivateHelpKind",
    "ReasonSource",
    "ReasonsRequest",
    "ReceivedPaper",
    "Representative",
    "RepresentativeKind",
    "RepresentativeScope",
    "Request",
    "RequestKind",
    "ResponsibilityDispute",
    "RetentionRule",
    "ReviewedKind",
    "RuleObstacle",
    "SampledCase",
    "Security",
    "SecurityFrom",
    "SecurityKind",
    "SourceKind",
    "Stage",
    "StandardText",
    "Suspension",
    "Task",
    "TaskEnd",
    "TaskKind",
    "TextPlace",
    "Theme",
    "UnitDay",
    "UnitHours",
    "Verdict",
    "Way",
    "Weekday",
    "no_answer_on_its_day",
]
