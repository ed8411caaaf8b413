"""Nothing goes round the state machines."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django_fsm import ConcurrentTransitionMixin, FSMField

from tests.source import modules


def machines() -> list[tuple[type[models.Model], FSMField]]:
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, FSMField) and not model.__name__.endswith("Event")
    ]


def written_past(tree: ast.AST, names: set[str]) -> Iterator[int]:
    """The lines where a queryset's `update` or `bulk_update` names one of the fields: no transition would be asked."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            keywords = {keyword.arg for keyword in node.keywords}
            texts = {leaf.value for leaf in ast.walk(node) if isinstance(leaf, ast.Constant)}
            if (node.func.attr == "update" and keywords & names) or (node.func.attr == "bulk_update" and texts & names):
                yield node.lineno


def test_a_state_is_never_written_past_its_machine() -> None:
    names = {field.name for _, field in machines()}

    found = [f"{path}:{line}" for path, tree in modules() for line in written_past(tree, names)]

    assert names == {"state", "status"}
    assert found == []


def test_writing_past_a_machine_would_be_seen() -> None:
    tree = ast.parse("Case.objects.filter(pk=1).update(state='closed')\nCase.objects.bulk_update(cases, ['state'])")

    assert list(written_past(tree, {"state"})) == [1, 2]


@pytest.mark.parametrize(("model", "field"), machines())
def test_a_machine_is_protected_and_sees_that_somebody_else_moved_it(
    model: type[models.Model], field: FSMField
) -> None:
    assert field.protected
    assert issubclass(model, ConcurrentTransitionMixin)
