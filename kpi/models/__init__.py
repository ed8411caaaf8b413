"""What the figures keep of their own: no household, and no number that can be counted."""

from kpi.models.result_report import ReportComment
from kpi.models.token import ApiToken, ApiTokenQuerySet

__all__ = [
    "ApiToken",
    "ApiTokenQuerySet",
    "ReportComment",
]
