from pathlib import Path

import people.history
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models
from people.tables import Tables


STATE = [
    pgtrigger.migrations.RemoveTrigger(
        model_name='reportremark',
        name='insert_insert',
    ),
    pgtrigger.migrations.RemoveTrigger(
        model_name='reportremark',
        name='update_update',
    ),
    pgtrigger.migrations.RemoveTrigger(
        model_name='reportremark',
        name='delete_delete',
    ),
    migrations.AddField(
        model_name='reportremark',
        name='found',
        field=models.PositiveIntegerField(blank=True, null=True),
    ),
    migrations.AddField(
        model_name='reportremarkevent',
        name='found',
        field=models.PositiveIntegerField(blank=True, null=True),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='reportremark',
        trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=people.history.HistorySql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "kpi_reportremarkevent" ("at", "by_id", "found", "id", "key", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "text") SELECT new_values."at", new_values."by_id", new_values."found", new_values."id", new_values."key", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."report_id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3944d9a5648610f8bc1b527f849515c6d6c2f17a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_dff69', referencing='REFERENCING NEW TABLE AS new_values ', table='kpi_reportremark', when='AFTER')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='reportremark',
        trigger=pgtrigger.compiler.Trigger(name='update_update', sql=people.history.HistorySql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "kpi_reportremarkevent" ("at", "by_id", "found", "id", "key", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "text") SELECT new_values."at", new_values."by_id", new_values."found", new_values."id", new_values."key", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."report_id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c286a126552560bff4632981cba386640fbac4be', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a1c35', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='kpi_reportremark', when='AFTER')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='reportremark',
        trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=people.history.HistorySql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "kpi_reportremarkevent" ("at", "by_id", "found", "id", "key", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "text") SELECT old_values."at", old_values."by_id", old_values."found", old_values."id", old_values."key", old_values."kind", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."report_id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='392acedbc3cb5f85427f3fdfccb8fe7871c1b57b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c08db', referencing='REFERENCING OLD TABLE AS old_values ', table='kpi_reportremark', when='AFTER')),
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('kpi', '0004_catalogue_read_again'),
    ]

    operations = [
        Tables(Path(__file__).with_suffix('.sql'), STATE),
    ]
