"""The catalogue as it ships now, read as in 0004: families and young together, once."""

from importlib import import_module

from django.db import migrations


def read(apps, schema_editor):
    import_module("kpi.migrations.0004_catalogue_read_again").read(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("kpi", "0005_set_aside_of_so_many")]

    operations = [migrations.RunPython(read, migrations.RunPython.noop)]
