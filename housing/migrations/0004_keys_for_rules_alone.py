from pathlib import Path

import django.db.models.expressions
import people.constraints
from django.db import migrations, models
from people.tables import Tables


STATE = [
    migrations.RemoveConstraint(
        model_name='ban',
        name='ban_once_a_day',
    ),
    migrations.AddConstraint(
        model_name='ban',
        constraint=people.constraints.NoOverlap(expressions=[('household', '='), (models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(models.F('provider'), '+', models.Value(0)), output_field=models.BigIntegerField()), '='), (people.constraints.DateRange('starts_on', 'ends_on'), '&&')], name='ban_once_a_day', violation_error_message='The household is already banned from this provider in that period.'),
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('housing', '0003_one_index_a_key'),
        ('people', '0005_keys_for_rules_alone'),
    ]

    operations = [
        Tables(Path(__file__).with_suffix('.sql'), STATE),
    ]
