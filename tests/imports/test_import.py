"""What an import writes: facts, corrections of facts, and all that follows from them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.utils.timezone import localdate, now
from openpyxl import Workbook

from cases.models import Case, CaseState
from housing.actions.spells import spell_differences
from housing.models import Absence, Dwelling, Provider, QualityAgreement, Residence, Room, Spell
from people.journal import Act
from people.models import Household, IdKind, JournalEntry, Member, Person, Protection, Responsibility, Unit
from tests.factories.people import EmployeeFactory
from tests.imports.files import NUMBER, OTHER_NUMBER, RESIDENCES, VALID, imported, run_import, write

pytestmark = pytest.mark.django_db


def rows_of_all_tables() -> dict[str, int]:
    """The number of rows of every table, history's too."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models(include_auto_created=True)}


def test_everything_in_the_files_is_registered(tmp_path: Path) -> None:
    ran = imported(
        tmp_path,
        units="ref;municipality;name;kind\nU;0301; Oslo ;housing_office\n",
        persons="ref;born_on;name;national_id;protection;protection_from;language\n"
        f"P;1990-05-01;Kari; {NUMBER[:6]} {NUMBER[6:]} ;confidential;2026-01-01;Somali\n",
        households="ref;unit\nH;U\n",
        members="household;person;role;from;to\nH;P;applicant;2026-01-01;2026-05-01\n",
        providers="ref;municipality;name;kind;quality_from;quality_to\nT;3303;Inn;temporary;2025-01-01;2027-01-01\n",
        dwellings="ref;municipality;tenure;acquired_on;area_m2;rooms;accessible;colocated\nD;0301;owned;2001-01-01;45;0;yes;no\n",
        residences="household;kind;from;to;provider;dwelling;lease;lease_to;lease_reason;planned_end;home_waits\n"
        "H;temporary;2026-01-01;2026-02-01;T;;;;;2026-01-20;\n"
        "H;prison;2026-02-01;2026-03-01;;;;;;;no\n"
        "H;municipal_rental;2026-03-01;;;D;section_11_1;2029-03-01;renovation;;\n",
        absences="household;from;to;where;held\nH;2026-01-10;;hospital;\n",
    )

    assert ran.out.splitlines() == [
        "units.csv: 1 created, 0 changed, 0 left alone",
        "persons.csv: 1 created, 0 changed, 0 left alone",
        "households.csv: 1 created, 0 changed, 0 left alone",
        "members.csv: 1 created, 0 changed, 0 left alone",
        "providers.csv: 1 created, 0 changed, 0 left alone",
        "dwellings.csv: 1 created, 0 changed, 0 left alone",
        "residences.csv: 3 created, 0 changed, 0 left alone",
        "absences.csv: 1 created, 0 changed, 0 left alone",
    ]
    unit, person, member = Unit.objects.get(), Person.objects.get(), Member.objects.get()
    assert (unit.name, unit.kind, unit.municipality_id) == ("Oslo", "housing_office", "0301")
    assert (person.national_id, person.id_kind) == (NUMBER, IdKind.SYNTHETIC)
    assert (person.protection, person.protection_from, person.language) == ("confidential", date(2026, 1, 1), "Somali")
    assert (member.household.ref, member.person, member.ends_on) == ("H", person, date(2026, 5, 1))
    agreement = QualityAgreement.objects.get()
    assert (agreement.starts_on, agreement.ends_on) == (date(2025, 1, 1), date(2027, 1, 1))
    dwelling = Dwelling.objects.get()
    assert (dwelling.area_m2, dwelling.rooms, dwelling.is_accessible, dwelling.is_colocated) == (45, 0, True, False)
    placed, held, home = Residence.objects.order_by("starts_on")
    assert (placed.provider, placed.planned_end, placed.municipality_id) == (
        Provider.objects.get(),
        date(2026, 1, 20),
        "0301",
    )
    assert (held.kind, held.home_waits) == ("prison", False)
    assert (home.dwelling, home.lease, home.lease_reason) == (dwelling, "section_11_1", "renovation")
    assert home.lease_ends_on == date(2029, 3, 1)
    absence = Absence.objects.get()
    assert (absence.where, absence.is_held, absence.ends_on) == ("hospital", None, None)


def test_spells_are_derived_and_agree_with_the_residences(tmp_path: Path) -> None:
    imported(tmp_path, **VALID)

    stay = Spell.objects.stays().get()

    assert (stay.starts_on, stay.limit_on, stay.unit) == (date(2026, 1, 1), date(2026, 4, 1), Unit.objects.get())
    assert not spell_differences()


def test_a_folder_read_twice_creates_nothing_twice_and_changes_nothing(tmp_path: Path) -> None:
    imported(tmp_path, **VALID)
    before = rows_of_all_tables()

    ran = run_import(tmp_path)

    assert ran.status == 0
    assert all(" 0 created, 0 changed, " in line for line in ran.out.splitlines())
    assert rows_of_all_tables() == before


def test_a_dry_run_says_what_would_be_done_and_changes_nothing(tmp_path: Path) -> None:
    imported(tmp_path / "first", **VALID)
    before = rows_of_all_tables()
    residences = (
        "household,kind,from,to,provider\n"
        "home,temporary,2026-01-01,2026-02-01,inn\n"
        "home,temporary,2026-02-01,2026-03-01,inn\n"
        "home,friends,2026-03-01,,\n"
    )

    ran = run_import(write(tmp_path / "second", residences=residences), "--dry-run")

    assert ran.out == "residences.csv: 1 would be created, 1 would be changed, 1 left alone\n"
    assert rows_of_all_tables() == before


def test_a_corrected_row_changes_the_spell_and_says_so_in_the_journal(tmp_path: Path) -> None:
    imported(tmp_path / "first", **VALID)
    version = Household.objects.get().version

    imported(
        tmp_path / "second",
        residences="household,kind,from,to,provider\nhome,temporary,2026-02-01,2026-03-01,inn\n",
    )

    assert Spell.objects.stays().get().ends_on == date(2026, 3, 1)
    ended = JournalEntry.objects.filter(act=Act.RESIDENCE_ENDED).order_by("-on")[0]
    assert (ended.on, ended.by.username, ended.details) == (date(2026, 3, 1), "import", {"imported": True})
    assert Case.objects.get().state == CaseState.ELSEWHERE
    assert Household.objects.get().version == version + 1


def test_an_empty_cell_and_a_missing_column_take_a_value_away(tmp_path: Path) -> None:
    imported(tmp_path / "first", persons="ref,born_on,name,protection\nP,1990-05-01,Kari,client_address\n")

    ran = imported(tmp_path / "second", persons="ref,born_on,name\nP,1990-05-01,\n")

    person = Person.objects.get()
    assert (person.name, person.protection) == ("", Protection.NONE)
    assert ran.out == "persons.csv: 0 created, 1 changed, 0 left alone\n"


@pytest.mark.parametrize(
    "told",
    ["", "client_address,,", "confidential,,", "strictly_confidential,2199-01-01,"],
    ids=lambda told: told or "none",
)
def test_a_file_never_takes_protection_away(told: str, tmp_path: Path) -> None:
    head = "ref,born_on,protection,protection_from,protection_to"
    imported(tmp_path / "first", persons=f"{head}\nP,1990-05-01,strictly_confidential,2025-01-01,\n")

    ran = imported(tmp_path / "second", persons=f"{head}\nP,1990-05-01,{told or ',,'}\n")

    person = Person.objects.get()
    assert person.protection_on(localdate(now())) == Protection.STRICTLY_CONFIDENTIAL
    assert person.protection_from == date(2025, 1, 1)
    if "strictly" not in told:
        assert person.protection_to == localdate(now())
        assert [line.rpartition(": ")[2] for line in ran.lines] == [
            "what is masked stays so until somebody decides on it"
        ]


def test_a_file_that_takes_protection_away_twice_says_the_same_day(tmp_path: Path) -> None:
    head = "ref,born_on,protection,protection_from,protection_to"
    imported(tmp_path / "first", persons=f"{head}\nP,1990-05-01,confidential,2025-01-01,2025-06-01\n")
    for turn in ("second", "third"):
        imported(tmp_path / turn, persons=f"{head}\nP,1990-05-01,,,\n")

    assert Person.objects.get().protection_to == date(2025, 6, 1)


@pytest.mark.parametrize(
    ("told", "masked"), [("confidential,2025-01-01", False), ("confidential,2026-01-01", True), (",", False)]
)
def test_somebody_unmasked_is_masked_again_by_another_grade_in_a_file(told: str, masked: bool, tmp_path: Path) -> None:
    head = "ref,born_on,name,protection,protection_from"
    imported(tmp_path / "first", persons=f"{head}\nP,1990-05-01,Kari,confidential,2025-01-01\n")
    Person.objects.update(unmasked_at=now(), unmasked_by=EmployeeFactory.create(), unmasked_because="moved")

    imported(tmp_path / "second", persons=f"{head}\nP,1990-05-01,Kari Ny,{told}\n")

    person = Person.objects.get()
    assert person.name == "Kari Ny"
    assert (person.unmasked_at is None) is masked
    assert (person.protection_on(localdate(now())) == Protection.CONFIDENTIAL) is masked


def test_each_start_and_end_is_journaled_as_imported_by_the_actor_import(tmp_path: Path) -> None:
    imported(tmp_path, **VALID)

    moves = JournalEntry.objects.filter(subject_kind="residence").order_by("id")

    assert [(move.act, move.on) for move in moves] == [
        (Act.RESIDENCE_STARTED, date(2026, 1, 1)),
        (Act.RESIDENCE_ENDED, date(2026, 2, 1)),
        (Act.RESIDENCE_STARTED, date(2026, 2, 1)),
    ]
    assert {(move.by.username, move.details["imported"]) for move in moves} == {("import", True)}
    assert {move.subject_id for move in moves} == set(Residence.objects.values_list("pk", flat=True))


def test_history_tells_that_the_import_wrote_a_row(tmp_path: Path) -> None:
    imported(tmp_path, **VALID)

    events = apps.get_model("housing", "ResidenceEvent").objects.all()

    assert {event.pgh_context["act"] for event in events} == {"import_data"}


def test_a_correction_is_one_version_more_in_history_and_touches_only_what_the_files_speak_of(tmp_path: Path) -> None:
    imported(tmp_path / "first", **VALID)
    Person.objects.filter(ref="kari").update(needs_interpreter=True)
    key = Household.objects.get().key

    imported(
        tmp_path / "second",
        persons="ref,born_on,name\nkari,1990-05-02,Kari Nordmann\n",
        households="ref,unit,opened_on\nhome,unit,2025-12-31\n",
    )

    kari = Person.objects.get(ref="kari")
    events = apps.get_model("people", "PersonEvent").objects.filter(pgh_obj=kari).order_by("pgh_id")
    told = [(event.pgh_label, event.born_on) for event in events]
    assert told == [("insert", date(1990, 5, 1)), ("update", date(1990, 5, 1)), ("update", date(1990, 5, 2))]
    assert kari.needs_interpreter
    assert Household.objects.get().key == key


STATES = {
    "nothing known": ("", CaseState.REGISTERED),
    "rough tonight": ("home,rough,2026-01-01,,,\n", CaseState.HOMELESS),
    "in temporary accommodation tonight": ("home,temporary,2026-01-01,,inn,\n", CaseState.TEMPORARY),
    "in a permanent home tonight": ("home,owned,2026-01-01,,,\n", CaseState.SETTLED),
    "in prison tonight": ("home,prison,2026-01-01,,,\n", CaseState.ELSEWHERE),
    "nowhere known after an earlier place": ("home,rough,2026-01-01,2026-01-02,,\n", CaseState.ELSEWHERE),
}


@pytest.mark.parametrize("situation", STATES)
def test_a_new_household_gets_one_case_in_the_state_of_tonight(situation: str, tmp_path: Path) -> None:
    residences, state = STATES[situation]

    imported(
        tmp_path,
        **{
            **VALID,
            "absences": "household,from,where\n",
            "residences": f"household,kind,from,to,provider,lease\n{residences}",
        },
    )

    case = Case.objects.get()
    assert (case.state, case.opened_on, case.municipality_id) == (state, date(2026, 1, 1), "3303")


def test_a_known_household_without_a_case_gets_one_when_something_is_told_of_it(tmp_path: Path) -> None:
    imported(tmp_path / "first", **VALID)
    Case.objects.all().delete()

    imported(tmp_path / "second", residences=RESIDENCES.replace("2026-02-01,,", "2026-02-01,2026-03-01,"))

    assert Case.objects.get().state == CaseState.ELSEWHERE
    assert JournalEntry.objects.filter(act=Act.REGISTERED).count() == 1


def test_a_closed_case_stays_closed(tmp_path: Path) -> None:
    imported(tmp_path / "first", **VALID)
    case = Case.objects.get()
    case.close(on=date(2026, 3, 1), reason="no_contact")
    case.save(update_fields=["state", "closed_on", "closing_reason"])

    imported(tmp_path / "second", residences=RESIDENCES.replace("2026-02-01,,", "2026-02-01,2026-02-10,"))

    assert Case.objects.get().state == CaseState.CLOSED


def test_the_unit_answers_from_the_first_known_day(tmp_path: Path) -> None:
    files = VALID | {
        "households": "ref,unit,opened_on\nhome,unit,\nnew,unit,2026-03-01\nempty,unit,\n",
        "residences": "household,kind,from,to\nhome,rough,2025-11-05,\n",
        "absences": "household,from,where\n",
    }

    imported(tmp_path, **files)

    starts = dict(Responsibility.objects.values_list("household__ref", "starts_on"))
    assert starts == {"home": date(2025, 11, 5), "new": date(2026, 3, 1), "empty": localdate(now())}


def test_an_older_fact_found_later_lets_the_first_unit_answer_for_it(tmp_path: Path) -> None:
    files = VALID | {"households": "ref,unit\nhome,unit\n"}
    imported(tmp_path / "first", **files)

    imported(
        tmp_path / "second", residences="household,kind,from,to,provider\nhome,temporary,2025-06-01,2025-07-01,inn\n"
    )

    assert Responsibility.objects.get().starts_on == date(2025, 6, 1)
    assert set(Spell.objects.values_list("unit__ref", flat=True)) == {"unit"}


def test_another_unit_takes_over_on_the_day_of_the_import(tmp_path: Path) -> None:
    imported(tmp_path / "first", **VALID)

    for _again in range(2):
        imported(
            tmp_path / "second",
            units="ref,municipality,name\nnext,3303,Next\n",
            households="ref,unit,opened_on\nhome,next,2026-01-01\n",
        )

    today = localdate(now())
    spans = Responsibility.objects.order_by("starts_on").values_list("unit__ref", "starts_on", "ends_on")
    assert list(spans) == [("unit", date(2026, 1, 1), today), ("next", today, None)]
    assert JournalEntry.objects.filter(act=Act.HANDED_OVER).count() == 1


def test_a_unit_corrected_on_the_same_day_leaves_no_empty_period(tmp_path: Path) -> None:
    today = localdate(now())
    imported(tmp_path / "first", units=VALID["units"], households=f"ref,unit,opened_on\nhome,unit,{today}\n")

    imported(
        tmp_path / "second",
        units="ref,municipality,name\nnext,3303,Next\n",
        households=f"ref,unit,opened_on\nhome,next,{today}\n",
    )

    assert Responsibility.objects.get().unit.ref == "next"


def test_a_part_carries_its_parent_s_stay_whatever_the_order_of_the_rows(tmp_path: Path) -> None:
    imported(
        tmp_path,
        **VALID
        | {
            "households": "ref,unit,opened_on,split_from,split_on\n"
            "part,unit,2026-02-10,home,2026-02-10\nhome,unit,2026-01-01,,\n",
            "residences": "household,kind,from,to,provider\n"
            "home,temporary,2026-01-01,,inn\npart,temporary,2026-02-10,,inn\n",
        },
    )

    stay = Spell.objects.stays().get(household__ref="part")
    assert stay.starts_on == date(2026, 1, 1)
    assert Responsibility.objects.get(household__ref="part").starts_on == date(2026, 2, 10)


def test_a_birth_date_corrected_changes_the_nights_as_a_family(tmp_path: Path) -> None:
    imported(tmp_path / "first", **VALID)
    assert Spell.objects.stays().get().family_in

    imported(tmp_path / "second", persons="ref,born_on,name\nola,2000-05-01,Ola Nordmann\n")

    assert not Spell.objects.stays().get().family_in


def test_two_households_can_change_dwellings_in_one_import(tmp_path: Path) -> None:
    def lived(first: str, second: str) -> str:
        return f"household,kind,from,dwelling\none,owned,2026-01-01,{first}\ntwo,owned,2026-01-01,{second}\n"

    dwellings = "ref,municipality,tenure,acquired_on\na,3303,owned,2001-01-01\nb,3303,owned,2001-01-01\n"
    files = {"units": VALID["units"], "households": "ref,unit\none,unit\ntwo,unit\n", "dwellings": dwellings}
    imported(tmp_path / "first", **files, residences=lived("a", "b"))

    imported(tmp_path / "second", residences=lived("b", "a"))

    now_in = dict(Residence.objects.values_list("household__ref", "dwelling__ref"))
    assert now_in == {"one": "b", "two": "a"}


def test_two_people_can_exchange_national_ids_in_one_import(tmp_path: Path) -> None:
    def numbered(first: str, second: str) -> str:
        return f"ref,born_on,national_id\nA,1990-05-01,{first}\nB,1990-05-01,{second}\n"

    imported(tmp_path / "first", persons=numbered(NUMBER, OTHER_NUMBER))

    imported(tmp_path / "second", persons=numbered(OTHER_NUMBER, NUMBER))

    assert dict(Person.objects.values_list("ref", "national_id")) == {"A": OTHER_NUMBER, "B": NUMBER}


def test_a_child_here_and_there_can_become_an_adult_here_and_a_visitor_there(tmp_path: Path) -> None:
    def families(here: str, there: str) -> str:
        return f"household,person,role,from\none,P,{here},2026-01-01\ntwo,P,{there},2026-01-01\n"

    files = {
        "units": VALID["units"],
        "persons": "ref,born_on\nP,2007-01-01\n",
        "households": "ref,unit\none,unit\ntwo,unit\n",
    }
    imported(tmp_path / "first", **files, members=families("child", "child"))

    imported(tmp_path / "second", members=families("other", "child_visit"))

    assert dict(Member.objects.values_list("household__ref", "role")) == {"one": "other", "two": "child_visit"}


def test_a_room_is_kept_while_the_provider_is_and_given_up_with_it(tmp_path: Path) -> None:
    imported(tmp_path / "first", **VALID)
    inn = Provider.objects.get(ref="inn")
    room = Room.objects.create(provider=inn, name="1")
    Residence.objects.filter(ends_on=None).update(room=room, price_a_night=900)

    imported(tmp_path / "same", residences=RESIDENCES.replace("2026-02-01,,", "2026-02-01,2026-03-01,"))
    assert Residence.objects.get(starts_on=date(2026, 2, 1)).room == room

    files = {"residences": "household,kind,from,to,provider\nhome,night_shelter,2026-02-01,2026-03-01,shelter\n"}
    imported(tmp_path / "other", **files)
    moved = Residence.objects.get(starts_on=date(2026, 2, 1))
    assert (moved.kind, moved.room, moved.price_a_night) == ("night_shelter", None, None)


def test_a_longer_stay_in_a_room_that_somebody_else_got_is_refused(tmp_path: Path) -> None:
    imported(tmp_path / "first", **VALID | {"households": "ref,unit\nhome,unit\nother,unit\n"})
    room = Room.objects.create(provider=Provider.objects.get(ref="inn"), name="1")
    Residence.objects.filter(starts_on=date(2026, 1, 1)).update(room=room)
    other = Household.objects.get(ref="other")
    Residence.objects.create(
        household=other,
        municipality_id="3303",
        kind="temporary",
        provider=room.provider,
        room=room,
        starts_on=date(2026, 2, 10),
    )
    Residence.objects.filter(starts_on=date(2026, 2, 1)).delete()

    residences = "household,kind,from,to,provider\nhome,temporary,2026-01-01,2026-03-01,inn\n"
    ran = run_import(write(tmp_path / "second", residences=residences))

    told = "is in the same room at the same time as other, already registered 2026-02-10 →"
    assert ran.lines == [f"residences.csv:2: 2026-01-01 → 2026-03-01 {told}"]


def test_an_agreement_is_corrected_and_ended_with_its_columns(tmp_path: Path) -> None:
    def inn(agreement: str) -> str:
        return f"ref,municipality,name,kind,quality_from,quality_to\ninn,3303,Inn,temporary,{agreement}\n"

    for agreement, expected in (
        (",", []),
        ("2025-01-01,", [(date(2025, 1, 1), None)]),
        ("2025-02-01,2026-01-01", [(date(2025, 2, 1), date(2026, 1, 1))]),
        (",", []),
    ):
        imported(tmp_path, providers=inn(agreement))
        assert list(QualityAgreement.objects.values_list("starts_on", "ends_on")) == expected


def test_a_workbook_reads_like_the_folder(tmp_path: Path) -> None:
    workbook = Workbook()
    assert workbook.active is not None
    workbook.active.title = "units"
    workbook.active.append(["ref", "municipality", "name"])
    workbook.active.append([17, 301, "Oslo"])
    persons = workbook.create_sheet("persons")
    persons.append(["ref", "born_on", "name"])
    persons.append(["P", datetime.combine(date(1990, 5, 1), time()), "Kari"])
    persons.append([None, None, None])
    persons.append(["Q", "1990-05-01", 5.0])
    dwellings = workbook.create_sheet("dwellings")
    dwellings.append(["ref", "municipality", "tenure", "acquired_on", "accessible"])
    dwellings.append(["D", "0301", "owned", date(2001, 1, 1), True])
    workbook.create_sheet("Ark2")
    workbook.save(tmp_path / "data.xlsx")

    ran = run_import(tmp_path / "data.xlsx")

    assert ran.status == 0, ran.err
    unit = Unit.objects.get()
    assert (unit.ref, unit.municipality_id) == ("17", "0301")
    assert list(Person.objects.order_by("ref").values_list("ref", "born_on", "name")) == [
        ("P", date(1990, 5, 1), "Kari"),
        ("Q", date(1990, 5, 1), "5"),
    ]
    assert Dwelling.objects.get().is_accessible is True


def test_a_faulty_row_of_a_workbook_is_named_by_its_row(tmp_path: Path) -> None:
    workbook = Workbook()
    assert workbook.active is not None
    workbook.active.title = "persons"
    workbook.active.append(["ref", "born_on"])
    workbook.active.append([])
    workbook.active.append(["P", datetime.combine(date(1990, 5, 1), time(12, 30))])
    workbook.save(tmp_path / "data.xlsx")

    ran = run_import(tmp_path / "data.xlsx")

    assert ran.lines == ["persons.csv:3: born_on: 1990-05-01 12:30:00 is not a date (write 2026-03-01)"]


def test_a_sheet_of_another_name_and_a_file_that_is_no_workbook_are_refused(tmp_path: Path) -> None:
    workbook = Workbook()
    assert workbook.active is not None
    workbook.active.append(["ref"])
    workbook.save(tmp_path / "data.xlsx")
    (tmp_path / "text.xlsx").write_text("ref,name")

    assert "sheet Sheet: is not a file of the interface" in run_import(tmp_path / "data.xlsx").err
    assert run_import(tmp_path / "text.xlsx").lines == ["text.xlsx: cannot be read as an .xlsx workbook"]


def test_a_folder_and_a_workbook_with_nothing_to_read_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    Workbook().save(tmp_path / "empty.xlsx")

    for path in (tmp_path / "empty", tmp_path / "empty.xlsx"):
        ran = run_import(path)
        assert ran.status == 1
        assert f"{path}: holds no file of the interface (allowed: units.csv, " in ran.err


def test_empty_columns_at_the_end_of_a_sheet_are_ignored(tmp_path: Path) -> None:
    imported(tmp_path, units="ref;municipality;name;;\nU;3303;Kongsberg;;\n")

    assert Unit.objects.get().ref == "U"


def test_a_member_who_comes_to_or_leaves_a_known_household_is_journaled(tmp_path: Path) -> None:
    imported(tmp_path / "first", **VALID)

    imported(
        tmp_path / "second",
        persons="ref,born_on\nnew,2026-02-01\n",
        members="household,person,role,from,to\nhome,new,child,2026-02-01,\nhome,ola,child,2026-01-01,2026-02-01\n",
    )

    told = JournalEntry.objects.filter(subject_kind="member").order_by("id").values_list("act", "on")
    assert list(told) == [(Act.MEMBER_ADDED, date(2026, 2, 1)), (Act.MEMBER_ENDED, date(2026, 2, 1))]


def test_a_byte_order_mark_and_spaces_are_ignored(tmp_path: Path) -> None:
    text = "\ufeff ref , municipality , name \n U , 3303 , Kongsberg \n , , \n"

    imported(tmp_path, units=text)

    assert Unit.objects.get().ref == "U"


def test_a_future_end_keeps_the_case_where_it_is_tonight(tmp_path: Path) -> None:
    later = localdate(now()) + timedelta(days=10)

    imported(
        tmp_path, **VALID | {"residences": f"household,kind,from,to,provider\nhome,temporary,2026-01-01,{later},inn\n"}
    )

    assert Case.objects.get().state == CaseState.TEMPORARY
