"""What import-linter cannot see: how big a module is, which ones promise to be pure, and what an act looks like."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

from tests.source import ROOT, modules

LONGEST_MODULE = 400


def dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts)


def is_table_of_contents(tree: ast.Module) -> bool:
    """Nothing but imports and `__all__`: looked up in, not read."""
    return all(isinstance(node, ast.ImportFrom | ast.Assign | ast.Expr) for node in tree.body) and all(
        ast.unparse(target) == "__all__"
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
    )


def test_no_module_is_longer_than_one_sitting() -> None:
    lengths = {
        str(path): len((ROOT / path).read_text(encoding="utf-8").splitlines())
        for path, tree in modules()
        if not is_table_of_contents(tree)
    }

    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_a_module_that_says_it_is_pure_is_held_to_it() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    [held] = [set(contract["source_modules"]) for contract in contracts if contract["type"] == "forbidden"]

    pure = {dotted(path) for path, tree in modules() if "Pure: " in (ast.get_docstring(tree) or "")}

    assert pure - held == set()


def test_an_act_takes_its_actor_and_its_moment_by_name() -> None:
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and any(ast.unparse(d) == "act" for d in node.decorator_list):
                named = {argument.arg for argument in node.args.kwonlyargs}
                assert {"by", "at"} <= named, f"{path}:{node.lineno}"


def test_an_act_stands_in_actions_but_for_the_import_and_the_form_sent_once() -> None:
    found = {
        str(path)
        for path, tree in modules()
        if "actions" not in path.parts
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and any(ast.unparse(d) == "act" for d in node.decorator_list)
    }

    assert found == {"cases/imports/importing.py", "people/form_keys.py"}
