"""The law's checklist: each duty an object with its number, asked of many households at once."""

from cases.law_checks.asking import CHECKS, findings
from cases.law_checks.shapes import Finding, LawCheck, Severity, State, Told

__all__ = ["CHECKS", "Finding", "LawCheck", "Severity", "State", "Told", "findings"]
