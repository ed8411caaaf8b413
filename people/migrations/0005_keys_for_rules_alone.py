from pathlib import Path

import django.contrib.postgres.constraints
import django.db.models.expressions
import people.constraints
import people.models.grant
from django.db import migrations, models
from people.tables import Tables


STATE = [
    migrations.RemoveConstraint(
        model_name='clearance',
        name='clearance_once_at_a_unit_a_day',
    ),
    migrations.RemoveConstraint(
        model_name='coresponsibility',
        name='co_responsibility_once_a_unit_a_day',
    ),
    migrations.RemoveConstraint(
        model_name='disqualification',
        name='disqualification_once_a_person_a_day',
    ),
    migrations.RemoveConstraint(
        model_name='grant',
        name='grant_one_of_a_kind_is_live',
    ),
    migrations.RemoveConstraint(
        model_name='member',
        name='member_once_in_a_household_a_day',
    ),
    migrations.RemoveConstraint(
        model_name='sharingpractice',
        name='sharing_practice_once_a_pair_a_day',
    ),
    migrations.RemoveIndex(
        model_name='person',
        name='person_by_name',
    ),
    migrations.AddIndex(
        model_name='person',
        index=models.Index(fields=['name_key', 'id'], name='person_by_name'),
    ),
    migrations.AddConstraint(
        model_name='clearance',
        constraint=people.constraints.NoOverlap(expressions=[('employee', '='), (models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(models.F('unit'), '+', models.Value(0)), output_field=models.BigIntegerField()), '='), (people.constraints.DateRange('starts_on', 'ends_on'), '&&')], name='clearance_once_at_a_unit_a_day', violation_error_message='This employee is cleared at the unit in that period.'),
    ),
    migrations.AddConstraint(
        model_name='coresponsibility',
        constraint=people.constraints.NoOverlap(expressions=[('household', '='), (models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(models.F('unit'), '+', models.Value(0)), output_field=models.BigIntegerField()), '='), (people.constraints.DateRange('starts_on', 'ends_on'), '&&')], name='co_responsibility_once_a_unit_a_day', violation_error_message='This unit already shares the household in that period.'),
    ),
    migrations.AddConstraint(
        model_name='disqualification',
        constraint=people.constraints.NoOverlap(expressions=[('employee', '='), (models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(models.F('person'), '+', models.Value(0)), output_field=models.BigIntegerField()), '='), (people.constraints.DateRange('starts_on', 'ends_on'), '&&')], name='disqualification_once_a_person_a_day', violation_error_message='This employee is already kept from the person in that period.'),
    ),
    migrations.AddConstraint(
        model_name='grant',
        constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), (models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(models.F('permission'), '+', models.Value(0)), output_field=models.BigIntegerField()), '='), (models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(models.F('content_object'), '+', models.Value(0)), output_field=models.BigIntegerField()), '='), (people.models.grant.TimeRange('granted_at', 'expires_at'), '&&')], name='grant_one_of_a_kind_is_live', violation_error_message='The household is open already.'),
    ),
    migrations.AddConstraint(
        model_name='member',
        constraint=people.constraints.NoOverlap(expressions=[('household', '='), (models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(models.F('person'), '+', models.Value(0)), output_field=models.BigIntegerField()), '='), (people.constraints.DateRange('starts_on', 'ends_on'), '&&')], name='member_once_in_a_household_a_day', violation_error_message='This person is already a member of the household in that period.'),
    ),
    migrations.AddConstraint(
        model_name='sharingpractice',
        constraint=people.constraints.NoOverlap(expressions=[('unit', '='), (models.ExpressionWrapper(django.db.models.expressions.CombinedExpression(models.F('with_unit'), '+', models.Value(0)), output_field=models.BigIntegerField()), '='), (people.constraints.DateRange('starts_on', 'ends_on'), '&&')], name='sharing_practice_once_a_pair_a_day', violation_error_message='The units share every case in that period already.'),
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('people', '0004_one_index_a_key'),
    ]

    operations = [
        Tables(Path(__file__).with_suffix('.sql'), STATE),
    ]
