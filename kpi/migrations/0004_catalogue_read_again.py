"""The catalogue as it ships now: rows that are new or differ are written, published values that are gone are taken away.

As in 0002, what ships is told by the release and not by history.
"""

from django.db import migrations
from django.db.models import F

from kpi.shipped import strategies


#: beyond the places of an objective's rows
ELSEWHERE = 10_000
TABLES = ("kpi_strategy", "kpi_objective", "kpi_cataloguerow", "kpi_publishedvalue")


def read(apps, schema_editor):
    for table in TABLES:
        schema_editor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    _read(apps)
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in TABLES:
        schema_editor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _read(apps):
    for told in strategies():
        objectives = told.pop("objectives")
        strategy = _kept(apps.get_model("kpi", "Strategy"), told, key=told["key"])
        for objective_told in objectives:
            rows = objective_told.pop("rows")
            number = objective_told["number"]
            objective = _kept(apps.get_model("kpi", "Objective"), objective_told, strategy=strategy, number=number)
            _make_room(apps.get_model("kpi", "CatalogueRow"), objective, rows)
            for row_told in rows:
                published = row_told.pop("published", [])
                code = row_told["code"]
                row = _kept(apps.get_model("kpi", "CatalogueRow"), row_told, objective=objective, code=code)
                _publish(apps.get_model("kpi", "PublishedValue"), row, published)


def _make_room(model, objective, rows):
    """Two rows never have one place: those that stand elsewhere now leave theirs first."""
    places = {told["code"]: told["position"] for told in rows}
    moved = [row.pk for row in model.objects.filter(objective=objective) if places.get(row.code) != row.position]
    model.objects.filter(pk__in=moved).update(position=F("position") + ELSEWHERE)


def _publish(model, row, published):
    model.objects.filter(row=row).exclude(year__in=[value["year"] for value in published]).delete()
    for value in published:
        _kept(model, value, row=row, year=value["year"])


def _kept(model, told, **key):
    """The row of that key, as told; what is not told is what a new row has."""
    kept = model.objects.filter(**key).first() or model(**key)
    fields = [field for field in model._meta.concrete_fields if not field.primary_key and field.name not in key]
    wanted = {field.attname: told.get(field.name, field.get_default()) for field in fields}
    if kept.pk is None or any(getattr(kept, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(kept, name, value)
        kept.save()
    return kept


class Migration(migrations.Migration):
    dependencies = [("kpi", "0003_own_indicators")]

    operations = [migrations.RunPython(read, migrations.RunPython.noop)]
