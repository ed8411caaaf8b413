from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models
from people.tables import Tables


STATE = [
    migrations.RemoveConstraint(
        model_name='dwellingrent',
        name='dwelling_rent_one_a_day',
    ),
    migrations.RemoveIndex(
        model_name='residence',
        name='residence_by_household',
    ),
    migrations.AlterField(
        model_name='dwelling',
        name='municipality',
        field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='dwellings', to='people.municipality'),
    ),
    migrations.AlterField(
        model_name='dwellingrent',
        name='dwelling',
        field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='rents', to='housing.dwelling'),
    ),
    migrations.AlterField(
        model_name='dwellingvoid',
        name='dwelling',
        field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='voids', to='housing.dwelling', verbose_name='dwelling'),
    ),
    migrations.AddIndex(
        model_name='dwellingvoid',
        index=models.Index(fields=['dwelling', 'starts_on'], include=('ends_on', 'cost'), name='void_of_dwelling'),
    ),
    migrations.AddIndex(
        model_name='residence',
        index=models.Index(fields=['household', 'starts_on'], include=('ends_on', 'kind'), name='residence_by_household'),
    ),
    migrations.AddConstraint(
        model_name='dwellingrent',
        constraint=models.UniqueConstraint(fields=('dwelling', 'starts_on'), include=('rent_a_month',), name='dwelling_rent_one_a_day', violation_error_message='There is already a rent from that day.'),
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('housing', '0002_night_dates'),
        ('people', '0004_one_index_a_key'),
    ]

    operations = [
        Tables(Path(__file__).with_suffix('.sql'), STATE),
    ]
