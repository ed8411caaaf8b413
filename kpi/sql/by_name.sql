-- Homeless night upon night, after populations.sql: one row a run, with what came before and after it, and in which
-- time the household has a child, a young applicant or partner, and is the unit's.
homeless_night AS (
    SELECT r.household_id, h.split_from_id, GREATEST(r.starts_on, COALESCE(h.split_on, r.starts_on)) AS starts_on,
           COALESCE(r.ends_on, DATE '9999-12-31') AS ends_on
    FROM housing_residence r
    JOIN people_household h ON h.id = r.household_id
    WHERE r.kind IN ('rough', 'temporary', 'night_shelter', 'friends', 'crisis_centre')
      AND (%(municipality)s::text IS NULL OR r.municipality_id = %(municipality)s::text)
      AND (h.split_on IS NULL OR r.ends_on IS NULL OR h.split_on < r.ends_on)
      AND r.household_id <> ALL(%(left_out)s::bigint[])
),
homeless_begun AS (
    SELECT *, starts_on IS DISTINCT FROM lag(ends_on) OVER (PARTITION BY household_id ORDER BY starts_on) AS begins
    FROM homeless_night
),
homeless_numbered AS (
    SELECT *, count(*) FILTER (WHERE begins) OVER (PARTITION BY household_id ORDER BY starts_on) AS number
    FROM homeless_begun
),
homeless_run AS (
    SELECT household_id, split_from_id, number, min(starts_on) AS starts_on, max(ends_on) AS ends_on
    FROM homeless_numbered
    GROUP BY household_id, split_from_id, number
),
asked_run AS (
    SELECT u.* FROM homeless_run u
    WHERE u.starts_on < (SELECT max(ends_on) FROM period) AND u.ends_on >= (SELECT min(starts_on) FROM period)
)
SELECT u.household_id, u.starts_on, u.ends_on, u.number > 1, u.split_from_id IS NOT NULL,
       previous.kind, previous.starts_on, previous.lease_ends_on,
       next.kind, next.starts_on, next.lease_ends_on,
       family.days, young.days, unit.days
FROM asked_run u
LEFT JOIN LATERAL (
    SELECT r.kind, r.starts_on, r.lease_ends_on FROM housing_residence r
    WHERE r.household_id = u.household_id AND r.starts_on < u.starts_on
    ORDER BY r.starts_on DESC LIMIT 1
) previous ON TRUE
LEFT JOIN LATERAL (
    SELECT r.kind, r.starts_on, r.lease_ends_on FROM housing_residence r
    WHERE r.household_id = u.household_id AND r.starts_on >= u.ends_on
    ORDER BY r.starts_on LIMIT 1
) next ON TRUE
LEFT JOIN LATERAL (
    SELECT array_agg(ARRAY[lower(d), upper(d)] ORDER BY d) AS days FROM (
        SELECT unnest(range_agg(daterange(m.starts_on, LEAST(COALESCE(m.ends_on, DATE '9999-12-31'),
                                                              (p.born_on + INTERVAL '18 years')::date)))) AS d
        FROM people_member m JOIN people_person p ON p.id = m.person_id
        WHERE m.household_id = u.household_id AND m.role = 'child'
          AND m.starts_on < (p.born_on + INTERVAL '18 years')::date) x
) family ON TRUE
LEFT JOIN LATERAL (
    SELECT array_agg(ARRAY[lower(d), upper(d)] ORDER BY d) AS days FROM (
        SELECT unnest(range_agg(daterange(m.starts_on, LEAST(COALESCE(m.ends_on, DATE '9999-12-31'),
                                                              (p.born_on + INTERVAL '25 years')::date)))) AS d
        FROM people_member m JOIN people_person p ON p.id = m.person_id
        WHERE m.household_id = u.household_id AND m.role IN ('applicant', 'partner')
          AND m.starts_on < (p.born_on + INTERVAL '25 years')::date) x
) young ON TRUE
LEFT JOIN LATERAL (
    SELECT array_agg(ARRAY[lower(d), upper(d)] ORDER BY d) AS days FROM (
        SELECT unnest(range_agg(daterange(a.starts_on, COALESCE(a.ends_on, DATE '9999-12-31')))) AS d
        FROM people_responsibility a
        WHERE a.household_id = u.household_id AND a.unit_id = %(unit)s::bigint) x
) unit ON TRUE
ORDER BY u.household_id, u.starts_on
