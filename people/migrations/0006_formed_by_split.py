from pathlib import Path

from django.db import migrations, models
from people.tables import Tables


STATE = [
    migrations.AddIndex(
        model_name='household',
        index=models.Index(condition=models.Q(('split_from__isnull', False)), fields=['municipality', 'id'], include=('split_from', 'split_on'), name='household_formed'),
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0005_keys_for_rules_alone'),
    ]

    operations = [
        Tables(Path(__file__).with_suffix('.sql'), STATE),
    ]
