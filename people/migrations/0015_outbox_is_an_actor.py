from django.db import migrations


def add_actor(apps, schema_editor):
    employees = apps.get_model("people", "Employee").objects
    employees.create(username="outbox", name="Utsending", is_system=True, password="!", is_active=False)


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0014_language_of_letters_and_deaths"),
    ]

    operations = [
        migrations.RunPython(add_actor, migrations.RunPython.noop),
    ]
