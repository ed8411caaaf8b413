-- What makes and checks the chain. A row is entered by its hash, never by its content: what must not be kept, and who
-- may see what, is the table's own matter. See docs/adr/0009.

CREATE OR REPLACE FUNCTION audit.digest(content jsonb) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$ SELECT encode(sha256(convert_to(content::text, 'UTF8')), 'hex') $$;

CREATE OR REPLACE FUNCTION audit.link(previous bytea, id bigint, at timestamptz, what text, body jsonb) RETURNS bytea
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO, YMD'
AS $$
    SELECT sha256(coalesce(previous, '') || convert_to(id || ' ' || at::text || ' ' || what || ' ' || body::text, 'UTF8'))
$$;

-- The trigger `ledger`: arguments are the shape's id and the key's column. A thousand rows an entry at most.
-- How a value is written must not depend on the session, hence the settings here and in `differing`.
CREATE OR REPLACE FUNCTION audit.record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'postgres' SET bytea_output = 'hex'
AS $$
BEGIN
    INSERT INTO audit.inbox (what, body)
    SELECT format('%I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME),
           jsonb_build_object(
               'shape', TG_ARGV[0]::integer,
               'rows', jsonb_object_agg(e.content ->> TG_ARGV[1], audit.digest(e.content)),
               'login', session_user,
               'transaction', pg_current_xact_id()::text)
    FROM (SELECT to_jsonb(n) AS content, (row_number() OVER () - 1) / 1000 AS part FROM new_rows n) e
    GROUP BY e.part;
    RETURN NULL;
END $$;

-- Moves what is committed from the inbox to the chain. One sealer at a time; nobody else waits for it.
CREATE OR REPLACE FUNCTION audit.seal() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    last audit.ledger;
    entry audit.inbox;
    sealed bigint := 0;
BEGIN
    LOCK TABLE audit.ledger IN SHARE ROW EXCLUSIVE MODE;
    SELECT * INTO last FROM audit.ledger ORDER BY id DESC LIMIT 1;
    FOR entry IN WITH taken AS (DELETE FROM audit.inbox RETURNING *) SELECT * FROM taken ORDER BY id LOOP
        last.id := coalesce(last.id, 0) + 1;
        last.hash := audit.link(last.hash, last.id, entry.at, entry.what, entry.body);
        INSERT INTO audit.ledger (id, at, what, body, hash)
        VALUES (last.id, entry.at, entry.what, entry.body, last.hash);
        sealed := sealed + 1;
    END LOOP;
    RETURN sealed;
END $$;

-- The numbers at which the chain does not hold: an entry altered, removed or moved.
CREATE OR REPLACE FUNCTION audit.broken() RETURNS SETOF bigint
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT id
    FROM (SELECT *, lag(hash) OVER w AS previous, row_number() OVER w AS place
          FROM audit.ledger WINDOW w AS (ORDER BY id)) l
    WHERE id <> place OR hash <> audit.link(previous, id, at, what, body)
$$;

-- The rows of one table that are not as they were entered: altered, removed, added past the trigger, or entered twice.
-- What was destroyed by rule is not among them as long as it is as its list left it.
-- An entry not yet in the chain counts: the inbox is its tail.
CREATE OR REPLACE FUNCTION audit.differing(relation text) RETURNS TABLE (key text, problem text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'postgres' SET bytea_output = 'hex'
AS $$
DECLARE
    now audit.shape;
BEGIN
    SELECT * INTO now FROM audit.shape s WHERE s.relation = differing.relation ORDER BY s.id DESC LIMIT 1;
    RETURN QUERY EXECUTE format($query$
        WITH known AS MATERIALIZED (
            SELECT id, is_anew, ARRAY(SELECT unnest($2) EXCEPT SELECT unnest(columns)) AS later
            FROM audit.shape WHERE relation = $1
        ), entries AS (
            SELECT r.key, r.value AS digest, k.id AS shape, k.later, k.is_anew, min(k.id) OVER (PARTITION BY r.key) AS first
            FROM (SELECT body FROM audit.ledger WHERE what = $1
                  UNION ALL SELECT body FROM audit.inbox WHERE what = $1) e
            JOIN known k ON k.id = (e.body ->> 'shape')::integer
            CROSS JOIN jsonb_each_text(e.body -> 'rows') r
        ), entered AS (
            SELECT DISTINCT ON (key) key, digest, later FROM entries ORDER BY key, shape DESC
        ), twice AS (
            SELECT key FROM entries GROUP BY key
            HAVING count(*) <> count(DISTINCT shape) OR bool_or(shape > first AND NOT is_anew)
        )
        SELECT coalesce(t.%1$I::text, e.key),
               CASE WHEN t.%1$I IS NULL THEN 'removed' WHEN e.digest IS NULL THEN 'added' ELSE 'altered' END
        FROM %2$s t FULL JOIN entered e ON e.key = t.%1$I::text
        WHERE (t.%1$I IS NULL OR e.digest IS NULL
               OR audit.digest(CASE e.later WHEN '{}' THEN to_jsonb(t) ELSE to_jsonb(t) - e.later END) <> e.digest)
          AND NOT EXISTS (
              SELECT FROM audit.destroyed($1, $2) d
              WHERE d.key = coalesce(t.%1$I::text, e.key)
                AND d.digest IS NOT DISTINCT FROM audit.digest(to_jsonb(t) - d.later))
        UNION ALL
        SELECT key, 'twice' FROM twice
        ORDER BY 2, 1
    $query$, now.key, now.relation) USING now.relation, now.columns;
END $$;

-- Has every row that is inserted from now on entered, and those already there the first time. Columns that come later
-- leave older entries as they are; when one goes, all rows are entered anew, and the new shape says so for ever.
CREATE OR REPLACE FUNCTION audit.watch(relation text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'postgres' SET bytea_output = 'hex'
AS $$
DECLARE
    now audit.shape;
    before audit.shape;
BEGIN
    SELECT * INTO before FROM audit.shape s WHERE s.relation = watch.relation ORDER BY s.id DESC LIMIT 1;
    now.relation := watch.relation;
    now.columns := ARRAY(SELECT attname::text FROM pg_attribute
                         WHERE attrelid = watch.relation::regclass AND attnum > 0 AND NOT attisdropped ORDER BY 1);
    IF before.columns = now.columns AND EXISTS (
        SELECT FROM pg_trigger WHERE tgrelid = watch.relation::regclass AND tgname = 'ledger' AND tgenabled = 'O'
    ) THEN
        RETURN;
    END IF;
    EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', relation);
    EXECUTE format('DROP TRIGGER IF EXISTS ledger ON %s', relation);
    now.id := before.id;
    SELECT attname INTO now.key FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
    WHERE indrelid = watch.relation::regclass AND indisprimary;
    now.is_anew := before.id IS NULL OR NOT before.columns <@ now.columns;
    IF before.columns IS DISTINCT FROM now.columns THEN
        INSERT INTO audit.shape (relation, key, columns, is_anew)
        VALUES (now.relation, now.key, now.columns, now.is_anew) RETURNING id INTO now.id;
    END IF;
    EXECUTE format(
        'CREATE TRIGGER ledger AFTER INSERT ON %1$s REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT'
        ' EXECUTE FUNCTION audit.record(%2$L, %3$L)', relation, now.id, now.key);
    IF now.is_anew THEN
        EXECUTE format($query$
            INSERT INTO audit.inbox (what, body)
            SELECT $1, jsonb_build_object(
                       'shape', $2, 'rows', jsonb_object_agg(e.content ->> $3, audit.digest(e.content)),
                       'login', session_user, 'transaction', pg_current_xact_id()::text)
            FROM (SELECT to_jsonb(t) AS content, (row_number() OVER () - 1) / 1000 AS part FROM %s t) e
            GROUP BY e.part
        $query$, relation) USING relation, now.id, now.key;
    END IF;
END $$;
