"""What a screen reader meets in a letter: the PDF's own structure, with the text of each element in reading order.

`python -m tests.letters.reading` writes the golden letters anew; read the difference before you keep it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from cases.letters import Letter, pdf_of

GOLDEN = Path(__file__).with_name("golden")
_CODE = re.compile(rb"<([0-9A-Fa-f]+)>")
#: elements that are a line of their own
_LINES = {"H1", "H2", "H3", "P", "LI", "TR", "Figure"}

Texts = dict[tuple[int, int], str]


def read(content: bytes) -> str:
    """Every line with its tag: `H1 Vedtak om …`, `TR Fra | mandag 2. mars 2026`."""
    with pikepdf.open(BytesIO(content)) as pdf:
        texts = {
            (page.objgen[0], mark): text
            for page in (page.obj for page in pdf.pages)
            for mark, text in _marked(page).items()
        }
        return "\n".join(_lines(pdf.Root.StructTreeRoot, texts, None)) + "\n"


def golden_of(letter: Letter) -> str:
    return read(pdf_of(letter))


def _lines(element: Any, texts: Texts, page: Any) -> Iterator[str]:
    page = element.get("/Pg", page)
    tag = str(element.get("/S", "")).removeprefix("/")
    if tag in _LINES:
        cells = [" ".join(_text(cell, texts, page).split()) for cell in _cells(element, tag)]
        line = " | ".join(cells)
        if line.strip():
            yield f"{tag} {line}"
        return
    for child in _children(element):
        if isinstance(child, pikepdf.Dictionary):
            yield from _lines(child, texts, page)


def _cells(element: Any, tag: str) -> list[Any]:
    return (
        [child for child in _children(element) if isinstance(child, pikepdf.Dictionary)] if tag == "TR" else [element]
    )


def _text(element: Any, texts: Texts, page: Any) -> str:
    if isinstance(element, int):
        return texts.get((page.objgen[0], element), "")
    page = element.get("/Pg", page)
    if "/MCID" in element:
        return texts.get((page.objgen[0], int(element.MCID)), "")
    alternative = str(element.get("/Alt", ""))
    return alternative or " ".join(_text(child, texts, page) for child in _children(element))


def _children(element: Any) -> list[Any]:
    found = element.get("/K", [])
    several = list(found) if isinstance(found, pikepdf.Array) else [found]
    return [int(one) if not isinstance(one, pikepdf.Dictionary) else one for one in several]


def _marked(page: Any) -> dict[int, str]:
    """The text of a page by its marks."""
    fonts = {name: _characters(font) for name, font in page.Resources.get("/Font", {}).items()}
    said: dict[int, str] = {}
    mark: int | None = None
    font: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "BDC":
                mark = int(operands[1]["/MCID"]) if "/MCID" in operands[1] else None
            case "BMC" | "EMC":
                mark = None
            case "Tf":
                font = fonts[str(operands[0])]
            case "Tj" | "TJ" if mark is not None:
                said[mark] = said.get(mark, "") + _decoded(operands[0], font)
            case "ET" if mark is not None:
                said[mark] = said.get(mark, "") + " "
    return said


def _decoded(shown: Any, font: dict[int, str]) -> str:
    parts = shown if isinstance(shown, pikepdf.Array) else [shown]
    text = ""
    for part in parts:
        if isinstance(part, pikepdf.String):
            codes = bytes(part)
            text += "".join(font.get(int.from_bytes(codes[i : i + 2]), "") for i in range(0, len(codes), 2))
    return text


def _characters(font: Any) -> dict[int, str]:
    """The characters of a font by their codes, as its ToUnicode map has them."""
    found: dict[int, str] = {}
    for line in bytes(font.ToUnicode.read_bytes()).splitlines():
        codes = _CODE.findall(line)
        if len(codes) == 2 and not line.rstrip().endswith(b"]") and b"begin" not in line:
            found[int(codes[0], 16)] = bytes.fromhex(codes[1].decode()).decode("utf-16-be")
    return found


def write_golden() -> None:
    """Write the golden letters anew, and take away those of letters that are no more."""
    from tests.letters.kinds import LETTERS

    GOLDEN.mkdir(exist_ok=True)
    for old in GOLDEN.glob("*.txt"):
        if old.stem not in LETTERS:
            old.unlink()
    for name, letter in LETTERS.items():
        (GOLDEN / f"{name}.txt").write_text(golden_of(letter), encoding="utf-8")


if __name__ == "__main__":
    import django

    django.setup()
    write_golden()
