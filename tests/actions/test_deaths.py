# mypy: disable-error-code="no-untyped-call"
"""A member dies: what falls away, who takes the applicant's place, and how a slip is taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from cases.actions.deaths import CannotRegisterDeath, register_death, take_back_death
from cases.actions.letter_languages import CannotSetLanguage, set_letter_language
from cases.actions.recipients import CannotAddress, recipients_of
from people.journal import Act
from people.models import Household, JournalEntry, MemberRole, Person
from tests.factories.people import AT, DAY, MemberFactory, PersonFactory
from tests.factories.represented import RepresentativeFactory
from tests.journeys import household_in, worker_for

pytestmark = pytest.mark.django_db


def applicant(household: Household) -> Person:
    return household.members.on(DAY).get(role=MemberRole.APPLICANT).person


def die(household: Household, person: Person, died_on: date = DAY, reason: str = "The daughter rang") -> Person:
    told: Any = {"died_on": died_on, "reason": reason, "by": worker_for(household), "at": AT}
    return register_death(household_id=household.pk, person_id=person.pk, **told)


def test_the_partner_takes_the_applicant_s_place_and_the_mandate_falls_away() -> None:
    household = household_in()
    partner = MemberFactory.create(household=household, role=MemberRole.PARTNER).person
    dead = applicant(household)
    RepresentativeFactory.create(household=household, person=dead)

    die(household, dead)

    assert applicant(household) == partner
    assert not household.representatives.on(DAY).exists()
    assert [one.person_id for one in recipients_of(household, on=DAY)] == [partner.pk]
    line = JournalEntry.objects.get(household_id=household.pk, act=Act.DIED)
    assert (line.on, line.reason, line.details) == (DAY, "The daughter rang", {"membership_ended": True})


def test_the_last_adult_stays_until_the_case_is_closed_and_gets_no_letter() -> None:
    household = household_in()

    die(household, applicant(household))

    assert household.members.on(DAY).count() == 1
    with pytest.raises(CannotAddress, match="died on"):
        recipients_of(household, on=DAY)


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("reason", {"reason": " "}),
        ("died_on", {"died_on": DAY + timedelta(days=1)}),
        ("died_on", {"died_on": date(1900, 1, 1)}),
    ],
)
def test_a_death_is_not_registered_without_its_facts(field: str, told: dict[str, Any]) -> None:
    household = household_in()

    with pytest.raises(CannotRegisterDeath) as refused:
        die(household, applicant(household), **told)

    assert refused.value.field == field
    assert applicant(household).died_on is None


def test_nobody_dies_twice() -> None:
    household = household_in()
    die(household, applicant(household))

    with pytest.raises(CannotRegisterDeath):
        die(household, applicant(household))


def test_a_slip_is_taken_back_with_a_reason() -> None:
    household = household_in()
    person = applicant(household)
    by = worker_for(household)
    with pytest.raises(CannotRegisterDeath):
        take_back_death(household_id=household.pk, person_id=person.pk, reason="Slip", by=by, at=AT)
    die(household, person)

    with pytest.raises(CannotRegisterDeath) as refused:
        take_back_death(household_id=household.pk, person_id=person.pk, reason=" ", by=by, at=AT)
    take_back_death(household_id=household.pk, person_id=person.pk, reason="Another of that name", by=by, at=AT)

    assert refused.value.field == "reason"
    assert recipients_of(household, on=DAY)
    assert JournalEntry.objects.filter(act=Act.DEATH_TAKEN_BACK).count() == 1


def language(household: Household, person: Person, **told: Any) -> Person:
    words = {"letter_language": "nn", "needs_interpreter": False, "spoken": "", **told}
    return set_letter_language(household_id=household.pk, person_id=person.pk, **words, by=worker_for(household), at=AT)


def test_a_member_gets_letters_in_the_language_they_choose() -> None:
    """Språklova § 15; forvaltningsloven § 11 e."""
    household = household_in()

    language(household, applicant(household), needs_interpreter=True, spoken="Dari")

    [one] = recipients_of(household, on=DAY)
    assert (one.language, one.explaining and one.explaining.language) == ("nn", "Dari")


@pytest.mark.parametrize(
    ("field", "told"), [("letter_language", {"letter_language": "so"}), ("spoken", {"needs_interpreter": True})]
)
def test_a_language_without_letters_or_an_interpreter_of_nothing_is_refused(field: str, told: dict[str, Any]) -> None:
    household = household_in()

    with pytest.raises(CannotSetLanguage) as refused:
        language(household, applicant(household), **told)

    assert refused.value.field == field


def test_somebody_outside_the_household_is_not_reached() -> None:
    household = household_in()
    for reach in (die, language):
        with pytest.raises(Http404):
            reach(household, PersonFactory.create())
