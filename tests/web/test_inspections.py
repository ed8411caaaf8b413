"""The auditor's room: what a leader opens, what an inspector reads, says and takes out."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cases.actions.inspections import Finding, assess, close_inspection, name_case
from cases.models import Assessment, Decision, Document, Inspection, Origin, Point, SampledCase, Verdict
from people.models import Employee, ExportEntry, Household, Member, Protection, Reading, SpecialNote, Unit
from tests.factories.cases import DecisionFactory, DocumentFactory, HousingPlanFactory
from tests.factories.people import (
    AT,
    DAY,
    ClearanceFactory,
    DisqualificationFactory,
    EmployeeFactory,
    HouseholdFactory,
    UnitFactory,
    caseworker,
    team_leader,
)
from tests.inspected import asked, auditor, inspected, placed
from tests.web.pages import followed, send, text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db

NAME = "Kanari Fuglesang"
LATER = AT + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _in_english_on_a_tuesday_in_march(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.cookies["django_language"] = "en"
    monkeypatch.setattr(timezone, "now", lambda: LATER)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def inspector(unit: Unit) -> Employee:
    return auditor(unit)


@pytest.fixture
def room(client: Client, inspector: Employee) -> Client:
    """The inspector's own browser, in English."""
    return sign_in(client, inspector)


def page_of(inspection: Inspection, name: str = "inspection", *args: object) -> str:
    return reverse(f"cases:{name}", args=[inspection.pk, *args])


def case_page(case: SampledCase) -> str:
    return page_of(case.inspection, "inspected_case", case.household.key)


def the_case(inspection: Inspection) -> SampledCase:
    return inspection.sample.get()


def letter_of(decision: Decision) -> Document:
    return DocumentFactory.create(
        decision=decision,
        content=b"%PDF-1.7 letter",
        sha256=sha256(b"%PDF-1.7 letter").hexdigest(),
        made_at=AT,
    )


def protect(household: Household, grade: Protection) -> Household:
    person = Member.objects.get(household=household).person
    person.protection = grade
    person.save(update_fields=["protection"])
    return household


# ── the leader ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_leader_opens_an_inspection_and_sees_the_sample_without_names(client: Client, unit: Unit) -> None:
    one, household = auditor(unit), asked(unit, applicant__person__name=NAME)
    sign_in(client, team_leader(unit))
    told = {
        "case_reference": "2026/1881",
        "themes": ["allotment", "standard"],
        "starts_on": "1.1.2026",
        "until": "10.3.2026",
        "sample_size": "5",
        "inspectors": [str(one.pk)],
        "last_day": "+14",
        "includes_special": "on",
    }

    page = followed(client, send(client, reverse("cases:open_inspection"), told))

    inspection = Inspection.objects.get()
    assert (inspection.ends_on, inspection.themes) == (DAY + timedelta(days=1), ["allotment", "standard"])
    assert len(inspection.seed) == 32
    assert household.ref in text_of(page)
    assert one.name in text_of(page)
    assert "Fuglesang" not in text_of(page)
    assert page_of(inspection, "inspected_case", household.key) not in page.content.decode()


def test_what_the_leader_got_wrong_is_said_at_its_field(client: Client, unit: Unit) -> None:
    one = auditor(unit)
    sign_in(client, team_leader(unit))
    told: dict[str, Any] = {
        "case_reference": "2026/1881",
        "themes": ["allotment"],
        "starts_on": "10.3.2026",
        "until": "1.1.2026",
        "sample_size": "5",
        "inspectors": [str(one.pk)],
        "last_day": "+14",
    }

    backwards = send(client, reverse("cases:open_inspection"), told)
    empty = send(client, reverse("cases:open_inspection"), {**told, "starts_on": "1.1.2026", "until": "2.1.2026"})

    assert "The end must come after the start." in text_of(backwards)
    assert "Nothing of these themes happened in the period." in text_of(empty)
    assert not Inspection.objects.exists()


def test_without_an_auditor_the_page_says_who_makes_one(client: Client, unit: Unit) -> None:
    page = sign_in(client, team_leader(unit)).get(reverse("cases:open_inspection"))

    assert "The unit administrator gives it" in text_of(page)


def test_opening_and_taking_out_ask_again_who_one_is(client: Client, unit: Unit, inspector: Employee) -> None:
    asked(unit)
    inspection = inspected(unit, inspector)
    for employee, url in (
        (team_leader(unit), reverse("cases:open_inspection")),
        (inspector, page_of(inspection, "export_inspection")),
    ):
        sign_in(client, employee, at=LATER - timedelta(hours=1))
        assert client.get(url).headers["Location"].startswith(reverse("people:sign_in_again"))


def test_a_leader_closes_an_inspection_and_the_inspector_is_out(
    client: Client, unit: Unit, inspector: Employee
) -> None:
    asked(unit)
    leader = team_leader(unit)
    inspection = inspected(unit, inspector, by=leader)

    page = followed(sign_in(client, leader), send(client, page_of(inspection, "close_inspection")))

    assert "Closed" in text_of(page)
    sign_in(client, inspector)
    for url in (page_of(inspection), case_page(the_case(inspection)), page_of(inspection, "population")):
        assert client.get(url).status_code == 404
    assert inspection.case_reference not in text_of(client.get(reverse("cases:inspections")))


def test_who_neither_leads_nor_inspects_meets_nothing(client: Client, unit: Unit, inspector: Employee) -> None:
    asked(unit)
    inspection = inspected(unit, inspector)
    urls = [
        page_of(inspection),
        page_of(inspection, "population"),
        page_of(inspection, "name_case"),
        page_of(inspection, "export_inspection"),
        page_of(inspection, "close_inspection"),
        case_page(the_case(inspection)),
    ]

    for employee in (caseworker(unit), team_leader(UnitFactory.create()), auditor(unit)):
        sign_in(client, employee)
        assert {client.get(url).status_code for url in urls} == {404}
    assert sign_in(client, caseworker(unit)).get(reverse("cases:inspections")).status_code == 403


def test_a_leader_reads_no_case_and_takes_out_no_file(client: Client, unit: Unit, inspector: Employee) -> None:
    asked(unit)
    leader = team_leader(unit)
    inspection = inspected(unit, inspector, by=leader)
    sign_in(client, leader)

    for url in (case_page(the_case(inspection)), page_of(inspection, "export_inspection")):
        assert client.get(url).status_code == 404


# ── the inspector ────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_inspector_sees_population_and_sample_without_names(room: Client, unit: Unit, inspector: Employee) -> None:
    household = asked(unit, applicant__person__name=NAME)
    inspection = inspected(unit, inspector)

    for url in (reverse("cases:inspections"), page_of(inspection), page_of(inspection, "population")):
        assert "Fuglesang" not in text_of(room.get(url))
    assert household.ref in text_of(room.get(page_of(inspection, "population")))


def test_the_population_is_shown_by_theme_and_page(room: Client, unit: Unit, inspector: Employee) -> None:
    for _ in range(51):
        asked(unit)
    in_a_room = placed(unit)
    inspection = inspected(unit, inspector)
    url = page_of(inspection, "population")

    first, last = text_of(room.get(url)), text_of(room.get(f"{url}?after=50"))
    standard = text_of(room.get(f"{url}?theme=standard"))

    assert "50 of 53" in first
    assert "53 of 53" in last
    assert in_a_room.ref in standard
    assert "Request" not in standard
    assert text_of(room.get(f"{url}?after=x")) == first


def test_one_click_from_the_sample_shows_the_whole_case(room: Client, unit: Unit, inspector: Employee) -> None:
    household = placed(unit, name=NAME)
    decision = DecisionFactory.create(household=household, unit=unit, is_oral=True, facts="Came at night")
    letter_of(decision)
    HousingPlanFactory.create(household=household)
    inspection = inspected(unit, inspector)
    url = case_page(the_case(inspection))
    assert url in room.get(page_of(inspection)).content.decode()

    text = text_of(room.get(url))

    for shown in (NAME, "Came at night", "A home near the school", "Decision letter", "Taken into an inspection"):
        assert shown in text
    for point in Point:
        assert str(point.label) in text
    assert "Decisions given in writing: 0 of 1." in text


def test_special_notes_stand_in_the_case_only_within_the_scope(room: Client, unit: Unit, inspector: Employee) -> None:
    household = asked(unit)
    by = EmployeeFactory.create()
    SpecialNote.objects.create(household=household, note_class="health", text="Diabetes", by=by, at=AT)

    without = inspected(unit, inspector)
    assert "Diabetes" not in text_of(room.get(case_page(the_case(without))))

    with_notes = inspected(unit, inspector, includes_special=True)
    assert "Diabetes" in text_of(room.get(case_page(the_case(with_notes))))


def test_a_case_outside_the_sample_does_not_exist_and_the_attempt_is_logged(
    room: Client, unit: Unit, inspector: Employee
) -> None:
    asked(unit)
    inspection = inspected(unit, inspector)
    other = asked(unit)

    assert room.get(page_of(inspection, "inspected_case", other.key)).status_code == 404

    [reading] = Reading.objects.filter(household_id=other.pk)
    assert reading.is_refused
    assert reading.employee == inspector


def test_every_reading_of_a_case_is_logged_as_an_audit(room: Client, unit: Unit, inspector: Employee) -> None:
    household = asked(unit)
    inspection = inspected(unit, inspector)

    room.get(page_of(inspection))
    room.get(case_page(the_case(inspection)))

    readings = Reading.objects.filter(household_id=household.pk).order_by("pk")
    assert list(readings.values_list("purpose", "role", "what")) == [
        ("audit", "auditor", "list"),
        ("audit", "auditor", "view"),
    ]


def test_nine_points_are_assessed_on_one_page_and_it_leads_to_the_next_case(
    room: Client, unit: Unit, inspector: Employee
) -> None:
    for _ in range(2):
        asked(unit)
    inspection = inspected(unit, inspector)
    first, second = inspection.sample.order_by("number")
    told = {point.value: "met" for point in Point} | {"quality": "not_met", "quality_note": "No agreement"}

    saved = send(room, case_page(first), told)

    assert saved.headers["Location"] == case_page(second)
    assert Assessment.objects.filter(case=first, by=inspector, at=LATER).count() == 9
    assert "No agreement" in text_of(room.get(case_page(first)))
    assert "1 of 2 cases finished, 9 of 18 points assessed." in text_of(room.get(page_of(inspection)))
    done = send(room, case_page(second), told)
    assert done.headers["Location"] == page_of(inspection)


def test_an_inspector_saves_and_stays_and_what_is_empty_is_not_assessed(
    room: Client, unit: Unit, inspector: Employee
) -> None:
    asked(unit)
    case = the_case(inspected(unit, inspector))

    saved = send(room, case_page(case), {"written": "met", "stay": "1"})

    assert saved.headers["Location"] == case_page(case)
    assert Assessment.objects.values_list("point", "verdict").get() == ("written", "met")


def test_an_assessment_that_lacks_something_is_said_at_its_field_and_the_text_is_kept(
    room: Client, unit: Unit, inspector: Employee
) -> None:
    asked(unit)
    case = the_case(inspected(unit, inspector))

    without_note = text_of(send(room, case_page(case), {"written": "not_met"}))
    without_verdict = send(room, case_page(case), {"written_note": "Where is it"})

    assert "Say in the note what is missing." in without_note
    assert "Choose what the note is about" in text_of(without_verdict)
    assert "Where is it" in without_verdict.content.decode()
    assert not Assessment.objects.exists()


def test_an_inspector_learns_that_another_has_assessed_the_case_meanwhile(
    room: Client, unit: Unit, inspector: Employee
) -> None:
    asked(unit)
    second = auditor(unit)
    case = the_case(inspected(unit, inspector, second))
    finding = [Finding(point=Point.WRITTEN, verdict=Verdict.MET)]
    assess(case_id=case.pk, findings=finding, newest=None, by=second, at=AT)

    answer = room.post(case_page(case), {"newest": "", "form_key": "0" * 32, "written": "met"})

    assert answer.status_code == 200
    assert Assessment.objects.count() == 1
    assert second.name in text_of(answer)


def test_an_inspector_names_a_case(room: Client, unit: Unit, inspector: Employee) -> None:
    asked(unit)
    inspection = inspected(unit, inspector)
    other = HouseholdFactory.create(unit=unit)

    unknown = send(room, page_of(inspection, "name_case"), {"case_number": "0" * 32, "reason": "Complaint"})
    named = send(room, page_of(inspection, "name_case"), {"case_number": other.ref, "reason": "Complaint"})
    again = send(room, page_of(inspection, "name_case"), {"case_number": other.ref, "reason": "Complaint"})

    assert "cannot take in a case of that number" in text_of(unknown)
    assert "Complaint" in text_of(followed(room, named))
    assert "in the inspection already" in text_of(again)
    assert inspection.sample.filter(origin=Origin.NAMED).count() == 1


def test_a_strictly_confidential_case_that_is_named_shows_no_place_letter_or_age(
    room: Client, unit: Unit, inspector: Employee
) -> None:
    asked(unit)
    inspection = inspected(unit, inspector)
    household = protect(placed(UnitFactory.create(kind="special"), name=NAME), Protection.STRICTLY_CONFIDENTIAL)
    decision = DecisionFactory.create(household=household, is_oral=True)
    document = letter_of(decision)
    provider = household.residences.get().provider
    assert provider is not None
    name_case(inspection_id=inspection.pk, case_number=household.ref, reason="By letter", by=inspector, at=AT)

    page = room.get(page_of(inspection, "inspected_case", household.key))
    letter = room.get(page_of(inspection, "inspected_letter", household.key, document.pk))

    assert NAME in text_of(page)
    assert decision.provider is not None
    for hidden in (provider.name, decision.provider.name, "40 years", "(PDF"):
        assert hidden not in text_of(page)
    assert "Places are not shown." in text_of(page)
    assert letter.status_code == 404


def test_a_case_that_becomes_strictly_confidential_after_the_draw_is_out_until_it_is_named(
    room: Client, unit: Unit, inspector: Employee
) -> None:
    household = asked(unit)
    inspection = inspected(unit, inspector)

    protect(household, Protection.STRICTLY_CONFIDENTIAL)

    assert room.get(case_page(the_case(inspection))).status_code == 404
    for url in (page_of(inspection), page_of(inspection, "population")):
        assert household.ref not in text_of(room.get(url))
    send(room, page_of(inspection, "name_case"), {"case_number": household.ref, "reason": "By letter"})
    assert "By letter" in text_of(room.get(case_page(the_case(inspection))))


def test_an_inspector_sees_nothing_of_a_relative_s_case(room: Client, unit: Unit, inspector: Employee) -> None:
    household = asked(unit)
    inspection = inspected(unit, inspector)
    DisqualificationFactory.create(employee=inspector, person=Member.objects.get(household=household).person)

    assert room.get(case_page(the_case(inspection))).status_code == 404
    assert household.ref not in text_of(room.get(page_of(inspection, "population")))


def test_a_leader_who_is_not_cleared_sees_no_number_of_a_confidential_case(
    client: Client, unit: Unit, inspector: Employee
) -> None:
    household = protect(asked(unit), Protection.CONFIDENTIAL)
    ClearanceFactory.create(employee=inspector, unit=unit)
    inspection = inspected(unit, inspector)

    for employee, is_shown in ((team_leader(unit), False), (inspector, True)):
        page = sign_in(client, employee).get(page_of(inspection))
        assert (household.ref in text_of(page)) is is_shown


def test_a_letter_is_a_file_without_anything_personal_in_its_name(
    room: Client, unit: Unit, inspector: Employee
) -> None:
    household = placed(unit)
    document = letter_of(DecisionFactory.create(household=household, is_oral=True))
    other = letter_of(DecisionFactory.create(is_oral=True))
    inspection = inspected(unit, inspector)

    letter = room.get(page_of(inspection, "inspected_letter", household.key, document.pk))

    assert letter.content == b"%PDF-1.7 letter"
    assert letter.headers["Content-Disposition"] == f'attachment; filename="decision-{document.pk}.pdf"'
    assert room.get(page_of(inspection, "inspected_letter", household.key, other.pk)).status_code == 404


# ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_file_holds_the_inspection_with_the_hash_of_everything(
    room: Client, unit: Unit, inspector: Employee
) -> None:
    household = placed(unit, name=NAME)
    document = letter_of(DecisionFactory.create(household=household, is_oral=True))
    inspection = inspected(unit, inspector)
    case = the_case(inspection)
    finding = [Finding(point=Point.QUALITY, verdict=Verdict.NOT_MET, note="No agreement")]
    assess(case_id=case.pk, findings=finding, newest=None, by=inspector, at=AT)

    answer = send(room, page_of(inspection, "export_inspection"), {"reason": "For the report of the inspection"})

    with ZipFile(BytesIO(answer.content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    letter = f"cases/001/decision-{document.pk}.pdf"
    assert set(files) == {"inspection.json", "population.tsv", "cases/001/case.json", letter, "manifest.json"}
    manifest = json.loads(files.pop("manifest.json"))
    assert {one["name"]: one["sha256"] for one in manifest["files"]} == {
        name: sha256(content).hexdigest() for name, content in files.items()
    }
    assert sha256(files["population.tsv"]).hexdigest() == inspection.population_sha256
    told = json.loads(files["cases/001/case.json"])
    assert told["dossier"]["members"][0]["name"] == NAME
    assert told["assessments"]["quality"][0]["note"] == "No agreement"


def test_taking_out_the_file_is_entered_and_logged(room: Client, unit: Unit, inspector: Employee) -> None:
    household = asked(unit)
    inspection = inspected(unit, inspector)

    answer = send(room, page_of(inspection, "export_inspection"), {"reason": "For the report of the inspection"})

    entry = ExportEntry.objects.get()
    assert (entry.by, entry.kind, entry.rows) == (inspector, "inspection", 1)
    assert entry.sha256 == sha256(answer.content).hexdigest()
    reading = Reading.objects.filter(household_id=household.pk).latest("pk")
    assert (reading.what, reading.purpose) == ("export", "audit")


def test_the_file_needs_a_reason(room: Client, unit: Unit, inspector: Employee) -> None:
    asked(unit)

    answer = send(room, page_of(inspected(unit, inspector), "export_inspection"), {"reason": "Because"})

    assert answer.headers["Content-Type"].startswith("text/html")
    assert not ExportEntry.objects.exists()


def test_equal_facts_give_equal_files(room: Client, unit: Unit, inspector: Employee) -> None:
    asked(unit)
    url = page_of(inspected(unit, inspector), "export_inspection")

    first, second = (send(room, url, {"reason": "For the report of the inspection"}).content for _ in range(2))

    assert first == second


# ── how much it asks of the database ─────────────────────────────────────────────────────────────────────────────


def test_pages_ask_a_constant_number_of_questions(
    room: Client,
    unit: Unit,
    inspector: Employee,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(8):
        decision = DecisionFactory.create(household=placed(unit), unit=unit, is_oral=True)
        letter_of(decision)
        HousingPlanFactory.create(household=decision.household)
    inspection = inspected(unit, inspector, sample_size=8)
    assert inspection.sample.count() == 8

    for url in (reverse("cases:inspections"), page_of(inspection), page_of(inspection, "population")):
        with django_assert_max_num_queries(20):
            room.get(url)
    with django_assert_max_num_queries(32):
        room.get(case_page(inspection.sample.get(number=1)))


def test_a_closed_inspection_is_still_there_for_the_leader(client: Client, unit: Unit, inspector: Employee) -> None:
    asked(unit)
    leader = team_leader(unit)
    inspection = inspected(unit, inspector, by=leader)
    close_inspection(inspection_id=inspection.pk, by=leader, at=LATER)

    page = sign_in(client, leader).get(page_of(inspection))

    assert "Closed" in text_of(page)
    assert page_of(inspection, "close_inspection") not in page.content.decode()
