"""What a locked report is beside the present: whether it is untouched, and what has been corrected since."""

from __future__ import annotations

from kpi.models import Report
from kpi.sealing import Sealed, is_intact


def lists_of(report: Report) -> dict[str, list[str]]:
    return dict(report.lists.values_list("key", "refs"))


def is_untouched(report: Report) -> bool:
    """Whether a locked report, its lists included, is what was locked."""
    told = dict(report.lists.values_list("key", "digest"))
    return is_intact(report.content, report.digest, lists_of(report)) and report.content.get("lists", {}) == told


def differs(report: Report, now: Sealed) -> dict[str, tuple[list[str], list[str]]]:
    """key → who is behind the figure now and was not when it was locked, and who was and is not."""
    then, keys = lists_of(report), sorted({*lists_of(report), *now.lists})
    changes = {
        key: (
            sorted(set(now.lists.get(key, ())) - set(then.get(key, ()))),
            sorted(set(then.get(key, ())) - set(now.lists.get(key, ()))),
        )
        for key in keys
    }
    return {key: change for key, change in changes.items() if any(change)}
