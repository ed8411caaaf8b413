"""Every kind of letter in every language, as the file itself says it: text, tags and order, and what PDF/A asks for."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest

from cases.letters import LETTER_LANGUAGES, pdf_of, title_of
from tests.letters.kinds import KINDS, LETTERS
from tests.letters.reading import GOLDEN, read


@cache
def printed(name: str) -> bytes:
    return pdf_of(LETTERS[name])


@cache
def lines_of(name: str) -> str:
    return read(printed(name))


@pytest.fixture(scope="module", params=LETTERS)
def name(request: pytest.FixtureRequest) -> str:
    """Of the module, so that all that is asked of one letter comes together and it is printed once."""
    return str(request.param)


def test_a_letter_reads_as_it_was_approved(name: str) -> None:
    """When a change is meant: `DJANGO_SETTINGS_MODULE=config.settings python -m tests.letters.reading`."""
    assert lines_of(name) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def test_no_golden_letter_is_left_over() -> None:
    assert {file.stem for file in GOLDEN.glob("*.txt")} == set(LETTERS)


def test_a_letter_is_tagged_pdf_a_in_its_language_with_its_title_and_fonts(name: str) -> None:
    letter = LETTERS[name]

    with pikepdf.open(BytesIO(printed(name))) as pdf:
        about = pdf.open_metadata()
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")
        assert about["dc:title"] == title_of(letter) == str(pdf.docinfo["/Title"])
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == letter.language
        assert "/OutputIntents" in pdf.Root
        fonts = [found for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and "/FontName" in found]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        assert pdf.check_pdf_syntax() == []


def test_a_letter_has_one_heading_on_top_and_says_its_outcome_before_the_law(name: str) -> None:
    lines = [line.split(" ", 1) for line in lines_of(name).splitlines()]
    tags = [tag for tag, _text in lines]

    assert tags.count("H1") == 1
    assert dict(lines)["H1"] == title_of(LETTERS[name])
    first_below = tags[tags.index("H1") + 1]
    assert first_below == "P"
    assert "H3" not in tags[: tags.index("H2")] if "H2" in tags else True


def test_another_process_on_another_day_prints_the_same_bytes() -> None:
    names = sorted(name for name in LETTERS if name.endswith(".nb"))[::6]
    program = (
        "import hashlib, os, time\n"
        "time.time = lambda clock=time.time: clock() + 86400 * 40\n"
        "import django; django.setup()\n"
        "from cases.letters import pdf_of; from tests.letters.kinds import LETTERS\n"
        f"print(hashlib.sha256(b''.join(pdf_of(LETTERS[name]) for name in {names})).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout

    assert other.strip() == sha256(b"".join(pdf_of(LETTERS[name]) for name in names)).hexdigest()


def test_every_kind_has_a_letter_in_every_language() -> None:
    assert len(LETTERS) == len(KINDS) * len(LETTER_LANGUAGES)
