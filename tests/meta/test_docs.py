"""The documents name what there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.source import APPS, ROOT, files, modules

DOCUMENTS = [path for path in files() if path.suffix == ".md"]
_PATH = re.compile(r"`((?:[\w.-]+/)+[\w.*-]*)`")
_LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")
_FOLDERS = {*APPS, "docs", "locale", "scripts", "static", "templates", "tests"}


def document_names() -> list[str]:
    return [str(path.relative_to(ROOT)) for path in DOCUMENTS]


def paths_named(text: str) -> Iterator[str]:
    """What looks like a path from the project's root."""
    for named in _PATH.findall(text):
        if named.split("/")[0] in _FOLDERS:
            yield named


@pytest.mark.parametrize("document", document_names())
def test_a_document_s_links_lead_to_files(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")

    missing = [link for link in _LINK.findall(text) if not (ROOT / document).parent.joinpath(link).exists()]

    assert missing == []


@pytest.mark.parametrize("document", document_names())
def test_a_document_s_paths_are_there(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")

    assert [named for named in paths_named(text) if not any(ROOT.glob(named.rstrip("/")))] == []


@pytest.mark.parametrize("document", document_names())
def test_a_document_s_commands_can_be_run(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))

    assert set(re.findall(r"manage\.py ([a-z_]+)", text)) - set(get_commands()) == set()
    assert set(re.findall(r"`make ([a-z-]+)[` ]", text)) - targets == set()


def test_the_decisions_are_numbered_and_listed() -> None:
    folder = ROOT / "docs" / "adr"
    decisions = sorted(path.name for path in folder.glob("[0-9]*.md"))

    listed = re.findall(r"^(\d+)\. \[(.+)\]\((.+)\)$", (folder / "README.md").read_text("utf-8"), flags=re.MULTILINE)

    assert [name for _, _, name in listed] == decisions
    assert [int(number) for number, _, _ in listed] == list(range(1, len(decisions) + 1))
    for number, title, name in listed:
        assert (folder / name).read_text("utf-8").startswith(f"# {number}. {title}\n")
        assert name.startswith(f"{int(number):04}-")


def test_every_variable_of_the_environment_is_in_the_operations_manual() -> None:
    manual = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    read = {
        name
        for path in files(ROOT / "config")
        if path.suffix == ".py"
        for name in re.findall(r'"((?:VARIG|DATABASE)_[A-Z_]+)"', path.read_text(encoding="utf-8"))
    }

    assert {name for name in read if name not in manual} == set()


def test_what_comments_point_to_is_there() -> None:
    pointers = (
        (path, named)
        for path, _ in modules()
        for named in re.findall(r"docs/[\w/-]+(?:\.md)?", Path(ROOT / path).read_text(encoding="utf-8"))
    )

    assert [(str(path), named) for path, named in pointers if not any(ROOT.glob(f"{named}*"))] == []
