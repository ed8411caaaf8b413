"""The strategies, objectives, indicators and published values that ship with the product.

What ships is told by the release, not by history: that begins with whatever changes them later.
"""

from django.db import migrations

from kpi.shipped import strategies


TABLES = ("kpi_strategy", "kpi_objective", "kpi_cataloguerow", "kpi_publishedvalue")


def fill(apps, schema_editor):
    for table in TABLES:
        schema_editor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    _fill(apps)
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in TABLES:
        schema_editor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _fill(apps):
    for told in strategies():
        objectives = told.pop("objectives")
        strategy = apps.get_model("kpi", "Strategy").objects.create(**told)
        for objective_told in objectives:
            rows = objective_told.pop("rows")
            objective = apps.get_model("kpi", "Objective").objects.create(strategy=strategy, **objective_told)
            for row_told in rows:
                published = row_told.pop("published", [])
                row = apps.get_model("kpi", "CatalogueRow").objects.create(objective=objective, **row_told)
                values = apps.get_model("kpi", "PublishedValue").objects
                values.bulk_create(values.model(row=row, **value) for value in published)


class Migration(migrations.Migration):
    dependencies = [("kpi", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
