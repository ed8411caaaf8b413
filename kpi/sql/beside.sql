-- The populations beside the objectives' own: nights without a quality agreement, how people live in the municipality's
-- dwellings, who is handed on between units, and what comes of asking for a place tonight.

-- Households with a night in temporary accommodation in the period at a provider without a quality agreement, and how
-- many such nights. A night at an undisclosed place is at no known provider and is not counted.
covered AS (
    SELECT provider_id, range_agg(daterange(starts_on, ends_on)) AS days FROM housing_qualityagreement GROUP BY provider_id
),
uncovered AS (
    SELECT x.n, x.household_id, x.municipality_id, sum(x.nights) AS nights
    FROM (
        SELECT p.n, r.household_id, r.municipality_id,
               CASE WHEN c.days IS NULL OR NOT c.days && inside.days THEN upper(inside.days) - lower(inside.days)
                    WHEN c.days @> inside.days THEN 0
                    ELSE days_in(datemultirange(inside.days) - c.days) END AS nights,
               upper(inside.days) - 1 AS last_night
        FROM period p
        JOIN housing_residence r ON r.kind = 'temporary' AND r.provider_id IS NOT NULL
             AND r.kind IN ('rough', 'temporary', 'night_shelter', 'friends', 'crisis_centre')
             AND COALESCE(r.ends_on, DATE '9999-12-31') > (SELECT starts_on FROM span)
             AND r.starts_on < p.ends_on AND COALESCE(r.ends_on, DATE '9999-12-31') > p.starts_on
        LEFT JOIN people_household h ON h.id = r.household_id AND h.split_on IS NOT NULL
        LEFT JOIN covered c ON c.provider_id = r.provider_id
        CROSS JOIN LATERAL (
            -- empty where all of it lies before the split
            SELECT daterange(LEAST(GREATEST(r.starts_on, p.starts_on, h.split_on), r.ends_on, p.ends_on),
                             LEAST(r.ends_on, p.ends_on)) AS days
        ) inside
        WHERE NOT isempty(inside.days)
          AND (%(municipality)s::text IS NULL OR r.municipality_id = %(municipality)s::text)
    ) x
    GROUP BY x.n, x.household_id, x.municipality_id
    -- the unit is that of its last night there in the period, covered or not
    HAVING sum(x.nights) > 0
       AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = x.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= max(x.last_night) AND (u.ends_on IS NULL OR u.ends_on > max(x.last_night))))
),
-- Households in a municipal dwelling on the period's last night whose rooms and area are known. Crowded: fewer rooms than
-- persons, or one person in one room, and under 25 square metres a person. A visiting child is no person here.
in_dwelling AS (
    SELECT n, household_id, municipality_id,
           (rooms < persons OR (persons = 1 AND rooms = 1)) AND area_m2 < 25 * persons AS is_crowded
    FROM (
        SELECT p.n, r.household_id, r.municipality_id, d.rooms, d.area_m2, count(*) AS persons
        FROM period p
        JOIN housing_residence r ON r.dwelling_id IS NOT NULL
             AND COALESCE(r.ends_on, DATE '9999-12-31') >= (SELECT first_end FROM span)
             AND r.starts_on < p.ends_on AND COALESCE(r.ends_on, DATE '9999-12-31') >= p.ends_on
        JOIN housing_dwelling d ON d.id = r.dwelling_id AND d.rooms IS NOT NULL AND d.area_m2 IS NOT NULL
             AND d.acquired_on < p.ends_on AND (d.disposed_on IS NULL OR d.disposed_on >= p.ends_on)
        JOIN people_member m ON m.household_id = r.household_id AND m.role <> 'child_visit' AND m.starts_on < p.ends_on
             AND (m.ends_on IS NULL OR m.ends_on >= p.ends_on)
        WHERE (%(municipality)s::text IS NULL OR r.municipality_id = %(municipality)s::text)
          AND NOT EXISTS (
            SELECT FROM people_household h WHERE h.id = r.household_id AND h.split_on >= p.ends_on)
          AND (%(unit)s::bigint IS NULL OR EXISTS (
            SELECT FROM people_responsibility u
            WHERE u.household_id = r.household_id AND u.unit_id = %(unit)s::bigint
              AND u.starts_on < p.ends_on AND (u.ends_on IS NULL OR u.ends_on >= p.ends_on)))
        GROUP BY p.n, r.household_id, r.municipality_id, d.rooms, d.area_m2
    ) living
),
-- Households that another unit became responsible for in the period, and how many times. A unit and the households that
-- it answers for are of one municipality.
handed AS (
    SELECT x.n, x.household_id, h.municipality_id, count(*) AS times
    FROM (
        SELECT p.n, u.household_id, u.starts_on
        FROM period p
        JOIN people_responsibility u ON u.starts_on >= (SELECT starts_on FROM span) AND u.starts_on < (SELECT ends_on FROM span)
             AND u.starts_on >= p.starts_on AND u.starts_on < p.ends_on
        JOIN people_unit t ON t.id = u.unit_id
        JOIN people_responsibility l ON l.household_id = u.household_id AND l.starts_on < u.starts_on
        WHERE %(municipality)s::text IS NULL OR t.municipality_id = %(municipality)s::text
        GROUP BY p.n, u.household_id, u.unit_id, u.starts_on
        -- the unit before it
        HAVING (array_agg(l.unit_id ORDER BY l.starts_on DESC))[1] <> u.unit_id
    ) x
    JOIN people_household h ON h.id = x.household_id AND (h.split_on IS NULL OR h.split_on <= x.starts_on)
    GROUP BY x.n, x.household_id, h.municipality_id
    HAVING %(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = x.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= max(x.starts_on) AND (u.ends_on IS NULL OR u.ends_on > max(x.starts_on)))
),
-- Requests in the period by who lacked a place for the night, answered, one row each. The day is Norway's.
asked_tonight AS (
    SELECT p.n, a.household_id, a.municipality_id, a.outcome IN ('no_place', 'below_standard', 'steered') AS is_unlawful
    FROM period p
    JOIN cases_request a ON a.lacks_place_tonight AND a.outcome <> ''
         AND a.asked_at >= (SELECT starts_on::timestamp AT TIME ZONE 'Europe/Oslo' FROM span)
         AND a.asked_at < (SELECT ends_on::timestamp AT TIME ZONE 'Europe/Oslo' FROM span)
         AND a.asked_at >= p.starts_on::timestamp AT TIME ZONE 'Europe/Oslo'
         AND a.asked_at < p.ends_on::timestamp AT TIME ZONE 'Europe/Oslo'
    WHERE (%(municipality)s::text IS NULL OR a.municipality_id = %(municipality)s::text)
      AND (%(unit)s::bigint IS NULL OR a.unit_id = %(unit)s::bigint)
)
