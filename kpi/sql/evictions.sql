-- The populations of evictions, after those of homes.sql. A unit's are those of the households it answered for that day.

-- Petitions for eviction made in the period, one row each.
petition AS (
    SELECT p.n, e.household_id, e.municipality_id, e.status
    FROM period p
    JOIN cases_evictioncase e ON e.petitioned_on >= (SELECT starts_on FROM span) AND e.petitioned_on < (SELECT ends_on FROM span)
         AND e.petitioned_on >= p.starts_on AND e.petitioned_on < p.ends_on
    WHERE (%(municipality)s::text IS NULL OR e.municipality_id = %(municipality)s::text)
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = e.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= e.petitioned_on AND (u.ends_on IS NULL OR u.ends_on > e.petitioned_on)))
),
-- Evictions that came to an end in the period, one row each: averted, carried out or withdrawn.
eviction_end AS (
    SELECT p.n, e.household_id, e.municipality_id, e.status
    FROM period p
    JOIN cases_evictioncase e ON e.status <> 'open' AND e.ended_on >= (SELECT starts_on FROM span) AND e.ended_on < (SELECT ends_on FROM span)
         AND e.ended_on >= p.starts_on AND e.ended_on < p.ends_on
    WHERE (%(municipality)s::text IS NULL OR e.municipality_id = %(municipality)s::text)
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = e.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= e.ended_on AND (u.ends_on IS NULL OR u.ends_on > e.ended_on)))
)
