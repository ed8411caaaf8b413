-- What was destroyed by rule (docs/adr/0011): entered in the chain by hash like everything else, so that the record
-- still verifies, and says what is gone, by which list. Only the owner can call `destroy`.

-- Enters rows of one table: those removed, and those whose content was bared, with the hash of what they say now.
CREATE OR REPLACE FUNCTION audit.destroy(relation text, list bigint, removed text[], bared text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'postgres' SET bytea_output = 'hex'
AS $$
DECLARE
    now audit.shape;
BEGIN
    SELECT * INTO now FROM audit.shape s WHERE s.relation = destroy.relation ORDER BY s.id DESC LIMIT 1;
    IF now.id IS NULL OR cardinality(removed) + cardinality(bared) = 0 THEN
        RETURN;
    END IF;
    EXECUTE format($query$
        INSERT INTO audit.inbox (what, body)
        SELECT $1, jsonb_build_object(
                   'destroyed', $2, 'columns', to_jsonb($3), 'rows', jsonb_object_agg(e.key, e.digest),
                   'login', session_user, 'transaction', pg_current_xact_id()::text)
        FROM (SELECT to_jsonb(t) ->> %1$L AS key, audit.digest(to_jsonb(t)) AS digest
              FROM %2$s t WHERE to_jsonb(t) ->> %1$L = ANY($5)
              UNION ALL SELECT unnest($4), NULL) e
    $query$, now.key, now.relation) USING now.relation, list, now.columns, removed, bared;
END $$;

-- The rows of a table that were destroyed, each as the last list left it: gone (no digest), or bared.
CREATE OR REPLACE FUNCTION audit.destroyed(relation text, columns text[])
RETURNS TABLE (key text, digest text, later text[], list bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT DISTINCT ON (r.key) r.key, r.value #>> '{}',
           ARRAY(SELECT unnest(destroyed.columns) EXCEPT SELECT jsonb_array_elements_text(e.body -> 'columns')),
           (e.body ->> 'destroyed')::bigint
    FROM (SELECT 1 AS part, id, what, body FROM audit.ledger WHERE what = destroyed.relation
          UNION ALL SELECT 2, id, what, body FROM audit.inbox WHERE what = destroyed.relation) e
    CROSS JOIN jsonb_each(e.body -> 'rows') r
    WHERE e.body ? 'destroyed'
    ORDER BY r.key, e.part DESC, e.id DESC
$$;
