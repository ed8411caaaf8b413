"""Applications for dwellings from the day they come until they end, and the rules of their order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cases.actions.allotment import CannotSetRules, NewRules, set_allotment_rules
from cases.actions.applications import (
    CannotApply,
    Needs,
    NotOpenApplication,
    apply_for_dwelling,
    change_application,
    confirm_application,
    end_pause,
    lapse_application,
    pause_application,
    set_priority,
    take_up_application,
    withdraw_application,
)
from cases.actions.deciding import NewDecision, approve_decision, begin_decision, submit_decision
from cases.actions.decisions import issue_decision
from cases.actions.effects import annul_decision
from cases.actions.nightly import settle_tasks
from cases.actions.residences import Destination, settle
from cases.actions.undo import undo_last
from cases.models import (
    AllotmentRules,
    ApplicationKind,
    ApplicationStatus,
    Decision,
    HousingApplication,
    PauseReason,
    PriorityMode,
    Task,
    TaskKind,
)
from housing.models import Lease, ResidenceKind
from people.journal import Act
from people.models import Employee, Household, JournalEntry
from tests.actions.test_deciding import WHOLE
from tests.factories.applied import AllotmentRulesFactory, HousingApplicationFactory
from tests.factories.housing import DwellingFactory
from tests.factories.people import AT, DAY, KONGSBERG, LONG_AGO, at, team_leader
from tests.journeys import household_in, opened_by, placed_household, unit_of, worker_for

pytestmark = pytest.mark.django_db

NEEDS = Needs(main_reason="other", rooms_least=2)
YESTERDAY = DAY - timedelta(days=1)


@pytest.fixture
def household() -> Household:
    return placed_household(YESTERDAY)


@pytest.fixture
def worker(household: Household) -> Employee:
    return worker_for(household)


def applied(household: Household, by: Employee, **told: Any) -> HousingApplication:
    asked: dict[str, Any] = {"kind": ApplicationKind.NEW, "received_on": DAY, "needs": NEEDS, **told}
    return apply_for_dwelling(household_id=household.pk, by=by, at=AT, **asked)


def decided(household: Household, by: Employee, result: str = "granted", **more: Any) -> Decision:
    starts_on = None if result == "refused" else DAY
    new = NewDecision(kind="dwelling", result=result, starts_on=starts_on, **more)
    decision = begin_decision(household_id=household.pk, new=new, by=by, at=AT)
    if decision.needs_approval:
        submit_decision(decision_id=decision.pk, parts=WHOLE, by=by, at=AT)
        return approve_decision(decision_id=decision.pk, by=team_leader(unit_of(household)), at=AT)
    return issue_decision(decision_id=decision.pk, parts=WHOLE, by=by, at=AT)


def moved_in(household: Household, by: Employee, **told: Any) -> None:
    home = DwellingFactory.create(municipality=household.municipality)
    to = Destination(ResidenceKind.MUNICIPAL_RENTAL, dwelling_id=home.pk, lease=Lease.ORDINARY)
    settle(household_id=household.pk, by=by, at=AT, **{"on": DAY, "to": to, **told})


def fresh(application: HousingApplication) -> HousingApplication:
    found: HousingApplication = HousingApplication.objects.get(pk=application.pk)
    return found


def acts(household: Household) -> list[str]:
    rows = JournalEntry.objects.filter(household_id=household.pk, act__startswith="application.")
    return list(rows.order_by("pk").values_list("act", flat=True))


def test_an_application_is_a_request_whose_clock_runs(household: Household, worker: Employee) -> None:
    application = applied(household, worker)

    assert application.request is not None
    assert (application.request.kind, application.request.outcome) == ("dwelling", "")
    assert (application.status, application.confirmed_on) == (ApplicationStatus.RECEIVED, DAY)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"kind": "castle"}, "kind"),
        ({"kind": ApplicationKind.SWAP}, "kind"),
        ({"received_on": DAY + timedelta(days=1)}, "received_on"),
        ({"needs": Needs()}, "main_reason"),
        ({"needs": Needs(main_reason="other", rooms_least=0)}, "rooms_least"),
        ({"request_id": 1}, "request"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    household: Household, worker: Employee, told: dict[str, Any], field: str
) -> None:
    with pytest.raises(CannotApply) as refused:
        applied(household, worker, **told)

    assert refused.value.field == field
    assert not HousingApplication.objects.exists()


def test_one_application_at_a_time(household: Household, worker: Employee) -> None:
    applied(household, worker)
    with pytest.raises(CannotApply):
        applied(household, worker)


def test_who_lives_in_one_of_ours_applies_for_a_swap() -> None:
    home = DwellingFactory.create()
    household = household_in(ResidenceKind.MUNICIPAL_RENTAL, dwelling=home, lease=Lease.ORDINARY)
    worker = worker_for(household)

    with pytest.raises(CannotApply):
        applied(household, worker)
    swap = applied(household, worker, kind=ApplicationKind.SWAP)
    decided(household, worker)
    moved_in(household, worker)

    assert fresh(swap).status == ApplicationStatus.HOUSED


def test_a_decision_in_favour_puts_it_on_the_waiting_list_until_they_move_in(
    household: Household, worker: Employee
) -> None:
    application = applied(household, worker)
    decision = decided(household, worker)
    waiting = fresh(application)

    assert (waiting.status, waiting.decision, waiting.granted_on) == (ApplicationStatus.GRANTED, decision, DAY)
    assert waiting.request is not None and waiting.request.outcome == "offer"
    assert waiting in HousingApplication.objects.waiting(DAY)

    moved_in(household, worker)
    housed = fresh(application)

    assert (housed.status, housed.ended_on) == (ApplicationStatus.HOUSED, DAY)
    assert housed not in HousingApplication.objects.waiting(DAY)
    assert acts(household) == [Act.APPLICATION_RECEIVED, Act.APPLICATION_GRANTED, Act.APPLICATION_HOUSED]


def test_moving_in_that_is_undone_puts_it_back(household: Household, worker: Employee) -> None:
    application = applied(household, worker)
    decided(household, worker)
    moved_in(household, worker)
    undo_last(household_id=household.pk, by=worker, at=AT)

    assert fresh(application).status == ApplicationStatus.GRANTED
    assert fresh(application).ended_on is None


def test_a_private_home_leaves_it_on_the_list(household: Household, worker: Employee) -> None:
    application = applied(household, worker)
    decided(household, worker)
    to = Destination(ResidenceKind.PRIVATE_RENTAL, lease=Lease.ORDINARY)
    settle(household_id=household.pk, on=DAY, to=to, by=worker, at=AT)

    assert fresh(application).status == ApplicationStatus.GRANTED


def test_a_refusal_ends_it_and_a_later_grant_turns_it_round(household: Household, worker: Employee) -> None:
    application = applied(household, worker)
    decided(household, worker, "refused")
    refused = fresh(application)

    assert (refused.status, refused.ended_on) == (ApplicationStatus.REFUSED, DAY)
    assert refused not in HousingApplication.objects.waiting(DAY)

    decided(household, worker)

    assert fresh(application).status == ApplicationStatus.GRANTED
    assert fresh(application).refused_earlier == [DAY]
    assert HousingApplication.objects.count() == 1


def test_a_grant_from_the_start_was_never_refused(household: Household, worker: Employee) -> None:
    application = applied(household, worker)
    decided(household, worker)

    assert fresh(application).refused_earlier == []


def test_a_decision_without_an_application_makes_one(household: Household, worker: Employee) -> None:
    decided(household, worker)
    application = household.applications.get()

    assert (application.status, application.kind, application.main_reason) == ("granted", "new", "")
    assert (application.rooms_least, application.area_least) == (2, 50)


def test_a_decision_that_changes_or_ends_the_first_is_followed(household: Household, worker: Employee) -> None:
    application = applied(household, worker)
    first = decided(household, worker)
    second = decided(household, worker, move="change", changes_id=first.pk)

    assert fresh(application).decision == second

    new = NewDecision(kind="dwelling", result="ended", move="end", starts_on=DAY, changes_id=second.pk)
    third = begin_decision(household_id=household.pk, new=new, by=worker, at=AT)
    issue_decision(decision_id=third.pk, parts=WHOLE, by=worker, at=AT)

    assert fresh(application).status == ApplicationStatus.LAPSED


def test_an_annulled_decision_leaves_it_to_be_decided_anew(household: Household, worker: Employee) -> None:
    application = applied(household, worker)
    decision = decided(household, worker)
    annul_decision(decision_id=decision.pk, because="Unlawful", by=worker, at=AT)

    assert fresh(application).status == ApplicationStatus.RECEIVED
    assert fresh(application).granted_on is None


def test_needs_are_written_anew_and_the_journal_says_which(household: Household, worker: Employee) -> None:
    application = applied(household, worker)
    needs = Needs(main_reason="other", rooms_least=3, has_pets=True)
    change_application(application_id=application.pk, needs=needs, by=worker, at=AT)

    assert (fresh(application).rooms_least, fresh(application).received_on) == (3, DAY)
    line = JournalEntry.objects.get(household_id=household.pk, act=Act.APPLICATION_CHANGED)
    assert line.details["changed"] == ["has_pets", "rooms_least"]


def test_a_withdrawn_one_is_taken_up_again_with_its_date_and_decision(household: Household, worker: Employee) -> None:
    application = applied(household, worker, received_on=YESTERDAY)
    decided(household, worker)
    withdraw_application(application_id=application.pk, because="Moves to Bergen", by=worker, at=AT)

    assert fresh(application).status == ApplicationStatus.WITHDRAWN
    with pytest.raises(NotOpenApplication):
        confirm_application(application_id=application.pk, by=worker, at=AT)

    take_up_application(application_id=application.pk, because="Stays", by=worker, at=AT)
    again = fresh(application)

    assert (again.status, again.received_on, again.confirmed_on) == (ApplicationStatus.GRANTED, YESTERDAY, DAY)
    with pytest.raises(NotOpenApplication):
        take_up_application(application_id=application.pk, because="Stays", by=worker, at=AT)


def test_an_end_says_why(household: Household, worker: Employee) -> None:
    application = applied(household, worker)
    for end in (withdraw_application, lapse_application):
        with pytest.raises(NotOpenApplication) as refused:
            end(application_id=application.pk, because=" ", by=worker, at=AT)
        assert refused.value.field == "because"
    lapse_application(application_id=application.pk, because="No answer to three letters", by=worker, at=AT)

    assert fresh(application).status == ApplicationStatus.LAPSED


def test_a_pause_keeps_the_place_and_can_be_ended_early(household: Household, worker: Employee) -> None:
    application = applied(household, worker, received_on=YESTERDAY)
    told: dict[str, Any] = {"application_id": application.pk, "reason": PauseReason.AWAY, "by": worker}
    pause = pause_application(starts_on=YESTERDAY, ends_on=None, at=AT, **told)
    paused = HousingApplication.objects.paused(DAY)

    assert list(paused) == [application]
    with pytest.raises(CannotApply):
        pause_application(starts_on=DAY, ends_on=None, at=AT, **told)
    with pytest.raises(CannotApply):
        pause_application(starts_on=DAY, ends_on=DAY, at=AT, **told)

    end_pause(application_id=application.pk, pause_id=pause.pk, by=worker, at=AT)

    assert list(paused.all()) == []
    assert list(HousingApplication.objects.not_paused(DAY)) == [application]
    with pytest.raises(NotOpenApplication):
        end_pause(application_id=application.pk, pause_id=pause.pk, by=worker, at=AT)


def test_a_leader_sets_the_priority_by_hand_with_a_reason(household: Household, worker: Employee) -> None:
    application = applied(household, worker)
    leader = team_leader(unit_of(household))
    told: dict[str, Any] = {"application_id": application.pk, "mode": PriorityMode.POINTS, "by": leader, "at": AT}

    with pytest.raises(NotOpenApplication):
        set_priority(value=9, because="", **told)
    with pytest.raises(CannotApply):
        set_priority(value=-1, because="x", **told)
    set_priority(value=90, because="Acute illness", **told)

    assert (fresh(application).override, fresh(application).override_by) == (90, leader)

    set_priority(value=None, because="Well again", **told)

    assert (fresh(application).override, fresh(application).override_because) == (None, "")
    with pytest.raises(PermissionDenied):
        set_priority(value=9, because="x", **{**told, "by": worker})


def test_a_year_after_it_was_confirmed_a_task_asks_and_nothing_lapses_by_itself(
    household: Household, worker: Employee
) -> None:
    application = HousingApplicationFactory.create(
        household=household, received_on=date(2024, 1, 1), is_waiting=True, confirmed_on=DAY - timedelta(days=400)
    )
    settle_tasks(at=AT)
    [task] = Task.objects.open().filter(kind=TaskKind.CONFIRM_APPLICATION)

    assert task.household == household

    confirm_application(application_id=application.pk, by=worker, at=AT)
    settle_tasks(at=AT)

    assert not Task.objects.open().filter(kind=TaskKind.CONFIRM_APPLICATION).exists()
    assert fresh(application).received_on == date(2024, 1, 1)


def test_the_municipality_s_rules_say_how_often_it_is_asked(household: Household) -> None:
    AllotmentRulesFactory.create(confirm_months=3, municipality=household.municipality)
    HousingApplicationFactory.create(household=household, received_on=DAY - timedelta(days=80), is_waiting=True)
    settle_tasks(at=AT)

    assert Task.objects.open().filter(kind=TaskKind.CONFIRM_APPLICATION).count() == 1


RULES = NewRules(starts_on=DAY, mode=PriorityMode.POINTS, numbers={"homeless": 5, "waited": 1}, reason="The council")


def test_a_leader_makes_rules_from_a_day_and_earlier_ones_keep_theirs(household: Household) -> None:
    leader = team_leader(unit_of(household))
    municipality = household.municipality
    before = AllotmentRulesFactory.create(municipality=municipality, starts_on=LONG_AGO)
    for rules in (RULES, NewRules(starts_on=DAY, mode="groups", numbers={"homeless": 1}, reason="The council again")):
        set_allotment_rules(municipality_id=municipality.pk, rules=rules, by=leader, at=AT)

    [now] = AllotmentRules.objects.in_force(municipality.pk, DAY)
    assert (now.mode, [(row.code, row.points, row.group) for row in now.criteria.all()]) == (
        "groups",
        [("homeless", None, 1)],
    )
    assert list(AllotmentRules.objects.in_force(municipality.pk, YESTERDAY)) == [before]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"mode": "lottery"}, "mode"),
        ({"starts_on": YESTERDAY}, "starts_on"),
        ({"reason": " "}, "reason"),
        ({"confirm_months": 0}, "confirm_months"),
        ({"numbers": {}}, ""),
        ({"numbers": {"homeless": 5000}}, "homeless"),
        ({"mode": "groups", "numbers": {"homeless": 0}}, "homeless"),
        ({"mode": "groups", "numbers": {"waited": 1}}, "waited"),
    ],
)
def test_rules_that_cannot_be_are_refused_at_their_field(
    household: Household, told: dict[str, Any], field: str
) -> None:
    rules = NewRules(**{**vars(RULES), **told})
    with pytest.raises(CannotSetRules) as refused:
        set_allotment_rules(
            municipality_id=household.municipality_id, rules=rules, by=team_leader(unit_of(household)), at=AT
        )

    assert refused.value.field == field


def test_only_a_leader_makes_rules(household: Household, worker: Employee) -> None:
    with pytest.raises(PermissionDenied):
        set_allotment_rules(municipality_id=KONGSBERG, rules=RULES, by=opened_by(worker, household), at=at(DAY))
