-- Dropped first: a function whose parameters or columns change cannot be replaced in place.
DROP FUNCTION IF EXISTS refresh_spells(bigint[], integer), spell_differences(integer), rebuild_spells(integer);

-- The spells of some households and of those split from them, brought in line with their residences.
-- Called by the app within the writing transaction; only the owner may write the table. Returns the rows changed.
CREATE OR REPLACE FUNCTION refresh_spells(households bigint[], tolerated integer DEFAULT 14) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
-- planning costs more than running: keep one plan, and one that stays right when the tables have grown since
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $function$
DECLARE
    concerned bigint[] := ARRAY(SELECT DISTINCT unnest(households));
    kin bigint[];
    next_kin bigint[] := concerned;
    added bigint;
BEGIN
    WHILE next_kin <> '{}' LOOP
        next_kin := ARRAY(SELECT id FROM people_household WHERE split_from_id = ANY(next_kin) AND id <> ALL(concerned));
        concerned := concerned || next_kin;
    END LOOP;
    kin := concerned;
    next_kin := concerned;
    WHILE next_kin <> '{}' LOOP
        next_kin := ARRAY(
            SELECT DISTINCT split_from_id FROM people_household
            WHERE id = ANY(next_kin) AND split_from_id <> ALL(kin));
        kin := kin || next_kin;
    END LOOP;
    WITH RECURSIVE
    rule AS (SELECT tolerated AS gap_nights),
    scope AS (SELECT unnest(concerned) AS household_id),
    -- Each table's rows are looked up household by household, whatever the planner believes of the tables' size: without
    -- statistics, as in a first large load, it would read the whole of them for every few households.
    people_household AS (
        SELECT found.* FROM unnest(kin) AS one (id)
        CROSS JOIN LATERAL (SELECT * FROM public.people_household h WHERE h.id = one.id OFFSET 0) found
    ),
    housing_residence AS (
        SELECT found.* FROM unnest(kin) AS one (id)
        CROSS JOIN LATERAL (SELECT * FROM public.housing_residence r WHERE r.household_id = one.id OFFSET 0) found
    ),
    people_member AS (
        SELECT found.* FROM unnest(concerned) AS one (id)
        CROSS JOIN LATERAL (SELECT * FROM public.people_member m WHERE m.household_id = one.id OFFSET 0) found
    ),
    people_person AS (
        SELECT found.* FROM (SELECT DISTINCT person_id FROM people_member) one
        CROSS JOIN LATERAL (SELECT id, born_on FROM public.people_person p WHERE p.id = one.person_id OFFSET 0) found
    ),
    people_responsibility AS (
        SELECT found.* FROM unnest(concerned) AS one (id)
        CROSS JOIN LATERAL (SELECT * FROM public.people_responsibility r WHERE r.household_id = one.id OFFSET 0) found
    ),
    -- include ../spells.sql
    ,
    outdated AS (
        DELETE FROM housing_spell s
        WHERE s.household_id = ANY(concerned)
          AND NOT EXISTS (SELECT FROM derived d
                          WHERE d.household_id = s.household_id AND d.state = s.state AND d.starts_on = s.starts_on)
    )
    INSERT INTO housing_spell AS s (
        household_id, municipality_id, unit_id, state, starts_on, ends_on, limit_on, previous_state, next_state,
        homeless_since, home_on, gone_on, returned_on, nights, family_in, young_in)
    SELECT household_id, municipality_id, unit_id, state, starts_on, ends_on, limit_on, previous_state, next_state,
           homeless_since, home_on, gone_on, returned_on, nights, family_in, young_in
    FROM derived
    ON CONFLICT ON CONSTRAINT spell_once DO UPDATE SET
        municipality_id = excluded.municipality_id, unit_id = excluded.unit_id, ends_on = excluded.ends_on,
        limit_on = excluded.limit_on, previous_state = excluded.previous_state, next_state = excluded.next_state,
        homeless_since = excluded.homeless_since, home_on = excluded.home_on, gone_on = excluded.gone_on,
        returned_on = excluded.returned_on, nights = excluded.nights, family_in = excluded.family_in,
        young_in = excluded.young_in
    WHERE (s.municipality_id, s.unit_id, s.ends_on, s.limit_on, s.previous_state, s.next_state, s.homeless_since,
           s.home_on, s.gone_on, s.returned_on, s.nights, s.family_in, s.young_in)
        IS DISTINCT FROM
          (excluded.municipality_id, excluded.unit_id, excluded.ends_on, excluded.limit_on, excluded.previous_state,
           excluded.next_state, excluded.homeless_since, excluded.home_on, excluded.gone_on, excluded.returned_on,
           excluded.nights, excluded.family_in, excluded.young_in);
    GET DIAGNOSTICS added = ROW_COUNT;
    RETURN added;
END $function$;

-- Every spell that the derivation and the table do not agree on: expected to be none. `side` says who has it.
CREATE OR REPLACE FUNCTION spell_differences(tolerated integer DEFAULT 14)
RETURNS TABLE (side text, household_id bigint, state text, starts_on date, ends_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
-- of everybody: never one household after the other
SET enable_nestloop = off AS $function$
    WITH RECURSIVE
    rule AS (SELECT tolerated AS gap_nights),
    scope AS (SELECT id AS household_id FROM people_household),
    -- include ../spells.sql
    ,
    stored AS (
        SELECT household_id, municipality_id, unit_id, state::text, starts_on, ends_on, limit_on, previous_state::text,
               next_state::text, homeless_since, home_on, gone_on, returned_on, nights, family_in, young_in
        FROM housing_spell
    ),
    wanted AS (SELECT d.* FROM derived d),
    missing AS (SELECT * FROM wanted EXCEPT SELECT * FROM stored),
    surplus AS (SELECT * FROM stored EXCEPT SELECT * FROM wanted)
    SELECT 'missing', m.household_id, m.state, m.starts_on, m.ends_on FROM missing m
    UNION ALL
    SELECT 'surplus', s.household_id, s.state, s.starts_on, s.ends_on FROM surplus s
$function$;

-- All spells anew, for a first load or after a change of rule. Some households at a time: the plan is made for few, and
-- with all at once its time would grow with their square.
CREATE OR REPLACE FUNCTION rebuild_spells(tolerated integer DEFAULT 14) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $function$
DECLARE
    part bigint[];
    added bigint := 0;
BEGIN
    DELETE FROM housing_spell;
    FOR part IN
        SELECT array_agg(id) FROM (SELECT id, row_number() OVER (ORDER BY id) / 100 AS number FROM people_household) numbered
        GROUP BY number ORDER BY number
    LOOP
        added := added + refresh_spells(part, tolerated);
    END LOOP;
    RETURN added;
END $function$;

-- The number of days in a set of days.
CREATE OR REPLACE FUNCTION days_in(days datemultirange) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT COALESCE(sum(upper(part) - lower(part)), 0)::integer FROM unnest(days) part
$function$;

-- How many nights of a half-open period lie between two days, those of a break between them not counted. Never NULL
-- where `from_on` and `to_on` are not; no break is NULL.
CREATE OR REPLACE FUNCTION nights_in(
    starts_on date, ends_on date, from_on date, to_on date, break_from date, break_to date) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $function$
    SELECT GREATEST(LEAST(ends_on, to_on) - GREATEST(starts_on, from_on), 0)
           - CASE WHEN break_from IS NULL THEN 0
                  ELSE GREATEST(LEAST(ends_on, to_on, break_to) - GREATEST(starts_on, from_on, break_from), 0) END
$function$;
