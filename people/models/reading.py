from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.decision import Purpose
from people.models.employee import Employee


class Showing(models.TextChoices):
    """The way in which something was read."""

    VIEW = "view", _("Page")
    LIST = "list", _("List")
    SEARCH = "search", _("Search hit")
    PRINT = "print", _("Print")
    EXPORT = "export", _("Export")
    API = "api", _("Interface")
    COMMAND = "command", _("Command")


#: what a page calls each ground
PURPOSES = {
    Purpose.OWN_CASE: _("Own case"),
    Purpose.UNIT: _("Own unit"),
    Purpose.REASON: _("Stated reason"),
    Purpose.GRANT: _("Granted access"),
    Purpose.LEADER: _("Leader of the unit"),
    Purpose.SPECIAL_UNIT: _("Special unit"),
    Purpose.AUDIT: _("Audit"),
    Purpose.FIGURES: _("Behind a figure, by case number"),
    Purpose.SYSTEM: _("System"),
    Purpose.REFUSED: _("Refused"),
}


class Reading(models.Model):
    """One line of the read log (innsyn): who saw or was refused which household or person, as what, and what for.

    The table is the audit role's. Only `people.read_log.write_readings` adds to it, the database sets `at`, and nobody
    changes it. Household, person, unit and grant are plain values: the log outlives them. `route` is a view's name.
    """

    at = models.DateTimeField()
    employee = models.ForeignKey(Employee, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    role = models.CharField(max_length=20)
    unit_id = models.BigIntegerField(null=True)
    household_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    what = models.CharField(max_length=20, choices=Showing)
    purpose = models.CharField(max_length=20, choices=[(purpose.value, label) for purpose, label in PURPOSES.items()])
    grant_id = models.BigIntegerField(null=True)
    route = models.CharField(max_length=100)
    request = models.CharField(max_length=40)
    is_refused = models.BooleanField(db_column="refused")

    class Meta:
        managed = False
        # Django takes a name that is quoted as it stands: a table outside the schema public.
        db_table = '"audit"."read_log"'

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.employee_id} {self.what} {self.household_id}"
