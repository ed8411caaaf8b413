from __future__ import annotations

from django.db import models


class Municipality(models.Model):
    """A municipality (kommune) by its number (kommunenummer), four digits; reference data set by a migration."""

    number = models.CharField(max_length=4, primary_key=True, db_collation="C")
    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name
