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
    -- include ../brought_in_line.sql
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
    apart AS (
        SELECT d, s, COALESCE(d.household_id, s.household_id) AS household_id, COALESCE(d.state, s.state) AS state,
               COALESCE(d.starts_on, s.starts_on) AS starts_on
        FROM derived d
        FULL JOIN housing_spell s
             ON s.household_id = d.household_id AND s.state = d.state AND s.starts_on = d.starts_on
        WHERE d.household_id IS NULL OR s.household_id IS NULL OR
              (d.municipality_id, d.unit_id, d.ends_on, d.limit_on, d.previous_state, d.next_state, d.homeless_since,
               d.home_on, d.gone_on, d.returned_on, d.nights, d.family_in, d.young_in)
            IS DISTINCT FROM
              (s.municipality_id, s.unit_id, s.ends_on, s.limit_on, s.previous_state, s.next_state, s.homeless_since,
               s.home_on, s.gone_on, s.returned_on, s.nights, s.family_in, s.young_in)
    )
    SELECT 'missing', household_id, state, starts_on, (d).ends_on FROM apart WHERE (d).household_id IS NOT NULL
    UNION ALL
    SELECT 'surplus', household_id, state, starts_on, (s).ends_on FROM apart WHERE (s).household_id IS NOT NULL
$function$;

-- All spells derived anew at once, and the table brought in line: after a first load, a restored copy or a change of rule.
-- Returns the rows written; those removed are not counted. Whoever writes a spell waits until it is done: what they derived would else be written over
-- by what was known when this began. Readers go on.
CREATE OR REPLACE FUNCTION rebuild_spells(tolerated integer DEFAULT 14) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
-- of everybody: never one household after the other
SET enable_nestloop = off AS $function$
DECLARE
    added bigint;
BEGIN
    LOCK TABLE housing_spell IN SHARE ROW EXCLUSIVE MODE;
    WITH RECURSIVE
    rule AS (SELECT tolerated AS gap_nights),
    scope AS (SELECT id AS household_id FROM people_household),
    -- include ../spells.sql
    -- include ../brought_in_line.sql
    GET DIAGNOSTICS added = ROW_COUNT;
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
