"""What the figures keep of their own: no household, and no number that can be counted."""

from kpi.models.catalogue import (
    AnswerKind,
    CatalogueRow,
    Direction,
    LocalReading,
    Objective,
    PublishedUnit,
    PublishedValue,
    Strategy,
    TargetKind,
    Way,
)
from kpi.models.own_indicator import OwnIndicator
from kpi.models.report import (
    FormFinding,
    RemarkKind,
    Report,
    ReportAnswer,
    ReportKind,
    ReportList,
    ReportRemark,
    ReportSeal,
    ReportState,
    ReportStep,
    SentCell,
    Step,
)
from kpi.models.result_report import ReportComment
from kpi.models.token import ApiToken, ApiTokenQuerySet
from kpi.models.told import Answer, ChosenIndicator, ChosenStrategy, LocalTarget, RegisterValue

__all__ = [
    "Answer",
    "AnswerKind",
    "ApiToken",
    "ApiTokenQuerySet",
    "CatalogueRow",
    "ChosenIndicator",
    "ChosenStrategy",
    "Direction",
    "FormFinding",
    "LocalReading",
    "LocalTarget",
    "Objective",
    "OwnIndicator",
    "PublishedUnit",
    "PublishedValue",
    "RegisterValue",
    "RemarkKind",
    "Report",
    "ReportAnswer",
    "ReportComment",
    "ReportKind",
    "ReportList",
    "ReportRemark",
    "ReportSeal",
    "ReportState",
    "ReportStep",
    "SentCell",
    "Step",
    "Strategy",
    "TargetKind",
    "Way",
]
