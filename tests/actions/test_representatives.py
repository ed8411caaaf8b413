# mypy: disable-error-code="no-untyped-call"
"""Guardians, agents and parents: registered, ended, and taken along by who moves to another household."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cases.actions.households import SplitReason, join_households, split_household
from cases.actions.members import end_member
from cases.actions.recipients import recipients_of
from cases.actions.representatives import (
    CannotRepresent,
    NewRepresentative,
    end_representative,
    register_representative,
)
from cases.models import Representative, RepresentativeKind
from housing.models import ResidenceKind
from people.journal import Act
from people.models import Household, JournalEntry, MemberRole, Person
from people.uploads import MediaType, TakenIn
from tests.factories.people import AT, DAY, LONG_AGO, HouseholdFactory, MemberFactory, PersonFactory
from tests.factories.represented import RepresentativeFactory, power_of_attorney
from tests.journeys import household_in, joined, worker_for

pytestmark = pytest.mark.django_db

SCAN = TakenIn(content=b"%PDF", media_type=MediaType.PDF, sha256="0" * 64)
GUARDIAN, AGENT, PARENT = RepresentativeKind.GUARDIAN, RepresentativeKind.AGENT, RepresentativeKind.PARENT


def applicant(household: Household) -> Person:
    return household.members.get(role=MemberRole.APPLICANT).person


def register(household: Household, kind: RepresentativeKind = GUARDIAN, **told: Any) -> Representative:
    person = told.pop("person", None) or applicant(household)
    new = NewRepresentative(kind=kind, **{"name": "Vera Verge", "starts_on": DAY, **told})
    return register_representative(
        household_id=household.pk, person_id=person.pk, new=new, by=worker_for(household), at=AT
    )


def end(row: Representative, on: date = DAY, reason: str = "Withdrawn") -> Representative:
    by = worker_for(row.household)
    return end_representative(
        household_id=row.household_id, representative_id=row.pk, on=on, reason=reason, by=by, at=AT
    )


def test_a_guardian_is_registered_and_the_journal_says_so_without_a_name() -> None:
    household = household_in()
    row = register(household, phone="99 99 99 99", address="Vergeveien 1")

    [line] = JournalEntry.objects.filter(household_id=household.pk, act=Act.REPRESENTATIVE_ADDED)
    assert (line.subject_id, line.reason, line.details["kind"]) == (row.pk, "", "guardian")
    assert Representative.objects.get().address == "Vergeveien 1"


def test_an_agent_who_is_no_lawyer_shows_a_power_of_attorney() -> None:
    """Forvaltningsloven § 12, second paragraph."""
    household = household_in()

    with pytest.raises(CannotRepresent) as refused:
        register(household, AGENT)
    assert refused.value.field == "file"

    row = register(household, AGENT, file=SCAN)
    assert row.paper == household.received_papers.get()
    assert register(household, AGENT, name="Advokat Ask", is_lawyer=True).paper is None


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("name", {"name": "  "}),
        ("starts_on", {"starts_on": DAY + timedelta(days=1)}),
        ("ends_on", {"ends_on": DAY}),
        ("kind", {"kind": RepresentativeKind.ESTATE}),
        ("kind", {"kind": PARENT}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(field: str, told: dict[str, Any]) -> None:
    household = household_in()

    with pytest.raises(CannotRepresent) as refused:
        register(household, **told)

    assert refused.value.field == field
    assert not Representative.objects.exists()


def test_nobody_is_represented_who_is_not_in_the_household_nor_by_another_one_s_paper() -> None:
    household = household_in()
    with pytest.raises(CannotRepresent) as refused:
        register(household, person=PersonFactory.create())
    assert refused.value.field == "person"

    with pytest.raises(CannotRepresent) as refused:
        register(household, AGENT, paper=power_of_attorney(HouseholdFactory.create()))
    assert refused.value.field == "paper"


def test_a_parent_acts_for_somebody_who_is_not_of_age() -> None:
    household = household_in()
    child = MemberFactory.create(household=household, is_child=True).person

    assert register(household, PARENT, person=child).kind == PARENT


def test_of_the_dead_only_the_estate_is_registered_and_gets_no_letters() -> None:
    household = household_in()
    Person.objects.filter(pk=applicant(household).pk).update(died_on=DAY)

    with pytest.raises(CannotRepresent):
        register(household)
    assert not register(household, RepresentativeKind.ESTATE).gets_letters


def test_a_mandate_ends_with_a_reason_and_letters_stop() -> None:
    household = household_in()
    row = RepresentativeFactory.create(household=household, starts_on=LONG_AGO)

    end(row)

    assert [one.name for one in recipients_of(household, on=DAY)] == [applicant(household).name]
    for reason, on in (("", DAY), ("Again", DAY)):
        with pytest.raises(CannotRepresent):
            end(row, on=on, reason=reason)


@pytest.mark.parametrize("on", [DAY + timedelta(days=1), LONG_AGO])
def test_a_mandate_ends_neither_ahead_nor_before_it_began(on: date) -> None:
    row = RepresentativeFactory.create(household=household_in())

    with pytest.raises(CannotRepresent) as refused:
        end(row, on=on)

    assert refused.value.field == "on"


def test_who_leaves_the_household_takes_the_mandate_away() -> None:
    household = household_in()
    partner = MemberFactory.create(household=household, role=MemberRole.PARTNER)
    RepresentativeFactory.create(household=household, person=partner.person)

    end_member(household_id=household.pk, member_id=partner.pk, on=DAY, reason="Left", by=worker_for(household), at=AT)

    assert not household.representatives.on(DAY).exists()


def split(household: Household, *leaving: Person, because: SplitReason = SplitReason.BREAK_UP) -> Household:
    roles = [MemberRole.APPLICANT, MemberRole.CHILD]
    ids = [household.members.get(person=person).pk for person in leaving]
    return split_household(
        household_id=household.pk,
        leaving=dict(zip(ids, roles, strict=False)),
        on=DAY,
        because=because,
        reason="",
        situation=None,
        by=worker_for(household),
        at=AT,
    )


def test_mandates_and_their_paper_follow_who_leaves_by_a_split() -> None:
    household = household_in(ResidenceKind.FRIENDS)
    partner = MemberFactory.create(household=household, role=MemberRole.PARTNER).person
    agent = RepresentativeFactory.create(household=household, person=partner, kind=AGENT, note="Internal")
    RepresentativeFactory.create(household=household)

    new = split(household, partner)

    [moved] = new.representatives.on(DAY)
    assert (moved.name, moved.note, moved.paper_id != agent.paper_id) == (agent.name, "", True)
    assert moved.paper is not None and moved.paper.household == new
    assert [one.person for one in household.representatives.on(DAY)] == [applicant(household)]


def test_after_violence_no_parent_gets_letters_about_who_fled_until_somebody_says_so() -> None:
    household = household_in(ResidenceKind.FRIENDS)
    partner = MemberFactory.create(household=household, role=MemberRole.PARTNER).person
    child = MemberFactory.create(household=household, is_child=True).person
    RepresentativeFactory.create(household=household, person=child, kind=PARENT)

    new = split(household, partner, child, because=SplitReason.VIOLENCE)

    assert [one.gets_letters for one in new.representatives.all()] == [False]


def test_a_join_takes_mandates_along_once() -> None:
    kept, other = household_in(), household_in()
    child = MemberFactory.create(household=kept, is_child=True).person
    MemberFactory.create(household=other, role=MemberRole.CHILD, person=child)
    for household in (kept, other):
        RepresentativeFactory.create(household=household, person=child, kind=PARENT, name="Mor")
    RepresentativeFactory.create(household=other, name="Verge")
    by = joined(worker_for(kept), other)

    one = join_households(household_id=kept.pk, other_id=other.pk, on=DAY, reason="Together", by=by, at=AT)

    assert sorted(row.name for row in one.representatives.on(DAY)) == ["Mor", "Verge"]
