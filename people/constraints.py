"""Rules in the database: periods, their overlaps, copied keys, and the sentence of a broken rule."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache, partial
from typing import Any

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BaseConstraint, CheckConstraint, ExpressionWrapper, F, Func, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.utils import Error
from django.utils.translation import gettext_lazy as _


class DateRange(Func):
    """`daterange(starts_on, ends_on)`: half-open, an end of NULL is open."""

    function = "daterange"
    output_field = DateRangeField()


def period_is_forwards(name: str) -> CheckConstraint:
    """`ends_on`, when there is one, comes after `starts_on`: no period is empty or reversed."""
    return CheckConstraint(
        name=name,
        condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
        violation_error_code="period",
        violation_error_message=_("The end must come after the start."),
    )


class NoOverlap(ExclusionConstraint):
    """An exclusion constraint over a period. A reversed one is the check constraint's: daterange() would raise."""

    def validate(
        self, model: type[models.Model], instance: Any, exclude: Iterable[str] | None = None, using: str = "default"
    ) -> None:
        is_reversed = instance.starts_on and instance.ends_on and instance.ends_on < instance.starts_on
        if instance.starts_on and not is_reversed:
            super().validate(model, instance, exclude, using)


def for_the_rule_alone(key: str) -> Combinable:
    """A key of an exclusion constraint after its first, as no query asks for it.

    The planner takes a GiST index to be as good for its second column as for its first, and better than the key's own
    index: it would read most of the table for one row.
    """
    return ExpressionWrapper(F(key) + 0, output_field=models.BigIntegerField())


def last_day(column: str) -> Coalesce:
    """The end of a period, for an index: an open one ends after all others."""
    return Coalesce(F(column), Value(date(9999, 12, 31)))


class CompositeForeignKey(BaseConstraint):
    """FOREIGN KEY (fields) REFERENCES to (to_fields): known to migrations, enforced by the database only.

    `validate` has nothing to do: a form fills the copied column itself, and the database says no.
    """

    def __init__(
        self,
        *,
        name: str,
        fields: Iterable[str],
        to: str,
        to_fields: Iterable[str],
        on_update: str = "CASCADE",
        deferrable: bool = False,
        **kwargs: Any,
    ) -> None:
        self.fields, self.to, self.to_fields = tuple(fields), to, tuple(to_fields)
        self.on_update, self.deferrable = on_update, deferrable
        super().__init__(name=name, **kwargs)

    def constraint_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert model and schema_editor
        quote = schema_editor.quote_name
        other = model._meta.apps.get_model(self.to)

        def columns(of: type[models.Model], names: tuple[str, ...]) -> str:
            column = {field.name: str(field.column) for field in of._meta.concrete_fields}
            return ", ".join(quote(column[name]) for name in names)

        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({columns(model, self.fields)})"
            f" REFERENCES {quote(other._meta.db_table)} ({columns(other, self.to_fields)})"
            f" ON UPDATE {self.on_update}"
        ) + (" DEFERRABLE INITIALLY DEFERRED" if self.deferrable else "")

    def create_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert model and schema_editor
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        assert model and schema_editor
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} DROP CONSTRAINT {schema_editor.quote_name(self.name)}"

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Iterable[str] | None = None,
        using: str = "default",
    ) -> None:
        return None

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        kwargs |= {
            "fields": self.fields,
            "to": self.to,
            "to_fields": self.to_fields,
            "on_update": self.on_update,
            "deferrable": self.deferrable,
        }
        return path, tuple(args), kwargs

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CompositeForeignKey) and self.deconstruct() == other.deconstruct()

    __hash__ = None  # type: ignore[assignment]


def broken_constraint(error: Error) -> str | None:
    """The name of the constraint that the database says was broken."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None)


def constraint_message(error: Error) -> str | None:
    """The sentence of the constraint that the database named, so that a race reads like a validation.

    A rule that a trigger guards has its sentence in `TRIGGER_MESSAGES` of the module its model stands in.
    None when the error names no constraint of ours.
    """
    name = broken_constraint(error)
    sentence = _sentences().get(name) if name else None
    return sentence() if sentence else None


@lru_cache
def _sentences() -> dict[str, Callable[[], str]]:
    """Constraint name → what says its sentence, in the language of the moment it is read."""
    sentences: dict[str, Callable[[], str]] = {}
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            sentences[constraint.name] = partial(_sentence, constraint)
        guarded = getattr(sys.modules[model.__module__], "TRIGGER_MESSAGES", {})
        sentences |= {name: partial(str, message) for name, message in guarded.items()}
    return sentences


def _sentence(constraint: BaseConstraint) -> str:
    return str(constraint.get_violation_error_message())
