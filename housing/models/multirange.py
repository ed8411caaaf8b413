from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field


class DateMultirangeField(Field):
    """A set of days as PostgreSQL keeps it, a datemultirange; reads as psycopg's `Multirange` of date ranges."""

    def db_type(self, connection: Any) -> str:
        return "datemultirange"
