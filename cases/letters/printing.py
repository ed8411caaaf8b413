"""A letter's contents → HTML in its language → PDF/A-3a, tagged, with its fonts inside.

The printer reads packaged files only: its fetcher knows the names of our fonts and opens nothing else, neither file nor
network, whatever a letter's text says.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from threading import Lock
from typing import cast

from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils import translation
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from cases.letters import wording
from cases.letters.contents import Letter

FONT_SCHEME = "font:"
#: the address of the letterhead's picture, in the one letter that it belongs to
LOGO = "logo:letterhead"
STYLESHEET = Path(__file__).with_name("letter.css")
LIST_STYLESHEET = Path(__file__).with_name("list.css")

# the font map belongs to Pango and is not to be used by two threads at once
_printing = Lock()


class NotPackaged(ValueError):
    """A letter asked for something that is not part of the package."""


class PackagedFiles(URLFetcher):
    """Serves `font:NAME` from the fonts that we ship and the letter's own logo, and refuses every other address."""

    def __init__(self, *, logo: bytes = b"", fail_on_errors: bool = False) -> None:
        super().__init__(fail_on_errors=fail_on_errors)  # type: ignore[no-untyped-call]
        self.logo = logo

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if url == LOGO and self.logo:
            return URLFetcherResponse(url, self.logo, {"Content-Type": _picture(self.logo)})
        name = url.removeprefix(FONT_SCHEME)
        if name == url or name not in _font_names():
            raise NotPackaged(url)
        content = (settings.LETTER_FONTS / name).read_bytes()
        return URLFetcherResponse(url, content, {"Content-Type": "font/woff2"})


def html_of(letter: Letter) -> str:
    """The letter as HTML, in its own language whatever the reader's is."""
    with translation.override(letter.language):
        return render_to_string(_template_name(letter), _context(letter))


def pdf_of(letter: Letter) -> bytes:
    """The letter as PDF/A-3a. The same contents give the same bytes, by the same templates and the same WeasyPrint."""
    html = html_of(letter)
    identifier = hashlib.sha256(html.encode() + letter.sender.logo).hexdigest()[:32].encode()
    with _printing:
        stylesheet, fonts = _look()
        printed = HTML(string=html, url_fetcher=PackagedFiles(logo=letter.sender.logo)).write_pdf(
            stylesheets=[stylesheet], font_config=fonts, pdf_variant="pdf/a-3a", pdf_identifier=identifier
        )
    return cast(bytes, printed)


def pdf_of_list(template: str, context: dict[str, object]) -> bytes:
    """A list for paper as a PDF, in the language of the moment. The letters' fonts and its own sheet of style."""
    html = render_to_string(template, context)
    with _printing:
        stylesheet, fonts = _look()
        own = CSS(string=LIST_STYLESHEET.read_text(), font_config=fonts, url_fetcher=PackagedFiles(fail_on_errors=True))
        printed = HTML(string=html, url_fetcher=PackagedFiles()).write_pdf(
            stylesheets=[stylesheet, own], font_config=fonts, pdf_variant="pdf/ua-1"
        )
    return cast(bytes, printed)


@cache
def template_version(template: str, language: str) -> str:
    """What a letter looks like and says by itself, as 16 hexadecimal digits of all that it is made from."""
    parts = [
        _source(f"letters/{language}/{template}"),
        *(_source(f"letters/{name}.html") for name in _SHARED),
        STYLESHEET.read_text(),
    ]
    parts += [wording.source(language, topic) for topic in wording.TOPICS]
    return _digest("\n".join(parts))


def version_of(letter: Letter) -> str:
    """The template's version, and that of the standard texts in it where there are any."""
    version = template_version(letter.template, letter.language)
    return _digest(version + letter.sender.version) if letter.sender.version else version


#: What every template is built on.
_SHARED = ("base", "parts/appeal", "parts/contact", "parts/rule", "parts/steps")


def _context(letter: Letter) -> dict[str, object]:
    words = wording.common(letter.language)
    return {
        "letter": letter,
        "title": wording.title_of(letter),
        "words": words,
        "said": wording.said_of(letter),
        "logo": LOGO if letter.sender.logo else "",
        "draft_word": words[letter.draft_word],
        "reference_word": words[letter.reference_word],
        "acts_as": words["acts_as"].get(letter.acts_as, ""),
        "long_date": words["long_date"],
        "day_date": words["day_date"],
    }


def _template_name(letter: Letter) -> str:
    return f"letters/{letter.language}/{letter.template}"


def _source(name: str) -> str:
    return str(get_template(name).template.source)  # type: ignore[attr-defined]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _picture(content: bytes) -> str:
    return "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"


@cache
def _look() -> tuple[CSS, FontConfiguration]:
    """The stylesheet and its fonts, read once a process: unpacking fonts takes longer than printing."""
    fonts = FontConfiguration()
    stylesheet = CSS(string=STYLESHEET.read_text(), font_config=fonts, url_fetcher=PackagedFiles(fail_on_errors=True))
    return stylesheet, fonts


@cache
def _font_names() -> frozenset[str]:
    return frozenset(file.name for file in settings.LETTER_FONTS.glob("*.woff2"))
