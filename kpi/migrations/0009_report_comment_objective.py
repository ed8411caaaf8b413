"""What is said in a result report names its objective. Both are of one release: no comment is older."""

import django.db.models.deletion
import people.history
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kpi', '0008_chosen_indicators'),
        ('people', '0002_reference_data'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='reportcomment',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='reportcomment',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='reportcomment',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='reportcomment',
            name='report_comment_once_an_objective',
        ),
        migrations.RemoveField(
            model_name='reportcomment',
            name='goal',
        ),
        migrations.RemoveField(
            model_name='reportcommentevent',
            name='goal',
        ),
        migrations.AddField(
            model_name='reportcomment',
            name='objective',
            field=models.ForeignKey(default=1, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kpi.objective', verbose_name='objective'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='reportcommentevent',
            name='objective',
            field=models.ForeignKey(db_constraint=False, default=1, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kpi.objective', verbose_name='objective'),
            preserve_default=False,
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportcomment',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=people.history.HistorySql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "kpi_reportcommentevent" ("at", "by_id", "deviation", "due_on", "id", "measure", "municipality_id", "objective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible_id", "text", "year") SELECT new_values."at", new_values."by_id", new_values."deviation", new_values."due_on", new_values."id", new_values."measure", new_values."municipality_id", new_values."objective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."responsible_id", new_values."text", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f33a79823f71695c58a683839014debe80742f1e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9ec96', referencing='REFERENCING NEW TABLE AS new_values ', table='kpi_reportcomment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportcomment',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=people.history.HistorySql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "kpi_reportcommentevent" ("at", "by_id", "deviation", "due_on", "id", "measure", "municipality_id", "objective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible_id", "text", "year") SELECT new_values."at", new_values."by_id", new_values."deviation", new_values."due_on", new_values."id", new_values."measure", new_values."municipality_id", new_values."objective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."responsible_id", new_values."text", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='adeb34a5271d3fc1122a96d81ac90735b45dbe98', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_78df9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='kpi_reportcomment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportcomment',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=people.history.HistorySql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "kpi_reportcommentevent" ("at", "by_id", "deviation", "due_on", "id", "measure", "municipality_id", "objective_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "responsible_id", "text", "year") SELECT old_values."at", old_values."by_id", old_values."deviation", old_values."due_on", old_values."id", old_values."measure", old_values."municipality_id", old_values."objective_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."responsible_id", old_values."text", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ceb452f116da0dbdbd4ad088427fb01833f8ac73', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_13c19', referencing='REFERENCING OLD TABLE AS old_values ', table='kpi_reportcomment', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='reportcomment',
            constraint=models.UniqueConstraint(fields=('municipality', 'year', 'objective'), name='report_comment_once_an_objective'),
        ),
    ]
