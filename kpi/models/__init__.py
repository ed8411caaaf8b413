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
from kpi.models.report import RemarkKind, Report, ReportKind, ReportList, ReportRemark, ReportState, SentCell
from kpi.models.result_report import ReportComment
from kpi.models.token import ApiToken, ApiTokenQuerySet

__all__ = [
    "AnswerKind",
    "ApiToken",
    "ApiTokenQuerySet",
    "CatalogueRow",
    "Direction",
    "LocalReading",
    "Objective",
    "PublishedUnit",
    "PublishedValue",
    "RemarkKind",
    "Report",
    "ReportComment",
    "ReportKind",
    "ReportList",
    "ReportRemark",
    "ReportState",
    "SentCell",
    "Strategy",
    "TargetKind",
    "Way",
]
