"""Bokmål, nynorsk and English say everything that the code says, with the same blanks to fill."""

from __future__ import annotations

import re
import shutil
from io import StringIO
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command

from tests.source import APPS, ROOT

LANGUAGES = [code for code, _ in settings.LANGUAGES]
#: Its msgids are the texts: a translation is needed only where the two differ.
SOURCE = "en"
_BLANK = re.compile(r"%\(\w+\)[-#0 +]*[\d.]*[a-zA-Z]|%[-#0]*[\d.]*[sdif]|%%|\{\w*\}")
_TAG = re.compile(r"</?[a-z]\w*")


def read(locale: Path, language: str) -> polib.POFile:
    found: polib.POFile = polib.pofile(str(locale / language / "LC_MESSAGES" / "django.po"))
    return found


def catalogue(language: str) -> polib.POFile:
    return read(ROOT / "locale", language)


def key(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def parts(text: str) -> list[str]:
    return sorted(_BLANK.findall(text) + _TAG.findall(text))


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """What `make messages` would find today, collected in a copy of the texts."""
    copy = tmp_path_factory.mktemp("texts")
    for folder in (*APPS, "templates"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", "static"))
    (copy / "locale").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(copy)
        patch.setattr(settings, "LOCALE_PATHS", [copy / "locale"])
        call_command("makemessages", locale=["nb"], no_location=True, verbosity=0, stdout=StringIO())
    return read(copy / "locale", "nb")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_every_text_and_no_other(language: str, collected: polib.POFile) -> None:
    entries, said = {key(entry) for entry in catalogue(language)}, {key(entry) for entry in collected}

    assert said - entries == set()
    assert entries - said == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_in_doubt_or_left_over(language: str) -> None:
    assert [entry.msgid for entry in catalogue(language).fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue(language).obsolete_entries()] == []


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != SOURCE])
def test_everything_is_translated(language: str) -> None:
    assert [entry.msgid for entry in catalogue(language).untranslated_entries()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_blanks_and_the_markup_of_its_text(language: str) -> None:
    wrong = [
        entry.msgid
        for entry in catalogue(language)
        if (entry.msgstr and parts(entry.msgstr) != parts(entry.msgid))
        # the first plural form may say "one" in a word
        or any(text and parts(text) != parts(entry.msgid_plural) for n, text in entry.msgstr_plural.items() if n > 0)
    ]

    assert wrong == []
