"""National ids are encrypted, with a keyed hash that the database cuts out of the text for equality.

The constraints move from the number to its hash. Rows and history are rewritten without a trace of a change.
"""

import people.encrypted_fields
from django.db import migrations, models
from people.reencryption import convert


def encrypt(apps, editor):
    for name in ("Person", "PersonEvent"):
        convert(apps.get_model("people", name), "national_id", lambda field, text: field.encrypted(text), editor)


def decrypt(apps, editor):
    for name in ("Person", "PersonEvent"):
        convert(apps.get_model("people", name), "national_id", lambda field, text: field.decrypted(text), editor)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0007_grants'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='person',
            name='person_one_for_a_national_id',
        ),
        migrations.RemoveConstraint(
            model_name='person',
            name='person_has_a_number_when_its_kind_says_so',
        ),
        migrations.AlterField(
            model_name='person',
            name='national_id',
            field=people.encrypted_fields.EncryptedNumberField(blank=True, place='people_person.national_id', verbose_name='national id'),
        ),
        migrations.AlterField(
            model_name='personevent',
            name='national_id',
            field=people.encrypted_fields.EncryptedNumberField(blank=True, place='people_person.national_id', verbose_name='national id'),
        ),
        migrations.RunPython(encrypt, decrypt),
        migrations.AddField(
            model_name='person',
            name='national_id_hash',
            field=models.GeneratedField(db_persist=True, expression=models.Func(models.F('national_id'), models.Value('/'), models.Value(1), function='split_part', output_field=models.CharField()), output_field=models.CharField(db_collation='C', max_length=64)),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(condition=models.Q(('national_id_hash', ''), _negated=True), fields=('national_id_hash',), name='person_one_for_a_national_id', violation_error_message='Somebody with this national id is already registered.'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('id_kind', 'none'), ('national_id_hash', '')), models.Q(models.Q(('id_kind', 'none'), _negated=True), models.Q(('national_id_hash', ''), _negated=True)), _connector='OR'), name='person_has_a_number_when_its_kind_says_so'),
        ),
    ]
