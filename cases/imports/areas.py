"""Files that tell of one matter of a household, each with its rules and its writing in a module of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db.models import Model

from cases.interchange.rows import Row
from cases.interchange.tables import Table
from people.journal import Act

if TYPE_CHECKING:
    from cases.imports.world import World

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, kw_only=True)
class Area(Generic[R]):
    """`values`: what a row writes beside its household, `only_new` what it writes only where it is new. `on`: the
    attribute with the day that the journal names."""

    table: Table[R]
    model: type[Model]
    rules: tuple[Callable[[World, R], Iterator[str]], ...]
    values: Callable[[R], dict[str, Any]]
    on: str
    created: Act
    changed: Act
    only_new: Callable[[R], dict[str, Any]] = lambda row: {}
