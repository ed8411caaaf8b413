"""The pages of persons' plans: from offer to revision, a participant's own part, and what bad input says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.actions.plan_people import NewParticipant, add_participant
from cases.models import (
    ConsentPart,
    Document,
    DocumentKind,
    IndividualPlan,
    PlanConsent,
    PlanKind,
    PlanMeasure,
    PlanParticipant,
    PlanState,
)
from people.models import Employee, Household, Role, Unit
from tests.factories.people import (
    AT,
    DAY,
    AssignmentFactory,
    MemberFactory,
    UnitFactory,
    caseworker,
    employee_with,
    team_leader,
)
from tests.factories.planned import (
    ChildCoordinatorFactory,
    IndividualPlanFactory,
    PlanConsentFactory,
    PlanMeasureFactory,
    PlanParticipantFactory,
)
from tests.letters.reading import read
from tests.web.pages import followed, send, text_of
from tests.web.unit_life import shielded, stay

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def kari(client: Client, unit: Unit) -> Employee:
    employee = caseworker(unit)
    client.force_login(employee)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return employee


@pytest.fixture
def household(unit: Unit, kari: Employee) -> Household:
    made = stay(unit, DAY - timedelta(days=30), name="Ingrid Nordmann")
    AssignmentFactory.create(household=made, employee=kari)
    return made


@pytest.fixture
def plan(household: Household, kari: Employee) -> IndividualPlan:
    """One that runs, with everything consented to that names nobody."""
    made: IndividualPlan = IndividualPlanFactory.create(
        household=household, is_active=True, coordinator=kari, goals="A home near the school"
    )
    for part in (ConsentPart.PLAN, ConsentPart.COORDINATION, ConsentPart.GROUP):
        PlanConsentFactory.create(plan=made, part=part)
    return made


def of(household: Household, name: str, *args: Any) -> str:
    return reverse(f"cases:{name}", args=[household.key, *args])


def participant(unit: Unit) -> Employee:
    service = UnitFactory.create(municipality=unit.municipality, name="Mental health")
    return employee_with(Role.MEETING_PARTICIPANT, service)


def let_in(plan: IndividualPlan, kari: Employee, employee: Employee) -> PlanParticipant:
    new = NewParticipant(
        kind="service", contributes="Rings each week", seat=f"{employee.pk}-{employee.role_grants.get().unit_id}"
    )
    return add_participant(plan_id=plan.pk, new=new, consented_on=DAY, way="written", by=kari, at=AT)


def signed_in(employee: Employee) -> Client:
    other = Client(HTTP_ACCEPT_LANGUAGE="en")
    other.force_login(employee)
    return other


def test_a_plan_goes_from_offer_to_revision_by_its_pages(client: Client, household: Household, kari: Employee) -> None:
    person = household.members.get().person_id
    answer = send(
        client,
        of(household, "offer_plan"),
        {"person": person, "kind": "individual", "right": "coordinated", "offered_on": "today"},
    )
    assert "The offer is registered." in text_of(followed(client, answer))
    plan = IndividualPlan.objects.get()
    told = {"on": "today", "way": "written", "parts": ["coordination", "group"]}
    send(client, of(household, "consent_to_plan", plan.pk), told)
    words = {"goals": "A home near the school", "resources": "Cooks well", "needs": "Somebody to ring"}
    more = {"own_part": "Viewings", "carried_out": "Each month", "cooperation": "With the school"}
    send(client, of(household, "write_plan", plan.pk), {**words, **more, "coordinator": kari.pk})
    send(client, of(household, "begin_plan", plan.pk), {"on": "today", "next_revision_on": "+180"})
    send(
        client,
        of(household, "join_plan", plan.pk),
        {
            "kind": "service",
            "name": "Liv Lund",
            "service": "School",
            "contributes": "Rings",
            "consented_on": "today",
            "way": "oral",
        },
    )
    one = PlanParticipant.objects.get()
    send(
        client,
        of(household, "add_measure", plan.pk),
        {"what": "Viewings", "responsible": one.pk, "extent": "Weekly", "begins_on": "today", "due_on": "+14"},
    )
    page = text_of(client.get(of(household, "person_plan", plan.pk)))
    assert "9 of 9" in page
    assert "Liv Lund, School" in page
    revised = {"because": "A new goal", "next_revision_on": "+90"}
    assert "version 2" in text_of(followed(client, send(client, of(household, "revise_plan", plan.pk), revised)))
    assert "A new goal" in text_of(client.get(of(household, "plan_version", plan.pk, 2)))
    assert PlanMeasure.objects.get().participant == one


def test_every_page_of_a_plan_answers(client: Client, household: Household, plan: IndividualPlan) -> None:
    one = PlanParticipantFactory.create(plan=plan)
    measure = PlanMeasureFactory.create(plan=plan)
    consent = plan.consents.first()
    assert consent is not None
    child = MemberFactory.create(household=household, is_child=True).person
    coordinator = ChildCoordinatorFactory.create(household=household, person=child)
    for name, *args in (
        ("person_plans",),
        ("family_plan",),
        ("offer_plan",),
        ("child_coordinator",),
        ("end_child_coordinator", coordinator.pk),
        ("person_plan", plan.pk),
        ("decline_plan", plan.pk),
        ("consent_to_plan", plan.pk),
        ("consent_more", plan.pk),
        ("withdraw_consent", plan.pk, consent.pk),
        ("write_plan", plan.pk),
        ("begin_plan", plan.pk),
        ("revise_plan", plan.pk),
        ("evaluate_plan", plan.pk),
        ("end_plan", plan.pk),
        ("join_plan", plan.pk),
        ("leave_plan", plan.pk, one.pk),
        ("add_measure", plan.pk),
        ("finish_measure", plan.pk, measure.pk),
        ("plan_group", plan.pk),
        ("group_meeting", plan.pk),
        ("end_group", plan.pk),
        ("plan_copy", plan.pk),
    ):
        assert client.get(of(household, name, *args)).status_code == 200, name


@pytest.mark.parametrize(
    ("name", "told", "sentence"),
    [
        ("join_plan", {"kind": "service", "name": "x", "contributes": "x", "way": "oral"}, "Nobody takes part before"),
        ("begin_plan", {"on": "today", "next_revision_on": "+9"}, "The plan runs already."),
        ("revise_plan", {"because": "x", "next_revision_on": "today"}, "Choose a day ahead"),
        ("evaluate_plan", {"held_on": "+1", "goals": "reached", "person_says": "x"}, "That day has not come."),
        ("end_plan", {"because": "moved", "on": "+1"}, "That day has not come."),
        ("consent_to_plan", {"on": "today", "way": "oral"}, "The offer is answered already."),
        ("consent_more", {"part": "group", "on": "today", "way": "oral"}, "consented to this already"),
        (
            "add_measure",
            {"what": "x", "responsible": "person", "extent": "x", "begins_on": "today", "due_on": "-1"},
            "due before it begins",
        ),
        ("plan_group", {"led_by": "x"}, "Choose who is in the group"),
        ("group_meeting", {"held_on": "today", "present": "x", "minutes": "x"}, "has no responsibility group"),
    ],
)
def test_bad_input_gets_its_sentence_and_changes_nothing(
    client: Client, household: Household, plan: IndividualPlan, name: str, told: dict[str, Any], sentence: str
) -> None:
    answer = send(client, of(household, name, plan.pk), told)
    assert answer.status_code == 200
    assert sentence in text_of(answer)
    plan.refresh_from_db()
    assert (plan.state, plan.revision, plan.participants.count(), plan.measures.count()) == ("active", 1, 0, 0)


def test_a_second_live_plan_is_refused_at_the_person(
    client: Client, household: Household, plan: IndividualPlan
) -> None:
    told = {"person": plan.person_id, "kind": "individual", "right": "asked", "offered_on": "today"}
    answer = send(client, of(household, "offer_plan"), told)
    assert "There is never more than one." in text_of(answer)
    assert IndividualPlan.objects.count() == 1


# A participant's own part


def test_who_takes_part_sees_their_part_and_no_more(
    household: Household, plan: IndividualPlan, unit: Unit, kari: Employee
) -> None:
    liv = participant(unit)
    mine = let_in(plan, kari, liv)
    PlanMeasureFactory.create(plan=plan, what="Ring the landlord", responsible="participant", participant=mine)
    PlanMeasureFactory.create(plan=plan, what="Somebody else's work")
    theirs = signed_in(liv)
    first = theirs.get(reverse("cases:my_day"))
    assert of(household, "plan_part", plan.pk) in first.content.decode()
    page = text_of(theirs.get(of(household, "plan_part", plan.pk)))
    assert "Ring the landlord" in page and "Rings each week" in page
    assert "A home near the school" not in page and "Somebody else's work" not in page
    for name in ("person_plan", "write_plan", "revise_plan"):
        assert theirs.get(of(household, name, plan.pk)).status_code == 403
    assert theirs.get(of(household, "household")).status_code == 403


@pytest.mark.parametrize("part", [ConsentPart.SHARING, ConsentPart.COORDINATION, ConsentPart.PLAN])
def test_consent_withdrawn_the_participant_gets_404_at_once(
    client: Client,
    household: Household,
    plan: IndividualPlan,
    unit: Unit,
    kari: Employee,
    part: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    liv = participant(unit)
    let_in(plan, kari, liv)
    theirs, address = signed_in(liv), of(household, "plan_part", plan.pk)
    assert theirs.get(address).status_code == 200
    consent = PlanConsent.objects.get(plan=plan, part=part)
    monkeypatch.setattr(timezone, "now", lambda: AT + timedelta(minutes=1))
    send(client, of(household, "withdraw_consent", plan.pk, consent.pk), {"on": "today"})
    assert theirs.get(address).status_code == 404
    assert address not in theirs.get(reverse("cases:my_day")).content.decode()


def test_an_agenda_s_leave_alone_opens_no_part_of_a_plan(
    household: Household, plan: IndividualPlan, unit: Unit, kari: Employee
) -> None:
    liv, other = participant(unit), participant(unit)
    let_in(plan, kari, liv)
    assert signed_in(other).get(of(household, "plan_part", plan.pk)).status_code == 404
    assert signed_in(kari).get(of(household, "plan_part", plan.pk)).status_code == 404


def test_nobody_of_another_service_reads_a_shielded_household_s_plan(unit: Unit, kari: Employee) -> None:
    hidden = shielded(unit, DAY)
    AssignmentFactory.create(household=hidden, employee=kari)
    plan = IndividualPlanFactory.create(household=hidden, is_active=True, coordinator=kari)
    PlanConsentFactory.create(plan=plan, part=ConsentPart.COORDINATION)
    liv = participant(unit)
    let_in(plan, kari, liv)
    assert signed_in(liv).get(of(hidden, "plan_part", plan.pk)).status_code == 404


# A safety plan, the copy, lists


def test_a_safety_plan_is_hidden_from_who_may_not_see_what_is_special(
    client: Client, household: Household, unit: Unit
) -> None:
    plan = IndividualPlanFactory.create(household=household, kind=PlanKind.SAFETY, goals="Hemmelig")
    assert "Hemmelig" in text_of(client.get(of(household, "person_plan", plan.pk)))
    assert "Safety plan" in text_of(client.get(of(household, "household")))
    leader = signed_in(team_leader(unit))
    assert leader.get(of(household, "person_plan", plan.pk)).status_code == 404
    for name in ("person_plans", "household", "journal"):
        assert "Safety plan" not in text_of(leader.get(of(household, name)))


def test_a_safety_plan_stays_out_of_the_family_s_plan(client: Client, household: Household) -> None:
    IndividualPlanFactory.create(household=household, kind=PlanKind.SAFETY, is_active=True, goals="Hemmelig")
    assert "Hemmelig" not in text_of(client.get(of(household, "family_plan")))


def test_the_copy_is_kept_and_goes_to_the_person(client: Client, household: Household, plan: IndividualPlan) -> None:
    answer = send(client, of(household, "plan_copy", plan.pk), {"language": "en"})
    assert "The copy is kept" in text_of(followed(client, answer))
    document = Document.objects.get(household=household, kind=DocumentKind.PLAN)
    assert {one.person_id for one in document.dispatches.all()} == {plan.person_id}
    assert "A home near the school" in read(bytes(document.content))


def test_no_letter_tells_of_a_safety_plan(client: Client, household: Household) -> None:
    plan = IndividualPlanFactory.create(household=household, kind=PlanKind.SAFETY, is_active=True)
    answer = send(client, of(household, "plan_copy", plan.pk), {"language": ""})
    assert "No letter tells of a safety plan." in text_of(answer)
    assert not Document.objects.exists()


def test_the_unit_s_list_shows_what_is_to_be_looked_at_again(
    client: Client, plan: IndividualPlan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    IndividualPlan.objects.filter(pk=plan.pk).update(next_revision_on=DAY - timedelta(days=1))
    address = reverse("cases:unit_plans")
    with django_assert_max_num_queries(25):
        page = text_of(client.get(address))
    assert "Ingrid Nordmann" in page and "late" in page
    assert "Ingrid Nordmann" in text_of(client.get(address, {"show": "running"}))
    assert "Ingrid Nordmann" not in text_of(client.get(address, {"show": "offered"}))


def test_the_leader_names_the_coordinating_unit(unit: Unit) -> None:
    leader = signed_in(team_leader(unit))
    answer = send(leader, reverse("cases:coordinating_unit"), {"name": "Co-ordination", "phone": "32 00 00 00"})
    assert "Co-ordination, 32 00 00 00" in text_of(followed(leader, answer))


def test_a_plan_s_page_asks_as_much_of_the_database_however_much_stands_in_it(
    client: Client, household: Household, plan: IndividualPlan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(6):
        one = PlanParticipantFactory.create(plan=plan)
        PlanMeasureFactory.create(plan=plan, responsible="participant", participant=one)
    address = of(household, "person_plan", plan.pk)
    client.get(address)
    with django_assert_max_num_queries(45):
        client.get(address)


def test_what_runs_has_the_plan_with_its_next_day(client: Client, household: Household, plan: IndividualPlan) -> None:
    assert plan.state == PlanState.ACTIVE
    page = client.get(of(household, "household"))
    assert "Individual plan, Ingrid Nordmann" in text_of(page)
    assert of(household, "person_plan", plan.pk) in page.content.decode()
