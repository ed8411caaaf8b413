"""What the rule data says, each test naming its paragraph. The spec of record is the law itself; docs/law.md tells."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from cases import law
from cases.law import BASES, CHOICES, Body, NotInForce, loans

TODAY = date(2026, 11, 22)
#: the act of 2025 decided to begin on the first day of 2028
DECIDED: law.Choices = {"administration_act_2025": [(date(2027, 6, 1), "2028-01-01")]}
AFTER = date(2028, 1, 1)


@pytest.mark.parametrize(
    ("code", "citation"),
    [
        ("roof", "sosialtjenesteloven § 27"),
        ("stay.limit_months", "sosialtjenesteloven § 27"),
        ("same_day_answer", "sosialtjenesteloven § 27"),
        ("decision", "sosialtjenesteloven §§ 41–43"),  # noqa: RUF001
        ("start_reason", "sosialtjenesteloven §§ 41–43"),  # noqa: RUF001
        ("user_view", "sosialtjenesteloven § 42"),
        ("child_interest", "Grunnloven § 104"),
        ("reasons", "forvaltningsloven §§ 23–25"),  # noqa: RUF001
        ("reasons.answer_days", "forvaltningsloven § 24"),
        ("oral.write_within_working_days", "forvaltningsloven § 23"),
        ("preliminary_answer.after_months", "forvaltningsloven § 11 a"),
        ("appeal.weeks", "forvaltningsloven § 29"),
        ("appeal.absolute_years", "forvaltningsloven § 31"),
        ("appeal.excuse", "forvaltningsloven § 31"),
        ("appeal.prepared", "forvaltningsloven § 33"),
        ("appeal.suspended", "forvaltningsloven § 42"),
        ("appeal.social_services", "sosialtjenesteloven § 47"),
        ("deadline.moved", "domstolloven § 149"),
        ("representative", "forvaltningsloven § 12"),
        ("young_party.from_age", "sosialtjenesteloven § 45"),
        ("child_welfare_notice", "sosialtjenesteloven § 45"),
        ("housing_help", "boligsosialloven § 6"),
        ("housing_help.decision", "boligsosialloven § 7"),
        ("which_municipality", "boligsosialloven § 3"),
        ("confidentiality", "sosialtjenesteloven § 44"),
        ("exempt_from_public", "offentleglova § 13"),
        ("individual_plan", "sosialtjenesteloven § 28"),
        ("lease.least_years", "husleieloven § 9-3"),
        ("lease.reserved_home", "husleieloven § 11-1"),
        ("deposit.most_months", "husleieloven kap. 3"),
        ("eviction_notice", "tvangsfullbyrdelsesloven § 13-6"),
        ("archive", "arkivlova §§ 2, 5 og 13"),
        ("internal_control", "kommuneloven § 25-1"),
    ],
)
def test_the_rule_stands_where_the_law_has_it(code: str, citation: str) -> None:
    assert law.rule(code, on=TODAY).citation == citation


@pytest.mark.parametrize(
    ("code", "citation"),
    [
        ("oral.write_within_working_days", "forvaltningsloven av 2025 § 55"),
        ("preliminary_answer.after_months", "forvaltningsloven av 2025 § 17"),
        ("appeal.weeks", "forvaltningsloven av 2025 § 63"),
        ("appeal.absolute_years", "forvaltningsloven av 2025 § 65"),
    ],
)
def test_the_act_of_2025_applies_from_the_day_the_king_decides(code: str, citation: str) -> None:
    assert law.rule(code, on=AFTER, choices=DECIDED).citation == citation
    assert law.rule(code, on=date(2027, 12, 31), choices=DECIDED).act.code == "fvl-1967"
    assert law.rule(code, on=AFTER).act.code == "fvl-1967"


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("stay.limit_months", 3),
        ("preliminary_answer.after_months", 1),
        ("appeal.weeks", 3),
        ("appeal.absolute_years", 1),
        ("dispute.working_days", 2),
        ("deposit.most_months", 6),
        ("young_party.from_age", 15),
        ("lease.least_years", 3),
        ("plan.within_days", 14),
    ],
)
def test_a_rule_turns_on_its_number(code: str, value: int) -> None:
    assert law.value(code, on=TODAY) == value


def test_a_rule_that_turns_on_no_number_says_so() -> None:
    assert law.rule("unit.closes", on=TODAY).value == time(15, 30)
    with pytest.raises(TypeError):
        law.value("unit.closes", on=TODAY)


def test_boligsosialloven_is_in_force_from_1_july_2023_and_no_day_before() -> None:
    assert law.rule("housing_help", on=date(2023, 7, 1)).paragraph == "§ 6"
    with pytest.raises(NotInForce):
        law.rule("housing_help", on=date(2023, 6, 30))
    assert law.bases("housing_help", on=date(2023, 6, 30)) == []


BODIES = [
    ("sotjl-27", Body.STATSFORVALTEREN),
    ("sotjl-28", Body.STATSFORVALTEREN),
    ("sotjl-18-guarantee", Body.STATSFORVALTEREN),
    ("sotjl-18-deposit", Body.STATSFORVALTEREN),
    ("bsl-6", Body.STATSFORVALTEREN),
    ("bsl-6-dwelling", Body.STATSFORVALTEREN),
    ("hol-7-1", Body.STATSFORVALTEREN),
    ("local-dwelling", Body.KLAGENEMND),
    ("local-grant", Body.KLAGENEMND),
    ("local-guarantee", Body.KLAGENEMND),
    ("local-deposit", Body.KLAGENEMND),
    ("loans-5", Body.KLAGENEMND),
]


@pytest.mark.parametrize(("basis", "body"), BODIES)
def test_the_body_of_appeal_follows_from_the_legal_basis(basis: str, body: Body) -> None:
    assert law.basis(basis).body is body


def test_every_legal_basis_has_its_body_under_test() -> None:
    assert {basis for basis, _body in BODIES} == set(BASES)


def test_the_dispute_about_a_lease_is_no_appeal_husleieloven() -> None:
    assert law.no_appeal_guidance("lease") == "lease_dispute"


def test_a_municipality_chooses_what_dwellings_are_founded_on_from_a_day() -> None:
    chosen: law.Choices = {"dwelling_basis": [(date(2027, 1, 1), "bsl-6-dwelling")]}
    assert law.bases("dwelling", on=TODAY, choices=chosen)[0].code == "local-dwelling"
    assert law.bases("dwelling", on=date(2027, 1, 1), choices=chosen)[0].body is Body.STATSFORVALTEREN


def parts(kind: str, result: str = "granted", move: str = "new", *, children: bool = False) -> list[str]:
    return list(law.part_rules(kind=kind, move=move, result=result, has_children=children, on=TODAY))


ALWAYS = ["facts", "considerations", "user_view"]


@pytest.mark.parametrize("kind", ["temporary", "housing_help", "dwelling", "start_loan", "individual_plan", "deposit"])
def test_forvaltningsloven_25_asks_every_decision_for_facts_and_considerations(kind: str) -> None:
    for result in ("granted", "partly", "refused", "dismissed"):
        assert set(ALWAYS) <= set(parts(kind, result))


def test_a_grant_gives_the_reason_for_its_start_and_a_refusal_what_helps_next_time() -> None:
    assert parts("temporary") == ["facts", "considerations", "start_reason", "user_view"]
    assert parts("temporary", "refused") == ["facts", "considerations", "user_view", "next_time"]


def test_each_child_is_weighed_where_children_live() -> None:
    assert "child_interest" in parts("start_loan", "refused", children=True)
    assert "child_interest" not in parts("start_loan", "refused")


def test_boligsosialloven_7_asks_for_the_main_content() -> None:
    assert "main_content" in parts("housing_help")
    assert "main_content" not in parts("housing_help", "refused")


def test_a_dwelling_says_size_rooms_length_and_expected_wait() -> None:
    assert {"rooms", "size", "length_months", "expected_wait", "conditions"} <= set(parts("dwelling"))


@pytest.mark.parametrize("kind", ["start_loan", "grant", "guarantee", "deposit"])
def test_money_says_its_amount(kind: str) -> None:
    assert {"amount", "conditions"} <= set(parts(kind))


@pytest.mark.parametrize(
    ("kind", "result", "needs"),
    [
        ("temporary", "refused", False),
        ("start_loan", "granted", True),
        ("dwelling", "granted", False),
        ("dwelling", "refused", True),
        ("dwelling", "dismissed", True),
    ],
)
def test_two_persons_stand_behind_what_the_rules_say(kind: str, result: str, needs: bool) -> None:
    assert law.needs_two_persons(kind=kind, result=result, on=TODAY) is needs


def test_a_municipality_may_ask_for_two_persons_from_a_day() -> None:
    chosen: law.Choices = {"two_persons_temporary": [(TODAY, "refusals")]}
    assert law.needs_two_persons(kind="temporary", result="refused", on=TODAY, choices=chosen)
    assert not law.needs_two_persons(kind="temporary", result="refused", on=date(2026, 11, 21), choices=chosen)


def test_every_default_is_one_of_the_options() -> None:
    for choice in CHOICES.values():
        assert choice.kind in ("day", "number") or choice.default in choice.options


def test_what_is_unchecked_says_what_is_to_be_checked() -> None:
    found = law.unchecked(on=AFTER, choices=DECIDED)
    assert found
    assert all(one.note for one in found)


def test_a_rate_is_the_municipality_s_own_where_that_is_newer_but_never_below_the_state_s() -> None:
    day, later = date(2026, 3, 1), date(2026, 6, 1)
    own: law.Choices = {"policy_rate": [(later, "3.75")], "living_single": [(day, "7000"), (later, "9000")]}

    assert loans.rate("policy_rate", on=day, choices=own).value == Decimal("4.00")
    assert loans.rate("policy_rate", on=later, choices=own).is_own
    assert loans.rate("living_single", on=day, choices=own).value == Decimal(7850)
    assert loans.rate("living_single", on=later, choices=own).value == Decimal(9000)
    with pytest.raises(NotInForce):
        loans.rate("policy_rate", on=date(2020, 1, 1))


def test_not_enough_loan_in_a_bank_can_never_be_waived() -> None:
    told = {one.code: one.exceptions for one in loans.conditions(on=TODAY)}

    assert told["no_bank_loan"] == ()
    assert (
        set(told["saved"])
        == set(told["long_term"])
        == {
            "children_or_needs",
            "refinancing",
            "local_work",
            "municipal_tenant",
        }
    )
    assert loans.LONG_CONDITIONS["low_income"].citation == "forskrift om lån fra Husbanken § 8-5"
    assert [one.code for one in loans.long_conditions(on=TODAY)] == list(loans.LONG_CONDITIONS)
    assert len(loans.THEMES) == 5
