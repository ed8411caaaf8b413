-- The populations that indicators count, one row a household, stay, child or home and a period.
--
-- The caller writes, before this text: rule (gap_nights) and spell (the columns of housing_spell), and may stand history
-- in for the tables of residences, members, persons, households and responsibilities by expressions of the same names.
-- Parameters: starts, ends (date[], half-open periods), municipality (text or NULL for all), unit (id or NULL),
-- rule ('stay' or 'kostra'). How time is counted: docs/kpi.md.
period AS (
    SELECT n::integer AS n, starts_on, ends_on, daterange(starts_on, ends_on) AS days
    FROM unnest(%(starts)s::date[], %(ends)s::date[]) WITH ORDINALITY AS p(starts_on, ends_on, n)
),
-- Stays with a night in the period. Over three months: still there after the limit, asked on the period's end.
stay AS (
    SELECT p.n, s.household_id, s.municipality_id,
           LEAST(s.ends_on, p.ends_on) > s.limit_on AS is_over,
           s.nights * datemultirange(p.days) AS nights,
           s.family_in && p.days AS is_family,
           s.young_in && p.days AS is_young
    FROM period p
    JOIN spell s ON s.state = 'temporary' AND s.ends_on > p.starts_on AND s.starts_on < p.ends_on AND s.nights && p.days
    WHERE %(municipality)s::text IS NULL OR s.municipality_id = %(municipality)s::text
),
slept AS (
    SELECT n, household_id, municipality_id,
           bool_or(is_over) AS is_over, bool_or(is_family) AS is_family, bool_or(is_young) AS is_young,
           sum(days_in(nights)) AS nights, min(lower(nights)) AS first_night, max(upper(nights)) - 1 AS last_night
    FROM stay
    GROUP BY n, household_id, municipality_id
),
-- Households with a night in temporary accommodation in the period, each once.
in_temporary AS (
    SELECT n, household_id, municipality_id, nights, is_family, is_young,
           CASE %(rule)s WHEN 'kostra' THEN nights > (first_night + INTERVAL '3 months')::date - first_night
                         ELSE is_over END AS is_over
    FROM slept
    WHERE %(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility r
        WHERE r.household_id = slept.household_id AND r.unit_id = %(unit)s::bigint
          AND r.starts_on <= slept.last_night AND (r.ends_on IS NULL OR r.ends_on > slept.last_night))
),
-- Children in those households, with the nights on which they were members and under 18.
child_in_temporary AS (
    SELECT t.n, t.household_id, t.municipality_id, m.person_id, sum(days_in(s.nights * datemultirange(m.days))) AS nights
    FROM in_temporary t
    JOIN stay s ON s.n = t.n AND s.household_id = t.household_id
    CROSS JOIN LATERAL (
        SELECT m.person_id, daterange(m.starts_on, LEAST(m.ends_on, (p.born_on + INTERVAL '18 years')::date)) AS days
        FROM people_member m JOIN people_person p ON p.id = m.person_id
        WHERE m.household_id = t.household_id AND m.role = 'child'
          AND m.starts_on < (p.born_on + INTERVAL '18 years')::date
    ) m
    WHERE t.is_family AND s.nights && m.days
    GROUP BY t.n, t.household_id, t.municipality_id, m.person_id
),
-- Households with a night in night shelter in the period.
sheltered AS (
    SELECT p.n, r.household_id, r.municipality_id,
           max(LEAST(r.ends_on, p.ends_on)) - 1 AS last_night
    FROM period p
    JOIN housing_residence r ON r.kind = 'night_shelter' AND r.starts_on < p.ends_on
         AND (r.ends_on IS NULL OR r.ends_on > p.starts_on)
    JOIN people_household h ON h.id = r.household_id
    WHERE (%(municipality)s::text IS NULL OR r.municipality_id = %(municipality)s::text)
      AND (h.split_on IS NULL OR h.split_on < LEAST(r.ends_on, p.ends_on))
    GROUP BY p.n, r.household_id, r.municipality_id
),
in_shelter AS (
    SELECT * FROM sheltered
    WHERE %(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility r
        WHERE r.household_id = sheltered.household_id AND r.unit_id = %(unit)s::bigint
          AND r.starts_on <= sheltered.last_night AND (r.ends_on IS NULL OR r.ends_on > sheltered.last_night))
),
-- Families whose residence on the period's last night is of a homeless kind.
homeless_family AS (
    SELECT p.n, r.household_id, r.municipality_id, r.kind = 'temporary' AS is_temporary
    FROM period p
    JOIN housing_residence r ON r.kind IN ('rough', 'temporary', 'night_shelter', 'friends', 'crisis_centre')
         AND r.starts_on < p.ends_on AND (r.ends_on IS NULL OR r.ends_on >= p.ends_on)
    JOIN people_household h ON h.id = r.household_id
    WHERE (%(municipality)s::text IS NULL OR r.municipality_id = %(municipality)s::text)
      AND (h.split_on IS NULL OR h.split_on < p.ends_on)
      AND EXISTS (
        SELECT FROM people_member m JOIN people_person c ON c.id = m.person_id
        WHERE m.household_id = r.household_id AND m.role = 'child' AND m.starts_on < p.ends_on
          AND (m.ends_on IS NULL OR m.ends_on >= p.ends_on)
          AND p.ends_on - 1 < (c.born_on + INTERVAL '18 years')::date)
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = r.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on < p.ends_on AND (u.ends_on IS NULL OR u.ends_on >= p.ends_on)))
),
-- Stays that ended in the period. Home: a permanent home began within the tolerated nights, and before a care home,
-- moving away or death; counted: none of those three came first.
departure AS (
    SELECT p.n, s.household_id, s.municipality_id, s.ends_on, s.returned_on,
           COALESCE(s.home_on <= s.ends_on + rule.gap_nights AND (s.gone_on IS NULL OR s.home_on < s.gone_on), FALSE) AS is_home,
           NOT COALESCE(s.gone_on <= s.ends_on + rule.gap_nights AND (s.home_on IS NULL OR s.gone_on < s.home_on), FALSE)
               AS is_counted
    FROM rule CROSS JOIN period p
    JOIN spell s ON s.state = 'temporary' AND s.ends_on >= p.starts_on AND s.ends_on < p.ends_on AND NOT isempty(s.nights)
    WHERE (%(municipality)s::text IS NULL OR s.municipality_id = %(municipality)s::text)
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = s.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on < s.ends_on AND (u.ends_on IS NULL OR u.ends_on >= s.ends_on)))
),
-- Households with such an exit to a permanent home, by their first in the period.
first_home AS (
    SELECT DISTINCT ON (n, household_id) n, household_id, municipality_id, ends_on,
           COALESCE(returned_on <= (ends_on + INTERVAL '6 months')::date, FALSE) AS is_back_6,
           COALESCE(returned_on <= (ends_on + INTERVAL '12 months')::date, FALSE) AS is_back_12,
           COALESCE(returned_on <= (ends_on + INTERVAL '24 months')::date, FALSE) AS is_back_24
    FROM departure
    WHERE is_home AND is_counted
    ORDER BY n, household_id, ends_on
),
-- Permanent homes that began in the period after homelessness.
home_found AS (
    SELECT p.n, s.household_id, s.municipality_id, s.starts_on - s.homeless_since AS days
    FROM period p
    JOIN spell s ON s.state = 'permanent' AND s.ends_on > p.starts_on AND s.starts_on >= p.starts_on
         AND s.starts_on < p.ends_on AND s.homeless_since IS NOT NULL
    JOIN people_household h ON h.id = s.household_id
    WHERE (%(municipality)s::text IS NULL OR s.municipality_id = %(municipality)s::text)
      AND (h.split_on IS NULL OR h.split_on <= s.starts_on)
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = s.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= s.starts_on AND (u.ends_on IS NULL OR u.ends_on > s.starts_on)))
)
