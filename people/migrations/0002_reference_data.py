"""The municipalities, and the actors of the system itself."""

import csv
from pathlib import Path

from django.db import migrations

MUNICIPALITIES = Path(__file__).parent.parent / "data" / "municipalities.csv"
ACTORS = (
    ("import", "Import"),
    ("calendar", "Kalender"),
    ("command", "Kommandolinje"),
    ("sign_in", "Innlogging"),
    ("outbox", "Utsending"),
)


def fill(apps, schema_editor):
    municipality = apps.get_model("people", "Municipality")
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as rows:
        municipality.objects.bulk_create(municipality(**row) for row in csv.DictReader(rows))
    employee = apps.get_model("people", "Employee")
    for username, name in ACTORS:
        employee.objects.create(username=username, name=name, is_system=True, password="!", is_active=False)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("pghistory", "0007_auto_20250421_0444")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
