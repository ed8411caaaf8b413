"""Every threat in docs/threats.md has its control and its proofs, and each proof is a test that there is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.source import ROOT

_PROOF = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
DOCUMENT = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")


def rows() -> Iterator[list[str]]:
    """The cells of each row of a table, heads left out."""
    for line in DOCUMENT.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and cells[0] not in ("threat", "---"):
            yield cells


@cache
def functions_of(file: str) -> frozenset[str]:
    path = ROOT / file
    if not path.exists():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_threat_has_a_control_and_at_least_one_proof() -> None:
    threats = list(rows())

    assert len(threats) > 14
    for cells in threats:
        assert len(cells) == 3 and all(cells), cells
        assert _PROOF.search(cells[2]), cells[0]
        assert not _PROOF.sub("", cells[2]).replace(",", "").strip(), cells[0]


@pytest.mark.parametrize(("file", "test"), sorted(set(_PROOF.findall(DOCUMENT))))
def test_each_proof_is_a_test_that_there_is(file: str, test: str) -> None:
    assert test.startswith("test_")
    assert test in functions_of(file)
