# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from PIL import Image

from cases.actions.letter_frames import sample_letterhead
from cases.actions.standard_texts import CannotWrite, NewText, set_logo, withdraw_standard_text, write_standard_text
from cases.letters import LETTER_LANGUAGES, html_of, pdf_of, version_of
from cases.letters.samples import SAMPLES, sample
from cases.models import StandardText, TextPlace
from cases.questions.standard_texts import own_words, places_of
from people.models import Employee, Role, Unit
from people.refusals import refusal_of
from people.uploads import MediaType, TakenIn
from tests.factories.people import AT, DAY, UnitFactory, caseworker, employee_with
from tests.factories.waiting import StandardTextFactory

pytestmark = pytest.mark.django_db

NEW = NewText(place=TextPlace.CLOSING, language="nb", text="Ring {{ saksbehandler }} på {{ telefon }}.", starts_on=DAY)


@pytest.fixture
def unit() -> Unit:
    made: Unit = UnitFactory.create(phone="75 12 34 56")
    return made


@pytest.fixture
def leader(unit: Unit) -> Employee:
    return employee_with(Role.TEAM_LEADER, unit)


def write(unit: Unit, by: Employee, **changes: Any) -> StandardText:
    new = replace(NEW, **changes)
    made: StandardText = write_standard_text(municipality_id=unit.municipality_id, new=new, by=by, at=AT)
    return made


def closing(unit: Unit, by: Employee, kind: str = "decision", *, on: date = DAY, language: str = "nb") -> str:
    return sample_letterhead(unit, kind=kind, language=language, by=by, day=on).closing


def test_a_text_stands_in_letters_from_its_day_with_its_fields_filled_in(unit: Unit, leader: Employee) -> None:
    write(unit, leader, starts_on=DAY + timedelta(days=3))

    assert closing(unit, leader) == ""
    assert closing(unit, leader, on=DAY + timedelta(days=3)) == f"Ring {leader.name} på 75 12 34 56."
    assert closing(unit, leader, on=DAY + timedelta(days=3), language="nn") == ""


def test_a_text_for_one_kind_of_letter_goes_before_the_one_for_all(unit: Unit, leader: Employee) -> None:
    write(unit, leader, text="All")
    write(unit, leader, text="Decisions", letter_kind="decision")

    assert closing(unit, leader) == "Decisions"
    assert closing(unit, leader, "plan") == "All"


def test_an_empty_text_takes_the_earlier_one_out_of_use(unit: Unit, leader: Employee) -> None:
    write(unit, leader, text="All")
    write(unit, leader, text="Decisions", letter_kind="decision")
    later = DAY + timedelta(days=1)
    write(unit, leader, text="", letter_kind="decision", starts_on=later)

    assert closing(unit, leader, on=later) == "All"
    write(unit, leader, text="", starts_on=later)
    assert closing(unit, leader, on=later) == ""


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Hei {{ navn }}", "{{ navn }}"),
        ("{{ settings.SECRET_KEY }}", "{{ settings.SECRET_KEY }}"),
        ("{{ caseworker }}", "{{ saksbehandler }}"),
        ("{{ saksbehandler|safe }}", "{{ saksbehandler|safe }}"),
    ],
)
def test_an_unknown_field_is_named_and_nothing_is_saved(unit: Unit, leader: Employee, text: str, named: str) -> None:
    with pytest.raises(CannotWrite) as refused:
        write(unit, leader, text=text)

    assert refused.value.field == "text"
    assert named in str(refused.value.message)
    assert not StandardText.objects.exists()


@pytest.mark.parametrize("text", ["{% include 'x' %}", "{{ saksbehandler", "saksbehandler }}", "{# x #}"])
def test_template_code_is_refused(unit: Unit, leader: Employee, text: str) -> None:
    with pytest.raises(CannotWrite, match="Braces"):
        write(unit, leader, text=text)


def test_what_a_field_stands_for_is_never_read_as_a_field_or_as_markup(unit: Unit, leader: Employee) -> None:
    leader.name = "{{ kontor }} <b>{% now 'Y' %}</b>"
    write(unit, leader, text="{{ saksbehandler }}")

    letter = sample(
        "decision", "nb", sample_letterhead(unit, kind="decision", language="nb", by=leader, day=DAY), on=DAY
    )

    assert "{{ kontor }} &lt;b&gt;{% now &#x27;Y&#x27; %}&lt;/b&gt;" in html_of(letter)


def test_there_is_no_place_for_the_text_on_appeal(unit: Unit, leader: Employee) -> None:
    assert not [place for place in TextPlace.values if "appeal" in place]
    for place in ("appeal", "rule", TextPlace.LOGO):
        with pytest.raises(CannotWrite) as refused:
            write(unit, leader, place=place)
        assert refused.value.field == "place"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"starts_on": DAY - timedelta(days=1)}, "starts_on"),
        ({"language": "se"}, "language"),
        ({"letter_kind": "poem"}, "place"),
        ({"text": "x" * 2001}, "text"),
        ({"text": "x" * 101, "place": TextPlace.NAME}, "text"),
    ],
)
def test_what_cannot_stand_in_a_letter_is_refused(
    unit: Unit, leader: Employee, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(CannotWrite) as refused:
        write(unit, leader, **changes)

    assert refused.value.field == field


def test_two_texts_in_one_place_from_one_day_are_refused_with_a_sentence(unit: Unit, leader: Employee) -> None:
    write(unit, leader)

    with pytest.raises(Exception) as refused:
        write(unit, leader, text="Another")

    refusal = refusal_of(refused.value)
    assert refusal is not None
    assert "later day" in str(refusal.message)


def test_only_who_leads_in_the_municipality_writes_its_texts(unit: Unit, leader: Employee) -> None:
    for by in (caseworker(unit), employee_with(Role.UNIT_ADMINISTRATOR, unit)):
        with pytest.raises(PermissionDenied):
            write(unit, by)
    theirs = StandardTextFactory.create(starts_on=DAY + timedelta(days=1))
    other = employee_with(Role.REPORTER, UnitFactory.create())
    with pytest.raises(PermissionDenied):
        withdraw_standard_text(text_id=theirs.pk, by=other, at=AT)


def test_a_text_ahead_is_taken_back_and_one_in_use_is_not(unit: Unit, leader: Employee) -> None:
    ahead = write(unit, leader, starts_on=DAY + timedelta(days=1))
    in_use = write(unit, leader)

    withdraw_standard_text(text_id=ahead.pk, by=leader, at=AT)

    assert list(StandardText.objects.all()) == [in_use]
    with pytest.raises(CannotWrite):
        withdraw_standard_text(text_id=in_use.pk, by=leader, at=AT)
    with pytest.raises(Http404):
        withdraw_standard_text(text_id=0, by=leader, at=AT)


def picture(media_type: MediaType = MediaType.PNG, *, more: bytes = b"") -> TakenIn:
    painted = BytesIO()
    Image.new("RGB", (120, 40), "teal").save(painted, "PNG")
    content = painted.getvalue() + more
    return TakenIn(content, media_type, sha256(content).hexdigest())


def test_a_logo_stands_in_the_letter_and_nothing_is_fetched(unit: Unit, leader: Employee) -> None:
    bare = sample_letterhead(unit, kind="decision", language="nb", by=leader, day=DAY)
    set_logo(municipality_id=unit.municipality_id, file=picture(), starts_on=DAY, by=leader, at=AT)
    sender = sample_letterhead(unit, kind="decision", language="nb", by=leader, day=DAY)

    plain, letter = (sample("decision", "nb", each, on=DAY) for each in (bare, sender))

    assert 'src="logo:letterhead"' in html_of(letter)
    assert "<img" not in html_of(plain)
    assert b"/Image" in pdf_of(letter)
    assert version_of(letter) != version_of(plain)
    set_logo(municipality_id=unit.municipality_id, file=None, starts_on=DAY + timedelta(days=1), by=leader, at=AT)
    assert own_words(unit.municipality, kind="plan", language="nn", on=DAY + timedelta(days=1)).logo == b""


@pytest.mark.parametrize("file", [picture(MediaType.PDF), picture(more=b"x" * 200_000)], ids=["pdf", "large"])
def test_a_logo_is_a_small_picture(unit: Unit, leader: Employee, file: TakenIn) -> None:
    with pytest.raises(CannotWrite) as refused:
        set_logo(municipality_id=unit.municipality_id, file=file, starts_on=DAY, by=leader, at=AT)

    assert refused.value.field == "file"


def test_the_list_tells_what_stands_today_and_what_is_to_come(unit: Unit, leader: Employee) -> None:
    write(unit, leader, text="Old", starts_on=DAY)
    now = write(unit, leader, text="Now", starts_on=DAY + timedelta(days=1))
    ahead = write(unit, leader, text="Ahead", starts_on=DAY + timedelta(days=9))

    rows = {row.place: row for row in places_of(unit.municipality, language="nb", on=DAY + timedelta(days=2))}

    assert (rows[TextPlace.CLOSING].now, rows[TextPlace.CLOSING].ahead) == ([now], [ahead])
    assert rows[TextPlace.OPENING].now == []


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
@pytest.mark.parametrize("kind", SAMPLES)
def test_every_kind_with_a_sample_prints_in_every_language(
    unit: Unit, leader: Employee, kind: str, language: str
) -> None:
    sender = sample_letterhead(unit, kind=kind, language=language, by=leader, day=DAY)

    assert pdf_of(sample(kind, language, sender, on=DAY)).startswith(b"%PDF")
