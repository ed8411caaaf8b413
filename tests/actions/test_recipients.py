# mypy: disable-error-code="no-untyped-call"
"""Who gets a letter about a household, as its facts are that day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.actions.recipients import CannotAddress, recipients_of, require_everybody
from cases.models import RepresentativeKind, RepresentativeScope
from housing.models import ResidenceKind
from people.models import Household, MemberRole, Protection
from tests.factories.cases import DecisionFactory
from tests.factories.housing import ProviderFactory, ResidenceFactory
from tests.factories.people import DAY, HouseholdFactory, MemberFactory, PersonFactory
from tests.factories.represented import RepresentativeFactory

pytestmark = pytest.mark.django_db


def household_of(**person: object) -> Household:
    return HouseholdFactory.create(applicant__person=PersonFactory.create(name="Kari", **person))


def names(household: Household, on: date = DAY) -> list[str]:
    return [one.name for one in recipients_of(household, on=on)]


def test_applicant_and_partner_are_the_parties_and_nobody_else_who_lives_there() -> None:
    household = household_of()
    for role in (MemberRole.OTHER, MemberRole.CHILD, MemberRole.PARTNER):
        MemberFactory.create(household=household, role=role, person=PersonFactory.create(name=role))

    assert names(household) == ["Kari", "partner"]


def test_who_has_moved_out_gets_nothing_of_what_comes_after() -> None:
    household = household_of()
    MemberFactory.create(
        household=household, role=MemberRole.PARTNER, ends_on=DAY, person=PersonFactory.create(name="Per")
    )

    assert names(household, DAY - timedelta(days=1)) == ["Kari", "Per"]
    assert names(household) == ["Kari"]


def test_a_representative_gets_letters_while_the_mandate_lasts() -> None:
    household = household_of()
    RepresentativeFactory.create(household=household, name="Verge", starts_on=DAY, ends_on=DAY + timedelta(days=7))

    assert names(household, DAY - timedelta(days=1)) == ["Kari"]
    assert names(household) == ["Kari", "Verge"]
    assert names(household, DAY + timedelta(days=7)) == ["Kari"]


def test_a_decision_on_money_goes_to_the_guardian_of_money_alone() -> None:
    household = household_of()
    for scope in (RepresentativeScope.ECONOMIC, RepresentativeScope.PERSONAL):
        RepresentativeFactory.create(household=household, name=scope, scope=scope)
    decision = DecisionFactory.create(household=household)

    assert [one.name for one in recipients_of(household, decision, on=DAY)] == ["Kari", "personal"]


def test_the_envelope_has_the_provider_s_address_and_never_that_of_a_special_place() -> None:
    household = household_of()
    provider = ProviderFactory.create(name="Elva gjestehus", address="Elvegata 3")
    ResidenceFactory.create(
        household=household,
        kind=ResidenceKind.TEMPORARY,
        provider=provider,
        starts_on=DAY - timedelta(days=5),
        ends_on=DAY,
    )
    ResidenceFactory.create(household=household, provider=None, kind=ResidenceKind.PRISON, starts_on=DAY)

    [before] = recipients_of(household, on=DAY - timedelta(days=1))
    [then] = recipients_of(household, on=DAY)

    assert (before.address, then.address) == ("Elva gjestehus, Elvegata 3", "")


@pytest.mark.parametrize("grade", [Protection.CONFIDENTIAL, Protection.STRICTLY_CONFIDENTIAL])
def test_a_letter_to_a_protected_household_has_no_address(grade: Protection) -> None:
    household = household_of(protection=grade)
    ResidenceFactory.create(household=household, starts_on=DAY)

    [one] = recipients_of(household, on=DAY)

    assert (one.address, one.is_by_hand) == ("", True)


def test_a_letter_to_somebody_dead_is_refused_in_a_sentence() -> None:
    household = household_of(died_on=DAY)

    with pytest.raises(CannotAddress, match="Kari died on"):
        recipients_of(household, on=DAY)


def test_a_letter_does_not_leave_without_the_agent() -> None:
    household = household_of()
    agent = RepresentativeFactory.create(household=household, kind=RepresentativeKind.AGENT)
    everybody = recipients_of(household, on=DAY)

    with pytest.raises(CannotAddress, match="The agent must get it"):
        require_everybody(everybody, given=[everybody[0].key])

    require_everybody(everybody, given=[everybody[0].key, f"agent-{agent.pk}"])


def test_of_a_protected_person_each_representative_is_confirmed_for_each_letter() -> None:
    household = household_of(protection=Protection.CONFIDENTIAL)
    RepresentativeFactory.create(household=household, name="Verge")
    everybody = recipients_of(household, on=DAY)
    keys = [one.key for one in everybody]

    with pytest.raises(CannotAddress, match="confirm that Verge"):
        require_everybody(everybody, given=keys)

    require_everybody(everybody, given=keys, confirmed=keys)
