-- The populations of those who come out of prison, institutions and crisis centres, of the homeless on a day, and of
-- refugees settled; after those of populations.sql.

-- Households that moved out of prison or an institution in the period. Not those who go from one such place to another.
came_out AS MATERIALIZED (
    SELECT p.n, r.household_id, r.municipality_id, r.kind, r.ends_on
    FROM period p
    JOIN housing_residence r ON r.kind IN ('prison', 'institution')
         AND r.ends_on >= (SELECT starts_on FROM span) AND r.ends_on < (SELECT ends_on FROM span)
         AND r.ends_on >= p.starts_on AND r.ends_on < p.ends_on
    WHERE (%(municipality)s::text IS NULL OR r.municipality_id = %(municipality)s::text)
      AND NOT EXISTS (
        SELECT FROM people_household h WHERE h.id = r.household_id AND h.split_on > r.ends_on)
      AND NOT EXISTS (
        SELECT FROM housing_residence next
        WHERE next.household_id = r.household_id AND next.kind = r.kind AND next.starts_on = r.ends_on)
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = r.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on < r.ends_on AND (u.ends_on IS NULL OR u.ends_on >= r.ends_on)))
),
-- Each once of either kind. To temporary accommodation: at once or within the tolerated nights, with no home before.
left_place AS (
    SELECT x.n, x.household_id, x.municipality_id, x.kind,
           bool_or((x.n, x.household_id, x.ends_on) IN (
               SELECT x.n, x.household_id, x.ends_on
               FROM rule CROSS JOIN came_out x
               JOIN housing_residence t ON t.household_id = x.household_id AND t.kind = 'temporary'
                    AND t.starts_on >= x.ends_on AND t.starts_on <= x.ends_on + rule.gap_nights
               WHERE NOT EXISTS (
                   SELECT FROM housing_residence home
                   WHERE home.household_id = x.household_id
                     AND home.kind IN ('owned', 'private_rental', 'municipal_rental', 'care_home')
                     AND home.starts_on >= x.ends_on AND home.starts_on < t.starts_on))) AS to_temporary
    FROM came_out x
    GROUP BY x.n, x.household_id, x.municipality_id, x.kind
),
-- The residences of each household that is homeless on the period's last night, those before a split with them: what was
-- moved then is counted with the household that it came out of.
lived_before AS (
    SELECT h.n, h.household_id, h.municipality_id, h.night, h.starts_on AS since,
           r.kind, r.provider_id, r.dwelling_id, r.starts_on, r.ends_on, TRUE AS is_own
    FROM homeless_last_night h JOIN housing_residence r ON r.household_id = h.household_id
  UNION ALL
    SELECT h.n, h.household_id, h.municipality_id, h.night, h.starts_on,
           r.kind, r.provider_id, r.dwelling_id, r.starts_on, LEAST(r.ends_on, d.until), FALSE
    FROM homeless_last_night h
    JOIN descent d ON d.household_id = h.household_id
    JOIN housing_residence r ON r.household_id = d.source_id AND r.starts_on < d.until
),
-- Households that are homeless on the period's last night, with what they came from: what is told of the residences of
-- each, from the first to that night's.
homeless_after AS (
    SELECT n, household_id, municipality_id,
           -- the last place that was no homelessness
           COALESCE(max(starts_on) FILTER (WHERE kind = 'prison' AND starts_on < since)
                    = max(starts_on) FILTER (WHERE NOT is_homeless AND starts_on < since), FALSE) AS is_after_prison,
           COALESCE(bool_or(kind = 'institution' AND ends_on <= night
                            AND ends_on >= (night - INTERVAL '6 months')::date), FALSE) AS is_after_institution,
           bool_or(is_homeless AND starts_on <= (night - INTERVAL '2 years')::date) AS is_long_term,
           count(*) FILTER (WHERE has_moved AND starts_on <= night
                            AND starts_on > (night - INTERVAL '12 months')::date) AS moves
    FROM (
        SELECT r.n, r.household_id, r.municipality_id, r.night, r.since, r.kind, r.starts_on, r.ends_on,
               r.kind IN ('rough', 'temporary', 'night_shelter', 'friends', 'crisis_centre') AS is_homeless,
               (lag(r.kind) OVER in_order, lag(r.provider_id) OVER in_order, lag(r.dwelling_id) OVER in_order)
                   IS DISTINCT FROM (r.kind, r.provider_id, r.dwelling_id)
               AND lag(r.starts_on) OVER in_order IS NOT NULL AND r.is_own AS has_moved
        FROM lived_before r
        WINDOW in_order AS (PARTITION BY r.n, r.household_id ORDER BY r.starts_on)
    ) past
    GROUP BY n, household_id, municipality_id
),
-- Those who left a crisis centre in the period, one row each, of whom it is told where they went.
left_crisis_centre AS (
    SELECT p.n, t.household_id, t.municipality_id, t.returned_to_abuser AS is_back
    FROM period p
    JOIN cases_transition t ON t.kind = 'leaves_crisis_centre' AND t.status <> 'fell_away'
         AND t.returned_to_abuser IS NOT NULL AND t.left_on >= (SELECT starts_on FROM span) AND t.left_on < (SELECT ends_on FROM span)
         AND t.left_on >= p.starts_on AND t.left_on < p.ends_on
    WHERE (%(municipality)s::text IS NULL OR t.municipality_id = %(municipality)s::text)
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = t.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= t.left_on AND (u.ends_on IS NULL OR u.ends_on > t.left_on)))
),
-- Settlements with the one before them in the same household, whose members are not settled again.
settlement AS MATERIALIZED (
    SELECT s.id, s.household_id, s.municipality_id, s.settled_on, s.decided_on, s.unaccompanied_minor,
           lag(s.settled_on) OVER (PARTITION BY s.household_id ORDER BY s.settled_on, s.id) AS last_on
    FROM cases_refugeesettlement s
    WHERE s.settled_on IS NOT NULL
      AND (%(municipality)s::text IS NULL OR s.municipality_id = %(municipality)s::text)
),
-- Refugees settled in the period, a row a settlement, with how many they were that day; one where nobody is known. `minors`:
-- those aged 15 to 18 who came alone, and the one of whom no age is known.
settled AS MATERIALIZED (
    SELECT p.n, s.household_id, s.municipality_id, s.unaccompanied_minor AS is_alone,
           s.settled_on <= (s.decided_on + INTERVAL '6 months')::date AS in_6,
           s.settled_on <= (s.decided_on + INTERVAL '3 months')::date AS in_3,
           GREATEST(count(m.person_id), CASE WHEN s.last_on IS NULL THEN 1 ELSE 0 END) AS persons,
           CASE WHEN s.unaccompanied_minor THEN 0
                ELSE count(*) FILTER (WHERE m.role = 'child' AND s.settled_on < (c.born_on + INTERVAL '18 years')::date) END
               AS children,
           CASE WHEN s.unaccompanied_minor
                THEN count(*) FILTER (WHERE m.person_id IS NULL OR s.settled_on >= (c.born_on + INTERVAL '15 years')::date
                                            AND s.settled_on < (c.born_on + INTERVAL '19 years')::date)
                ELSE 0 END AS minors
    FROM period p
    JOIN settlement s ON s.settled_on >= (SELECT starts_on FROM span) AND s.settled_on < (SELECT ends_on FROM span)
         AND s.settled_on >= p.starts_on AND s.settled_on < p.ends_on
    LEFT JOIN people_member m ON m.household_id = s.household_id AND m.role <> 'child_visit'
         AND m.starts_on <= s.settled_on AND (m.ends_on IS NULL OR m.ends_on > s.settled_on)
         AND (s.last_on IS NULL OR NOT EXISTS (
            SELECT FROM people_member before
            WHERE before.household_id = m.household_id AND before.person_id = m.person_id
              AND before.starts_on <= s.last_on))
    LEFT JOIN people_person c ON c.id = m.person_id
    WHERE (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = s.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= s.settled_on AND (u.ends_on IS NULL OR u.ends_on > s.settled_on)))
    GROUP BY p.n, s.id, s.household_id, s.municipality_id, s.unaccompanied_minor, s.settled_on, s.decided_on, s.last_on
    HAVING s.last_on IS NULL OR count(m.person_id) > 0
)
