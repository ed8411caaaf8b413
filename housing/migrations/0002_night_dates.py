from pathlib import Path

import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from django.db import migrations, models
from people.tables import Tables


STATE = [
    migrations.RemoveIndex(
        model_name='spell',
        name='spell_figures',
    ),
    migrations.AddField(
        model_name='spell',
        name='break_from',
        field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.RawSQL('lower((datemultirange(range_merge(nights)) - nights))', ()), output_field=models.DateField()),
    ),
    migrations.AddField(
        model_name='spell',
        name='break_to',
        field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.RawSQL('upper((datemultirange(range_merge(nights)) - nights))', ()), output_field=models.DateField()),
    ),
    migrations.AddField(
        model_name='spell',
        name='family_from',
        field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.RawSQL('lower(family_in)', ()), output_field=models.DateField()),
    ),
    migrations.AddField(
        model_name='spell',
        name='family_to',
        field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.RawSQL('upper(family_in)', ()), output_field=models.DateField()),
    ),
    migrations.AddField(
        model_name='spell',
        name='is_simple',
        field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.RawSQL('(datemultirange(range_merge(nights)) - nights) = datemultirange(range_merge((datemultirange(range_merge(nights)) - nights))) AND family_in = nights * datemultirange(range_merge(family_in)) AND young_in = nights * datemultirange(range_merge(young_in))', ()), output_field=models.BooleanField()),
    ),
    migrations.AddField(
        model_name='spell',
        name='nights_from',
        field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.RawSQL('lower(nights)', ()), output_field=models.DateField()),
    ),
    migrations.AddField(
        model_name='spell',
        name='nights_to',
        field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.RawSQL('upper(nights)', ()), output_field=models.DateField()),
    ),
    migrations.AddField(
        model_name='spell',
        name='young_from',
        field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.RawSQL('lower(young_in)', ()), output_field=models.DateField()),
    ),
    migrations.AddField(
        model_name='spell',
        name='young_to',
        field=models.GeneratedField(db_persist=True, expression=django.db.models.expressions.RawSQL('upper(young_in)', ()), output_field=models.DateField()),
    ),
    migrations.AlterField(
        model_name='residence',
        name='dwelling',
        field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='residences', to='housing.dwelling'),
    ),
    migrations.AlterField(
        model_name='residence',
        name='household',
        field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='residences', to='people.household'),
    ),
    migrations.AlterField(
        model_name='residence',
        name='municipality',
        field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.municipality'),
    ),
    migrations.AlterField(
        model_name='residence',
        name='provider',
        field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='residences', to='housing.provider'),
    ),
    migrations.AlterField(
        model_name='spell',
        name='household',
        field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='spells', to='people.household'),
    ),
    migrations.AlterField(
        model_name='spell',
        name='municipality',
        field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.municipality'),
    ),
    migrations.AlterField(
        model_name='spell',
        name='unit',
        field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit'),
    ),
    migrations.AddIndex(
        model_name='residence',
        index=models.Index(fields=['household', 'starts_on'], name='residence_by_household'),
    ),
    migrations.AddIndex(
        model_name='residence',
        index=models.Index(condition=models.Q(('dwelling__isnull', False)), fields=['dwelling', 'starts_on'], include=('ends_on',), name='residence_by_dwelling'),
    ),
    migrations.AddIndex(
        model_name='residence',
        index=models.Index(models.F('municipality'), django.db.models.functions.comparison.Coalesce(models.F('ends_on'), models.Value(datetime.date(9999, 12, 31))), condition=models.Q(('kind__in', ['crisis_centre', 'friends', 'night_shelter', 'rough', 'temporary'])), include=('starts_on', 'ends_on', 'household', 'kind', 'provider'), name='residence_homeless'),
    ),
    migrations.AddIndex(
        model_name='residence',
        index=models.Index(models.F('municipality'), django.db.models.functions.comparison.Coalesce(models.F('ends_on'), models.Value(datetime.date(9999, 12, 31))), condition=models.Q(('dwelling__isnull', False)), include=('starts_on', 'ends_on', 'household', 'dwelling'), name='residence_in_dwelling'),
    ),
    migrations.AddIndex(
        model_name='residence',
        index=models.Index(condition=models.Q(('kind__in', ('private_rental', 'municipal_rental', 'owned', 'care_home'))), fields=['municipality', 'kind', 'starts_on'], include=('ends_on', 'household', 'dwelling', 'id'), name='residence_homes'),
    ),
    migrations.AddIndex(
        model_name='spell',
        index=models.Index(fields=['municipality', 'state', 'ends_on'], include=('starts_on',), name='spell_figures'),
    ),
    migrations.AddIndex(
        model_name='spell',
        index=models.Index(condition=models.Q(('state', 'temporary')), fields=['municipality', 'ends_on'], include=('household', 'limit_on', 'is_simple', 'nights_from', 'nights_to', 'break_from', 'break_to', 'family_from', 'family_to', 'young_from', 'young_to', 'home_on', 'gone_on', 'returned_on'), name='spell_stays'),
    ),
    migrations.AddIndex(
        model_name='spell',
        index=models.Index(condition=models.Q(('is_simple', False), ('state', 'temporary')), fields=['municipality', 'ends_on'], name='spell_not_simple'),
    ),
    migrations.AddIndex(
        model_name='spell',
        index=models.Index(condition=models.Q(('homeless_since__isnull', False), ('state', 'permanent')), fields=['municipality', 'starts_on'], include=('household', 'homeless_since'), name='spell_homes'),
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('housing', '0001_initial'),
        ('people', '0003_figures_from_indexes'),
    ]

    operations = [
        Tables(Path(__file__).with_suffix('.sql'), STATE),
    ]
