from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from cases.actions.deaths import register_death
from cases.actions.households import SplitReason, split_household
from cases.actions.individual_plans import (
    OwnWords,
    begin_plan,
    consent_to_plan,
    decline_plan,
    end_plan,
    evaluate_plan,
    offer_plan,
    revise_plan,
    write_plan,
)
from cases.actions.members import end_member
from cases.actions.plan_doors import CannotPlanFor, NoConsent, PlanHasEnded
from cases.actions.plan_parts import (
    NewChildCoordinator,
    NewMeasure,
    add_measure,
    end_child_coordinator,
    end_group,
    finish_measure,
    form_group,
    record_group_meeting,
    set_child_coordinator,
)
from cases.actions.plan_people import (
    NewParticipant,
    add_participant,
    give_consent,
    remove_participant,
    withdraw_consent,
)
from cases.models import (
    ChildCoordinator,
    IndividualPlan,
    PlanConsent,
    PlanKind,
    PlanParticipant,
    PlanState,
    PlanVersion,
    ResponsibilityGroup,
)
from cases.questions.plan_texts import points_of
from people.access import NotOpened, household_for
from people.journal import Act
from people.models import (
    Assignment,
    AssignmentRole,
    Employee,
    Grant,
    GrantKind,
    Household,
    JournalEntry,
    MemberRole,
    Person,
    Role,
)
from people.roles import Permission
from tests.factories.people import (
    AT,
    DAY,
    MemberFactory,
    UnitFactory,
    employee_with,
    team_leader,
)
from tests.journeys import household_in, unit_of, worker_for

pytestmark = pytest.mark.django_db

TOMORROW, YESTERDAY, IN_SPRING = DAY + timedelta(days=1), DAY - timedelta(days=1), DAY + timedelta(days=90)
WORDS = OwnWords(
    goals="A home near the school",
    resources="Cooks well",
    needs="Somebody to ring",
    own_part="Goes to viewings",
    carried_out="We meet each month",
    cooperation="With the school",
)


@pytest.fixture
def household() -> Household:
    return household_in()


@pytest.fixture
def kari(household: Household) -> Employee:
    return worker_for(household)


def person_of(household: Household) -> int:
    return household.members.get(role="applicant").person_id


def child_of_two_homes(household: Household) -> Person:
    child: Person = MemberFactory.create(household=household, is_child=True).person
    return child


def offered(household: Household, by: Employee, **told: Any) -> IndividualPlan:
    facts = {"kind": PlanKind.INDIVIDUAL, "right": "coordinated", "offered_on": DAY, "person_id": person_of(household)}
    return offer_plan(household_id=household.pk, by=by, at=AT, **{**facts, **told})


def consented(household: Household, by: Employee, **told: Any) -> IndividualPlan:
    plan = offered(household, by, **told)
    consent_to_plan(plan_id=plan.pk, on=DAY, way="written", parts=["coordination", "group"], by=by, at=AT)
    return plan


def begun(household: Household, by: Employee, **told: Any) -> IndividualPlan:
    plan = consented(household, by, **told)
    write_plan(plan_id=plan.pk, words=WORDS, coordinator_id=by.pk, ends_on=DAY + timedelta(days=365), by=by, at=AT)
    return begin_plan(plan_id=plan.pk, on=DAY, next_revision_on=IN_SPRING, by=by, at=AT)


def outsider(household: Household) -> Employee:
    """Somebody of another service, who takes part in meetings and plans alone."""
    unit = UnitFactory.create(municipality=unit_of(household).municipality, name="Mental health")
    return employee_with(Role.MEETING_PARTICIPANT, unit)


def joined(plan: IndividualPlan, by: Employee, employee: Employee | None = None, **told: Any) -> PlanParticipant:
    unit = employee.role_grants.get().unit_id if employee else None
    who = {"seat": f"{employee.pk}-{unit}"} if employee else {"name": "Liv Lund", "service": "The school"}
    new = NewParticipant(**{"kind": "service", "contributes": "Rings each week", **who, **told.pop("new", {})})
    facts: dict[str, Any] = {"consented_on": DAY, "way": "written", **told}
    return add_participant(plan_id=plan.pk, new=new, by=by, at=AT, **facts)


def measure(plan: IndividualPlan, by: Employee, **told: Any) -> Any:
    facts = {"what": "Viewings", "responsible": "coordinator", "extent": "Weekly", "begins_on": DAY, "due_on": TOMORROW}
    return add_measure(plan_id=plan.pk, new=NewMeasure(**{**facts, **told}), by=by, at=AT)


def acts_of(household: Household) -> list[str]:
    return list(JournalEntry.objects.filter(household_id=household.pk).order_by("pk").values_list("act", flat=True))


# From offer to revision and end


def test_a_plan_goes_from_offer_to_revision_and_end(household: Household, kari: Employee) -> None:
    plan = begun(household, kari)
    assert (plan.state, plan.revision, plan.consented_on) == (PlanState.ACTIVE, 1, DAY)
    revise_plan(plan_id=plan.pk, because="A new goal", next_revision_on=IN_SPRING, by=kari, at=AT)
    evaluate_plan(plan_id=plan.pk, held_on=DAY, goals="under_way", person_says="Better", by=kari, at=AT)
    end_plan(plan_id=plan.pk, on=DAY, because="reached", by=kari, at=AT)
    plan.refresh_from_db()
    assert (plan.state, plan.revision, plan.ended_because) == (PlanState.ENDED, 2, "reached")
    assert [one for one in acts_of(household) if one.startswith("plan.")] == [
        Act.PLAN_OFFERED,
        Act.PLAN_CONSENTED,
        Act.PLAN_WRITTEN,
        Act.PLAN_BEGUN,
        Act.PLAN_REVISED,
        Act.PLAN_EVALUATED,
        Act.PLAN_ENDED,
    ]


def test_each_version_is_kept_as_it_stood(household: Household, kari: Employee) -> None:
    plan = begun(household, kari)
    changed = OwnWords(**{**vars(WORDS), "goals": "A home by the sea"})
    write_plan(plan_id=plan.pk, words=changed, coordinator_id=kari.pk, by=kari, at=AT)
    revise_plan(plan_id=plan.pk, because="Another wish", next_revision_on=IN_SPRING, by=kari, at=AT)
    first, second = PlanVersion.objects.filter(plan=plan).order_by("number")
    assert "A home near the school" in first.content and "sea" not in first.content
    assert "A home by the sea" in second.content
    assert second.because == "Another wish"


def test_the_offer_may_be_declined(household: Household, kari: Employee) -> None:
    plan = offered(household, kari)
    decline_plan(plan_id=plan.pk, on=DAY, because="Enough as it is", by=kari, at=AT)
    plan.refresh_from_db()
    assert (plan.state, plan.refused_on, plan.refused_because) == (PlanState.REFUSED, DAY, "Enough as it is")
    assert offered(household, kari).state == PlanState.OFFERED


def test_there_is_never_a_second_live_plan(household: Household, kari: Employee) -> None:
    offered(household, kari)
    with pytest.raises(CannotPlanFor) as refused:
        offered(household, kari)
    assert refused.value.field == "person"
    assert IndividualPlan.objects.count() == 1


def test_one_live_plan_a_person_holds_across_households(household: Household, kari: Employee) -> None:
    other, child = household_in(), child_of_two_homes(household)
    MemberFactory.create(household=other, person=child, role="child")
    offered(household, kari, person_id=child.pk)
    with pytest.raises(CannotPlanFor) as refused:
        offered(other, worker_for(other), person_id=child.pk)
    assert refused.value.field == "person"


def test_a_safety_plan_in_another_household_is_not_told_of(household: Household, kari: Employee) -> None:
    other, child = household_in(), child_of_two_homes(household)
    MemberFactory.create(household=other, person=child, role="child")
    offered(household, kari, person_id=child.pk, kind=PlanKind.SAFETY)
    assert offered(other, worker_for(other), person_id=child.pk, kind=PlanKind.SAFETY).is_live


def test_an_action_plan_gives_way_to_an_individual_one(household: Household, kari: Employee) -> None:
    simpler = offered(household, kari, kind=PlanKind.ACTION, right="simpler")
    begun(household, kari)
    simpler.refresh_from_db()
    assert (simpler.state, simpler.ended_because) == (PlanState.ENDED, "replaced")
    with pytest.raises(CannotPlanFor) as refused:
        offered(household, kari, kind=PlanKind.ACTION)
    assert refused.value.field == "kind"


def test_a_simpler_plan_begins_without_the_consent_of_an_individual_one(household: Household, kari: Employee) -> None:
    plan = offered(household, kari, kind=PlanKind.ACTION)
    write_plan(plan_id=plan.pk, words=WORDS, by=kari, at=AT)
    assert begin_plan(plan_id=plan.pk, on=DAY, next_revision_on=IN_SPRING, by=kari, at=AT).state == PlanState.ACTIVE


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"kind": "secret"}, "kind"),
        ({"right": "none"}, "right"),
        ({"offered_on": TOMORROW}, "offered_on"),
        ({"person_id": 0}, "person"),
    ],
)
def test_an_offer_that_cannot_be_is_refused_at_its_field(
    household: Household, kari: Employee, told: dict[str, Any], field: str
) -> None:
    with pytest.raises(CannotPlanFor) as refused:
        offered(household, kari, **told)
    assert refused.value.field == field


def test_nothing_of_an_individual_plan_begins_before_consent(household: Household, kari: Employee) -> None:
    plan = offered(household, kari)
    for do in (
        lambda: write_plan(plan_id=plan.pk, words=WORDS, by=kari, at=AT),
        lambda: begin_plan(plan_id=plan.pk, on=DAY, next_revision_on=IN_SPRING, by=kari, at=AT),
        lambda: measure(plan, kari),
        lambda: joined(plan, kari),
    ):
        with pytest.raises(NoConsent):
            do()
    assert not PlanConsent.objects.exists()


def test_a_plan_begins_with_goals_a_coordinator_and_a_day_to_look_at_it_again(
    household: Household, kari: Employee
) -> None:
    plan = consented(household, kari)
    with pytest.raises(CannotPlanFor):
        begin_plan(plan_id=plan.pk, on=DAY, next_revision_on=IN_SPRING, by=kari, at=AT)
    write_plan(plan_id=plan.pk, words=WORDS, by=kari, at=AT)
    with pytest.raises(CannotPlanFor):
        begin_plan(plan_id=plan.pk, on=DAY, next_revision_on=IN_SPRING, by=kari, at=AT)
    write_plan(plan_id=plan.pk, words=WORDS, coordinator_id=kari.pk, by=kari, at=AT)
    with pytest.raises(CannotPlanFor) as refused:
        begin_plan(plan_id=plan.pk, on=DAY, next_revision_on=DAY, by=kari, at=AT)
    assert refused.value.field == "next_revision_on"


def test_what_has_ended_is_not_changed(household: Household, kari: Employee) -> None:
    plan = begun(household, kari)
    end_plan(plan_id=plan.pk, on=DAY, because="moved", by=kari, at=AT)
    for do in (
        lambda: write_plan(plan_id=plan.pk, words=WORDS, by=kari, at=AT),
        lambda: revise_plan(plan_id=plan.pk, because="x", next_revision_on=IN_SPRING, by=kari, at=AT),
        lambda: end_plan(plan_id=plan.pk, on=DAY, because="moved", by=kari, at=AT),
        lambda: measure(plan, kari),
    ):
        with pytest.raises(PlanHasEnded):
            do()


@pytest.mark.parametrize(
    ("do", "told", "field"),
    [
        (decline_plan, {"on": TOMORROW, "because": ""}, "on"),
        (decline_plan, {"on": YESTERDAY, "because": ""}, "on"),
        (consent_to_plan, {"on": TOMORROW, "way": "oral"}, "on"),
        (consent_to_plan, {"on": DAY, "way": "guessed"}, "way"),
        (end_plan, {"on": DAY, "because": "bored"}, "because"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_at_its_field(
    household: Household, kari: Employee, do: Any, told: dict[str, Any], field: str
) -> None:
    plan = offered(household, kari)
    with pytest.raises(CannotPlanFor) as refused:
        do(plan_id=plan.pk, by=kari, at=AT, **told)
    assert refused.value.field == field
    assert IndividualPlan.objects.get().state == PlanState.OFFERED


@pytest.mark.parametrize(
    ("do", "told", "field"),
    [
        (revise_plan, {"because": " ", "next_revision_on": IN_SPRING}, "because"),
        (revise_plan, {"because": "x", "next_revision_on": DAY}, "next_revision_on"),
        (evaluate_plan, {"held_on": TOMORROW, "goals": "reached", "person_says": "x"}, "held_on"),
        (evaluate_plan, {"held_on": DAY, "goals": "fine", "person_says": "x"}, "goals"),
        (evaluate_plan, {"held_on": DAY, "goals": "reached", "person_says": " "}, "person_says"),
        (write_plan, {"words": WORDS}, "coordinator"),
        (write_plan, {"words": WORDS, "coordinator_id": 0, "ends_on": DAY}, "ends_on"),
    ],
)
def test_a_change_that_cannot_be_is_refused_at_its_field(
    household: Household, kari: Employee, do: Any, told: dict[str, Any], field: str
) -> None:
    plan = begun(household, kari)
    with pytest.raises(CannotPlanFor) as refused:
        do(plan_id=plan.pk, by=kari, at=AT, **told)
    assert refused.value.field == field


def test_who_coordinates_is_put_on_the_case(household: Household, kari: Employee) -> None:
    coordinator = employee_with(Role.PLAN_COORDINATOR, unit_of(household))
    plan = consented(household, kari)
    write_plan(plan_id=plan.pk, words=WORDS, coordinator_id=coordinator.pk, by=kari, at=AT)
    assignment = Assignment.objects.get(employee=coordinator)
    assert (assignment.role, assignment.household) == (AssignmentRole.PLAN_COORDINATOR, household)
    with pytest.raises(CannotPlanFor) as refused:
        write_plan(plan_id=plan.pk, words=WORDS, coordinator_id=outsider(household).pk, by=kari, at=AT)
    assert refused.value.field == "coordinator"


def test_all_nine_points_are_met_by_a_whole_plan(household: Household, kari: Employee) -> None:
    plan = begun(household, kari)
    assert [one.is_met for one in points_of(plan)].count(False) == 2
    joined(plan, kari)
    measure(plan, kari)
    assert all(one.is_met for one in points_of(plan))


# Who takes part, by consent


def test_nobody_takes_part_without_consent(household: Household, kari: Employee) -> None:
    plan = begun(household, kari)
    liv = outsider(household)
    with pytest.raises(NoConsent) as refused:
        joined(plan, kari, liv, consented_on=None)
    assert refused.value.field == "consented_on"
    assert not PlanParticipant.objects.exists()
    assert not Grant.objects.exists()


def test_no_service_takes_part_before_services_may_talk_together(household: Household, kari: Employee) -> None:
    plan = offered(household, kari)
    consent_to_plan(plan_id=plan.pk, on=DAY, way="oral", by=kari, at=AT)
    with pytest.raises(NoConsent) as refused:
        joined(plan, kari)
    assert refused.value.field == "kind"
    assert joined(plan, kari, new={"kind": "next_of_kin"}).pk
    give_consent(plan_id=plan.pk, part="coordination", on=DAY, way="oral", by=kari, at=AT)
    assert joined(plan, kari).pk


def test_who_takes_part_reads_the_minimum_from_then_on(household: Household, kari: Employee) -> None:
    plan, liv = begun(household, kari), outsider(household)
    with pytest.raises(Http404):
        household_for(liv, Permission.VIEW_MINIMUM, key=household.key, at=AT)
    joined(plan, kari, liv)
    assert household_for(liv, Permission.VIEW_MINIMUM, key=household.key, at=AT) == household


@pytest.mark.parametrize("part", ["sharing", "coordination", "plan"])
def test_consent_withdrawn_shuts_the_participant_out_at_once(household: Household, kari: Employee, part: str) -> None:
    plan, liv = begun(household, kari), outsider(household)
    participant = joined(plan, kari, liv)
    consent = PlanConsent.objects.get(plan=plan, part=part)
    withdraw_consent(consent_id=consent.pk, on=DAY, by=kari, at=AT)
    with pytest.raises(Http404):
        household_for(liv, Permission.VIEW_MINIMUM, key=household.key, at=AT + timedelta(seconds=1))
    participant.refresh_from_db()
    assert participant.left_on == DAY
    plan.refresh_from_db()
    assert plan.is_live == (part != "plan")


def test_who_takes_part_in_two_plans_of_a_household_reads_on_by_the_other(household: Household, kari: Employee) -> None:
    child = MemberFactory.create(household=household, is_child=True).person_id
    liv = outsider(household)
    first, second = begun(household, kari), begun(household, kari, person_id=child)
    left = joined(first, kari, liv)
    joined(second, kari, liv)
    remove_participant(participant_id=left.pk, by=kari, at=AT)
    assert household_for(liv, Permission.VIEW_MINIMUM, key=household.key, at=AT + timedelta(seconds=1)) == household


def test_the_end_of_the_plan_shuts_everybody_out(household: Household, kari: Employee) -> None:
    plan, liv = begun(household, kari), outsider(household)
    joined(plan, kari, liv)
    end_plan(plan_id=plan.pk, on=DAY, because="reached", by=kari, at=AT)
    assert not Grant.objects.live(AT + timedelta(seconds=1)).of(GrantKind.PLAN).exists()


def test_a_revision_lets_who_takes_part_read_on(household: Household, kari: Employee) -> None:
    plan, liv = begun(household, kari), outsider(household)
    joined(plan, kari, liv)
    later = AT + timedelta(days=300)
    revise_plan(plan_id=plan.pk, because="x", next_revision_on=date(2027, 12, 1), by=kari, at=later)
    assert Grant.objects.live(later + timedelta(days=300)).of(GrantKind.PLAN).exists()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"new": {"kind": "enemy"}}, "kind"),
        ({"new": {"contributes": " "}}, "contributes"),
        ({"new": {"name": " "}}, "name"),
        ({"new": {"seat": "1-1"}}, "seat"),
        ({"consented_on": TOMORROW}, "consented_on"),
        ({"consented_on": YESTERDAY}, "consented_on"),
        ({"way": "guessed"}, "way"),
    ],
)
def test_a_participant_that_cannot_be_is_refused_at_the_field(
    household: Household, kari: Employee, told: dict[str, Any], field: str
) -> None:
    plan = begun(household, kari)
    with pytest.raises(CannotPlanFor) as refused:
        joined(plan, kari, **told)
    assert refused.value.field == field
    assert not PlanParticipant.objects.exists()


def test_consent_is_given_and_withdrawn_once(household: Household, kari: Employee) -> None:
    plan = begun(household, kari)
    with pytest.raises(CannotPlanFor) as refused:
        give_consent(plan_id=plan.pk, part="group", on=DAY, way="oral", by=kari, at=AT)
    assert refused.value.field == "part"
    consent = PlanConsent.objects.get(plan=plan, part="group")
    withdraw_consent(consent_id=consent.pk, on=DAY, by=kari, at=AT)
    with pytest.raises(CannotPlanFor):
        withdraw_consent(consent_id=consent.pk, on=DAY, by=kari, at=AT)
    give_consent(plan_id=plan.pk, part="group", on=DAY, way="oral", by=kari, at=AT)


# Measures, group, children


def test_a_measure_is_done_or_not_with_why(household: Household, kari: Employee) -> None:
    plan = begun(household, kari)
    first, second = measure(plan, kari), measure(plan, kari, responsible="person")
    finish_measure(measure_id=first.pk, outcome="done", by=kari, at=AT)
    with pytest.raises(CannotPlanFor) as refused:
        finish_measure(measure_id=second.pk, outcome="not_done", by=kari, at=AT)
    assert refused.value.field == "why"
    finish_measure(measure_id=second.pk, outcome="not_done", why="Was ill", by=kari, at=AT)
    with pytest.raises(CannotPlanFor):
        finish_measure(measure_id=second.pk, outcome="done", by=kari, at=AT)
    first.refresh_from_db()
    assert (first.finished_on, first.outcome) == (DAY, "done")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"what": " "}, "what"),
        ({"extent": " "}, "extent"),
        ({"due_on": YESTERDAY}, "due_on"),
        ({"responsible": "nobody"}, "responsible"),
        ({"responsible": "participant", "participant_id": 0}, "responsible"),
    ],
)
def test_a_measure_that_cannot_be_is_refused_at_its_field(
    household: Household, kari: Employee, told: dict[str, Any], field: str
) -> None:
    plan = begun(household, kari)
    with pytest.raises(CannotPlanFor) as refused:
        measure(plan, kari, **told)
    assert refused.value.field == field


def test_a_group_meets_until_the_person_wants_it_no_more(household: Household, kari: Employee) -> None:
    plan = begun(household, kari)
    one = joined(plan, kari)
    form_group(plan_id=plan.pk, led_by="Liv Lund", member_ids=[one.pk], by=kari, at=AT)
    told: dict[str, Any] = {
        "held_on": DAY,
        "present": "Liv Lund",
        "minutes": "The school is told",
        "next_on": IN_SPRING,
    }
    record_group_meeting(plan_id=plan.pk, **told, by=kari, at=AT)
    with pytest.raises(CannotPlanFor) as refused:
        record_group_meeting(plan_id=plan.pk, **told, by=kari, at=AT)
    assert refused.value.field == "held_on"
    withdraw_consent(consent_id=PlanConsent.objects.get(part="group").pk, on=DAY, by=kari, at=AT)
    assert ResponsibilityGroup.objects.get().ended_on == DAY
    with pytest.raises(NoConsent):
        form_group(plan_id=plan.pk, led_by="Liv Lund", member_ids=[one.pk], by=kari, at=AT)
    with pytest.raises(PlanHasEnded):
        end_group(plan_id=plan.pk, by=kari, at=AT)


def test_a_group_gets_other_members_without_another_group(household: Household, kari: Employee) -> None:
    plan = begun(household, kari)
    first, second = joined(plan, kari), joined(plan, kari, new={"kind": "next_of_kin"})
    for member_ids in ([first.pk], [second.pk]):
        form_group(plan_id=plan.pk, led_by="Liv Lund", member_ids=member_ids, by=kari, at=AT)
    assert ResponsibilityGroup.objects.count() == 1
    assert list(PlanParticipant.objects.filter(is_in_group=True)) == [second]
    with pytest.raises(CannotPlanFor) as refused:
        form_group(plan_id=plan.pk, led_by="Liv Lund", member_ids=[], by=kari, at=AT)
    assert refused.value.field == "members"


def test_a_child_has_one_coordinator_at_a_time(household: Household, kari: Employee) -> None:
    child = MemberFactory.create(household=household, is_child=True).person_id
    new = NewChildCoordinator(person_id=child, name="Bjarne Berg", service="Health station")
    made = set_child_coordinator(household_id=household.pk, new=new, by=kari, at=AT)
    set_child_coordinator(household_id=household.pk, new=new, by=kari, at=AT + timedelta(days=2))
    made.refresh_from_db()
    assert made.ends_on == DAY + timedelta(days=2)
    last = ChildCoordinator.objects.get(ends_on__isnull=True)
    end_child_coordinator(coordinator_id=last.pk, by=kari, at=AT + timedelta(days=3))
    adult = NewChildCoordinator(person_id=person_of(household), name="x", service="x")
    with pytest.raises(CannotPlanFor) as refused:
        set_child_coordinator(household_id=household.pk, new=adult, by=kari, at=AT)
    assert refused.value.field == "person"


# A safety plan


def test_a_safety_plan_is_for_those_who_see_what_is_special(household: Household, kari: Employee) -> None:
    plan = offered(household, kari, kind=PlanKind.SAFETY)
    leader = team_leader(unit_of(household))
    with pytest.raises(NotOpened):
        write_plan(plan_id=plan.pk, words=WORDS, by=leader, at=AT)
    write_plan(plan_id=plan.pk, words=WORDS, by=kari, at=AT)


def test_the_journal_does_not_tell_of_a_safety_plan(household: Household, kari: Employee) -> None:
    offered(household, kari, kind=PlanKind.SAFETY)
    told = JournalEntry.objects.filter(household_id=household.pk, subject_kind="individualplan")
    assert [(line.act, line.details) for line in told] == [(Act.SPECIAL_NOTE_WRITTEN, {})]


def test_another_unit_makes_no_plan_here(household: Household) -> None:
    stranger = worker_for(household_in())
    with pytest.raises(Http404):
        offered(household, stranger)


# When its person leaves


def test_who_leaves_is_offered_the_plan_anew_and_nobody_of_the_old_one_reads_on(
    household: Household, kari: Employee
) -> None:
    left = MemberFactory.create(household=household, role="partner")
    MemberFactory.create(household=household, role="child")
    plan = begun(household, kari, person_id=left.person_id)
    somebody = outsider(household)
    joined(plan, kari, somebody)

    new = split_household(
        household_id=household.pk,
        leaving={left.pk: MemberRole.APPLICANT},
        on=DAY,
        because=SplitReason.VIOLENCE,
        reason="Violence",
        situation=None,
        by=kari,
        at=AT,
    )

    plan.refresh_from_db()
    assert (plan.state, plan.ended_on, plan.ended_because) == (PlanState.ENDED, DAY, "left")
    assert not plan.participants.now().exists()
    assert not Grant.objects.live(AT + timedelta(seconds=1)).filter(user=somebody).exists()
    offered_anew = IndividualPlan.objects.get(household=new)
    assert (offered_anew.person_id, offered_anew.state, offered_anew.coordinator) == (
        left.person_id,
        PlanState.OFFERED,
        None,
    )
    assert (offered_anew.goals, offered_anew.cooperation) == (WORDS.goals, "")
    assert not offered_anew.participants.exists() and not offered_anew.consents.exists()


def test_the_plan_of_who_leaves_alone_ends(household: Household, kari: Employee) -> None:
    grown = MemberFactory.create(household=household, role="other")
    plan = begun(household, kari, person_id=grown.person_id)
    stays = begun(household, kari)

    end_member(household_id=household.pk, member_id=grown.pk, on=DAY, reason="Has a room", by=kari, at=AT)

    plan.refresh_from_db()
    stays.refresh_from_db()
    assert (plan.state, plan.ended_because, stays.state) == (PlanState.ENDED, "left", PlanState.ACTIVE)


def test_the_plan_of_who_has_died_ends(household: Household, kari: Employee) -> None:
    grown = MemberFactory.create(household=household, role="partner")
    plan = offered(household, kari, person_id=grown.person_id)

    register_death(
        household_id=household.pk, person_id=grown.person_id, died_on=DAY, reason="The register", by=kari, at=AT
    )

    plan.refresh_from_db()
    assert (plan.state, plan.ended_because) == (PlanState.ENDED, "deceased")


def test_a_child_that_moves_out_keeps_its_coordinator(household: Household, kari: Employee) -> None:
    left = MemberFactory.create(household=household, role="partner")
    child = MemberFactory.create(household=household, is_child=True)
    told = NewChildCoordinator(person_id=child.person_id, name="Liv Lund", service="Health station", phone="40000000")
    earlier = set_child_coordinator(household_id=household.pk, new=told, by=kari, at=AT - timedelta(days=9))

    new = split_household(
        household_id=household.pk,
        leaving={left.pk: MemberRole.APPLICANT, child.pk: MemberRole.CHILD},
        on=DAY,
        because=SplitReason.BREAK_UP,
        reason="Moved apart",
        situation=None,
        by=kari,
        at=AT,
    )

    earlier.refresh_from_db()
    kept = ChildCoordinator.objects.get(household=new)
    assert (earlier.ends_on, kept.starts_on, kept.ends_on) == (DAY, DAY, None)
    assert (kept.person_id, kept.name, kept.phone) == (child.person_id, "Liv Lund", "40000000")
