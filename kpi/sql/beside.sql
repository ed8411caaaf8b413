-- The populations beside the objectives' own: nights without a quality agreement, how people live in the municipality's
-- dwellings, who is handed on between units, and what comes of asking for a place tonight.

-- Households with a night in temporary accommodation in the period at a provider without a quality agreement, and how
-- many such nights. A night at an undisclosed place is at no known provider and is not counted.
covered AS MATERIALIZED (
    SELECT provider_id, days, lower(days) AS starts_on, COALESCE(upper(days), DATE '9999-12-31') AS ends_on,
           days = datemultirange(range_merge(days)) AS is_one
    FROM (
        SELECT provider_id, range_agg(daterange(starts_on, ends_on)) AS days
        FROM housing_qualityagreement
        GROUP BY provider_id
    ) x
),
uncovered AS (
    SELECT x.n, x.household_id, x.municipality_id, sum(x.nights) AS nights
    FROM (
        SELECT i.n, i.household_id, i.municipality_id, i.ends_on - 1 AS last_night,
               CASE WHEN c.provider_id IS NULL OR i.ends_on <= c.starts_on OR i.starts_on >= c.ends_on
                    THEN i.ends_on - i.starts_on
                    WHEN c.is_one AND i.starts_on >= c.starts_on AND i.ends_on <= c.ends_on THEN 0
                    ELSE days_in(datemultirange(daterange(i.starts_on, i.ends_on)) - c.days) END AS nights
        FROM (
            SELECT p.n, r.household_id, r.municipality_id, r.provider_id, LEAST(r.ends_on, p.ends_on) AS ends_on,
                   GREATEST(r.starts_on, p.starts_on, f.split_on) AS starts_on
            FROM period p
            JOIN housing_residence r ON r.kind = 'temporary' AND r.provider_id IS NOT NULL
                 AND r.kind IN ('rough', 'temporary', 'night_shelter', 'friends', 'crisis_centre')
                 AND COALESCE(r.ends_on, DATE '9999-12-31') > (SELECT starts_on FROM span)
                 AND r.starts_on < p.ends_on AND COALESCE(r.ends_on, DATE '9999-12-31') > p.starts_on
            LEFT JOIN formed f ON f.household_id = r.household_id
            WHERE (%(municipality)s::text IS NULL OR r.municipality_id = %(municipality)s::text)
              -- only a unit asks where the last night was
              AND (NOT (%(unit)s::bigint IS NULL) OR r.provider_id NOT IN (
                SELECT c.provider_id FROM covered c CROSS JOIN span
                WHERE c.is_one AND c.starts_on <= span.starts_on AND c.ends_on >= span.ends_on))
            -- once, and not in each place that names it
            OFFSET 0
        ) i
        LEFT JOIN covered c ON c.provider_id = i.provider_id
        -- none where all of it lies before the split
        WHERE i.starts_on < i.ends_on
    ) x
    WHERE x.nights > 0 OR NOT (%(unit)s::bigint IS NULL)
    GROUP BY x.n, x.household_id, x.municipality_id
    -- the unit is that of its last night there in the period, covered or not
    HAVING sum(x.nights) > 0
       AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = x.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= max(x.last_night) AND (u.ends_on IS NULL OR u.ends_on > max(x.last_night))))
),
-- Households in a dwelling on the period's last night.
at_home AS MATERIALIZED (
    SELECT p.n, p.ends_on, r.household_id, r.municipality_id, r.dwelling_id
    FROM period p
    JOIN housing_residence r ON r.dwelling_id IS NOT NULL
         AND COALESCE(r.ends_on, DATE '9999-12-31') >= (SELECT first_end FROM span)
         AND r.starts_on < p.ends_on AND COALESCE(r.ends_on, DATE '9999-12-31') >= p.ends_on
    WHERE (%(municipality)s::text IS NULL OR r.municipality_id = %(municipality)s::text)
      AND (p.n, r.household_id) NOT IN (SELECT n, household_id FROM not_formed)
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = r.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on < p.ends_on AND (u.ends_on IS NULL OR u.ends_on >= p.ends_on)))
),
-- Those of them in one of the municipality's stock whose rooms and area are known. Crowded: fewer rooms than
-- persons, or one person in one room, and under 25 square metres a person. A visiting child is no person here.
in_dwelling AS (
    SELECT n, household_id, municipality_id,
           (rooms < persons OR (persons = 1 AND rooms = 1)) AND area_m2 < 25 * persons AS is_crowded
    FROM (
        SELECT r.n, r.household_id, r.municipality_id, r.rooms, r.area_m2, count(*) AS persons
        FROM (
            SELECT r.n, r.ends_on, r.household_id, r.municipality_id, o.rooms, o.area_m2
            FROM at_home r
            JOIN in_stock o ON o.n = r.n AND o.dwelling_id = r.dwelling_id AND o.municipality_id = r.municipality_id
                 AND NOT o.has_left AND o.rooms IS NOT NULL AND o.area_m2 IS NOT NULL
        ) r
        JOIN people_member m ON m.household_id = r.household_id AND m.role <> 'child_visit' AND m.starts_on < r.ends_on
             AND (m.ends_on IS NULL OR m.ends_on >= r.ends_on)
        GROUP BY r.n, r.household_id, r.municipality_id, r.rooms, r.area_m2
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
