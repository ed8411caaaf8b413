"""What the demo says of last year's results, by the acts that people use."""

from __future__ import annotations

from datetime import date

import pytest

from kpi.demo_results import give_a_key, report_results
from kpi.models import ApiToken, Report, ReportComment
from people.models import Role
from tests.factories.people import AT, UnitFactory, employee_with, reporter, team_leader
from tests.web.unit_life import stay

pytestmark = pytest.mark.django_db


def test_last_year_s_report_is_commented_on_approved_by_another_and_sent() -> None:
    unit = UnitFactory.create()
    by, other = reporter(unit), team_leader(unit)
    employee_with(Role.UNIT_ADMINISTRATOR, unit)
    for year, number in ((2024, 5), (2025, 9)):
        for _ in range(number):
            stay(unit, date(year, 2, 1), date(year, 7, 1))
    report_results(AT)
    give_a_key(AT)

    report = Report.objects.get()
    assert (report.state, report.year, report.made_by, report.approved_by) == ("sent", 2025, by, other)
    assert ReportComment.objects.filter(measure="", deviation="").exists()
    assert ReportComment.objects.get(objective__strategy__key="bolig-for-velferd", objective__number="2").measure
    assert ApiToken.objects.get().expires_on > AT.date()


def test_without_anybody_to_report_nothing_is_said() -> None:
    report_results(AT)
    give_a_key(AT)
    assert not Report.objects.exists() and not ApiToken.objects.exists()
