"""KOSTRA in the demo: last year's form sent by two people, this year's begun."""

from __future__ import annotations

from datetime import date

import pytest

from kpi.demo import report_to_kostra
from kpi.models import Report, ReportState
from kpi.questions.report import is_genuine
from tests.factories.people import AT, UnitFactory, reporter, team_leader
from tests.web.unit_life import stay

pytestmark = pytest.mark.django_db


def test_last_year_s_form_is_sent_and_this_year_s_begun() -> None:
    unit = UnitFactory.create()
    made, approved = reporter(unit), team_leader(unit)
    stay(unit, date(2025, 11, 1), date(2025, 12, 1))

    report_to_kostra(AT)

    sent, draft = Report.objects.order_by("year")
    assert (sent.year, sent.state, sent.made_by, sent.approved_by) == (2025, ReportState.SENT, made, approved)
    assert (draft.year, draft.state) == (2026, ReportState.DRAFT)
    assert is_genuine(sent)
    assert sent.remarks.filter(key="temporary").exists()
    assert sent.answers.get(key="inhabitants").value == 28_000
