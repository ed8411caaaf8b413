from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from weasyprint import HTML

from cases.letters import LETTER_LANGUAGES, Letter, html_of, pdf_of, template_version
from cases.letters.printing import NotPackaged, PackagedFiles
from tests.letters.contents import decision_letter, requisition

EACH = pytest.mark.parametrize("language", LETTER_LANGUAGES)
EVERY = pytest.mark.parametrize(
    "letter", [make(language) for make in (decision_letter, requisition) for language in LETTER_LANGUAGES], ids=str
)


def words_of(letter: Letter) -> str:
    """The letter's text on one line."""
    return " ".join(unescape(html_of(letter)).split())


@contextmanager
def opened(letter: Letter) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(pdf_of(letter))) as pdf:
        yield pdf


@EVERY
def test_a_letter_is_pdf_a_3a_with_its_structure_language_and_title(letter: Letter) -> None:
    with opened(letter) as pdf:
        about = pdf.open_metadata()
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == letter.language
        assert str(pdf.docinfo["/Title"])
        assert "/OutputIntents" in pdf.Root


@EVERY
def test_every_font_of_a_letter_is_inter_and_lies_in_the_file(letter: Letter) -> None:
    with opened(letter) as pdf:
        descriptors = [found for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and "/FontName" in found]
        assert descriptors
        for descriptor in descriptors:
            assert "Inter" in str(descriptor.FontName)
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


@EVERY
def test_the_same_letter_gives_the_same_bytes(letter: Letter) -> None:
    assert pdf_of(letter) == pdf_of(letter)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "nb",
            [
                "Vedtak om midlertidig botilbud",
                "Unntatt offentlighet",
                "fredag 27. februar 2026",
                "fredag 13. mars 2026, som er dagen du flytter ut (14 netter)",
                "Du fikk dette vedtaket muntlig fredag 27. februar 2026 kl. 18.30.",
                "klage til statsforvalteren",
                "Klagen sender eller leverer du til NAV Nordvik",
                "tre uker fra den dagen du fikk dette brevet",
                "rett til å se dokumentene",
                "bør ikke vare over tre måneder",
                "Senest 14 dager etter den første natten",
                "§ 27 i lov om sosiale tjenester",
                "Barnets beste",
                "Hva du selv mener",
                "Hvorfor vedtaket gjelder fra denne datoen",
            ],
        ),
        (
            "nn",
            [
                "Vedtak om mellombels butilbod",
                "Unnateke offentlegheit",
                "fredag 27. februar 2026",
                "fredag 13. mars 2026, som er dagen du flyttar ut (14 netter)",
                "Du fekk dette vedtaket munnleg fredag 27. februar 2026 kl. 18.30.",
                "klage til statsforvaltaren",
                "Klaga sender eller leverer du til NAV Nordvik",
                "tre veker frå den dagen du fekk dette brevet",
                "rett til å sjå dokumenta",
                "bør ikkje vare over tre månader",
                "Seinast 14 dagar etter den første natta",
                "§ 27 i lov om sosiale tenester",
                "Det beste for barnet",
                "Kva du sjølv meiner",
                "Kvifor vedtaket gjeld frå denne datoen",
            ],
        ),
        (
            "en",
            [
                "Decision on temporary accommodation",
                "Exempt from public access",
                "Friday 27 February 2026",
                "Friday 13 March 2026, which is the day you move out (14 nights)",
                "You were told this decision on Friday 27 February 2026 at 18:30.",
                "appeal to the county governor (statsforvalteren)",
                "Send or deliver the appeal to NAV Nordvik",
                "within three weeks from the day you received this letter",
                "right to see the documents",
                "should not last more than three months",
                "At the latest 14 days after the first night",
                "(sosialtjenesteloven) § 27",
                "best interest",
                "What you think",
                "Why the decision applies from this date",
            ],
        ),
    ],
)
def test_the_decision_says_all_that_the_law_asks_for(language: str, said: list[str]) -> None:
    letter = decision_letter(language)
    words = words_of(letter)

    everything = [*said, letter.considerations, letter.start_reason, letter.child_interest, letter.user_view]
    assert [sentence for sentence in everything if sentence not in words] == []
    assert "<p>Leieforholdet tok slutt 27. februar.</p> <p>Dere hadde ikke noe sted å være.</p>" in words
    assert all(name in words for name in ("Anne Berg", "Per Lunde", "V-1042", "Solbakken pensjonat, ro", "om 12"))


@EACH
def test_what_does_not_apply_is_left_out_of_the_decision(language: str) -> None:
    full = words_of(decision_letter(language))
    bare = words_of(decision_letter(language, told_at=None, child_interest="", room="", place_address="", persons=1))

    for left_out in ("18.30", "18:30", "arnets beste", "beste for barnet", "child", "om 12", "Strandveien"):
        assert left_out not in bare
    assert "1 person<" in bare
    assert "3 pe" in full


@EACH
def test_one_night_is_one_night(language: str) -> None:
    letter = decision_letter(language, ends_on=date(2026, 2, 28))

    assert {"en": "(1 night)"}.get(language, "(1 natt)") in words_of(letter)


@EACH
def test_a_decision_without_a_name_goes_to_the_reference(language: str) -> None:
    to = {"en": "To the household with reference"}.get(language, "Til husstanden med referanse")

    assert f"{to} V-1042" in words_of(decision_letter(language, recipient=""))


@EACH
def test_the_requisition_says_period_price_and_guarantee(language: str) -> None:
    words = words_of(requisition(language))
    said = {
        "nb": ("1\xa0150 kroner", "16\xa0100 kroner", "garanterer", "fredag 27. februar 2026", "tlf. 75 12 34 60"),
        "nn": ("1\xa0150 kroner", "16\xa0100 kroner", "garanterer", "fredag 27. februar 2026", "tlf. 75 12 34 60"),
        "en": ("1,150 kroner", "16,100 kroner", "guarantee", "Friday 27 February 2026", "tel. 75 12 34 60"),
    }

    for each in (*said[language], "Kari Øygard Łoś", "Anne Berg"):
        assert " ".join(each.split()) in words
    assert words.count("V-1042") >= 3


@EACH
def test_a_price_agreed_elsewhere_is_said_to_be(language: str) -> None:
    words = words_of(requisition(language, price_a_night=0))

    assert {"en": "As agreed with the municipality"}.get(language, "Etter avtale med kommunen") in words
    assert "kroner" not in words


@EACH
def test_a_guest_who_may_not_be_named_checks_in_by_reference(language: str) -> None:
    words = words_of(requisition(language, guest=""))

    assert {"en": "Checks in with reference"}.get(language, "Melder seg med referanse") + " V-1042" in words
    assert {"en": "identification"}.get(language, "legitimasjon") in words


@EACH
def test_a_requisition_fits_on_one_page(language: str) -> None:
    for guest in ("Kari Øygard Łoś", ""):
        with opened(requisition(language, guest=guest)) as pdf:
            assert len(pdf.pages) == 1


@EACH
def test_dates_are_in_the_letter_s_language_whatever_the_reader_s_is(language: str) -> None:
    from django.utils import translation

    monday = date(2026, 3, 2)
    with translation.override("nb" if language == "en" else "en"):
        words = words_of(decision_letter(language, starts_on=monday))

    monday_in = {"nb": "mandag 2. mars 2026", "nn": "måndag 2. mars 2026", "en": "Monday 2 March 2026"}
    assert monday_in[language] in words


HOSTILE = [
    '<img src="file:///etc/passwd">',
    '<img src="http://127.0.0.1:9/x.png">',
    '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
    '<link rel="attachment" href="file:///etc/passwd">',
    "<style>@import url(file:///etc/passwd); body { background: url(http://127.0.0.1:9/) }</style>",
    '<iframe src="file:///etc/passwd"></iframe>',
    "{% include '/etc/passwd' %} {{ settings.SECRET_KEY }}",
    "file:///etc/passwd http://127.0.0.1:9/",
    '" onload="x" style="background:url(file:///etc/passwd)',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_makes_the_printer_fetch_anything(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pdf_of(decision_letter())
    fetched: list[str] = []
    fetch = PackagedFiles.fetch

    def noted(self: PackagedFiles, url: str, headers: object = None) -> Any:
        fetched.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(PackagedFiles, "fetch", noted)
    everywhere = dict.fromkeys(("facts", "considerations", "start_reason", "child_interest", "user_view"), text)

    letter = decision_letter(**everywhere, recipient=text, place=text, room=text, reference=text)
    html, printed = html_of(letter), pdf_of(letter)

    assert fetched == []
    assert "<img" not in html
    assert b"EmbeddedFile" not in printed


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/",
        "https://example.org/",
        "data:text/plain,x",
        "font:../../package.json",
        "font:/etc/passwd",
        "font:",
        "inter-latin-400-normal.woff2",
    ],
)
def test_the_fetcher_serves_packaged_fonts_only(url: str) -> None:
    with pytest.raises(NotPackaged):
        PackagedFiles().fetch(url)


def test_even_markup_of_its_own_gets_nothing_but_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("body { color: red }")

    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    markup = f'<link rel="stylesheet" href="{secret.as_uri()}"><img src="http://127.0.0.1:9/x.png">text'

    printed = HTML(string=markup, url_fetcher=PackagedFiles()).write_pdf()

    assert printed is not None


def test_a_template_s_version_follows_what_it_says() -> None:
    versions = {
        template_version(template, language)
        for template in ("decision.html", "requisition.html")
        for language in LETTER_LANGUAGES
    }
    assert len(versions) == 6
