"""The front page of the figures, each objective, and what a municipality tells of itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kpi.forms.told import number_in, plainly
from kpi.models import Answer, CatalogueRow, ChosenIndicator, ChosenStrategy, LocalTarget, RegisterValue, Strategy
from people.models import Employee, Role, Unit
from tests.factories.people import AT, DAY, UnitFactory, caseworker, employee_with, reporter, team_leader
from tests.factories.told import AnswerFactory, LocalTargetFactory, RegisterValueFactory
from tests.web.pages import send, text_of
from tests.web.sign_ins import sign_in
from tests.web.unit_life import stay

pytestmark = pytest.mark.django_db

YEAR = 2025
#: Answered with yes or no, with a number, and taken from a register.
YES_NO, NUMBER, IMPORTED = "10.1", "11.1", "1.2"


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture(autouse=True)
def _in_english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def boss(unit: Unit) -> Employee:
    return team_leader(unit)


@pytest.fixture
def leader(client: Client, boss: Employee) -> Client:
    sign_in(client, boss)
    return client


def row_of(code: str) -> CatalogueRow:
    return CatalogueRow.objects.get(code=code)


def objective_url(code: str) -> str:
    row = row_of(code)
    return reverse("kpi:objective", args=[row.objective.strategy.key, row.objective.number])


def test_the_strategy_s_fourteen_main_indicators_stand_in_front(leader: Client) -> None:
    page = leader.get(reverse("kpi:front"))

    rows = CatalogueRow.objects.filter(objective__strategy__key="bolig-for-velferd", main_position__isnull=False)
    assert rows.count() == 14
    assert all(row.wording_en in text_of(page) for row in rows)
    assert "Not known" in text_of(page)


def test_a_value_leads_to_exactly_its_list(leader: Client, unit: Unit) -> None:
    stay(unit, date(2025, 3, 1), date(2025, 9, 1))

    shown = leader.get(objective_url("2.2"), {"year": YEAR}).context["rows"]
    [value] = [one for one in shown if one.standing.row.code == "2.2"]

    assert value.standing.value == 1
    assert len(leader.get(value.value_url).context["listed"].page.rows) == 1


def test_no_colour_against_a_national_number(leader: Client) -> None:
    shown = leader.get(objective_url("5.1"), {"year": YEAR}).context["rows"]

    assert {one.color for one in shown if one.standing.row.local_reading == "own_target"} == {"neutral"}


def test_another_strategy_is_chosen_and_its_indicators_by_the_municipality(leader: Client) -> None:
    url = reverse("kpi:strategy")
    send(leader, url, {"strategy": "alle-trenger-et-trygt-hjem"})

    assert ChosenStrategy.objects.get().strategy.key == "alle-trenger-et-trygt-hjem"
    assert "lets the municipality choose" in text_of(leader.get(reverse("kpi:front")))

    objective = Strategy.objects.get(key="alle-trenger-et-trygt-hjem").objectives.get(number="5")
    send(leader, reverse("kpi:choose_indicators", args=[objective.strategy.key, "5"]), {"rows": ["2.2", "3.2"]})

    assert {one.row.code for one in ChosenIndicator.objects.all()} == {"2.2", "3.2"}
    assert row_of("3.2").wording_en in text_of(leader.get(reverse("kpi:front")))

    send(leader, reverse("kpi:choose_indicators", args=[objective.strategy.key, "5"]), {"rows": ["3.2"]})
    assert [one.row.code for one in ChosenIndicator.objects.all()] == ["3.2"]


def test_the_year_s_questionnaire_says_who_answered_and_when(leader: Client, boss: Employee) -> None:
    url = f"{reverse('kpi:answers')}?year={YEAR}"
    send(leader, url, {YES_NO: "yes", NUMBER: "12,5"})

    yes, number = Answer.objects.get(row__code=YES_NO), Answer.objects.get(row__code=NUMBER)
    assert (yes.is_yes, number.number, yes.by, yes.at) == (True, Decimal("12.5"), boss, AT)
    assert f"Answered by {boss}" in text_of(leader.get(url))
    assert 'value="12.5"' in leader.get(url).content.decode()

    send(leader, url, {YES_NO: "", NUMBER: "12,5"})
    assert [one.row.code for one in Answer.objects.all()] == [NUMBER]


@pytest.mark.parametrize(
    ("number", "written"), [("30.00", "30"), ("12.50", "12,5"), ("0.00", "0"), ("1320", "1320"), ("0.05", "0,05")]
)
def test_a_number_is_written_as_one_types_it(number: str, written: str) -> None:
    with override("nb"):
        assert plainly(Decimal(number)) == written
    assert number_in(written) == Decimal(number)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({NUMBER: "about ten"}, "Write a number"),
        ({NUMBER: "-1"}, "cannot be below zero"),
        ({YES_NO: "perhaps"}, "not one of the available choices"),
    ],
)
def test_an_answer_outside_its_type_changes_nothing(leader: Client, told: dict[str, str], sentence: str) -> None:
    page = send(leader, f"{reverse('kpi:answers')}?year={YEAR}", {YES_NO: "yes", **told})

    assert sentence in text_of(page)
    assert not Answer.objects.exists()


def test_a_year_that_has_not_begun_is_refused(leader: Client) -> None:
    assert "Select a valid choice" in text_of(leader.get(reverse("kpi:answers"), {"year": 2031}))
    assert leader.get(reverse("kpi:register_value", args=[2031, IMPORTED])).status_code == 404


def test_a_value_from_a_register_is_typed_in(leader: Client, boss: Employee) -> None:
    url = reverse("kpi:register_value", args=[YEAR, IMPORTED])
    refused = send(leader, url, {"value": "101", "register": "SERAF"})
    assert "more than 100 per cent" in text_of(refused)
    assert not RegisterValue.objects.exists()

    send(leader, url, {"value": "80,5", "numerator": "33", "denominator": "41", "register": "SERAF"})

    told = RegisterValue.objects.get()
    assert (told.value, told.register, told.year, told.by) == (Decimal("80.5"), "SERAF", YEAR, boss)
    assert "80.5" in text_of(leader.get(objective_url(IMPORTED), {"year": YEAR}))


def _file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("values.csv", text.encode(), content_type="text/csv")


def test_a_file_of_values_is_read_in_whole(leader: Client) -> None:
    url = f"{reverse('kpi:register_values')}?year={YEAR}"
    send(leader, url, {"file": _file("indicator;value;register\n1.2;80,5;SERAF\n9.2;4;Husbanken\n")})

    assert {one.row.code: one.value for one in RegisterValue.objects.all()} == {"1.2": Decimal("80.5"), "9.2": 4}


def test_a_file_with_one_wrong_line_reads_in_nothing(leader: Client) -> None:
    url = f"{reverse('kpi:register_values')}?year={YEAR}"
    text = "indicator;value;register\n1.2;80;SERAF\n2.2;4;KOSTRA\n9.2;many;Husbanken\n1.2;81;SERAF\n9.3;1;\n"
    page = text_of(send(leader, url, {"file": _file(text)}))

    assert "Line 3: No indicator with this code" in page
    assert "Line 4: Write a number" in page
    assert "Line 5: The indicator stands on an earlier line too." in page
    assert "Line 6: Write which register" in page
    assert not RegisterValue.objects.exists()
    assert "lacks the column register" in text_of(send(leader, url, {"file": _file("indicator;value\n1.2;80\n")}))


def test_a_target_of_one_s_own_colours_the_value(leader: Client, unit: Unit) -> None:
    stay(unit, date(2025, 3, 1), date(2025, 9, 1))
    url = reverse("kpi:target", args=["2.s2"])
    assert "has passed" in text_of(send(leader, url, {"value": "5", "deadline": "1.1.2020"}))

    send(leader, url, {"value": "5", "deadline": "31.12.2030"})

    assert LocalTarget.objects.get().value == 5
    [shown] = [
        one
        for one in leader.get(objective_url("2.s2"), {"year": YEAR}).context["rows"]
        if one.standing.row.code == "2.s2"
    ]
    assert (shown.standing.target, shown.color) == (5, "success")

    send(leader, reverse("kpi:drop_target", args=["2.s2"]))
    assert not LocalTarget.objects.exists()


def test_who_takes_out_no_files_reads_and_tells_nothing(client: Client, unit: Unit) -> None:
    AnswerFactory.create(row=row_of(YES_NO))
    RegisterValueFactory.create(row=row_of(IMPORTED))
    LocalTargetFactory.create(row=row_of("2.s2"))
    sign_in(client, caseworker(unit))

    assert client.get(reverse("kpi:front")).status_code == 200
    for url in (
        reverse("kpi:strategy"),
        reverse("kpi:answers"),
        reverse("kpi:register_values"),
        reverse("kpi:register_value", args=[YEAR, IMPORTED]),
        reverse("kpi:target", args=["2.s2"]),
        reverse("kpi:drop_target", args=["2.s2"]),
    ):
        assert client.get(url).status_code == 403
    sign_in(client, employee_with(Role.MEETING_PARTICIPANT, unit))
    assert client.get(reverse("kpi:front")).status_code == 403


def test_the_reporter_tells_too(client: Client, unit: Unit) -> None:
    sign_in(client, reporter(unit))

    assert client.get(reverse("kpi:answers")).status_code == 200


@pytest.mark.parametrize("code", ["2.2", "5.1", IMPORTED])
def test_every_objective_has_its_page(leader: Client, code: str) -> None:
    assert row_of(code).wording_en in text_of(leader.get(objective_url(code)))


def test_the_front_page_takes_few_statements(leader: Client, unit: Unit, django_assert_max_num_queries: object) -> None:
    for _ in range(3):
        stay(unit, date(2025, 3, 1), DAY)
    leader.get(reverse("kpi:front"))
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        leader.get(reverse("kpi:front"))
