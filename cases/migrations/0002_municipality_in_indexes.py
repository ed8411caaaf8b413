from pathlib import Path

import datetime
import django.db.models.deletion
import django.db.models.functions.comparison
import people.history
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from people.tables import Tables


OF_A_HOUSEHOLD = (
    "evictioncase",
    "housingallowance",
    "housingapplication",
    "loancase",
    "needsmapping",
    "privatehelp",
    "refugeesettlement",
    "request",
    "survey",
    "transition",
)


def _municipality() -> models.ForeignKey:
    return models.ForeignKey(
        blank=True,
        db_constraint=False,
        db_index=False,
        editable=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="people.municipality",
    )


STATE = [
    *(migrations.AddField(name, "municipality", _municipality()) for name in OF_A_HOUSEHOLD),
    pgtrigger.migrations.RemoveTrigger(
        model_name='evictioncase',
        name='update_update',
    ),
    pgtrigger.migrations.RemoveTrigger(
        model_name='housingallowance',
        name='update_update',
    ),
    pgtrigger.migrations.RemoveTrigger(
        model_name='housingapplication',
        name='update_update',
    ),
    pgtrigger.migrations.RemoveTrigger(
        model_name='loancase',
        name='update_update',
    ),
    pgtrigger.migrations.RemoveTrigger(
        model_name='needsmapping',
        name='update_update',
    ),
    pgtrigger.migrations.RemoveTrigger(
        model_name='privatehelp',
        name='update_update',
    ),
    pgtrigger.migrations.RemoveTrigger(
        model_name='refugeesettlement',
        name='update_update',
    ),
    pgtrigger.migrations.RemoveTrigger(
        model_name='request',
        name='update_update',
    ),
    pgtrigger.migrations.RemoveTrigger(
        model_name='survey',
        name='update_update',
    ),
    pgtrigger.migrations.RemoveTrigger(
        model_name='transition',
        name='update_update',
    ),
    migrations.AddIndex(
        model_name='evictioncase',
        index=models.Index(fields=['municipality', 'petitioned_on'], include=('household', 'status'), name='eviction_petitioned'),
    ),
    migrations.AddIndex(
        model_name='evictioncase',
        index=models.Index(fields=['municipality', 'ended_on'], include=('household', 'status'), name='eviction_ended'),
    ),
    migrations.AddIndex(
        model_name='housingallowance',
        index=models.Index(models.F('municipality'), django.db.models.functions.comparison.Coalesce(models.F('ends_on'), models.Value(datetime.date(9999, 12, 31))), condition=models.Q(('outcome', 'granted')), include=('ends_on', 'starts_on', 'applied_on', 'household'), name='allowance_paid'),
    ),
    migrations.AddIndex(
        model_name='housingapplication',
        index=models.Index(fields=['municipality', 'received_on'], include=('household', 'kind', 'unit'), name='application_received'),
    ),
    migrations.AddIndex(
        model_name='housingapplication',
        index=models.Index(condition=models.Q(('status', 'refused')), fields=['municipality', 'ended_on'], include=('household', 'kind', 'unit'), name='application_refused'),
    ),
    migrations.AddIndex(
        model_name='housingapplication',
        index=models.Index(models.F('municipality'), django.db.models.functions.comparison.Coalesce(models.F('ended_on'), models.Value(datetime.date(9999, 12, 31))), condition=models.Q(('granted_on__isnull', False), ('kind', 'new')), include=('ended_on', 'granted_on', 'household', 'unit', 'main_reason', 'id'), name='application_granted'),
    ),
    migrations.AddIndex(
        model_name='loancase',
        index=models.Index(condition=models.Q(('paid_on__isnull', False)), fields=['municipality', 'paid_on'], include=('household', 'kind', 'purpose', 'decided_on', 'status'), name='loan_paid_out'),
    ),
    migrations.AddIndex(
        model_name='needsmapping',
        index=models.Index(fields=['municipality', 'household', '-finished_on', '-id'], include=('light', 'income_source', 'drug_problem'), name='mapping_finished'),
    ),
    migrations.AddIndex(
        model_name='privatehelp',
        index=models.Index(fields=['municipality', 'on'], include=('household',), name='private_help_by_day'),
    ),
    migrations.AddIndex(
        model_name='refugeesettlement',
        index=models.Index(fields=['municipality', 'settled_on'], include=('household',), name='settlement_settled'),
    ),
    migrations.AddIndex(
        model_name='request',
        index=models.Index(condition=models.Q(('lacks_place_tonight', True)), fields=['municipality', 'asked_at'], include=('household', 'unit', 'outcome'), name='request_tonight'),
    ),
    migrations.AddIndex(
        model_name='survey',
        index=models.Index(fields=['municipality', 'asked_on'], include=('household', 'outcome'), name='survey_asked'),
    ),
    migrations.AddIndex(
        model_name='transition',
        index=models.Index(condition=models.Q(('kind', 'leaves_crisis_centre')), fields=['municipality', 'left_on'], include=('household', 'status', 'returned_to_abuser'), name='transition_from_crisis_centre'),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='evictioncase',
        trigger=pgtrigger.compiler.Trigger(name='of_its_household', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    NEW.municipality_id := (SELECT municipality_id FROM people_household WHERE id = NEW.household_id);\n    RETURN NEW;\n', hash='194e25de9e6363ae96dbd41cb3219c96a0770690', operation='INSERT OR UPDATE', pgid='pgtrigger_of_its_household_7ec63', table='cases_evictioncase', when='BEFORE')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='evictioncase',
        trigger=pgtrigger.compiler.Trigger(name='update_update', sql=people.history.HistorySql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_evictioncaseevent" ("amount_owed", "because", "ended_on", "household_id", "id", "learnt_on", "need_id", "note", "notice_from", "outcome_note", "petitioned_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_on", "status") SELECT new_values."amount_owed", new_values."because", new_values."ended_on", new_values."household_id", new_values."id", new_values."learnt_on", new_values."need_id", new_values."note", new_values."notice_from", new_values."outcome_note", new_values."petitioned_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."planned_on", new_values."status" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."amount_owed" IS DISTINCT FROM (new_values."amount_owed") OR old_values."because" IS DISTINCT FROM (new_values."because") OR old_values."ended_on" IS DISTINCT FROM (new_values."ended_on") OR old_values."household_id" IS DISTINCT FROM (new_values."household_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."learnt_on" IS DISTINCT FROM (new_values."learnt_on") OR old_values."need_id" IS DISTINCT FROM (new_values."need_id") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."notice_from" IS DISTINCT FROM (new_values."notice_from") OR old_values."outcome_note" IS DISTINCT FROM (new_values."outcome_note") OR old_values."petitioned_on" IS DISTINCT FROM (new_values."petitioned_on") OR old_values."planned_on" IS DISTINCT FROM (new_values."planned_on") OR old_values."status" IS DISTINCT FROM (new_values."status")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cfa4538684b9cab986390453fb0c394b35883b01', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_99781', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cases_evictioncase', when='AFTER')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='housingallowance',
        trigger=pgtrigger.compiler.Trigger(name='of_its_household', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    NEW.municipality_id := (SELECT municipality_id FROM people_household WHERE id = NEW.household_id);\n    RETURN NEW;\n', hash='2eb87be0c0199115c7eadbf41a906ab5f295a739', operation='INSERT OR UPDATE', pgid='pgtrigger_of_its_household_3744b', table='cases_housingallowance', when='BEFORE')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='housingallowance',
        trigger=pgtrigger.compiler.Trigger(name='update_update', sql=people.history.HistorySql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_housingallowanceevent" ("applied_on", "decided_on", "ends_on", "household_id", "id", "kind", "note", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") SELECT new_values."applied_on", new_values."decided_on", new_values."ends_on", new_values."household_id", new_values."id", new_values."kind", new_values."note", new_values."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."starts_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."applied_on" IS DISTINCT FROM (new_values."applied_on") OR old_values."decided_on" IS DISTINCT FROM (new_values."decided_on") OR old_values."ends_on" IS DISTINCT FROM (new_values."ends_on") OR old_values."household_id" IS DISTINCT FROM (new_values."household_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."outcome" IS DISTINCT FROM (new_values."outcome") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f41b79cdfda75549fc8134998a5cf9924922b2bf', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e05a8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cases_housingallowance', when='AFTER')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='housingapplication',
        trigger=pgtrigger.compiler.Trigger(name='of_its_household', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    NEW.municipality_id := (SELECT municipality_id FROM people_household WHERE id = NEW.household_id);\n    RETURN NEW;\n', hash='c96ad5a70e1175315f274202ab07c55a16410b33', operation='INSERT OR UPDATE', pgid='pgtrigger_of_its_household_ad229', table='cases_housingapplication', when='BEFORE')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='housingapplication',
        trigger=pgtrigger.compiler.Trigger(name='update_update', sql=people.history.HistorySql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_housingapplicationevent" ("area_least", "assessed", "confirmed_on", "decision_id", "ended_because", "ended_on", "floor_most", "granted_on", "has_pets", "household_id", "id", "kind", "main_reason", "needs_accessible", "needs_because", "needs_small_house", "not_colocated", "override", "override_because", "override_by_id", "override_mode", "override_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_on", "rent_most", "request_id", "rooms_least", "status", "support", "unit_id", "wished_place", "wishes") SELECT new_values."area_least", new_values."assessed", new_values."confirmed_on", new_values."decision_id", new_values."ended_because", new_values."ended_on", new_values."floor_most", new_values."granted_on", new_values."has_pets", new_values."household_id", new_values."id", new_values."kind", new_values."main_reason", new_values."needs_accessible", new_values."needs_because", new_values."needs_small_house", new_values."not_colocated", new_values."override", new_values."override_because", new_values."override_by_id", new_values."override_mode", new_values."override_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."received_on", new_values."rent_most", new_values."request_id", new_values."rooms_least", new_values."status", new_values."support", new_values."unit_id", new_values."wished_place", new_values."wishes" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."area_least" IS DISTINCT FROM (new_values."area_least") OR old_values."assessed" IS DISTINCT FROM (new_values."assessed") OR old_values."confirmed_on" IS DISTINCT FROM (new_values."confirmed_on") OR old_values."decision_id" IS DISTINCT FROM (new_values."decision_id") OR old_values."ended_because" IS DISTINCT FROM (new_values."ended_because") OR old_values."ended_on" IS DISTINCT FROM (new_values."ended_on") OR old_values."floor_most" IS DISTINCT FROM (new_values."floor_most") OR old_values."granted_on" IS DISTINCT FROM (new_values."granted_on") OR old_values."has_pets" IS DISTINCT FROM (new_values."has_pets") OR old_values."household_id" IS DISTINCT FROM (new_values."household_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."main_reason" IS DISTINCT FROM (new_values."main_reason") OR old_values."needs_accessible" IS DISTINCT FROM (new_values."needs_accessible") OR old_values."needs_because" IS DISTINCT FROM (new_values."needs_because") OR old_values."needs_small_house" IS DISTINCT FROM (new_values."needs_small_house") OR old_values."not_colocated" IS DISTINCT FROM (new_values."not_colocated") OR old_values."override" IS DISTINCT FROM (new_values."override") OR old_values."override_because" IS DISTINCT FROM (new_values."override_because") OR old_values."override_by_id" IS DISTINCT FROM (new_values."override_by_id") OR old_values."override_mode" IS DISTINCT FROM (new_values."override_mode") OR old_values."override_on" IS DISTINCT FROM (new_values."override_on") OR old_values."received_on" IS DISTINCT FROM (new_values."received_on") OR old_values."rent_most" IS DISTINCT FROM (new_values."rent_most") OR old_values."request_id" IS DISTINCT FROM (new_values."request_id") OR old_values."rooms_least" IS DISTINCT FROM (new_values."rooms_least") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."support" IS DISTINCT FROM (new_values."support") OR old_values."unit_id" IS DISTINCT FROM (new_values."unit_id") OR old_values."wished_place" IS DISTINCT FROM (new_values."wished_place") OR old_values."wishes" IS DISTINCT FROM (new_values."wishes")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f3726c975d83623ff9560dd73a8ae688e7cb78e2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_ed328', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cases_housingapplication', when='AFTER')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='loancase',
        trigger=pgtrigger.compiler.Trigger(name='of_its_household', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    NEW.municipality_id := (SELECT municipality_id FROM people_household WHERE id = NEW.household_id);\n    RETURN NEW;\n', hash='b18ae77f74364e3ae62f338651058f23900021db', operation='INSERT OR UPDATE', pgid='pgtrigger_of_its_household_e2ea2', table='cases_loancase', when='BEFORE')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='loancase',
        trigger=pgtrigger.compiler.Trigger(name='update_update', sql=people.history.HistorySql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_loancaseevent" ("amount", "applied_on", "bidding_on", "bought_on", "child_interest", "debt_register_on", "decided_on", "decision_id", "ended_on", "expires_on", "home_id", "household_id", "id", "kind", "lapsed_because", "note", "opened_on", "paid_on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "purpose", "startskudd_ref", "status", "talk_on", "themes", "unit_id") SELECT new_values."amount", new_values."applied_on", new_values."bidding_on", new_values."bought_on", new_values."child_interest", new_values."debt_register_on", new_values."decided_on", new_values."decision_id", new_values."ended_on", new_values."expires_on", new_values."home_id", new_values."household_id", new_values."id", new_values."kind", new_values."lapsed_because", new_values."note", new_values."opened_on", new_values."paid_on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."price", new_values."purpose", new_values."startskudd_ref", new_values."status", new_values."talk_on", new_values."themes", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."amount" IS DISTINCT FROM (new_values."amount") OR old_values."applied_on" IS DISTINCT FROM (new_values."applied_on") OR old_values."bidding_on" IS DISTINCT FROM (new_values."bidding_on") OR old_values."bought_on" IS DISTINCT FROM (new_values."bought_on") OR old_values."child_interest" IS DISTINCT FROM (new_values."child_interest") OR old_values."debt_register_on" IS DISTINCT FROM (new_values."debt_register_on") OR old_values."decided_on" IS DISTINCT FROM (new_values."decided_on") OR old_values."decision_id" IS DISTINCT FROM (new_values."decision_id") OR old_values."ended_on" IS DISTINCT FROM (new_values."ended_on") OR old_values."expires_on" IS DISTINCT FROM (new_values."expires_on") OR old_values."home_id" IS DISTINCT FROM (new_values."home_id") OR old_values."household_id" IS DISTINCT FROM (new_values."household_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."lapsed_because" IS DISTINCT FROM (new_values."lapsed_because") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."opened_on" IS DISTINCT FROM (new_values."opened_on") OR old_values."paid_on" IS DISTINCT FROM (new_values."paid_on") OR old_values."price" IS DISTINCT FROM (new_values."price") OR old_values."purpose" IS DISTINCT FROM (new_values."purpose") OR old_values."startskudd_ref" IS DISTINCT FROM (new_values."startskudd_ref") OR old_values."status" IS DISTINCT FROM (new_values."status") OR old_values."talk_on" IS DISTINCT FROM (new_values."talk_on") OR old_values."themes" IS DISTINCT FROM (new_values."themes") OR old_values."unit_id" IS DISTINCT FROM (new_values."unit_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4339dc07f6e07d2a3e54d2776e4832e8fdc614fa', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a68ab', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cases_loancase', when='AFTER')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='needsmapping',
        trigger=pgtrigger.compiler.Trigger(name='of_its_household', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    NEW.municipality_id := (SELECT municipality_id FROM people_household WHERE id = NEW.household_id);\n    RETURN NEW;\n', hash='de6012fe12b48850e4b784df11bdd64b672faabd', operation='INSERT OR UPDATE', pgid='pgtrigger_of_its_household_3b784', table='cases_needsmapping', when='BEFORE')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='needsmapping',
        trigger=pgtrigger.compiler.Trigger(name='update_update', sql=people.history.HistorySql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_needsmappingevent" ("by_id", "drug_problem", "finished_on", "household_id", "id", "income_source", "light", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_on") SELECT new_values."by_id", new_values."drug_problem", new_values."finished_on", new_values."household_id", new_values."id", new_values."income_source", new_values."light", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."started_on" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."by_id" IS DISTINCT FROM (new_values."by_id") OR old_values."drug_problem" IS DISTINCT FROM (new_values."drug_problem") OR old_values."finished_on" IS DISTINCT FROM (new_values."finished_on") OR old_values."household_id" IS DISTINCT FROM (new_values."household_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."income_source" IS DISTINCT FROM (new_values."income_source") OR old_values."light" IS DISTINCT FROM (new_values."light") OR old_values."started_on" IS DISTINCT FROM (new_values."started_on")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9f666e38cb2613afe10fb3cf4ff5928e368d26ce', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_733c9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cases_needsmapping', when='AFTER')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='privatehelp',
        trigger=pgtrigger.compiler.Trigger(name='of_its_household', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    NEW.municipality_id := (SELECT municipality_id FROM people_household WHERE id = NEW.household_id);\n    RETURN NEW;\n', hash='9c5ef4db53857a53b350494837f6079e82af2a89', operation='INSERT OR UPDATE', pgid='pgtrigger_of_its_household_b3f90', table='cases_privatehelp', when='BEFORE')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='privatehelp',
        trigger=pgtrigger.compiler.Trigger(name='update_update', sql=people.history.HistorySql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_privatehelpevent" ("by_id", "household_id", "id", "kind", "landlord_id", "note", "on", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."by_id", new_values."household_id", new_values."id", new_values."kind", new_values."landlord_id", new_values."note", new_values."on", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."by_id" IS DISTINCT FROM (new_values."by_id") OR old_values."household_id" IS DISTINCT FROM (new_values."household_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."landlord_id" IS DISTINCT FROM (new_values."landlord_id") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."on" IS DISTINCT FROM (new_values."on")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='eb976175aa009d07985a2950dba2ffd7847fab84', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e6d2b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cases_privatehelp', when='AFTER')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='refugeesettlement',
        trigger=pgtrigger.compiler.Trigger(name='of_its_household', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    NEW.municipality_id := (SELECT municipality_id FROM people_household WHERE id = NEW.household_id);\n    RETURN NEW;\n', hash='e2f78b9091c12b1f007880962381bc9d8b98f3f9', operation='INSERT OR UPDATE', pgid='pgtrigger_of_its_household_5b6c3', table='cases_refugeesettlement', when='BEFORE')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='refugeesettlement',
        trigger=pgtrigger.compiler.Trigger(name='update_update', sql=people.history.HistorySql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_refugeesettlementevent" ("answer", "answered_on", "asked_on", "decided_on", "declined_because", "family_ahead", "family_expected_on", "home_found_on", "household_id", "id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "settled_on", "unaccompanied_minor") SELECT new_values."answer", new_values."answered_on", new_values."asked_on", new_values."decided_on", new_values."declined_because", new_values."family_ahead", new_values."family_expected_on", new_values."home_found_on", new_values."household_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."settled_on", new_values."unaccompanied_minor" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."answer" IS DISTINCT FROM (new_values."answer") OR old_values."answered_on" IS DISTINCT FROM (new_values."answered_on") OR old_values."asked_on" IS DISTINCT FROM (new_values."asked_on") OR old_values."decided_on" IS DISTINCT FROM (new_values."decided_on") OR old_values."declined_because" IS DISTINCT FROM (new_values."declined_because") OR old_values."family_ahead" IS DISTINCT FROM (new_values."family_ahead") OR old_values."family_expected_on" IS DISTINCT FROM (new_values."family_expected_on") OR old_values."home_found_on" IS DISTINCT FROM (new_values."home_found_on") OR old_values."household_id" IS DISTINCT FROM (new_values."household_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."settled_on" IS DISTINCT FROM (new_values."settled_on") OR old_values."unaccompanied_minor" IS DISTINCT FROM (new_values."unaccompanied_minor")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d8c757ff39fa7091364bc4e4f2586a6fa7a3a40b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_51701', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cases_refugeesettlement', when='AFTER')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='request',
        trigger=pgtrigger.compiler.Trigger(name='of_its_household', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    NEW.municipality_id := (SELECT municipality_id FROM people_household WHERE id = NEW.household_id);\n    RETURN NEW;\n', hash='2573227c724b341b3b6c4face4cc446039e7c8c4', operation='INSERT OR UPDATE', pgid='pgtrigger_of_its_household_2da96', table='cases_request', when='BEFORE')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='request',
        trigger=pgtrigger.compiler.Trigger(name='update_update', sql=people.history.HistorySql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_requestevent" ("about", "asked_at", "asked_by", "channel", "household_id", "id", "kind", "lacks_place_tonight", "outcome", "outcome_at", "outcome_by_id", "outcome_note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_by_id", "unit_id") SELECT new_values."about", new_values."asked_at", new_values."asked_by", new_values."channel", new_values."household_id", new_values."id", new_values."kind", new_values."lacks_place_tonight", new_values."outcome", new_values."outcome_at", new_values."outcome_by_id", new_values."outcome_note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."received_by_id", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."about" IS DISTINCT FROM (new_values."about") OR old_values."asked_at" IS DISTINCT FROM (new_values."asked_at") OR old_values."asked_by" IS DISTINCT FROM (new_values."asked_by") OR old_values."channel" IS DISTINCT FROM (new_values."channel") OR old_values."household_id" IS DISTINCT FROM (new_values."household_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."lacks_place_tonight" IS DISTINCT FROM (new_values."lacks_place_tonight") OR old_values."outcome" IS DISTINCT FROM (new_values."outcome") OR old_values."outcome_at" IS DISTINCT FROM (new_values."outcome_at") OR old_values."outcome_by_id" IS DISTINCT FROM (new_values."outcome_by_id") OR old_values."outcome_note" IS DISTINCT FROM (new_values."outcome_note") OR old_values."received_by_id" IS DISTINCT FROM (new_values."received_by_id") OR old_values."unit_id" IS DISTINCT FROM (new_values."unit_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='52da5d7317224e8a0314897860598acb0085e294', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_182c6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cases_request', when='AFTER')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='survey',
        trigger=pgtrigger.compiler.Trigger(name='of_its_household', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    NEW.municipality_id := (SELECT municipality_id FROM people_household WHERE id = NEW.household_id);\n    RETURN NEW;\n', hash='f97d0e34a4987894af75005068583191f6cffaa1', operation='INSERT OR UPDATE', pgid='pgtrigger_of_its_household_e9128', table='cases_survey', when='BEFORE')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='survey',
        trigger=pgtrigger.compiler.Trigger(name='update_update', sql=people.history.HistorySql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_surveyevent" ("asked_on", "by_id", "comment", "household_id", "id", "kind", "moved_in_on", "outcome", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "way") SELECT new_values."asked_on", new_values."by_id", new_values."comment", new_values."household_id", new_values."id", new_values."kind", new_values."moved_in_on", new_values."outcome", new_values."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."way" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."asked_on" IS DISTINCT FROM (new_values."asked_on") OR old_values."by_id" IS DISTINCT FROM (new_values."by_id") OR old_values."comment" IS DISTINCT FROM (new_values."comment") OR old_values."household_id" IS DISTINCT FROM (new_values."household_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."moved_in_on" IS DISTINCT FROM (new_values."moved_in_on") OR old_values."outcome" IS DISTINCT FROM (new_values."outcome") OR old_values."person_id" IS DISTINCT FROM (new_values."person_id") OR old_values."way" IS DISTINCT FROM (new_values."way")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='29d2e6c9f6aad67bccdcb52a1c341763748a4d5f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e0281', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cases_survey', when='AFTER')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='transition',
        trigger=pgtrigger.compiler.Trigger(name='of_its_household', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    NEW.municipality_id := (SELECT municipality_id FROM people_household WHERE id = NEW.household_id);\n    RETURN NEW;\n', hash='106f16b3f17e8ce6b3997338faa5d91f91b5e4e6', operation='INSERT OR UPDATE', pgid='pgtrigger_of_its_household_85577', table='cases_transition', when='BEFORE')),
    ),
    pgtrigger.migrations.AddTrigger(
        model_name='transition',
        trigger=pgtrigger.compiler.Trigger(name='update_update', sql=people.history.HistorySql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_transitionevent" ("coordinator", "dwelling_id", "ended_because", "ended_on", "expected_on", "home", "home_note", "housed_on", "household_id", "id", "is_conditional", "kind", "known_on", "left_on", "notice_on", "origin", "pathway", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ready_on", "refund", "refund_applied_on", "refund_paid_on", "registered_by_id", "returned_to_abuser", "status") SELECT new_values."coordinator", new_values."dwelling_id", new_values."ended_because", new_values."ended_on", new_values."expected_on", new_values."home", new_values."home_note", new_values."housed_on", new_values."household_id", new_values."id", new_values."is_conditional", new_values."kind", new_values."known_on", new_values."left_on", new_values."notice_on", new_values."origin", new_values."pathway", new_values."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."ready_on", new_values."refund", new_values."refund_applied_on", new_values."refund_paid_on", new_values."registered_by_id", new_values."returned_to_abuser", new_values."status" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."coordinator" IS DISTINCT FROM (new_values."coordinator") OR old_values."dwelling_id" IS DISTINCT FROM (new_values."dwelling_id") OR old_values."ended_because" IS DISTINCT FROM (new_values."ended_because") OR old_values."ended_on" IS DISTINCT FROM (new_values."ended_on") OR old_values."expected_on" IS DISTINCT FROM (new_values."expected_on") OR old_values."home" IS DISTINCT FROM (new_values."home") OR old_values."home_note" IS DISTINCT FROM (new_values."home_note") OR old_values."housed_on" IS DISTINCT FROM (new_values."housed_on") OR old_values."household_id" IS DISTINCT FROM (new_values."household_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_conditional" IS DISTINCT FROM (new_values."is_conditional") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."known_on" IS DISTINCT FROM (new_values."known_on") OR old_values."left_on" IS DISTINCT FROM (new_values."left_on") OR old_values."notice_on" IS DISTINCT FROM (new_values."notice_on") OR old_values."origin" IS DISTINCT FROM (new_values."origin") OR old_values."pathway" IS DISTINCT FROM (new_values."pathway") OR old_values."person_id" IS DISTINCT FROM (new_values."person_id") OR old_values."ready_on" IS DISTINCT FROM (new_values."ready_on") OR old_values."refund" IS DISTINCT FROM (new_values."refund") OR old_values."refund_applied_on" IS DISTINCT FROM (new_values."refund_applied_on") OR old_values."refund_paid_on" IS DISTINCT FROM (new_values."refund_paid_on") OR old_values."registered_by_id" IS DISTINCT FROM (new_values."registered_by_id") OR old_values."returned_to_abuser" IS DISTINCT FROM (new_values."returned_to_abuser") OR old_values."status" IS DISTINCT FROM (new_values."status")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='caf61720c5391633743e10bcab402111594b89c3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a09f4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='cases_transition', when='AFTER')),
    ),
]


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_initial'),
        ('housing', '0002_night_dates'),
        ('people', '0003_figures_from_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(Path(__file__).with_suffix('.sql'), STATE),
    ]
