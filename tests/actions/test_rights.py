from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.http import Http404

from cases.actions.rights import (
    CannotDecide,
    CannotRegister,
    Handed,
    answer_access,
    decide_correction,
    households_of,
    refusal_letter,
    register_access,
    register_correction,
)
from cases.models import AccessRequest, Channel, CorrectionOutcome, Request, Task, TaskKind
from cases.questions.access_package import Package, package_of
from housing.models import Residence, ResidenceKind
from people import journal
from people.decision import Purpose
from people.journal import Act
from people.models import (
    Employee,
    Household,
    JournalEntry,
    MemberRole,
    Person,
    Protection,
    SpecialClass,
    SpecialNote,
    UnitKind,
)
from people.models.reading import Showing
from people.read_log import Read, write_readings
from tests.factories.cases import RequestFactory
from tests.factories.housing import ResidenceFactory
from tests.factories.people import (
    AT,
    DAY,
    LONG_AGO,
    EmployeeFactory,
    HouseholdFactory,
    MemberFactory,
    PersonFactory,
    UnitFactory,
    at,
    caseworker,
)
from tests.factories.rights import AccessRequestFactory, CorrectionRequestFactory
from tests.journeys import unit_of, worker_for

pytestmark = pytest.mark.django_db

LEFT = date(2026, 1, 15)


def couple(*, left_on: date | None = None, **partner: Any) -> tuple[Household, Person, Person]:
    """A household of two; the second has left on `left_on`."""
    household = HouseholdFactory.create(applicant__person__name="Kari Solbakken")
    other = PersonFactory.create(**{"name": "Ola Granmo", "national_id": "", **partner})
    MemberFactory.create(household=household, person=other, role=MemberRole.PARTNER, ends_on=left_on)
    return household, household.members.get(role="applicant").person, other


def asked(household: Household, person: Person, by: Employee | None = None, **told: Any) -> AccessRequest:
    by = by or worker_for(household)
    facts = {"channel": Channel.WRITTEN, "received_on": DAY, "by": by, "at": AT, **told}
    return register_access(household_id=household.pk, person_id=person.pk, **facts)


def handed(request: AccessRequest, by: Employee | None = None, **told: Any) -> Handed:
    by = by or worker_for(request.household)
    return answer_access(**{"request_id": request.pk, "language": "nb", "withheld": [], "by": by, "at": AT, **told})


def package(person: Person, household: Household, *, tells_places: bool = True) -> Package:
    return package_of(person, [household], tells_places=tells_places)


def all_of(package: Package) -> str:
    """Every word of it, for people and for machines."""
    return json.dumps([[(cell.words, cell.plain) for cell in row] for s in package.sections for row in s.rows])


def rows(package: Package, model: str) -> list[dict[str, Any]]:
    found = [section for section in package.sections if section.model == model]
    return [{cell.name: cell.plain for cell in row} for section in found for row in section.rows]


def wrote(household: Household, text: str, *, when: datetime = AT, **facts: Any) -> Request:
    return RequestFactory.create(household=household, about=text, asked_at=when, unit=unit_of(household), **facts)


# ── taking in ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("received_on", "due_on"),
    [
        (date(2026, 3, 10), date(2026, 4, 9)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2026, 2, 1), date(2026, 3, 1)),
    ],
)
def test_an_answer_is_due_within_thirty_days_and_never_later_than_a_month(received_on: date, due_on: date) -> None:
    household, person, _ = couple()

    assert asked(household, person, received_on=received_on, at=at(date(2026, 4, 1))).due_on == due_on


def test_who_asks_to_see_what_is_kept_waits_as_a_task_of_the_case() -> None:
    household, person, _ = couple()

    request = asked(household, person)

    task = Task.objects.get(household=household, kind=TaskKind.ANSWER_ACCESS)
    assert (task.due_on, task.unit) == (request.due_on, unit_of(household))
    assert JournalEntry.objects.get(act=Act.ACCESS_ASKED).subject_id == request.pk


def test_the_other_households_of_the_person_answer_for_their_own_part() -> None:
    household, person, _ = couple(left_on=None)
    earlier = HouseholdFactory.create(applicant=None)
    MemberFactory.create(household=earlier, person=person, starts_on=date(2018, 1, 1), ends_on=LONG_AGO)

    asked(household, person)

    assert set(AccessRequest.objects.values_list("household", flat=True)) == {household.pk, earlier.pk}
    assert Task.objects.filter(household=earlier, kind=TaskKind.ANSWER_ACCESS).exists()


def test_of_a_masked_person_no_other_unit_learns_and_one_answers_for_all() -> None:
    old, _, partner = couple(left_on=LEFT)
    special = UnitFactory.create(kind=UnitKind.SPECIAL)
    new = HouseholdFactory.create(unit=special, applicant=None)
    MemberFactory.create(household=new, person=partner, starts_on=LEFT)
    Person.objects.filter(pk=partner.pk).update(protection=Protection.STRICTLY_CONFIDENTIAL)
    wrote(old, "We need a room", when=at(date(2025, 5, 1)))

    request = asked(new, partner, by=caseworker(special))

    assert AccessRequest.objects.count() == 1
    assert households_of(request, on=DAY) == [new, old]
    assert b"We need a room" in handed(request, by=caseworker(special)).json


def test_a_masked_former_member_cannot_be_asked_for_through_the_household_left() -> None:
    old, _, partner = couple(left_on=LEFT)
    new = HouseholdFactory.create(applicant=None)
    MemberFactory.create(household=new, person=partner, starts_on=LEFT)
    Person.objects.filter(pk=partner.pk).update(protection=Protection.STRICTLY_CONFIDENTIAL)

    with pytest.raises(CannotRegister):
        asked(old, partner)


def test_only_somebody_of_the_household_is_asked_for_and_not_ahead_of_time() -> None:
    household, person, _ = couple()

    with pytest.raises(CannotRegister) as stranger:
        asked(household, PersonFactory.create())
    with pytest.raises(CannotRegister) as ahead:
        asked(household, person, received_on=DAY + timedelta(days=1))
    assert (stranger.value.field, ahead.value.field) == ("person", "received_on")


def test_for_another_unit_s_caseworker_there_is_nobody_to_ask_for() -> None:
    household, person, _ = couple()

    with pytest.raises(Http404):
        asked(household, person, by=caseworker(UnitFactory.create()))


# ── the package ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_package_tells_who_the_person_is_and_where_they_have_lived() -> None:
    household, person, _ = couple()
    ResidenceFactory.create(household=household, kind=ResidenceKind.OWNED, starts_on=LONG_AGO, ends_on=LEFT)

    told = package(person, household)

    assert rows(told, "people.Person")[0]["name"] == "Kari Solbakken"
    assert rows(told, "housing.Residence") == [
        {"kind": "owned", "starts_on": LONG_AGO.isoformat(), "ends_on": LEFT.isoformat()}
    ]


def test_another_member_s_name_and_number_give_way_to_the_role() -> None:
    household, person, partner = couple()
    wrote(household, "Ola Granmo (010190 12345) drikker. Olas bror Per ringte. OLA vil flytte, Kari ikke.")

    [request] = rows(package(person, household), "cases.Request")

    for gone in ("Ola", "OLA", "Granmo", "12345"):
        assert gone not in request["about"]
    assert "Kari ikke" in request["about"]
    assert partner.name not in all_of(package(person, household))


def test_a_surname_that_the_two_share_stays() -> None:
    household, person, _ = couple(name="Ola Solbakken")
    wrote(household, "Familien Solbakken ved Ola Solbakken")

    [request] = rows(package(person, household), "cases.Request")

    assert request["about"].startswith("Familien Solbakken ved [")
    assert "Ola" not in request["about"]


def test_the_person_s_own_number_stays() -> None:
    household, person, _ = couple()
    Person.objects.filter(pk=person.pk).update(national_id="")
    wrote(household, "Number 15858510055")
    person = Person.objects.get(pk=person.pk)
    person.national_id, person.id_kind = "15858510055", "synthetic"
    person.save(update_fields=["national_id", "id_kind"])

    [request] = rows(package(person, household), "cases.Request")

    assert request["about"] == "Number 15858510055"


def test_staff_are_not_named() -> None:
    household, person, _ = couple()
    employee = EmployeeFactory.create(name="Truls Ansatt")
    wrote(household, "x", received_by=employee)

    assert "Truls" not in all_of(package(person, household))


def test_the_person_s_own_special_notes_are_given_and_the_partner_s_are_not() -> None:
    household, person, partner = couple()
    for about, text in ((person, "KANARI-EGEN"), (partner, "KANARI-ANNEN"), (None, "KANARI-HUSSTAND")):
        SpecialNote.objects.create(
            household=household,
            person=about,
            note_class=SpecialClass.VIOLENCE,
            text=text,
            by=EmployeeFactory.create(),
            at=AT,
        )

    mine, the_partner_s = all_of(package(person, household)), all_of(package(partner, household))

    assert ("KANARI-EGEN" in mine, "KANARI-ANNEN" in mine, "KANARI-HUSSTAND" in mine) == (True, False, False)
    assert ("KANARI-EGEN" in the_partner_s, "KANARI-ANNEN" in the_partner_s) == (False, True)


def test_who_lives_alone_is_given_the_household_s_special_notes_too() -> None:
    household = HouseholdFactory.create()
    SpecialNote.objects.create(
        household=household, note_class=SpecialClass.DRUGS, text="KANARI", by=EmployeeFactory.create(), at=AT
    )

    assert "KANARI" in all_of(package(household.members.get().person, household))


def test_who_left_is_given_what_was_theirs_until_that_day_and_nothing_after() -> None:
    household, _, partner = couple(left_on=LEFT)
    ResidenceFactory.create(
        household=household, is_placed=True, starts_on=LONG_AGO, ends_on=DAY, planned_end=DAY + timedelta(days=5)
    )
    new = ResidenceFactory.create(household=household, is_placed=True, starts_on=DAY)
    wrote(household, "KANARI-FOER", when=at(date(2025, 12, 1)))
    wrote(household, "KANARI-SAMME-DAG", when=at(LEFT))
    wrote(household, "KANARI-ETTER")

    told = package(partner, household)

    [lived] = rows(told, "housing.Residence")
    assert "ends_on" not in lived and "planned_end" not in lived
    assert [request["about"] for request in rows(told, "cases.Request")] == ["KANARI-FOER"]
    assert str(new.provider) not in all_of(told)
    assert DAY.isoformat() not in all_of(told)


def test_who_came_later_is_given_nothing_of_the_time_before() -> None:
    household = HouseholdFactory.create()
    newcomer = PersonFactory.create(name="Nina Nyland")
    MemberFactory.create(household=household, person=newcomer, role=MemberRole.PARTNER, starts_on=LEFT)
    wrote(household, "KANARI", when=at(date(2025, 12, 1)))

    assert "KANARI" not in all_of(package(newcomer, household))


def test_a_crisis_centre_is_told_to_who_lived_there_alone_only() -> None:
    household, _, partner = couple()
    ResidenceFactory.create(household=household, kind=ResidenceKind.CRISIS_CENTRE, starts_on=DAY)
    alone = HouseholdFactory.create()
    ResidenceFactory.create(household=alone, kind=ResidenceKind.CRISIS_CENTRE, starts_on=DAY)

    told = all_of(package(partner, household)), all_of(package(alone.members.get().person, alone))

    assert ["crisis_centre" in words for words in told] == [False, True]


def test_what_was_done_about_another_member_comes_without_its_reason() -> None:
    household, person, partner = couple()
    member = household.members.get(person=partner)
    journal.record(
        Act.MEMBER_ENDED, household_id=household.pk, subject=member, by=worker_for(household), at=AT, reason="KANARI"
    )

    assert "KANARI" not in all_of(package(person, household))


def test_places_stay_out_where_the_address_is_masked() -> None:
    household, person, _ = couple()
    residence: Residence = ResidenceFactory.create(household=household, is_placed=True, starts_on=DAY)

    told, masked = (package(person, household, tells_places=tells) for tells in (True, False))

    assert str(residence.provider) in all_of(told)
    assert str(residence.provider) not in all_of(masked)
    assert unit_of(household).name not in all_of(masked)


def test_who_has_seen_it_is_told_by_role_and_unit_and_counted_by_day() -> None:
    household, person, _ = couple()
    reader, unit = EmployeeFactory.create(name="Truls Ansatt"), unit_of(household)
    read = Read(purpose=Purpose.OWN_CASE, household=household.pk, role="caseworker", unit=unit.pk)
    refused = Read(purpose=Purpose.REFUSED, household=household.pk, role="caseworker", unit=unit.pk)
    write_readings([read, read, refused], by=reader, what=Showing.VIEW, route="x", request="y")

    [line] = package(person, household).read_by

    assert (line.unit, line.times) == (unit.name, 2)
    assert "Truls" not in str(line)


# ── handing it over ───────────────────────────────────────────────────────────────────────────────────────────────


def test_handing_over_answers_the_request_and_leaves_the_fingerprints() -> None:
    household, person, _ = couple()
    worker = worker_for(household)
    request = asked(household, person, by=worker)

    given = handed(request, by=worker)

    request.refresh_from_db()
    assert request.pdf_sha256 == sha256(given.pdf).hexdigest()
    assert request.json_sha256 == sha256(given.json).hexdigest()
    assert (request.answered_by, request.answered_at) == (worker, AT)
    assert Task.objects.get(kind=TaskKind.ANSWER_ACCESS).done_on == DAY
    assert JournalEntry.objects.filter(act=Act.ACCESS_GIVEN).exists()
    with pytest.raises(CannotDecide):
        handed(request, by=worker)


def test_a_text_taken_out_is_in_neither_file() -> None:
    household, person, _ = couple()
    wrote(household, "KANARI: the neighbour Per Hansen said so")
    request = asked(household, person)
    [(_, cell)] = [found for found in package(person, household).texts if "KANARI" in found[1].words]

    given = handed(request, withheld=[cell.text_id])

    assert b"KANARI" not in given.json
    request.refresh_from_db()
    assert request.withheld == [cell.text_id]


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_letter_is_archival_pdf_with_the_person_s_name(language: str) -> None:
    household, person, _ = couple()
    request = asked(household, person)

    given = handed(request, language=language)

    with pikepdf.open(BytesIO(given.pdf)) as pdf:
        assert pdf.open_metadata()["pdfaid:part"] == "3"
    assert json.loads(given.json)["reference"] == f"I-{request.pk}"


def test_the_ex_partner_s_package_and_the_own_share_no_canary() -> None:
    household, person, partner = couple(left_on=LEFT, name="Kanariola Eksmann")
    new_home = HouseholdFactory.create(applicant=None)
    MemberFactory.create(household=new_home, person=partner, starts_on=LEFT)
    ResidenceFactory.create(household=new_home, is_placed=True, starts_on=LEFT, provider__name="KANARI-EKS-HJEM")
    ResidenceFactory.create(household=household, is_placed=True, starts_on=LEFT, provider__name="KANARI-EGET-HJEM")
    wrote(household, "KANARI-EGEN Kanariola maste ut")
    wrote(new_home, "KANARI-EKS Kari Solbakken ringer stadig")

    mine = handed(asked(household, person)).json.decode()
    theirs = handed(asked(new_home, partner)).json.decode()
    of_the_old_home = handed(AccessRequest.objects.get(household=household, person=partner)).json.decode()

    assert "KANARI-EGET-HJEM" in mine and "KANARI-EKS-HJEM" in theirs
    assert "KANARI-EKS" not in mine and "Kanariola" not in mine
    assert "KANARI-EG" not in theirs + of_the_old_home and "Kari" not in theirs + of_the_old_home


def test_the_door_opens_for_who_is_on_the_case_only() -> None:
    request = AccessRequestFactory.create()

    with pytest.raises(Http404):
        handed(request, by=caseworker(UnitFactory.create()))


# ── correction ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_correction_asked_for_waits_as_a_task_and_stands_in_the_journal() -> None:
    household, person, _ = couple()
    line = journal.record(
        Act.NOTE_WRITTEN, household_id=household.pk, subject=household, by=worker_for(household), at=AT
    )

    made = register_correction(
        household_id=household.pk,
        person_id=person.pk,
        channel=Channel.COUNTER,
        received_on=DAY,
        about="It was the 3rd",
        disputed_id=line.pk,
        by=worker_for(household),
        at=AT,
    )

    assert (made.disputed, made.due_on) == (line, DAY + timedelta(days=30))
    assert Task.objects.filter(household=household, kind=TaskKind.ANSWER_CORRECTION, due_on=made.due_on).exists()
    assert JournalEntry.objects.get(act=Act.CORRECTION_ASKED).reason == "It was the 3rd"


def test_a_correction_asked_for_at_length_is_kept_whole_and_cut_in_the_journal() -> None:
    household, person, _ = couple()
    about = "It was the 3rd. " * 100

    made = register_correction(
        household_id=household.pk,
        person_id=person.pk,
        channel=Channel.WRITTEN,
        received_on=DAY,
        about=about,
        by=worker_for(household),
        at=AT,
    )
    done = decide_correction(
        correction_id=made.pk, outcome=CorrectionOutcome.REFUSED, refusal=about, by=worker_for(household), at=AT
    )

    assert done.about == done.refusal == about.strip()
    for act in (Act.CORRECTION_ASKED, Act.CORRECTION_DECIDED):
        line = JournalEntry.objects.get(act=act).reason
        assert len(line) == 500 and line.startswith("It was the 3rd. It") and line.endswith("…")


def test_a_correction_says_what_is_wrong_and_disputes_a_line_of_its_own_household() -> None:
    household, person, _ = couple()
    other = HouseholdFactory.create()
    line = journal.record(Act.NOTE_WRITTEN, household_id=other.pk, subject=other, by=EmployeeFactory.create(), at=AT)
    told: dict[str, Any] = {
        "household_id": household.pk,
        "person_id": person.pk,
        "channel": Channel.COUNTER,
        "received_on": DAY,
        "by": worker_for(household),
        "at": AT,
    }

    for wrong, field in (({"about": " "}, "about"), ({"about": "x", "disputed_id": line.pk}, "disputed")):
        with pytest.raises(CannotRegister) as refused:
            register_correction(**told, **wrong)
        assert refused.value.field == field


def test_corrected_it_names_the_act_that_did_it() -> None:
    correction = CorrectionRequestFactory.create()
    worker = worker_for(correction.household)
    line = journal.record(
        Act.RESIDENCE_CORRECTED, household_id=correction.household_id, subject=correction.household, by=worker, at=AT
    )

    done = decide_correction(
        correction_id=correction.pk, outcome=CorrectionOutcome.CORRECTED, corrected_by_id=line.pk, by=worker, at=AT
    )

    assert (done.outcome, done.corrected_by, done.decided_by) == ("corrected", line, worker)
    with pytest.raises(CannotDecide):
        decide_correction(
            correction_id=correction.pk, outcome=CorrectionOutcome.REFUSED, refusal="No", by=worker, at=AT
        )


def test_refused_it_says_why_and_the_person_s_words_stay_in_the_journal() -> None:
    correction = CorrectionRequestFactory.create()
    worker = worker_for(correction.household)

    done = decide_correction(
        correction_id=correction.pk,
        outcome=CorrectionOutcome.REFUSED,
        refusal="The letter says the 8th",
        by=worker,
        at=AT,
    )

    assert (done.outcome, done.refusal) == ("refused", "The letter says the 8th")
    assert JournalEntry.objects.get(act=Act.CORRECTION_DECIDED).reason == "The letter says the 8th"
    assert refusal_letter(done, language="nb") == refusal_letter(done, language="nb")


@pytest.mark.parametrize(
    ("outcome", "field"), [(CorrectionOutcome.CORRECTED, "corrected_by"), (CorrectionOutcome.REFUSED, "refusal")]
)
def test_a_correction_is_not_decided_without_its_ground(outcome: CorrectionOutcome, field: str) -> None:
    correction = CorrectionRequestFactory.create()

    with pytest.raises(CannotDecide) as refused:
        decide_correction(correction_id=correction.pk, outcome=outcome, by=worker_for(correction.household), at=AT)
    assert refused.value.field == field


def test_there_is_nothing_to_answer_that_was_never_asked() -> None:
    worker = EmployeeFactory.create()

    with pytest.raises(Http404):
        answer_access(request_id=1, language="nb", withheld=[], by=worker, at=AT)
    with pytest.raises(Http404):
        decide_correction(correction_id=1, outcome=CorrectionOutcome.REFUSED, refusal="x", by=worker, at=AT)
