DROP TRIGGER IF EXISTS pgtrigger_insert_insert_dff69 ON "kpi_reportremark";
DROP TRIGGER IF EXISTS pgtrigger_update_update_a1c35 ON "kpi_reportremark";
DROP TRIGGER IF EXISTS pgtrigger_delete_delete_c08db ON "kpi_reportremark";
ALTER TABLE "kpi_reportremark" ADD COLUMN "found" integer NULL CHECK ("found" >= 0);
ALTER TABLE "kpi_reportremarkevent" ADD COLUMN "found" integer NULL CHECK ("found" >= 0);
            CREATE OR REPLACE FUNCTION pgtrigger_insert_insert_dff69() RETURNS TRIGGER AS $$  BEGIN WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "kpi_reportremarkevent" ("at", "by_id", "found", "id", "key", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "text") SELECT new_values."at", new_values."by_id", new_values."found", new_values."id", new_values."key", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING('pghistory.context_metadata', TRUE), ''), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING('pghistory.context_id', TRUE), ''), NULL)::UUID, NOW(), 'insert', new_values."id", new_values."report_id", new_values."text" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL; END; $$
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp;
            REVOKE ALL ON FUNCTION pgtrigger_insert_insert_dff69() FROM PUBLIC;
            DROP TRIGGER IF EXISTS pgtrigger_insert_insert_dff69 ON "kpi_reportremark";
            CREATE  TRIGGER pgtrigger_insert_insert_dff69 AFTER INSERT ON "kpi_reportremark"  REFERENCING NEW TABLE AS new_values 
                FOR EACH STATEMENT  EXECUTE FUNCTION pgtrigger_insert_insert_dff69();
            COMMENT ON TRIGGER pgtrigger_insert_insert_dff69 ON "kpi_reportremark" IS '3944d9a5648610f8bc1b527f849515c6d6c2f17a';
        
            CREATE OR REPLACE FUNCTION pgtrigger_update_update_a1c35() RETURNS TRIGGER AS $$  BEGIN WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "kpi_reportremarkevent" ("at", "by_id", "found", "id", "key", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "text") SELECT new_values."at", new_values."by_id", new_values."found", new_values."id", new_values."key", new_values."kind", COALESCE(NULLIF(CURRENT_SETTING('pghistory.context_metadata', TRUE), ''), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING('pghistory.context_id', TRUE), ''), NULL)::UUID, NOW(), 'update', new_values."id", new_values."report_id", new_values."text" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL; END; $$
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp;
            REVOKE ALL ON FUNCTION pgtrigger_update_update_a1c35() FROM PUBLIC;
            DROP TRIGGER IF EXISTS pgtrigger_update_update_a1c35 ON "kpi_reportremark";
            CREATE  TRIGGER pgtrigger_update_update_a1c35 AFTER UPDATE ON "kpi_reportremark"  REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values 
                FOR EACH STATEMENT  EXECUTE FUNCTION pgtrigger_update_update_a1c35();
            COMMENT ON TRIGGER pgtrigger_update_update_a1c35 ON "kpi_reportremark" IS 'c286a126552560bff4632981cba386640fbac4be';
        
            CREATE OR REPLACE FUNCTION pgtrigger_delete_delete_c08db() RETURNS TRIGGER AS $$  BEGIN WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "kpi_reportremarkevent" ("at", "by_id", "found", "id", "key", "kind", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "text") SELECT old_values."at", old_values."by_id", old_values."found", old_values."id", old_values."key", old_values."kind", COALESCE(NULLIF(CURRENT_SETTING('pghistory.context_metadata', TRUE), ''), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING('pghistory.context_id', TRUE), ''), NULL)::UUID, NOW(), 'delete', old_values."id", old_values."report_id", old_values."text" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL; END; $$
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp;
            REVOKE ALL ON FUNCTION pgtrigger_delete_delete_c08db() FROM PUBLIC;
            DROP TRIGGER IF EXISTS pgtrigger_delete_delete_c08db ON "kpi_reportremark";
            CREATE  TRIGGER pgtrigger_delete_delete_c08db AFTER DELETE ON "kpi_reportremark"  REFERENCING OLD TABLE AS old_values 
                FOR EACH STATEMENT  EXECUTE FUNCTION pgtrigger_delete_delete_c08db();
            COMMENT ON TRIGGER pgtrigger_delete_delete_c08db ON "kpi_reportremark" IS '392acedbc3cb5f85427f3fdfccb8fe7871c1b57b';
        
