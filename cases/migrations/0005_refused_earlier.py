from pathlib import Path

import django.contrib.postgres.fields
import people.history
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models
from people.tables import Tables


STATE = [
    pgtrigger.migrations.RemoveTrigger(
        model_name='housingapplication',
        name='insert_insert',
    ),
    pgtrigger.migrations.RemoveTrigger(
        model_name='housingapplication',
        name='delete_delete',
    ),
    pgtrigger.migrations.RemoveTrigger(
        model_name='housingapplication',
        name='update_update',
    ),
    migrations.AddField(
        model_name='housingapplication',
        name='refused_earlier',
        field=django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), blank=True, default=list, size=None, verbose_name='refused earlier'),
    ),
    migrations.AddField(
        model_name='housingapplicationevent',
        name='refused_earlier',
        field=django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), blank=True, default=list, size=None, verbose_name='refused earlier'),
    ),
    migrations.AddIndex(
        model_name='housingapplication',
        index=models.Index(condition=models.Q(('refused_earlier', []), _negated=True), fields=['municipality'], include=('refused_earlier', 'household', 'kind', 'unit', 'id'), name='application_refused_earlier'),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='housingapplication',
        trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=people.history.HistorySql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_housingapplicationevent" ("area_least", "assessed", "confirmed_on", "decision_id", "ended_because", "ended_on", "floor_most", "granted_on", "has_pets", "household_id", "id", "kind", "main_reason", "needs_accessible", "needs_because", "needs_small_house", "not_colocated", "override", "override_because", "override_by_id", "override_mode", "override_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "refused_earlier", "rent_most", "request_id", "rooms_least", "status", "support", "unit_id", "wished_place", "wishes") SELECT new_values."area_least", new_values."assessed", new_values."confirmed_on", new_values."decision_id", new_values."ended_because", new_values."ended_on", new_values."floor_most", new_values."granted_on", new_values."has_pets", new_values."household_id", new_values."id", new_values."kind", new_values."main_reason", new_values."needs_accessible", new_values."needs_because", new_values."needs_small_house", new_values."not_colocated", new_values."override", new_values."override_because", new_values."override_by_id", new_values."override_mode", new_values."override_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."received_on", new_values."refused_earlier", new_values."rent_most", new_values."request_id", new_values."rooms_least", new_values."status", new_values."support", new_values."unit_id", new_values."wished_place", new_values."wishes" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ebf48775a46c1337e9c3e293b771c579efcb4b64', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c597a', referencing='REFERENCING NEW TABLE AS new_values ', table='cases_housingapplication', when='AFTER')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='housingapplication',
        trigger=pgtrigger.compiler.Trigger(name='update_update', sql=people.history.HistorySql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_housingapplicationevent" ("area_least", "assessed", "confirmed_on", "decision_id", "ended_because", "ended_on", "floor_most", "granted_on", "has_pets", "household_id", "id", "kind", "main_reason", "needs_accessible", "needs_because", "needs_small_house", "not_colocated", "override", "override_because", "override_by_id", "override_mode", "override_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "refused_earlier", "rent_most", "request_id", "rooms_least", "status", "support", "unit_id", "wished_place", "wishes") SELECT new_values."area_least", new_values."assessed", new_values."confirmed_on", new_values."decision_id", new_values."ended_because", new_values."ended_on", new_values."floor_most", new_values."granted_on", new_values."has_pets", new_values."household_id", new_values."id", new_values."kind", new_values."main_reason", new_values."needs_accessible", new_values."needs_because", new_values."needs_small_house", new_values."not_colocated", new_values."override", new_values."override_because", new_values."override_by_id", new_values."override_mode", new_values."override_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."received_on", new_values."refused_earlier", new_values."rent_most", new_values."request_id", new_values."rooms_least", new_values."status", new_values."support", new_values."unit_id", new_values."wished_place", new_values."wishes" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."area_least" IS DISTINCT FROM (new_values."area_least") OR old_values."assessed" IS DISTINCT FROM (new_values."assessed") OR old_values."confirmed_on" IS DISTINCT FROM (new_values."confirmed_on") OR old_values."decision_id" IS DISTINCT FROM (new_values."decision_id") OR old_values."ended_because" IS DISTINCT FROM (new_values."ended_because") OR old_values."ended_on" IS DISTINCT FROM (new_values."ended_on") OR old_values."floor_most" IS DISTINCT FROM (new_values."floor_most") OR old_values."granted_on" IS DISTINCT FROM (new_values."granted_on") OR old_values."has_pets" IS DISTINCT FROM (new_values."has_pets") OR old_values."household_id" IS DISTINCT FROM (new_values."household_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."main_reason" IS DISTINCT FROM (new_values."main_reason") OR old_values."needs_accessible" IS DISTINCT FROM (new_values."needs_accessible") OR old_values."needs_because" IS DISTINCT FROM (new_values."needs_because") OR old_values."needs_small_house" IS DISTINCT FROM (new_values."needs_small_house") OR old_values."not_colocated" IS DISTINCT FROM (new_values."not_colocated") OR old_values."override" IS DISTINCT FROM (new_values."override") OR old_values."override_because" IS DISTINCT FROM (new_values."override_because") OR old_values."override_by_id" IS DISTINCT FROM (new_values."override_by_id") OR old_values."override_mode" IS DISTINCT FROM (new_values."override_mode") OR old_values."override_on" IS DISTINCT FROM (new_values."override_on") OR old_values."received_on" IS DISTINCT FROM (new_values."received_on") OR old_values."refused_earlier" IS DISTINCT FROM (new_values."refused_earlier") OR old_values."rent_most" IS DISTINCT FROM (new_values."rent_most") OR old_values."request_id" IS DISTINCT FROM (new_values."request_id") OR old_values."rooms_least" IS DISTINCT FROM (new_values."rooms_least") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."support" IS DISTINCT FROM (new_values."support") OR old_values."unit_id" IS DISTINCT FROM (new_values."unit_id") OR old_values."wished_place" IS DISTINCT FROM (new_values."wished_place") OR old_values."wishes" IS DISTINCT FROM (new_values."wishes")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a7f4521d3a08d032b7a1d5658cdfe4b098995b99', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_ed328', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cases_housingapplication', when='AFTER')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='housingapplication',
        trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=people.history.HistorySql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_housingapplicationevent" ("area_least", "assessed", "confirmed_on", "decision_id", "ended_because", "ended_on", "floor_most", "granted_on", "has_pets", "household_id", "id", "kind", "main_reason", "needs_accessible", "needs_because", "needs_small_house", "not_colocated", "override", "override_because", "override_by_id", "override_mode", "override_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "refused_earlier", "rent_most", "request_id", "rooms_least", "status", "support", "unit_id", "wished_place", "wishes") SELECT old_values."area_least", old_values."assessed", old_values."confirmed_on", old_values."decision_id", old_values."ended_because", old_values."ended_on", old_values."floor_most", old_values."granted_on", old_values."has_pets", old_values."household_id", old_values."id", old_values."kind", old_values."main_reason", old_values."needs_accessible", old_values."needs_because", old_values."needs_small_house", old_values."not_colocated", old_values."override", old_values."override_because", old_values."override_by_id", old_values."override_mode", old_values."override_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."received_on", old_values."refused_earlier", old_values."rent_most", old_values."request_id", old_values."rooms_least", old_values."status", old_values."support", old_values."unit_id", old_values."wished_place", old_values."wishes" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d845a53977b1e6f569d0290c2d69d9b8ff433c1d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_074db', referencing='REFERENCING OLD TABLE AS old_values ', table='cases_housingapplication', when='AFTER')),
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_closed_for_good'),
        ('people', '0006_formed_by_split'),
    ]

    operations = [
        Tables(Path(__file__).with_suffix('.sql'), STATE),
    ]
