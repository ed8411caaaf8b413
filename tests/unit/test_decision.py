"""Who sees how much: each line of the policy, and what no combination of facts may ever give."""

from __future__ import annotations

from itertools import product

import pytest

from people.decision import Facts, Grade, Level, Purpose, Sight, decide

OPEN, CONFIDENTIAL, STRICT = Grade.OPEN, Grade.CONFIDENTIAL, Grade.STRICT
NAMES = [name for name in Facts.__dataclass_fields__ if name != "grade"]


def sight(text: str, level: Level, purpose: Purpose) -> Sight:
    """The sight with exactly the named freedoms: special, whereabouts, ages, writes, listed."""
    told = set(text.split())
    names = ("special", "whereabouts", "ages", "writes", "listed")
    assert told <= set(names)
    return Sight(level=level, purpose=purpose, **{name: name in told for name in names})


FULL, SUMMARY, MINIMUM = Level.FULL, Level.SUMMARY, Level.MINIMUM
NOTHING = sight("ages", Level.NOTHING, Purpose.REFUSED)
OWN = sight("special whereabouts ages writes listed", FULL, Purpose.OWN_CASE)
OWN_MASKED = sight("special ages writes listed", FULL, Purpose.OWN_CASE)
REASON = sight("special whereabouts ages writes listed", FULL, Purpose.REASON)
LEADER = sight("whereabouts ages listed", FULL, Purpose.LEADER)
EMERGENCY = sight("whereabouts ages listed", FULL, Purpose.GRANT)
UNIT = sight("whereabouts ages listed", SUMMARY, Purpose.UNIT)
PARTICIPANT = sight("ages", MINIMUM, Purpose.GRANT)
AUDITOR = sight("whereabouts ages", FULL, Purpose.AUDIT)
AUDITOR_SPECIAL = sight("special whereabouts ages", FULL, Purpose.AUDIT)
AUDITOR_MASKED = sight("", FULL, Purpose.AUDIT)
AUDITOR_MASKED_SPECIAL = sight("special", FULL, Purpose.AUDIT)
SPECIAL_UNIT = sight("special writes", FULL, Purpose.SPECIAL_UNIT)
SYSTEM = sight("special whereabouts ages writes listed", FULL, Purpose.SYSTEM)

#: grade, the facts that hold, the sight they give
POLICY = [
    # an open household
    (OPEN, "", NOTHING),
    (OPEN, "follows", NOTHING),
    (OPEN, "follows assigned", OWN),
    (OPEN, "follows at_unit unowned", OWN),
    (OPEN, "follows unowned", NOTHING),
    (OPEN, "follows at_unit", UNIT),
    (OPEN, "follows at_unit reason", REASON),
    (OPEN, "follows reason", NOTHING),
    (OPEN, "follows at_unit leads", LEADER),
    (OPEN, "follows at_unit leads reason", REASON),
    (OPEN, "follows at_unit leads assigned", OWN),
    (OPEN, "follows emergency", EMERGENCY),
    (OPEN, "follows emergency at_unit", EMERGENCY),
    (OPEN, "follows emergency at_unit leads", LEADER),
    (OPEN, "follows special_unit", NOTHING),
    (OPEN, "participates", PARTICIPANT),
    (OPEN, "participates follows at_unit", UNIT),
    (OPEN, "assigned at_unit unowned reason leads emergency", NOTHING),
    (OPEN, "sampled", AUDITOR),
    (OPEN, "sampled sampled_special", AUDITOR_SPECIAL),
    (OPEN, "sampled participates", AUDITOR),
    (OPEN, "sampled_special", NOTHING),
    # a confidential one
    (CONFIDENTIAL, "follows assigned", OWN_MASKED),
    (CONFIDENTIAL, "follows assigned cleared", OWN),
    (CONFIDENTIAL, "assigned cleared", NOTHING),
    (CONFIDENTIAL, "follows at_unit", NOTHING),
    (CONFIDENTIAL, "follows at_unit cleared", NOTHING),
    (CONFIDENTIAL, "follows at_unit unowned", NOTHING),
    (CONFIDENTIAL, "follows unowned cleared", NOTHING),
    (CONFIDENTIAL, "follows at_unit unowned cleared", OWN),
    (CONFIDENTIAL, "follows at_unit leads", NOTHING),
    (CONFIDENTIAL, "follows at_unit leads cleared", LEADER),
    (CONFIDENTIAL, "follows at_unit reason emergency", NOTHING),
    (CONFIDENTIAL, "participates", NOTHING),
    (CONFIDENTIAL, "sampled", NOTHING),
    (CONFIDENTIAL, "sampled cleared", AUDITOR),
    (CONFIDENTIAL, "sampled sampled_special cleared", AUDITOR_SPECIAL),
    # a strictly confidential one
    (STRICT, "follows assigned cleared at_unit leads unowned reason emergency participates", NOTHING),
    (STRICT, "follows special_unit", SPECIAL_UNIT),
    (STRICT, "special_unit", NOTHING),
    (STRICT, "sampled cleared", NOTHING),
    (STRICT, "named", NOTHING),
    (STRICT, "sampled named", AUDITOR_MASKED),
    (STRICT, "sampled named sampled_special", AUDITOR_MASKED_SPECIAL),
]


def facts(grade: Grade, held: str) -> Facts:
    return Facts(grade=grade, **dict.fromkeys(held.split(), True))


@pytest.mark.parametrize(("grade", "held", "expected"), POLICY)
def test_the_policy_gives(grade: Grade, held: str, expected: Sight) -> None:
    assert decide(facts(grade, held)) == expected


@pytest.mark.parametrize("grade", Grade)
def test_the_system_s_own_actors_see_all(grade: Grade) -> None:
    assert decide(facts(grade, "system")) == SYSTEM
    assert decide(facts(grade, "system party")) == SYSTEM


@pytest.mark.parametrize(("grade", "held", "expected"), POLICY)
def test_a_party_sees_nothing_whatever_else_holds(grade: Grade, held: str, expected: Sight) -> None:
    assert decide(facts(grade, f"{held} party")) == NOTHING


@pytest.mark.parametrize(("grade", "held", "expected"), POLICY)
def test_a_sealed_household_is_seen_by_nobody(grade: Grade, held: str, expected: Sight) -> None:
    assert decide(facts(grade, f"{held} sealed")) == NOTHING


def test_nothing_is_false_and_every_other_sight_is_true() -> None:
    assert not NOTHING
    assert all((PARTICIPANT, UNIT, OWN))


def everything() -> list[tuple[Facts, Sight]]:
    """Every combination of facts that concern people, with its sight, of a household that is not sealed."""
    names = [name for name in NAMES if name not in {"system", "sealed"}]
    found = []
    for grade, values in product(Grade, product((False, True), repeat=len(names))):
        one = Facts(grade=grade, **dict(zip(names, values, strict=True)))
        found.append((one, decide(one)))
    return found


EVERYTHING = everything()


def test_no_combination_shows_where_a_strictly_confidential_household_is() -> None:
    of_strict = [sight for facts, sight in EVERYTHING if facts.grade is STRICT]

    assert not any(sight.whereabouts or sight.ages for sight in of_strict if sight)
    assert not any(sight.listed for sight in of_strict)


def test_no_combination_shows_where_a_confidential_household_is_to_somebody_not_cleared() -> None:
    assert not any(s.whereabouts for f, s in EVERYTHING if f.grade is CONFIDENTIAL and not f.cleared)


def test_only_those_on_a_case_of_their_unit_who_said_why_or_the_special_unit_write() -> None:
    writing = {sight.purpose for _, sight in EVERYTHING if sight.writes}

    assert writing == {Purpose.OWN_CASE, Purpose.REASON, Purpose.SPECIAL_UNIT}
    assert all(sight.level is FULL for _, sight in EVERYTHING if sight.writes)


def test_somebody_who_follows_no_household_sees_one_only_as_participant_or_auditor() -> None:
    seen = {sight.purpose for facts, sight in EVERYTHING if not facts.follows and sight}

    assert seen == {Purpose.GRANT, Purpose.AUDIT}
    assert {s.level for f, s in EVERYTHING if not f.follows and s.purpose is Purpose.GRANT} == {MINIMUM}


def test_being_kept_from_a_household_takes_and_never_gives() -> None:
    assert not any(sight for facts, sight in EVERYTHING if facts.party)


def test_what_is_refused_stands_in_no_list() -> None:
    assert not any(sight.listed for _, sight in EVERYTHING if not sight)
