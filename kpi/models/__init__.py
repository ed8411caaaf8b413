"""What the figures keep of their own: no household, and no number that can be counted."""

from kpi.models.report import RemarkKind, Report, ReportKind, ReportList, ReportRemark, ReportState, SentCell
from kpi.models.result_report import ReportComment
from kpi.models.token import ApiToken, ApiTokenQuerySet

__all__ = [
    "ApiToken",
    "ApiTokenQuerySet",
    "RemarkKind",
    "Report",
    "ReportComment",
    "ReportKind",
    "ReportList",
    "ReportRemark",
    "ReportState",
    "SentCell",
]
