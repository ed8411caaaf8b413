from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models
from people.tables import Tables


STATE = [
    migrations.AlterField(
        model_name='member',
        name='household',
        field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='members', to='people.household'),
    ),
    migrations.AlterField(
        model_name='responsibility',
        name='household',
        field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to='people.household'),
    ),
    migrations.AlterField(
        model_name='responsibility',
        name='unit',
        field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='responsibilities', to='people.unit'),
    ),
    migrations.AddIndex(
        model_name='household',
        index=models.Index(condition=models.Q(('split_on__isnull', False)), fields=['id', 'split_on'], name='household_split'),
    ),
    migrations.AddIndex(
        model_name='member',
        index=models.Index(fields=['household', 'starts_on'], include=('ends_on', 'role', 'person'), name='member_of_household'),
    ),
    migrations.AddIndex(
        model_name='responsibility',
        index=models.Index(fields=['unit', 'starts_on'], include=('household',), name='responsibility_begun'),
    ),
    migrations.AddIndex(
        model_name='responsibility',
        index=models.Index(fields=['household', 'starts_on'], include=('unit', 'ends_on'), name='responsibility_in_order'),
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_reference_data'),
    ]

    operations = [
        Tables(Path(__file__).with_suffix('.sql'), STATE),
    ]
