from pathlib import Path

from django.db import migrations, models
from people.tables import Tables


STATE = [
    migrations.AddIndex(
        model_name='member',
        index=models.Index(condition=models.Q(('role', 'child')), fields=['household', 'starts_on'], include=('ends_on', 'person'), name='member_child'),
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_figures_from_indexes'),
    ]

    operations = [
        Tables(Path(__file__).with_suffix('.sql'), STATE),
    ]
