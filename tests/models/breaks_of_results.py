"""The rules of what is said in a result report, each broken."""

from __future__ import annotations

from collections.abc import Callable

from tests.factories.results import ReportCommentFactory


def _one_objective_twice() -> None:
    for _ in range(2):
        ReportCommentFactory.create()


OF_RESULTS: dict[str, Callable[[], object]] = {
    "report_comment_once_an_objective": _one_objective_twice,
    "report_comment_year_is_possible": lambda: ReportCommentFactory.create(year=1889),
    "report_comment_deviation_has_a_measure": lambda: ReportCommentFactory.create(deviation="Too few homes."),
    "report_comment_measure_has_a_person_and_a_day": lambda: ReportCommentFactory.create(measure="Ten more."),
}
