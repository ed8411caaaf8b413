from __future__ import annotations

import pgtrigger
from django.db import models

from people.models.municipality import Municipality

_OF_ITS_HOUSEHOLD = """
    NEW.municipality_id := (SELECT municipality_id FROM people_household WHERE id = NEW.household_id);
    RETURN NEW;
"""


class InAMunicipality(models.Model):
    """A row of a household that carries the household's municipality, which never changes.

    The database writes it. A figure of one municipality then reads an index that begins with it, however large the
    country is; history needs no copy.
    """

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_index=False,
        editable=False,
        blank=True,
    )

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Trigger(
                name="of_its_household",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_OF_ITS_HOUSEHOLD,
            )
        ]
