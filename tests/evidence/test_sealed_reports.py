"""A locked report rewritten together with its digest and its seal: only the ledger tells."""

from __future__ import annotations

import pytest

from kpi.models import Report, ReportState
from kpi.questions.report import is_genuine, is_untouched
from kpi.sealing import Sealed, digest_of, with_digests
from people.owner import as_owner
from tests.factories.people import AT, EmployeeFactory
from tests.factories.reports import ReportFactory, ReportSealFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_report_rewritten_with_digest_and_seal_is_seen_in_the_ledger() -> None:
    by, content = EmployeeFactory.create(), with_digests(Sealed(content={"cells": []}))
    told = {"approved_by": EmployeeFactory.create(), "locked_by": by, "known_at": AT, "locked_at": AT}
    report = ReportFactory.create(state=ReportState.LOCKED, content=content, digest=digest_of(content), **told)
    ReportSealFactory.create(report=report, digest=report.digest, by=by)
    assert is_genuine(report)

    other = with_digests(Sealed(content={"cells": [1]}))
    Report.objects.update(content=other, digest=digest_of(other))
    with as_owner() as owner, owner.cursor() as cursor:
        cursor.execute("UPDATE kpi_reportseal SET digest = %s", [digest_of(other)])

    rewritten = Report.objects.get()
    assert is_untouched(rewritten)
    assert not is_genuine(rewritten)
