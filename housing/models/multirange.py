from __future__ import annotations

from typing import Any

from django.db import models


class DateMultirangeField(models.Field):
    """A set of days as PostgreSQL keeps it: a datemultirange. Reads as psycopg's `Multirange` of half-open date ranges."""

    def db_type(self, connection: Any) -> str:
        return "datemultirange"
