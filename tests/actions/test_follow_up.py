"""Services offered and given, contacts, evaluations and signs: what is done, refused and reminded of."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.http import Http404

from cases.actions.follow_up import (
    CannotFollowUp,
    HowOften,
    begin_service,
    change_service,
    decline_service,
    end_service,
    log_contact,
    offer_service,
)
from cases.actions.home_evaluation import (
    CannotEvaluate,
    CannotWarn,
    Evaluated,
    evaluate_home,
    handle_warning,
    see_warning,
)
from cases.actions.journey import NoOpenCase
from cases.actions.nightly import settle_tasks
from cases.models import (
    Case,
    EarlyWarning,
    FollowUpContact,
    FollowUpEvaluation,
    FollowUpService,
    Task,
    TaskKind,
)
from housing.models import Lease, ResidenceKind
from people.models import Household, JournalEntry
from tests.factories.followed import EarlyWarningFactory, FollowUpContactFactory, FollowUpServiceFactory
from tests.factories.people import AT, DAY, LONG_AGO, UnitFactory, caseworker
from tests.journeys import household_in, worker_for

pytestmark = pytest.mark.django_db

YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
WEEKLY = HowOften(intensity="weekly", hours_a_week=Decimal("2.5"), given_by="The housing team")
#: The states of a service, as `service_in` makes them.
OFFERED, DECLINED, GIVEN, ENDED = "offered", "declined", "given", "ended"
_FACTS: dict[str, dict[str, Any]] = {
    OFFERED: {},
    DECLINED: {"declined_on": YESTERDAY},
    GIVEN: {"starts_on": LONG_AGO, "intensity": "weekly"},
    ENDED: {"starts_on": LONG_AGO, "intensity": "weekly", "ends_on": YESTERDAY, "ended_because": "manages"},
}


def home(since: date = LONG_AGO, **residence: Any) -> Household:
    return household_in(ResidenceKind.PRIVATE_RENTAL, since, **{"lease": Lease.ORDINARY, **residence})


def service_in(state: str = OFFERED, **facts: Any) -> FollowUpService:
    return FollowUpServiceFactory.create(household=home(), **_FACTS[state], **facts)


def offered(household: Household, **told: Any) -> FollowUpService:
    said = {"kind": "housing_support", "offered_on": DAY, **told}
    return offer_service(household_id=household.pk, by=worker_for(household), at=AT, **said)


def do(what: str, service: FollowUpService, **told: Any) -> Any:
    """Each act on a service, with what it needs unless told otherwise."""
    acts: dict[str, tuple[Any, dict[str, Any]]] = {
        "begin": (begin_service, {"on": DAY, "how": WEEKLY}),
        "decline": (decline_service, {"on": DAY, "because": "Wants to manage alone"}),
        "change": (change_service, {"how": WEEKLY}),
        "end": (end_service, {"on": DAY, "because": "manages"}),
        "contact": (log_contact, {"on": DAY, "kind": "home_visit", "outcome": "met"}),
    }
    act, usual = acts[what]
    by = told.pop("by", None) or worker_for(service.household)
    return act(service_id=service.pk, by=by, at=AT, **{**usual, **told})


ALLOWED = {(OFFERED, "begin"), (OFFERED, "decline"), (GIVEN, "change"), (GIVEN, "end"), (GIVEN, "contact")}


@pytest.mark.parametrize("state", [OFFERED, DECLINED, GIVEN, ENDED])
@pytest.mark.parametrize("what", ["begin", "decline", "change", "end", "contact"])
def test_a_service_goes_from_offered_to_declined_or_given_to_ended_and_no_other_way(state: str, what: str) -> None:
    service = service_in(state)

    if (state, what) in ALLOWED:
        do(what, service)
        return
    with pytest.raises(CannotFollowUp):
        do(what, service)
    assert FollowUpContact.objects.count() == 0


def test_a_service_is_offered_begun_changed_and_ended() -> None:
    service = offered(home(), given_by=" The housing team ", offered_on=YESTERDAY)
    assert (service.given_by, service.is_waiting) == ("The housing team", True)

    begun = do("begin", service, on=YESTERDAY)
    assert (begun.starts_on, begun.intensity, begun.hours_a_week) == (YESTERDAY, "weekly", Decimal("2.5"))
    changed = do("change", service, how=HowOften(intensity="daily"))
    assert (changed.intensity, changed.hours_a_week) == ("daily", None)
    ended = do("end", service, note=" Lives well. ")
    assert (ended.ends_on, ended.ended_because, ended.ended_note) == (DAY, "manages", "Lives well.")
    lines = JournalEntry.objects.filter(household_id=service.household_id, act__startswith="followup.")
    assert list(lines.order_by("pk").values_list("act", flat=True)) == [
        "followup.offered",
        "followup.begun",
        "followup.changed",
        "followup.ended",
    ]


def test_what_was_declined_is_offered_anew_and_both_are_kept() -> None:
    service = offered(home())
    declined = do("decline", service)

    assert declined.declined_because == "Wants to manage alone"
    assert offered(service.household).is_waiting
    assert service.household.follow_up_services.count() == 2


def test_the_same_service_is_not_offered_twice() -> None:
    service = offered(home())

    with pytest.raises(CannotFollowUp) as refused:
        offered(service.household)
    assert refused.value.field == "kind"
    assert offered(service.household, given_by="Another team").is_waiting


@pytest.mark.parametrize(("told", "field"), [({"kind": "magic"}, "kind"), ({"offered_on": TOMORROW}, "offered_on")])
def test_an_offer_that_cannot_be_is_refused(told: dict[str, Any], field: str) -> None:
    with pytest.raises(CannotFollowUp) as refused:
        offered(home(), **told)

    assert refused.value.field == field
    assert not FollowUpService.objects.exists()


@pytest.mark.parametrize(
    ("state", "what", "told", "field"),
    [
        (OFFERED, "begin", {"on": LONG_AGO - timedelta(days=1)}, "on"),
        (OFFERED, "begin", {"on": TOMORROW}, "on"),
        (OFFERED, "begin", {"how": HowOften(intensity="often")}, "intensity"),
        (OFFERED, "begin", {"how": HowOften(intensity="daily", hours_a_week=Decimal(169))}, "hours_a_week"),
        (OFFERED, "begin", {"how": HowOften(intensity="daily", hours_a_week=Decimal(0))}, "hours_a_week"),
        (OFFERED, "decline", {"on": LONG_AGO - timedelta(days=1)}, "on"),
        (OFFERED, "decline", {"on": TOMORROW}, "on"),
        (OFFERED, "decline", {"because": " "}, "because"),
        (GIVEN, "change", {"how": HowOften(intensity="")}, "intensity"),
        (GIVEN, "end", {"because": ""}, "because"),
        (GIVEN, "end", {"on": LONG_AGO}, "on"),
        (GIVEN, "end", {"on": TOMORROW}, "on"),
        (GIVEN, "contact", {"kind": "pigeon"}, "kind"),
        (GIVEN, "contact", {"outcome": "shrug"}, "outcome"),
        (GIVEN, "contact", {"on": TOMORROW}, "on"),
        (GIVEN, "contact", {"on": LONG_AGO - timedelta(days=1)}, "on"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_at_its_field(
    state: str, what: str, told: dict[str, Any], field: str
) -> None:
    service = service_in(state)
    before = FollowUpService.objects.values().get()

    with pytest.raises(CannotFollowUp) as refused:
        do(what, service, **told)

    assert refused.value.field == field
    assert FollowUpService.objects.values().get() == before


def test_a_change_does_not_make_two_of_the_same_service() -> None:
    service = service_in(GIVEN)
    FollowUpServiceFactory.create(household=service.household, given_by="The housing team")

    with pytest.raises(CannotFollowUp) as refused:
        do("change", service)
    assert refused.value.field == "given_by"


@pytest.mark.parametrize("what", ["begin", "decline", "change", "end", "contact"])
def test_another_unit_changes_no_service(what: str) -> None:
    with pytest.raises(Http404):
        do(what, service_in(), by=caseworker(UnitFactory.create()))
    with pytest.raises(Http404):
        do(what, FollowUpService(pk=0, household=home()))


def test_nothing_is_offered_in_a_closed_case() -> None:
    household = home()
    Case.objects.update(state="closed", closed_on=DAY, closing_reason="other")

    with pytest.raises(NoOpenCase):
        offered(household)


def test_the_journal_names_no_service_of_a_special_kind() -> None:
    household = home()
    offered(household, kind="fact")
    offered(household)

    lines = JournalEntry.objects.filter(act="followup.offered").order_by("pk")
    assert [line.details for line in lines] == [{}, {"kind": "housing_support"}]


def tasks(kind: TaskKind, days: int = 0) -> list[date]:
    settle_tasks(at=AT + timedelta(days=days))
    return list(Task.objects.open().filter(kind=kind).values_list("due_on", flat=True))


def test_what_is_offered_and_does_not_begin_is_a_task_until_it_is_answered() -> None:
    service = offered(home())

    assert tasks(TaskKind.START_FOLLOW_UP) == [DAY + timedelta(days=14)]
    do("begin", service)
    assert tasks(TaskKind.START_FOLLOW_UP) == []


def test_a_service_that_meets_nobody_is_a_task_until_somebody_is_met() -> None:
    service = service_in(GIVEN)
    FollowUpContactFactory.create(service=service, on=DAY)

    assert tasks(TaskKind.FOLLOW_UP_SILENT, days=14) == []
    lost_on = DAY + timedelta(days=15)
    FollowUpContactFactory.create(service=service, on=DAY + timedelta(days=1), outcome="not_met")
    assert tasks(TaskKind.FOLLOW_UP_SILENT, days=15) == [lost_on]

    log_contact(
        service_id=service.pk,
        on=lost_on,
        kind="phone",
        outcome="not_met",
        by=worker_for(service.household),
        at=AT + timedelta(days=15),
    )
    assert tasks(TaskKind.FOLLOW_UP_SILENT, days=15) == [lost_on]
    log_contact(
        service_id=service.pk,
        on=lost_on,
        kind="phone",
        outcome="met",
        note=" Is well. ",
        by=worker_for(service.household),
        at=AT + timedelta(days=15),
    )
    assert tasks(TaskKind.FOLLOW_UP_SILENT, days=15) == []
    assert FollowUpContact.objects.latest("pk").note == "Is well."


def test_an_ended_service_asks_for_nothing() -> None:
    service = service_in(GIVEN)
    assert len(tasks(TaskKind.FOLLOW_UP_SILENT)) == 1

    do("end", service)
    assert tasks(TaskKind.FOLLOW_UP_SILENT) == []


def evaluated(household: Household, *, days: int = 0, **told: Any) -> FollowUpEvaluation:
    said = Evaluated(**{"months": 3, "held_on": DAY + timedelta(days=days), "how": "well", **told})
    return evaluate_home(household_id=household.pk, said=said, by=worker_for(household), at=AT + timedelta(days=days))


def test_it_is_asked_how_it_goes_after_three_six_and_twelve_months() -> None:
    household = home(DAY)
    Case.objects.update(opened_on=DAY)

    assert tasks(TaskKind.EVALUATE_HOME) == []
    assert tasks(TaskKind.EVALUATE_HOME, days=78) == [date(2026, 6, 10)]
    evaluated(household, days=78, user_view=" Sleeps well. ")
    assert tasks(TaskKind.EVALUATE_HOME, days=79) == []
    assert tasks(TaskKind.EVALUATE_HOME, days=184) == [date(2026, 9, 10)]
    evaluated(household, days=184, months=6, how="needs_more", next_steps="More visits")
    assert tasks(TaskKind.EVALUATE_HOME, days=365) == [date(2027, 3, 10)]
    kept = household.follow_up_evaluations.order_by("months").values_list("months", "moved_in_on", "user_view")
    assert list(kept) == [(3, DAY, "Sleeps well."), (6, DAY, "")]


def test_a_home_from_before_the_case_is_not_asked_about() -> None:
    home(DAY - timedelta(days=90))
    Case.objects.update(opened_on=DAY)

    assert tasks(TaskKind.EVALUATE_HOME) == []


def test_a_limited_lease_is_no_permanent_home_to_ask_about() -> None:
    household = home(DAY - timedelta(days=400), lease_ends_on=TOMORROW)

    with pytest.raises(CannotEvaluate):
        evaluated(household)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"months": 4}, "months"),
        ({"how": "so_so"}, "how"),
        ({"held_on": TOMORROW}, "held_on"),
        ({"held_on": LONG_AGO}, "held_on"),
        ({"how": "at_risk"}, "next_steps"),
        ({"scores": {"choice": 6}}, "choice"),
        ({"scores": {"luck": 1}}, "luck"),
        ({"scores": {"choice": 3}}, ""),
    ],
)
def test_an_evaluation_that_cannot_be_is_refused_at_its_field(told: dict[str, Any], field: str) -> None:
    with pytest.raises(CannotEvaluate) as refused:
        evaluated(home(), **told)

    assert refused.value.field == field
    assert not FollowUpEvaluation.objects.exists()


def test_an_evaluation_is_held_once() -> None:
    household = home()
    evaluated(household)

    with pytest.raises(CannotEvaluate) as refused:
        evaluated(household)
    assert refused.value.field == "months"


def test_housing_first_is_scored_point_by_point() -> None:
    service = service_in(GIVEN, kind="housing_first")

    made = evaluated(service.household, scores={"choice": 5, "separation": 2})

    assert dict(made.scores.values_list("point", "score")) == {"choice": 5, "separation": 2}


def warned(household: Household, **told: Any) -> EarlyWarning:
    said = {"sign": "rent_late", "seen_on": DAY, **told}
    return see_warning(household_id=household.pk, by=worker_for(household), at=AT, **said)


def handled(warning: EarlyWarning, **told: Any) -> EarlyWarning:
    said = {"on": DAY, "how": "A payment plan", **told}
    return handle_warning(warning_id=warning.pk, by=worker_for(warning.household), at=AT, **said)


def test_a_sign_is_a_task_until_it_is_handled() -> None:
    warning = warned(home(), told_by=" The landlord ", note=" Two months ")
    assert (warning.told_by, warning.note) == ("The landlord", "Two months")
    assert tasks(TaskKind.HANDLE_WARNING) == [DAY + timedelta(days=7)]

    assert handled(warning).handled_how == "A payment plan"
    assert tasks(TaskKind.HANDLE_WARNING) == []
    with pytest.raises(CannotWarn):
        handled(warning)


def test_the_journal_names_no_sign_of_a_special_kind() -> None:
    household = home()
    warned(household, sign="drugs")
    warned(household)

    lines = JournalEntry.objects.filter(act="followup.warning_seen").order_by("pk")
    assert [line.details for line in lines] == [{}, {"sign": "rent_late"}]


@pytest.mark.parametrize(("told", "field"), [({"sign": "omen"}, "sign"), ({"seen_on": TOMORROW}, "seen_on")])
def test_a_sign_that_cannot_be_is_refused(told: dict[str, Any], field: str) -> None:
    with pytest.raises(CannotWarn) as refused:
        warned(home(), **told)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("told", "field"), [({"how": " "}, "how"), ({"on": YESTERDAY}, "on"), ({"on": TOMORROW}, "on")]
)
def test_a_sign_cannot_be_handled_so(told: dict[str, Any], field: str) -> None:
    warning = EarlyWarningFactory.create(household=home())

    with pytest.raises(CannotWarn) as refused:
        handled(warning, **told)
    assert refused.value.field == field


def test_another_unit_handles_no_sign() -> None:
    for warning_id in (EarlyWarningFactory.create(household=home()).pk, 0):
        with pytest.raises(Http404):
            handle_warning(warning_id=warning_id, on=DAY, how="Called", by=caseworker(UnitFactory.create()), at=AT)
