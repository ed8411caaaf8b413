from pathlib import Path

import django.db.models.expressions
import people.constraints
from django.conf import settings
from django.db import migrations, models
from people.tables import Tables


STATE = [
    migrations.RemoveConstraint(
        model_name='representative',
        name='representative_once_at_a_time',
    ),
    migrations.AddConstraint(
        model_name='representative',
        constraint=people.constraints.NoOverlap(expressions=[('household', '='), (models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(models.F('person'), '+', models.Value(0)), output_field=models.BigIntegerField()), '='), ('kind', '='), ('name', '='), (people.constraints.DateRange('starts_on', 'ends_on'), '&&')], name='representative_once_at_a_time', violation_error_message='This representative is registered already in that period.'),
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_municipality_in_indexes'),
        ('people', '0005_keys_for_rules_alone'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(Path(__file__).with_suffix('.sql'), STATE),
    ]
