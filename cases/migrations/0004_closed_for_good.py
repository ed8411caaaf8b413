from pathlib import Path

from django.db import migrations, models
from people.tables import Tables


STATE = [
    migrations.AddIndex(
        model_name='case',
        index=models.Index(condition=models.Q(('closing_reason__in', ['joined', 'moved_away', 'deceased'])), fields=['municipality', 'household'], include=('closed_on', 'closing_reason'), name='case_closed_for_good'),
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0003_keys_for_rules_alone'),
        ('people', '0006_formed_by_split'),
    ]

    operations = [
        Tables(Path(__file__).with_suffix('.sql'), STATE),
    ]
