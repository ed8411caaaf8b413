from pathlib import Path

from django.db import migrations, models
from people.tables import Tables


STATE = [
    migrations.RemoveConstraint(
        model_name='housingallowance',
        name='allowance_outcome_is_known',
    ),
    migrations.AlterField(
        model_name='housingallowance',
        name='outcome',
        field=models.CharField(blank=True, choices=[('granted', 'Granted'), ('refused', 'Refused'), ('lapsed', 'Lapsed: the household is no more')], max_length=10, verbose_name='answer'),
    ),
    migrations.AlterField(
        model_name='housingallowanceevent',
        name='outcome',
        field=models.CharField(blank=True, choices=[('granted', 'Granted'), ('refused', 'Refused'), ('lapsed', 'Lapsed: the household is no more')], max_length=10, verbose_name='answer'),
    ),
    migrations.AddConstraint(
        model_name='housingallowance',
        constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'granted', 'refused', 'lapsed'])), name='allowance_outcome_is_known'),
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_refused_earlier'),
    ]

    operations = [
        Tables(Path(__file__).with_suffix('.sql'), STATE),
    ]
