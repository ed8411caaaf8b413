from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import Http404

from people.actions.alerts import CannotHandle, handle_alert, tell
from people.alerts import count_open, handled_alerts, open_alerts
from people.emergencies import Emergency
from people.models import Alert, AlertKind, Employee, Household, Unit, UnitKind
from tests.factories.people import AT, EmployeeFactory, HouseholdFactory, UnitFactory, caseworker, team_leader

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def leader(unit: Unit) -> Employee:
    return team_leader(unit)


def told(unit: Unit, household: Household | None = None, kind: AlertKind = AlertKind.EMERGENCY_DOOR) -> Alert:
    reason = "danger: Nobody opens and the lights are on"
    return tell(unit, kind, household=household, reason=reason, by=EmployeeFactory.create(name="Ola"), at=AT)


def test_a_leader_is_told_of_the_unit_and_says_what_came_of_it(unit: Unit, leader: Employee) -> None:
    alert = told(unit, HouseholdFactory.create(unit=unit))
    [row] = open_alerts(leader, at=AT)
    assert row.reason == f"{Emergency.DANGER.label}: Nobody opens and the lights are on"
    assert (row.by, row.key) == ("Ola", alert.household.key if alert.household else None)

    handle_alert(alert_id=alert.pk, outcome=" Talked it over with Ola ", by=leader, at=AT + timedelta(hours=1))

    assert open_alerts(leader, at=AT) == []
    assert count_open(leader, at=AT) == 0
    [row] = handled_alerts(leader, at=AT)
    assert (row.outcome, row.handled_by) == ("Talked it over with Ola", leader.name)


def test_an_alert_names_no_household_that_its_reader_may_not_see(unit: Unit, leader: Employee) -> None:
    told(unit, HouseholdFactory.create(unit=unit, applicant__person__protection="confidential"))
    told(unit)

    assert [(row.key, row.ref) for row in open_alerts(leader, at=AT)] == [(None, ""), (None, "")]


def test_only_those_it_is_told_to_handle_an_alert(unit: Unit, leader: Employee) -> None:
    alert = told(unit)

    for stranger in (caseworker(unit), team_leader(UnitFactory.create()), EmployeeFactory.create()):
        assert open_alerts(stranger, at=AT) == []
        with pytest.raises(Http404):
            handle_alert(alert_id=alert.pk, outcome="Seen", by=stranger, at=AT)
    with pytest.raises(Http404):
        handle_alert(alert_id=0, outcome="Seen", by=leader, at=AT)


def test_everybody_who_does_casework_at_the_special_unit_is_told() -> None:
    special = UnitFactory.create(kind=UnitKind.SPECIAL)
    worker = caseworker(special)
    household = HouseholdFactory.create(applicant__person__protection="strictly_confidential")
    alert = told(special, household, AlertKind.BLOCKED_AT_COUNTER)

    assert [row.ref for row in open_alerts(worker, at=AT)] == [household.ref]
    handle_alert(alert_id=alert.pk, outcome="Met at the back door", by=worker, at=AT)


def test_an_alert_is_handled_once_and_with_words(unit: Unit, leader: Employee) -> None:
    alert = told(unit)
    with pytest.raises(CannotHandle) as refused:
        handle_alert(alert_id=alert.pk, outcome="  ", by=leader, at=AT)
    assert refused.value.field == "outcome"
    handle_alert(alert_id=alert.pk, outcome="Called", by=leader, at=AT)

    with pytest.raises(CannotHandle):
        handle_alert(alert_id=alert.pk, outcome="Called again", by=leader, at=AT)

    alert.refresh_from_db()
    assert alert.outcome == "Called"
