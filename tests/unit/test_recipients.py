"""The table of who gets a letter (forvaltningsloven §§ 12, 16 and 27; sosialtjenesteloven § 44)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.recipients import (
    Addressed,
    Ages,
    Facts,
    Hindrance,
    Lack,
    NeedsExplaining,
    Party,
    Standing,
    StandsIn,
    addressed,
)

DAY = date(2026, 3, 10)
KARI = Party(person_id=1, name="Kari", born_on=date(1985, 5, 1))
PER = Party(person_id=2, name="Per", born_on=date(1980, 5, 1), language="nn")
VERGE = StandsIn(representative_id=7, person_id=1, standing=Standing.GUARDIAN, name="Verge", address="Vergeveien 1")
AGENT = StandsIn(representative_id=8, person_id=1, standing=Standing.AGENT, name="Advokat", organisation="Advokatene")
MOTHER = StandsIn(representative_id=9, person_id=1, standing=Standing.PARENT, name="Mor")


def born(year: int, *, month: int = 3, day: int = 10) -> Party:
    return replace(KARI, born_on=date(year, month, day))


def asked(*parties: Party, **told: Any) -> Addressed:
    told.setdefault("stand_ins", ())
    facts = {"on": DAY, "ages": Ages(own_letter=15, adult=18), "default_language": "nb", "address": "Storgata 1"}
    return addressed(Facts(parties=parties, **{**facts, **told}))


def names(found: Addressed) -> list[str]:
    return [one.name for one in found.recipients]


def test_each_adult_party_gets_the_letter_in_their_own_language() -> None:
    found = asked(KARI, PER)

    assert [(one.name, one.language, one.address) for one in found.recipients] == [
        ("Kari", "nb", "Storgata 1"),
        ("Per", "nn", "Storgata 1"),
    ]
    assert found.can_leave


def test_the_guardian_and_the_agent_get_it_beside_the_party() -> None:
    """Forvaltningsloven § 12: there is an agent, and the letter goes to them; § 16: the guardian is told too."""
    found = asked(KARI, stand_ins=[VERGE, AGENT])

    assert [(one.standing, one.on_behalf_of) for one in found.recipients] == [
        (Standing.PARTY, ""),
        (Standing.GUARDIAN, "Kari"),
        (Standing.AGENT, "Kari"),
    ]


def test_a_letter_given_to_the_party_alone_leaves_the_agent_out() -> None:
    found = asked(KARI, stand_ins=[AGENT])

    assert [one.name for one in found.left_out(["party-1"])] == ["Advokat"]
    assert found.left_out(["party-1", "agent-8"]) == []


@pytest.mark.parametrize(
    ("scope", "kind", "gets_it"),
    [
        ("economic", "temporary", False),
        ("personal", "temporary", True),
        ("both", "temporary", True),
        ("economic", "start_loan", True),
        ("personal", "start_loan", False),
        ("economic", "dwelling", True),
        ("personal", "individual_plan", True),
        ("economic", "", True),
    ],
)
def test_a_guardian_gets_what_the_mandate_reaches(scope: str, kind: str, gets_it: bool) -> None:
    """Vergemålsloven § 21: the mandate goes no further than needed."""
    found = asked(KARI, stand_ins=[replace(VERGE, scope=scope)], kind=kind)

    assert ("Verge" in names(found)) is gets_it
    assert found.can_leave


def test_who_is_said_to_get_no_letters_gets_none() -> None:
    found = asked(KARI, stand_ins=[replace(VERGE, gets_letters=False)])

    assert names(found) == ["Kari"]


@pytest.mark.parametrize(
    ("party", "recipients"),
    [
        (born(2011, day=11), ["Mor"]),  # 15 tomorrow
        (born(2011), ["Kari", "Mor"]),  # 15 today
        (born(2008, day=11), ["Kari", "Mor"]),  # 18 tomorrow
        (born(2008), ["Kari"]),  # 18 today: parental responsibility is over
    ],
)
def test_a_party_under_fifteen_gets_no_letter_and_one_under_eighteen_gets_their_own(
    party: Party, recipients: list[str]
) -> None:
    """Sosialtjenesteloven § 44 and forvaltningsloven § 27, first paragraph."""
    found = asked(party, stand_ins=[MOTHER])

    assert names(found) == recipients
    assert found.can_leave


def test_a_child_s_letter_does_not_leave_without_somebody_who_may_have_it() -> None:
    child = born(2014)

    assert asked(child).hindrances == (Hindrance(lack=Lack.NO_PARENT, name="Kari"),)
    assert asked(child, stand_ins=[replace(MOTHER, gets_letters=False)]).hindrances[0].lack is Lack.NO_PARENT
    assert asked(child, stand_ins=[AGENT]).hindrances[0].lack is Lack.NO_PARENT
    assert asked(child, stand_ins=[VERGE]).can_leave


def test_of_somebody_between_fifteen_and_eighteen_it_is_known_who_has_parental_responsibility() -> None:
    young = born(2010)

    assert asked(young).hindrances == (Hindrance(lack=Lack.PARENT_UNKNOWN, name="Kari"),)
    # somebody decided that the parent gets no letters, as where the young one fled from them
    kept_from = asked(young, stand_ins=[replace(MOTHER, gets_letters=False)])
    assert kept_from.can_leave
    assert names(kept_from) == ["Kari"]


def test_no_letter_goes_to_somebody_who_is_dead() -> None:
    dead = replace(KARI, died_on=DAY)

    assert asked(dead).hindrances == (Hindrance(lack=Lack.DEAD, name="Kari", died_on=DAY),)
    assert asked(dead, stand_ins=[AGENT]).recipients == ()
    assert names(asked(dead, PER)) == ["Per"]
    assert asked(dead, PER).can_leave
    assert asked(replace(KARI, died_on=date(2026, 3, 11))).can_leave


def test_a_household_without_a_party_gets_no_letter() -> None:
    assert asked().hindrances == (Hindrance(lack=Lack.NOBODY),)


def test_a_protected_party_gets_it_by_hand_without_an_address() -> None:
    found = asked(KARI, stand_ins=[MOTHER, AGENT], is_shielded=True)

    party, agent = found.recipients
    assert (party.address, party.is_by_hand, found.tells_place) == ("", True, False)
    assert agent.needs_confirmation


def test_who_needs_an_interpreter_is_told_of_in_the_letter() -> None:
    [one] = asked(replace(KARI, needs_interpreter=True, spoken="Somali", language="en")).recipients

    assert (one.explaining, one.language) == (NeedsExplaining("Somali"), "en")


_PARTIES = st.builds(
    Party,
    person_id=st.integers(1, 3),
    name=st.just("x"),
    born_on=st.dates(date(1950, 1, 1), DAY),
    died_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
_STAND_INS = st.builds(
    StandsIn,
    representative_id=st.integers(1, 9),
    person_id=st.integers(1, 3),
    standing=st.sampled_from([Standing.GUARDIAN, Standing.AGENT, Standing.PARENT]),
    name=st.just("y"),
    scope=st.sampled_from(["personal", "economic", "both"]),
    gets_letters=st.booleans(),
)


@given(
    st.lists(_PARTIES, max_size=2, unique_by=lambda one: one.person_id),
    st.lists(_STAND_INS, max_size=4, unique_by=lambda one: one.representative_id),
    st.booleans(),
)
def test_whatever_is_known_nobody_dead_or_too_young_gets_it_and_something_is_said(
    parties: list[Party], stand_ins: list[StandsIn], is_shielded: bool
) -> None:
    found = asked(*parties, stand_ins=stand_ins, is_shielded=is_shielded)

    by_id = {one.person_id: one for one in parties}
    for one in found.recipients:
        party = by_id[one.person_id]
        assert party.died_on is None or party.died_on > DAY
        assert one.standing is not Standing.PARTY or (DAY.year - party.born_on.year) >= 15
        assert not (is_shielded and one.standing is Standing.PARTY and one.address)
    assert found.recipients or found.hindrances
    assert len({one.key for one in found.recipients}) == len(found.recipients)
