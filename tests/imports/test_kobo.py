"""Dwellings to Kobo and back."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from housing.kobo import CODES, FIELDS, INSIDE, LEFT_ALONE, CannotReadKobo, from_kobo, to_kobo
from housing.models import AccessibleFeature, Dwelling, DwellingType, Tenure
from tests.factories.housing import DwellingFactory, DwellingRentFactory
from tests.factories.people import DAY, KONGSBERG, LONG_AGO, OSLO_NUMBER

pytestmark = pytest.mark.django_db

FACTS = st.fixed_dictionaries(
    {},
    optional={
        "kobo_ref": st.uuids().map(str),
        "property_ref": st.from_regex(r"\A[A-Z0-9]{1,20}\Z"),
        "number": st.from_regex(r"\AH[0-9]{4}\Z"),
        "type": st.sampled_from(DwellingType.values),
        "area_m2": st.integers(1, 300),
        "bedrooms": st.integers(0, 9),
        "floor": st.integers(-2, 20),
        "tenure": st.sampled_from(Tenure.values),
        "is_accessible": st.booleans(),
        "accessible_because": st.lists(st.sampled_from(AccessibleFeature.values), unique=True, min_size=1),
        "address": st.from_regex(r"\A[A-Za-z]{1,20} [0-9]{1,3}\Z"),
        "rent_a_month": st.integers(1, 40_000),
    },
)


@given(FACTS)
def test_what_kobo_is_told_reads_back_as_it_was(facts: dict[str, Any]) -> None:
    assert from_kobo(json.loads(json.dumps(to_kobo(facts)))) == facts


def test_every_code_of_ours_has_one_of_theirs_and_no_two_the_same() -> None:
    for name, values in (
        ("type", DwellingType.values),
        ("tenure", Tenure.values),
        ("accessible_because", AccessibleFeature.values),
    ):
        assert set(CODES[name]) == set(values)
        assert len(set(CODES[name].values())) == len(values)


def test_nothing_of_who_lives_there_is_exchanged() -> None:
    assert not LEFT_ALONE & set(FIELDS.values())


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ({"boligtype": "SLOTT"}, "boligtype: unknown code SLOTT"),
        ({"bruksareal": "stor"}, "bruksareal: is no number"),
        ({"bruksareal": True}, "bruksareal: is no number"),
        ({"erTilgjengeligForRullestolbruker": "ja"}, "is neither true nor false"),
        ({"adresse": "Storgata 1"}, f"adresse: {INSIDE['address']} is missing"),
    ],
)
def test_what_cannot_be_read_is_named(message: dict[str, Any], told: str) -> None:
    with pytest.raises(CannotReadKobo, match=told):
        from_kobo(message)


def test_the_name_of_the_property_system_is_read_as_an_earlier_version_tells_it() -> None:
    assert from_kobo({"fdvuBoligId": "P-1", "erBofellesskap": True}) == {
        "property_ref": "P-1",
        "type": "shared_house_room",
    }


def run(what: str, file: Path, *options: str) -> str:
    out = StringIO()
    call_command("kobo", what, str(file), "--municipality", KONGSBERG, "--on", str(DAY), *options, stdout=out)
    return out.getvalue()


def test_the_stock_goes_to_kobo_and_comes_back_as_it_was(tmp_path: Path) -> None:
    one = DwellingFactory.create(ref="D-1", number="H0101", type="flat", accessible_because=["lift"], area_m2=50)
    DwellingRentFactory.create(dwelling=one)
    DwellingFactory.create(ref="D-2", property_ref="P-2", kobo_ref="K-2")
    DwellingFactory.create(disposed_on=LONG_AGO + timedelta(days=1))
    DwellingFactory.create(municipality_id=OSLO_NUMBER)
    file = tmp_path / "kobo.json"

    assert run("export", file) == "2 dwellings written\n"

    told = json.loads(file.read_text())
    assert [message["leverandorBoligId"] for message in told] == ["D-1", "P-2"]
    assert run("import", file).startswith("0 created, 0 changed, 2 left alone")


def test_what_kobo_says_is_looked_at_and_read_in(tmp_path: Path) -> None:
    DwellingFactory.create(ref="D-1", kobo_ref="K-1", area_m2=40)
    file = tmp_path / "kobo.json"
    known = {"koboId": "K-1", "bruksareal": 52.4, "leiekostnad": {"manedsleie": 9000}, "husstand": {"navn": "x"}}
    new = {"koboId": "K-9", "leverandorBoligId": "P-9", "disposisjonsform": "EID", "bruksenhetsnummer": "H0201"}
    file.write_text(json.dumps([known, new]))

    looked = run("import", file, "--dry-run")
    assert "1 would be created, 1 would be changed, 0 left alone" in looked
    assert "D-1: area_m2 40 → 52, rent_a_month (empty) → 9000" in looked
    assert Dwelling.objects.count() == 1
    run("import", file)

    assert Dwelling.objects.get(ref="D-1").rents.get().rent_a_month == 9000
    made = Dwelling.objects.get(kobo_ref="K-9")
    assert (made.property_ref, made.number, made.acquired_on) == ("P-9", "H0201", DAY)
    assert run("import", file).startswith("0 created, 0 changed, 2 left alone")


def test_one_fault_and_nothing_is_read_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "kobo.json"
    file.write_text(json.dumps([{"koboId": "K-1", "disposisjonsform": "EID"}, {"koboId": "K-2", "boligtype": "SLOTT"}]))
    with pytest.raises(SystemExit):
        run("import", file)
    file.write_text(json.dumps([{"koboId": "K-1", "disposisjonsform": "EID"}, {"koboId": "K-2"}]))
    with pytest.raises(SystemExit):
        run("import", file)

    assert "a new dwelling needs its tenure" in capsys.readouterr().err
    assert not Dwelling.objects.exists()


def test_a_file_or_a_municipality_that_is_none_is_said(tmp_path: Path) -> None:
    file = tmp_path / "kobo.json"
    file.write_text("not json")
    with pytest.raises(CommandError, match="cannot be read as JSON"):
        run("import", file)
    file.write_text("{}")
    with pytest.raises(CommandError, match="no list of dwellings"):
        run("import", file)
    with pytest.raises(CommandError, match="There is no municipality 9999"):
        call_command("kobo", "export", str(file), "--municipality", "9999")


def test_a_dwelling_that_kobo_says_has_no_size_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "kobo.json"
    file.write_text(json.dumps([{"koboId": "K-1", "disposisjonsform": "EID", "bruksareal": 0}]))
    with pytest.raises(CommandError, match="The area is more than zero"):
        run("import", file)
    assert not Dwelling.objects.exists()
