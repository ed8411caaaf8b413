"""Inspections: what they list and draw, who may read what for how long, and what was found."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.http import Http404

from cases.actions.inspections import (
    CannotAssess,
    CannotInspect,
    CannotName,
    Finding,
    assess,
    close_expired,
    close_inspection,
    in_force,
    name_case,
    open_inspection,
)
from cases.models import Assessment, EntryKind, Inspection, Origin, Point, PopulationEntry, SampledCase, Theme, Verdict
from housing.models import ResidenceKind
from people.access import Stale, sight_of
from people.constraints import broken_constraint
from people.decision import Level, Purpose
from people.models import Employee, Grant, GrantKind, Household, JournalEntry, Member, Protection, Unit
from tests.factories.cases import DecisionFactory, RequestFactory
from tests.factories.housing import ProviderFactory
from tests.factories.people import (
    AT,
    DAY,
    ClearanceFactory,
    DisqualificationFactory,
    EmployeeFactory,
    HouseholdFactory,
    UnitFactory,
    at,
    caseworker,
    team_leader,
)
from tests.inspected import FROM, SEED, TO, asked, auditor, inspected, placed, scope
from tests.journeys import household_in

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(minutes=5)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def inspector(unit: Unit) -> Employee:
    return auditor(unit)


def entries(inspection: Inspection) -> set[tuple[str, str, int, str]]:
    return set(inspection.population.values_list("theme", "kind", "household", "outcome"))


def by_hand(case_number: str) -> str:
    """A case's place in the draw, as the documentation says."""
    return sha256(f"{SEED}\n{case_number}".encode()).hexdigest()


def sampled(inspection: Inspection) -> list[int]:
    return list(inspection.sample.order_by("number").values_list("household", flat=True))


def confidential(household: Household, grade: Protection = Protection.CONFIDENTIAL) -> Household:
    person = Member.objects.get(household=household).person
    person.protection = grade
    person.save(update_fields=["protection"])
    return household


# ── the population and the sample ────────────────────────────────────────────────────────────────────────────────


def test_requests_stand_in_the_population_with_and_without_an_outcome(unit: Unit, inspector: Employee) -> None:
    open_, refused = asked(unit), HouseholdFactory.create(unit=unit)
    answered = {"outcome": "refused", "outcome_at": AT, "outcome_by": EmployeeFactory.create()}
    RequestFactory.create(household=refused, unit=unit, **answered)

    inspection = inspected(unit, inspector, themes=[Theme.ALLOTMENT])

    assert entries(inspection) == {
        (Theme.ALLOTMENT, EntryKind.REQUEST, open_.pk, ""),
        (Theme.ALLOTMENT, EntryKind.REQUEST, refused.pk, "refused"),
    }


def test_decisions_given_stand_on_the_day_they_were_first_given_and_drafts_do_not(
    unit: Unit, inspector: Employee
) -> None:
    told = DecisionFactory.create(unit=unit, is_oral=True)
    DecisionFactory.create(unit=unit)

    [entry] = inspected(unit, inspector, themes=[Theme.ALLOTMENT]).population.all()

    assert (entry.kind, entry.household_id, entry.on) == (EntryKind.DECISION, told.household_id, DAY)


def test_placements_and_stays_stand_each_in_their_theme(unit: Unit, inspector: Employee) -> None:
    household = placed(unit)

    inspection = inspected(unit, inspector)

    assert entries(inspection) == {
        (Theme.STANDARD, EntryKind.PLACEMENT, household.pk, ""),
        (Theme.TRANSITION, EntryKind.STAY, household.pk, ""),
    }


def test_what_happened_outside_the_period_or_at_another_unit_does_not_stand(unit: Unit, inspector: Employee) -> None:
    inside = asked(unit)
    placed(UnitFactory.create())
    for moment in (at(FROM - timedelta(days=1), 23), at(TO, 0)):
        RequestFactory.create(household=HouseholdFactory.create(unit=unit), unit=unit, asked_at=moment)

    assert {household for _, _, household, _ in entries(inspected(unit, inspector))} == {inside.pk}


def test_nights_at_a_night_shelter_stand_only_where_the_scope_has_special_notes(
    unit: Unit, inspector: Employee
) -> None:
    asked(unit)
    shelter = ProviderFactory.create(kind="night_shelter")
    household = household_in(ResidenceKind.NIGHT_SHELTER, DAY - timedelta(days=3), unit=unit, provider=shelter)

    without = inspected(unit, inspector, themes=[Theme.STANDARD, Theme.ALLOTMENT])
    with_notes = inspected(unit, inspector, themes=[Theme.STANDARD], includes_special=True)

    assert household.pk not in {line[2] for line in entries(without)}
    assert entries(with_notes) == {(Theme.STANDARD, EntryKind.PLACEMENT, household.pk, "night_shelter")}


def test_the_same_seed_draws_the_same_sample_and_another_draws_another(unit: Unit, inspector: Employee) -> None:
    for _ in range(12):
        asked(unit)

    first = inspected(unit, inspector, sample_size=4)
    again = inspected(unit, inspector, sample_size=4)
    other = inspected(unit, inspector, sample_size=4, seed="another")

    assert sampled(first) == sampled(again)
    assert len(sampled(first)) == 4
    assert sampled(other) != sampled(first)
    assert first.population_sha256 == again.population_sha256 == other.population_sha256


def test_anybody_can_draw_the_sample_again_by_hand(unit: Unit, inspector: Employee) -> None:
    refs = [asked(unit).ref for _ in range(6)]

    inspection = inspected(unit, inspector, sample_size=2)

    drawn = inspection.sample.order_by("number").values_list("household__ref", flat=True)
    assert list(drawn) == sorted(refs, key=by_hand)[:2]
    lines = sorted(f"allotment\trequest\t{ref}\t{DAY.isoformat()}\t\t" for ref in refs)
    assert inspection.population_sha256 == sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def test_each_theme_gets_its_number_of_cases_and_a_case_of_both_is_read_once(unit: Unit, inspector: Employee) -> None:
    both = [placed(unit) for _ in range(3)]
    for household in both:
        RequestFactory.create(household=household, unit=unit)

    inspection = inspected(unit, inspector, sample_size=2)

    assert len(sampled(inspection)) == 2


def test_another_population_has_another_fingerprint(unit: Unit, inspector: Employee) -> None:
    asked(unit)
    first = inspected(unit, inspector)
    asked(unit)

    assert inspected(unit, inspector).population_sha256 != first.population_sha256


def test_the_app_cannot_rewrite_the_population_or_an_assessment(unit: Unit, inspector: Employee) -> None:
    asked(unit)
    inspection = inspected(unit, inspector)
    case = inspection.sample.get()
    assess(
        case_id=case.pk, findings=[Finding(point=Point.WRITTEN, verdict=Verdict.MET)], newest=None, by=inspector, at=AT
    )

    for rows in (PopulationEntry.objects.all(), Assessment.objects.all()):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows.delete()


# ── opening ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_only_who_leads_the_unit_opens_an_inspection_of_it(unit: Unit, inspector: Employee) -> None:
    asked(unit)

    for employee in (caseworker(unit), team_leader(UnitFactory.create()), inspector):
        with pytest.raises(PermissionDenied):
            inspected(unit, inspector, by=employee)


def test_an_inspection_needs_inspectors_who_are_auditors_and_others_than_who_opens_it(unit: Unit) -> None:
    asked(unit)
    leader = team_leader(unit)

    for chosen in ([], [caseworker(unit)], [leader]):
        with pytest.raises(CannotInspect) as refused:
            inspected(unit, *chosen, by=leader)
        assert refused.value.field == "inspectors"


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"starts_on": DAY + timedelta(days=1), "ends_on": DAY + timedelta(days=2)}, "starts_on"),
        ({"last_day": DAY - timedelta(days=1)}, "last_day"),
        ({"last_day": DAY + timedelta(days=366)}, "last_day"),
        ({"starts_on": FROM - timedelta(days=9), "ends_on": FROM}, "starts_on"),
    ],
)
def test_an_inspection_without_sense_is_not_opened(
    unit: Unit, inspector: Employee, told: dict[str, Any], field: str
) -> None:
    asked(unit)

    with pytest.raises(CannotInspect) as refused:
        inspected(unit, inspector, **told)

    assert refused.value.field == field
    assert not Inspection.objects.exists()


# ── who reads what ───────────────────────────────────────────────────────────────────────────────────────────────


def test_an_inspector_reads_the_sample_and_nothing_else_until_the_last_day_is_over(
    unit: Unit, inspector: Employee
) -> None:
    [read, *others] = sorted(
        (asked(unit) for _ in range(3)), key=lambda h: sha256(f"{SEED}\n{h.ref}".encode()).hexdigest()
    )

    inspected(unit, inspector, sample_size=1)

    sight = sight_of(inspector, read, at=AT)
    assert (sight.level, sight.purpose, sight.special, sight.writes, sight.listed) == (
        Level.FULL,
        Purpose.AUDIT,
        False,
        False,
        False,
    )
    assert not any(sight_of(inspector, other, at=AT) for other in others)
    assert sight_of(inspector, read, at=at(DAY + timedelta(days=13), 23))
    assert not sight_of(inspector, read, at=at(DAY + timedelta(days=14), 0))


def test_special_notes_are_read_when_the_scope_has_them(unit: Unit, inspector: Employee) -> None:
    household = asked(unit)

    inspected(unit, inspector, includes_special=True)

    assert sight_of(inspector, household, at=AT).special


def test_each_case_says_in_its_journal_that_it_was_taken_in(unit: Unit, inspector: Employee) -> None:
    household = asked(unit)

    inspected(unit, inspector)

    entry = JournalEntry.objects.get(household_id=household.pk, act="household.inspected")
    assert entry.details["origin"] == "drawn"


def test_confidential_cases_are_drawn_only_when_every_inspector_is_cleared(unit: Unit, inspector: Employee) -> None:
    household, second = confidential(asked(unit)), auditor(unit)
    asked(unit)
    ClearanceFactory.create(employee=inspector, unit=unit)

    assert household.pk not in sampled(inspected(unit, inspector, second))
    assert household.pk in sampled(inspected(unit, inspector))


def test_strictly_confidential_cases_are_in_no_population(unit: Unit, inspector: Employee) -> None:
    household = confidential(asked(unit), Protection.STRICTLY_CONFIDENTIAL)
    asked(unit)
    ClearanceFactory.create(employee=inspector, unit=unit)

    inspection = inspected(unit, inspector)

    assert household.pk not in {line[2] for line in entries(inspection)}


def test_two_inspections_of_one_case_last_each_their_time(unit: Unit, inspector: Employee) -> None:
    household, leader = asked(unit), team_leader(unit)
    short = inspected(unit, inspector, by=leader, last_day=DAY + timedelta(days=2))
    inspected(unit, inspector, by=leader, last_day=DAY + timedelta(days=9))
    assert Grant.objects.of(GrantKind.SAMPLE).count() == 1

    close_inspection(inspection_id=short.pk, by=leader, at=LATER)

    assert sight_of(inspector, household, at=at(DAY + timedelta(days=9)))
    assert not sight_of(inspector, household, at=at(DAY + timedelta(days=10)))


# ── naming ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_inspector_names_a_case_of_the_unit_by_its_number(unit: Unit, inspector: Employee) -> None:
    asked(unit)
    inspection = inspected(unit, inspector)
    household = HouseholdFactory.create(unit=unit)

    case = name_case(
        inspection_id=inspection.pk, case_number=f" {household.ref} ", reason="A complaint", by=inspector, at=AT
    )

    assert (case.origin, case.number) == (Origin.NAMED, 2)
    assert sight_of(inspector, household, at=AT).purpose is Purpose.AUDIT


def test_a_strictly_confidential_case_is_read_when_it_is_named_and_masked_even_then(
    unit: Unit, inspector: Employee
) -> None:
    asked(unit)
    inspection = inspected(unit, inspector)
    household = confidential(
        HouseholdFactory.create(unit=UnitFactory.create(kind="special")), Protection.STRICTLY_CONFIDENTIAL
    )

    name_case(inspection_id=inspection.pk, case_number=household.ref, reason="By letter", by=inspector, at=AT)

    sight = sight_of(inspector, household, at=AT)
    assert (sight.level, sight.whereabouts, sight.ages) == (Level.FULL, False, False)


def test_a_drawn_case_that_becomes_strictly_confidential_is_read_when_it_is_named(
    unit: Unit, inspector: Employee
) -> None:
    household = asked(unit)
    inspection = inspected(unit, inspector)
    assert sight_of(inspector, household, at=AT)

    confidential(household, Protection.STRICTLY_CONFIDENTIAL)
    assert not sight_of(inspector, household, at=AT)
    name_case(inspection_id=inspection.pk, case_number=household.ref, reason="By letter", by=inspector, at=AT)

    sight = sight_of(inspector, household, at=AT)
    assert (sight.purpose, sight.whereabouts, sight.ages) == (Purpose.AUDIT, False, False)
    assert SampledCase.objects.get().origin == Origin.NAMED
    close_inspection(inspection_id=inspection.pk, by=team_leader(unit), at=LATER)
    assert not Grant.objects.live(LATER).exists()


def test_what_cannot_be_named_is_refused_in_one_sentence(unit: Unit, inspector: Employee) -> None:
    asked(unit)
    inspection = inspected(unit, inspector)
    of_another = asked(UnitFactory.create())
    shielded = confidential(asked(unit))
    own = asked(unit)
    DisqualificationFactory.create(employee=inspector, person=Member.objects.get(household=own).person)

    said = set()
    for number in ("0" * 32, of_another.ref, shielded.ref, own.ref):
        with pytest.raises(CannotName) as refused:
            name_case(inspection_id=inspection.pk, case_number=number, reason="Wants to", by=inspector, at=AT)
        said.add(str(refused.value))

    assert len(said) == 1
    assert SampledCase.objects.count() == 1


def test_a_case_is_named_with_a_reason_and_once(unit: Unit, inspector: Employee) -> None:
    household = asked(unit)
    inspection = inspected(unit, inspector)

    with pytest.raises(CannotInspect):
        name_case(inspection_id=inspection.pk, case_number=household.ref, reason=" ", by=inspector, at=AT)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        name_case(inspection_id=inspection.pk, case_number=household.ref, reason="Again", by=inspector, at=AT)
    assert broken_constraint(refused.value) == "sampled_case_once_an_inspection"


def test_nobody_else_names_or_assesses_and_nobody_when_it_is_over(unit: Unit, inspector: Employee) -> None:
    household = asked(unit)
    inspection = inspected(unit, inspector)
    case = inspection.sample.get()
    finding = [Finding(point=Point.WRITTEN, verdict=Verdict.MET)]

    for employee, moment in ((auditor(unit), AT), (team_leader(unit), AT), (inspector, at(DAY + timedelta(days=14)))):
        with pytest.raises(Http404):
            name_case(inspection_id=inspection.pk, case_number=household.ref, reason="x", by=employee, at=moment)
        with pytest.raises(Http404):
            assess(case_id=case.pk, findings=finding, newest=None, by=employee, at=moment)
    with pytest.raises(Http404):
        assess(case_id=0, findings=finding, newest=None, by=inspector, at=AT)


# ── assessing ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_newest_assessment_of_a_point_is_in_force_and_the_earlier_stay(unit: Unit, inspector: Employee) -> None:
    asked(unit)
    case = inspected(unit, inspector).sample.get()
    met = Finding(point=Point.WRITTEN, verdict=Verdict.MET)
    [first] = assess(case_id=case.pk, findings=[met], newest=None, by=inspector, at=AT)

    lacking = replace(met, verdict=Verdict.NOT_MET, note="Only by word of mouth")
    [second] = assess(case_id=case.pk, findings=[lacking], newest=first.pk, by=inspector, at=LATER)

    assert in_force(case) == {Point.WRITTEN: second}
    assert (second.by, second.at, Assessment.objects.count()) == (inspector, LATER, 2)


def test_an_assessment_that_says_nothing_new_is_not_written_again(unit: Unit, inspector: Employee) -> None:
    asked(unit)
    case = inspected(unit, inspector).sample.get()
    finding = [Finding(point=Point.WRITTEN, verdict=Verdict.MET, note="Letter of May")]
    [made] = assess(case_id=case.pk, findings=finding, newest=None, by=inspector, at=AT)

    assert assess(case_id=case.pk, findings=finding, newest=made.pk, by=inspector, at=LATER) == []


def test_what_another_inspector_has_written_meanwhile_is_not_written_over(unit: Unit, inspector: Employee) -> None:
    asked(unit)
    second = auditor(unit)
    case = inspected(unit, inspector, second).sample.get()
    finding = [Finding(point=Point.WRITTEN, verdict=Verdict.MET)]
    assess(case_id=case.pk, findings=finding, newest=None, by=inspector, at=AT)

    with pytest.raises(Stale):
        assess(case_id=case.pk, findings=finding, newest=None, by=second, at=LATER)


def test_what_is_missing_is_said_and_only_of_the_inspection_s_points(unit: Unit, inspector: Employee) -> None:
    asked(unit)
    case = inspected(unit, inspector, themes=[Theme.ALLOTMENT]).sample.get()

    for finding, field in (
        (Finding(point=Point.WRITTEN, verdict=Verdict.NOT_DOCUMENTED), "written_note"),
        (Finding(point=Point.QUALITY, verdict=Verdict.MET), ""),
    ):
        with pytest.raises(CannotAssess) as refused:
            assess(case_id=case.pk, findings=[finding], newest=None, by=inspector, at=AT)
        assert refused.value.field == field


# ── closing ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_leader_closes_an_inspection_before_its_time(unit: Unit, inspector: Employee) -> None:
    household, leader = asked(unit), team_leader(unit)
    inspection = inspected(unit, inspector, by=leader)
    with pytest.raises(PermissionDenied):
        close_inspection(inspection_id=inspection.pk, by=caseworker(unit), at=LATER)

    closed = close_inspection(inspection_id=inspection.pk, by=leader, at=LATER)

    assert (closed.closed_at, closed.closed_by) == (LATER, leader)
    assert not sight_of(inspector, household, at=LATER)
    with pytest.raises(Http404):
        close_inspection(inspection_id=inspection.pk, by=leader, at=LATER)


def test_the_calendar_closes_what_is_over_and_leaves_the_rest(unit: Unit, inspector: Employee) -> None:
    asked(unit)
    over = inspected(unit, inspector, last_day=DAY)
    open_ = inspected(unit, inspector)
    tomorrow = at(DAY + timedelta(days=1), 1)

    assert (close_expired(at=AT), close_expired(at=tomorrow), close_expired(at=tomorrow)) == (0, 1, 0)

    over.refresh_from_db()
    open_.refresh_from_db()
    assert over.closed_by is not None
    assert over.closed_by.is_system
    assert open_.closed_at is None


def test_an_inspection_of_no_unit_is_not_opened(inspector: Employee) -> None:
    with pytest.raises(PermissionDenied):
        open_inspection(unit_id=0, scope=scope(inspector), seed=SEED, by=inspector, at=AT)
