# mypy: disable-error-code="no-untyped-call"
"""Asking for every address, and hearing everything that an answer tells: page, header, PDF, spreadsheet.

`routes` gives every address there is with the arguments that lead to it, `crawl` those that links lead to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import openpyxl
import pikepdf
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

# ── every address ─────────────────────────────────────────────────────────────────────────────────────────────────

_BY_KIND: dict[str, Any] = {"int": 1, "uuid": uuid4(), "slug": "now", "str": "x"}
#: Codes that addresses take, where the first is as good as any.
CODES: dict[tuple[str, str], Any] = {
    ("kpi:indicator", "code"): "2.1",
    ("kpi:behind", "code"): "2.1",
    ("kpi:export_behind", "code"): "2.1",
    ("kpi:why", "code"): "2.1",
    ("kpi:household_behind", "code"): "2.1",
    ("kpi:by_name_list", "what"): "after",
    ("kpi:by_name_list", "month"): "2026-01-01",
    ("kpi:explained_households", "code"): "2.1",
    ("kpi:explained_households", "part"): "real",
    ("kpi:counted_list", "dimension"): "place",
    ("kpi:counted_list", "group"): "temporary",
    ("kpi:objective", "strategy"): "bolig-for-velferd",
    ("kpi:objective", "number"): "2",
    ("kpi:choose_indicators", "strategy"): "alle-trenger-et-trygt-hjem",
    ("kpi:choose_indicators", "number"): "5",
    ("kpi:register_value", "year"): 2025,
    ("kpi:register_value", "code"): "1.2",
    ("kpi:target", "code"): "2.2",
    ("kpi:drop_target", "code"): "2.2",
    ("kpi:define_indicator_anew", "code"): "own-1",
    ("kpi:end_indicator", "code"): "own-1",
    ("kpi:kostra", "year"): 2025,
    ("kpi:kostra_answers", "year"): 2025,
    ("kpi:kostra_changed", "year"): 2025,
    ("kpi:kostra_changed", "key"): "temporary",
    ("kpi:kostra_found", "year"): 2025,
    ("kpi:kostra_found", "key"): "no_decision",
    ("kpi:kostra_readings", "year"): 2025,
    ("kpi:kostra_readings", "key"): "temporary_over",
    ("kpi:kostra_file", "year"): 2025,
    ("kpi:kostra_file", "ending"): "json",
    ("kpi:kostra_remark", "year"): 2025,
    ("kpi:kostra_remark", "kind"): "explanation",
    ("kpi:kostra_remark", "key"): "temporary",
    ("kpi:kostra_rule", "year"): 2025,
    ("kpi:kostra_rule", "key"): "temporary_over",
    ("kpi:kostra_sent", "year"): 2025,
    ("kpi:result_comment", "year"): 2025,
    ("kpi:result_excel", "year"): 2025,
    ("kpi:result_step", "name"): "hand-over",
    ("kpi:result_step", "year"): 2025,
    ("kpi:result_pdf", "year"): 2025,
    ("cases:correction_letter", "language"): "nb",
    ("cases:overview_list", "what"): "now",
    ("cases:choose_law", "code"): "dwelling_basis",
    ("cases:reason_sources", "part"): "facts",
    ("cases:reason_sources", "number"): 0,
    ("cases:write_standard_text", "place"): "closing",
    ("cases:write_standard_text", "language"): "nb",
    ("cases:request_report_list", "figure"): "asked",
    ("cases:export_request_report", "figure"): "asked",
    ("cases:law_check", "number"): "L01",
    ("cases:make_allotment_rules", "mode"): "points",
}


@dataclass(frozen=True)
class Route:
    name: str
    #: each argument's name with the kind of its converter
    arguments: tuple[tuple[str, str], ...]

    def url(self, *ids: Mapping[str, Any]) -> str:
        """Its address with what the later of `ids` hold before the earlier, and an example of whatever none holds."""
        given = {name: value for one in ids for name, value in one.items()}
        values = [
            CODES.get((self.name, name), given.get(name, _BY_KIND.get(kind, "x"))) for name, kind in self.arguments
        ]
        return reverse(self.name, args=values)

    @property
    def is_of_household(self) -> bool:
        return ("key", "uuid") in self.arguments


def _walk(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[Route]:
    for pattern in patterns:
        converters = getattr(pattern.pattern, "converters", {})
        own = tuple((name, _kind(converter)) for name, converter in converters.items())
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from (Route(one.name, own + one.arguments) for one in _walk(pattern.url_patterns, inner))
        elif pattern.name:
            yield Route(f"{space}{pattern.name}", own)


def _kind(converter: Any) -> str:
    kind = type(converter).__name__.removesuffix("Converter").lower()
    return "str" if kind == "string" else kind


def routes() -> list[Route]:
    """Every route of the URL configuration, by name."""
    return sorted(_walk(get_resolver().url_patterns), key=lambda route: route.name)


#: What a form may ask for, so that many an act and every file is carried out.
FILLED = {"reason": "Because the leak test asks for it", "language": "nb", "on": "today", "starts_on": "today"}


# ── what an answer tells ──────────────────────────────────────────────────────────────────────────────────────────

#: What the test client knows of a request, and no browser is told.
_LINK = re.compile(r'href="(/[^"#]*)"')


def told(response: Any) -> str:
    """Everything that the browser gets, in small letters."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{headers} {_as_text(content, response.headers.get('Content-Type', ''))}".lower()


def _as_text(content: bytes, kind: str) -> str:
    if kind.startswith("application/pdf") and content.startswith(b"%PDF"):
        return pdf_text(content)
    if content.startswith(b"PK"):
        return archive_text(content)
    return content.decode("utf-8", "replace")


def archive_text(content: bytes) -> str:
    """A spreadsheet's cells, or the names and contents of the files in an archive."""
    with ZipFile(BytesIO(content)) as archive:
        if "[Content_Types].xml" in archive.namelist():
            return sheet_text(content)
        inside = {name: archive.read(name) for name in archive.namelist()}
    kinds = {name: "application/pdf" if name.endswith(".pdf") else "" for name in inside}
    return " ".join(f"{name} {_as_text(file, kinds[name])}" for name, file in inside.items())


def sheet_text(content: bytes) -> str:
    book = openpyxl.load_workbook(BytesIO(content))
    properties = " ".join(str(value) for value in vars(book.properties).values())
    cells = (str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    return " ".join([properties, *book.sheetnames, *cells])


def pdf_text(content: bytes) -> str:
    """The words of a PDF as they are drawn, with what its metadata say."""
    with pikepdf.open(BytesIO(content)) as pdf:
        about = [str(value) for value in pdf.docinfo.values()] + [str(pdf.open_metadata())]
        return " ".join(about + ["".join(_drawn(page)) for page in pdf.pages])


def _drawn(page: Any) -> Iterator[str]:
    letters: dict[int, str] = {}
    fonts = {str(name): _letters_of(font) for name, font in page.Resources.get("/Font", {}).items()}
    stream: Any = pikepdf.parse_content_stream(page)
    for operands, operator in stream:
        if str(operator) == "Tf":
            letters = fonts.get(str(operands[0]), {})
        elif str(operator) in ("Tj", "TJ"):
            parts = operands[0] if str(operator) == "TJ" else operands
            for part in parts:
                if isinstance(part, pikepdf.String):
                    raw = bytes(part)
                    yield from (letters.get(int.from_bytes(raw[i : i + 2]), "") for i in range(0, len(raw), 2))
        elif str(operator) == "ET":
            yield " "


def _letters_of(font: Any) -> dict[int, str]:
    """Glyph → letters, as the font's own map to Unicode says."""
    if "/ToUnicode" not in font:
        return {}
    table = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4,})>", table)
    return {int(glyph, 16): bytes.fromhex(letters).decode("utf-16-be") for glyph, letters in pairs}


@contextmanager
def asked(client: Client, method: str, url: str, data: Mapping[str, Any] | None = None) -> Iterator[Any]:
    """An answer, of which everything is undone again, so that the next one finds what this one found."""
    with transaction.atomic():
        yield getattr(client, method)(url, data or {})
        transaction.set_rollback(True)


def sung(answer: Any, canaries: Iterable[str], *, but: str = "") -> list[str]:
    """What an answer gives away, each with what stands around it. The address itself does not count."""
    text = told(answer).replace(but.lower(), "") if but else told(answer)
    return [text[max(text.find(one) - 60, 0) : text.find(one) + 60] for one in canaries if one in text]


def shown_together(answer: Any, one: Iterable[str], other: str) -> list[str]:
    """The rows and points of a page that hold a word of `one`, and `other`."""
    parts = re.split(r"<(?:tr|li|section|article)\b", told(answer))
    return [part for part in parts if other in part and any(word in part for word in one)]


def links_of(response: Any) -> set[str]:
    """Where a page leads."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    return {link.replace("&amp;", "&") for link in _LINK.findall(response.content.decode())} if is_page else set()


def crawl(client: Client, *starts: str, most: int = 400) -> Iterator[tuple[str, Any]]:
    """Each page that can be reached by links from where somebody starts, with its answer."""
    waiting, seen = list(starts), set(starts)
    while waiting and len(seen) < most:
        url = waiting.pop(0)
        answer = client.get(url)
        yield url, answer
        found = links_of(answer) | ({answer.headers["Location"]} if answer.status_code == 302 else set())
        new = {link for link in found if link.startswith("/")} - seen
        seen |= new
        waiting += sorted(new)
