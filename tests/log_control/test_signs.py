"""What makes a read suspicious, sign by sign, and how much of what was planted in a month is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from people.log_control.scoring import findings
from people.log_control.signs import SUSPICIOUS, WEIGHTS, Around, Look, Sign
from tests.log_control.office import LOCAL, office, proof, signs_of

#: A Tuesday morning.
AT = datetime(2026, 10, 6, 10, tzinfo=LOCAL)
EMPLOYEE, HOUSEHOLD, HOME, COLLEAGUE = 1, 100, 200, 2
NOTHING = Around()
LOOK = Look(employee=EMPLOYEE, household=HOUSEHOLD, at=AT)
#: Enough others for a name to be seldom or not.
OTHERS = [Look(employee=9, household=1000 + n, at=AT, is_on_case=True) for n in range(300)]


def signs(*looks: Look, around: Around = NOTHING) -> set[Sign]:
    return {sign for finding in findings([*looks, *OTHERS], around) for sign in finding.signs}


def test_at_least_23_of_25_planted_are_found_and_at_most_2_per_cent_are_false_alarms() -> None:
    for seed in (1, 2, 3):
        told = proof(office(seed))

        assert told.stories == 25
        assert told.found >= 23, seed
        assert told.false_alarms <= 0.02, seed


def test_every_sign_has_its_weight() -> None:
    assert set(WEIGHTS) == set(Sign)


def test_the_planted_months_try_every_sign_that_is_enough_by_itself() -> None:
    grave = {sign for sign, weight in WEIGHTS.items() if weight >= SUSPICIOUS}

    assert grave - signs_of(office(1)) - signs_of(office(2)) == set()


def test_a_colleague_s_header_in_working_hours_is_nothing() -> None:
    assert signs(LOOK) == set()


def test_whoever_is_on_the_case_is_asked_only_about_being_a_party() -> None:
    night = replace(LOOK, is_on_case=True, at=AT.replace(hour=2), closed_on=date(2020, 1, 1))
    around = Around(
        employee_names={EMPLOYEE: frozenset({"sjeldenrud"})}, household_names={HOUSEHOLD: frozenset({"sjeldenrud"})}
    )

    assert signs(night, around=around) == set()
    assert signs(night, around=replace(around, parties=frozenset({(EMPLOYEE, HOUSEHOLD)}))) == {Sign.PARTY}


def test_a_refused_look_at_one_s_own_is_found() -> None:
    around = Around(parties=frozenset({(EMPLOYEE, HOUSEHOLD)}))

    assert signs(replace(LOOK, is_refused=True), around=around) == {Sign.PARTY, Sign.REFUSED}


@pytest.mark.parametrize(("bearers", "found"), [(1, {Sign.SAME_NAME}), (3, {Sign.SAME_NAME}), (30, set())])
def test_a_seldom_name_says_more_than_a_common_one(bearers: int, found: set[Sign]) -> None:
    names = {HOUSEHOLD: frozenset({"rud"}), **{1000 + n: frozenset({"rud"}) for n in range(bearers - 1)}}
    around = Around(employee_names={EMPLOYEE: frozenset({"rud"})}, household_names=names)

    assert signs(LOOK, around=around) == found


def test_a_common_name_at_night_is_both() -> None:
    names = {HOUSEHOLD: frozenset({"rud"}), **{1000 + n: frozenset({"rud"}) for n in range(30)}}
    around = Around(employee_names={EMPLOYEE: frozenset({"rud"})}, household_names=names)
    reasoned = replace(LOOK, at=AT.replace(hour=23), has_leave=True, is_reasoned=True)

    assert signs(reasoned, around=around) == {Sign.COMMON_NAME, Sign.NIGHT_WITH_REASON}


@pytest.mark.parametrize(
    ("address", "found"),
    [
        (("storgata", 12, ""), {Sign.SAME_ADDRESS}),
        (("storgata", 12, "b"), {Sign.NEIGHBOUR}),
        (("storgata", 16, ""), {Sign.NEIGHBOUR}),
        (("storgata", 18, ""), set()),
        (("lillegata", 12, ""), set()),
    ],
)
def test_a_household_where_one_lives_or_next_door(address: tuple[str, int, str], found: set[Sign]) -> None:
    around = Around(
        own_homes={EMPLOYEE: frozenset({HOME})},
        addresses={HOME: frozenset({("storgata", 12, "")}), HOUSEHOLD: frozenset({address})},
    )

    assert signs(LOOK, around=around) == found


def test_a_household_that_a_colleague_lives_in() -> None:
    assert signs(LOOK, around=Around(own_homes={COLLEAGUE: frozenset({HOUSEHOLD})})) == {Sign.COLLEAGUE}


def test_a_read_that_nothing_gave_leave_to() -> None:
    assert signs(replace(LOOK, is_of_unit=False)) == {Sign.NO_RELATION}
    assert signs(replace(LOOK, is_of_unit=False, has_leave=True)) == set()
    assert signs(replace(LOOK, is_of_unit=False, is_refused=True)) == set()


def test_being_refused_once_is_nothing_and_again_on_another_day_is() -> None:
    refused = replace(LOOK, is_refused=True)

    assert signs(refused, replace(refused, at=AT + timedelta(minutes=2))) == set()
    assert signs(refused, replace(refused, at=AT + timedelta(days=1))) == {Sign.REFUSED_AGAIN}


def test_being_refused_several_households() -> None:
    refused = [replace(LOOK, is_refused=True, household=HOUSEHOLD + n) for n in range(3)]

    assert signs(*refused[:2]) == set()
    assert signs(*refused) == {Sign.MANY_REFUSED}


@pytest.mark.parametrize(
    ("days", "leave", "found"), [(89, False, set()), (90, False, {Sign.LONG_CLOSED}), (90, True, set())]
)
def test_a_case_closed_long_ago(days: int, leave: bool, found: set[Sign]) -> None:
    look = replace(LOOK, closed_on=AT.date() - timedelta(days=days), has_leave=leave, is_reasoned=leave)

    assert signs(look) == found


def test_a_leader_reads_closed_cases() -> None:
    assert signs(replace(LOOK, is_leader=True, closed_on=date(2020, 1, 1))) == set()


@pytest.mark.parametrize(
    ("hour", "found"),
    [(5, {Sign.NIGHT}), (6, set()), (18, set()), (20, set()), (22, {Sign.NIGHT}), (0, {Sign.NIGHT})],
)
def test_a_colleague_s_case_at_night(hour: int, found: set[Sign]) -> None:
    assert signs(replace(LOOK, at=AT.replace(hour=hour))) == found


def test_whoever_has_duty_at_night_reads_at_night() -> None:
    duty = [replace(LOOK, household=HOUSEHOLD + n, at=AT.replace(hour=23) + timedelta(days=n)) for n in range(6)]

    assert signs(*duty) == set()


def test_somebody_who_comes_back_to_a_case_of_another() -> None:
    days = [replace(LOOK, at=AT + timedelta(days=n)) for n in (0, 1, 2, 3, 6)]

    assert signs(*days[:4]) == set()
    assert signs(*days) == {Sign.COMES_BACK}
    assert signs(*(replace(look, has_leave=True) for look in days)) == set()


def test_many_households_of_others_in_an_hour() -> None:
    leafed = [replace(LOOK, household=HOUSEHOLD + n, at=AT + timedelta(minutes=n)) for n in range(12)]

    assert signs(*leafed[:11]) == set()
    assert signs(*leafed) == {Sign.BURST}
    assert signs(*(replace(look, is_leader=True) for look in leafed)) == set()
    spread = [replace(look, at=AT + timedelta(minutes=10 * n)) for n, look in enumerate(leafed[:8])]
    assert signs(*spread) == set()


def test_a_burst_is_judged_by_the_employee_s_other_days() -> None:
    usual = [
        replace(LOOK, household=HOUSEHOLD + n, at=AT + timedelta(days=day, minutes=n))
        for day in (0, 1, 2)
        for n in range(10)
    ]
    leafed = [replace(LOOK, household=HOUSEHOLD + n, at=AT + timedelta(days=7, minutes=n)) for n in range(14)]

    assert signs(*usual, *leafed) == set()


def test_reasons_far_above_what_colleagues_state() -> None:
    """Twelve in the month, a day apart, where colleagues state none and where they state as many."""
    own = [
        replace(LOOK, household=HOUSEHOLD + n, at=AT + timedelta(hours=n // 5, days=n % 4), is_reasoned=True)
        for n in range(12)
    ]
    own = [replace(look, has_leave=True) for look in own]
    colleagues = [
        replace(look, employee=COLLEAGUE + other, household=look.household + 20 * other)
        for other in range(1, 4)
        for look in own
    ]

    assert signs(*own[:11]) == set()
    assert signs(*own) == {Sign.MANY_REASONS}
    assert signs(*own, *colleagues) == set()


def test_a_household_that_many_read_in_a_week() -> None:
    crowd = [replace(LOOK, employee=n, at=AT + timedelta(days=n)) for n in range(7)]

    assert signs(*crowd[:6]) == set()
    assert signs(*crowd) == {Sign.MANY_READERS}
    assert signs(*(replace(look, at=AT + timedelta(days=7 * look.employee)) for look in crowd)) == set()


def test_the_gravest_comes_first() -> None:
    around = Around(parties=frozenset({(EMPLOYEE, HOUSEHOLD)}))
    found = findings([replace(LOOK, household=101, is_of_unit=False), LOOK], around)

    assert [(one.key, one.weight) for one in found] == [((EMPLOYEE, HOUSEHOLD), 5), ((EMPLOYEE, 101), 4)]
