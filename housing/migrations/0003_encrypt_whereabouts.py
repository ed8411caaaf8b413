"""Where somebody is while away is encrypted. Rows and history are rewritten without a trace of a change."""

import people.encrypted_fields
from django.db import migrations
from people.reencryption import convert


def encrypt(apps, editor):
    for name in ("Absence", "AbsenceEvent"):
        convert(apps.get_model("housing", name), "where", lambda field, text: field.encrypted(text), editor)


def decrypt(apps, editor):
    for name in ("Absence", "AbsenceEvent"):
        convert(apps.get_model("housing", name), "where", lambda field, text: field.decrypted(text), editor)


class Migration(migrations.Migration):

    dependencies = [
        ('housing', '0002_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='absence',
            name='where',
            field=people.encrypted_fields.EncryptedTextField(place='housing_absence.where', verbose_name='where'),
        ),
        migrations.AlterField(
            model_name='absenceevent',
            name='where',
            field=people.encrypted_fields.EncryptedTextField(place='housing_absence.where', verbose_name='where'),
        ),
        migrations.RunPython(encrypt, decrypt),
    ]
