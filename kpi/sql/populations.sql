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
-- From the first of the periods to the last, for an index to begin and end at.
span AS (
    SELECT min(starts_on) AS starts_on, min(ends_on) AS first_end, max(ends_on) AS ends_on FROM period
),
-- Each period with the stays that have a day in it.
met AS NOT MATERIALIZED (
    SELECT p.n, p.starts_on AS first_day, p.ends_on AS end_day, s.*
    FROM period p
    JOIN spell s ON s.state = 'temporary' AND s.ends_on > (SELECT starts_on FROM span)
         AND s.nights_from < p.ends_on AND s.nights_to > p.starts_on
    WHERE %(municipality)s::text IS NULL OR s.municipality_id = %(municipality)s::text
),
-- Stays with a night in the period. Over three months: still there after the limit, asked on the period's end. Nearly all
-- are one run of nights with one break at most, and the index holds their dates; the others' sets of nights are read.
stay AS (
    SELECT s.n, s.household_id, s.municipality_id,
           LEAST(s.ends_on, s.end_day) > s.limit_on AS is_over,
           s.family_from IS NOT NULL
               AND nights_in(s.first_day, s.end_day, s.family_from, s.family_to, s.break_from, s.break_to) > 0 AS is_family,
           s.young_from IS NOT NULL
               AND nights_in(s.first_day, s.end_day, s.young_from, s.young_to, s.break_from, s.break_to) > 0 AS is_young,
           nights_in(s.first_day, s.end_day, s.nights_from, s.nights_to, s.break_from, s.break_to) AS nights,
           CASE WHEN s.first_day BETWEEN s.break_from AND s.break_to THEN s.break_to
                ELSE GREATEST(s.nights_from, s.first_day) END AS starts_on,
           CASE WHEN s.end_day BETWEEN s.break_from AND s.break_to THEN s.break_from
                ELSE LEAST(s.nights_to, s.end_day) END AS ends_on,
           s.break_from, s.break_to, NULL::datemultirange AS set_of_nights
    FROM met s
    WHERE s.is_simple AND (s.break_from IS NULL OR s.break_from > s.first_day OR s.break_to < s.end_day)
  UNION ALL
    SELECT s.n, s.household_id, s.municipality_id, LEAST(s.ends_on, s.end_day) > s.limit_on,
           s.family_in && daterange(s.first_day, s.end_day), s.young_in && daterange(s.first_day, s.end_day),
           -- as days_in counts, without the price of calling it
           (SELECT sum(upper(run) - lower(run)) FROM unnest(x.nights) AS run)::integer, lower(x.nights), upper(x.nights),
           NULL, NULL, x.nights
    FROM met s
    -- once, and not in each place that names it
    CROSS JOIN LATERAL (SELECT s.nights * datemultirange(daterange(s.first_day, s.end_day)) AS nights OFFSET 0) x
    WHERE NOT s.is_simple AND s.nights && daterange(s.first_day, s.end_day)
),
-- The same with its nights in the period as a set, for who must look at each.
stay_by_night AS (
    SELECT p.n, s.household_id, s.municipality_id, s.nights * datemultirange(p.days) AS nights
    FROM period p
    JOIN spell s ON s.state = 'temporary' AND s.ends_on > (SELECT starts_on FROM span) AND s.nights && p.days
    WHERE %(municipality)s::text IS NULL OR s.municipality_id = %(municipality)s::text
),
slept AS (
    SELECT n, household_id, municipality_id, bool_or(is_over) AS is_over, bool_or(is_family) AS is_family,
           bool_or(is_young) AS is_young, sum(nights) AS nights, min(starts_on) AS first_night, max(ends_on) - 1 AS last_night
    FROM stay
    GROUP BY n, household_id, municipality_id
),
-- Households with a night in temporary accommodation in the period, each once.
in_temporary AS NOT MATERIALIZED (
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
    SELECT s.n, s.household_id, s.municipality_id, m.person_id,
           sum(CASE WHEN s.set_of_nights IS NULL
                    THEN nights_in(s.starts_on, s.ends_on, m.starts_on, m.ends_on, s.break_from, s.break_to)
                    ELSE days_in(s.set_of_nights * datemultirange(daterange(m.starts_on, m.ends_on))) END) AS nights
    FROM stay s
    JOIN (
        SELECT m.household_id, m.person_id, m.starts_on, LEAST(m.ends_on, (p.born_on + INTERVAL '18 years')::date) AS ends_on
        FROM people_member m JOIN people_person p ON p.id = m.person_id
        WHERE m.role = 'child' AND m.starts_on < (p.born_on + INTERVAL '18 years')::date
    ) m ON m.household_id = s.household_id AND m.starts_on < s.ends_on AND m.ends_on > s.starts_on
         AND CASE WHEN s.set_of_nights IS NULL
                  THEN nights_in(s.starts_on, s.ends_on, m.starts_on, m.ends_on, s.break_from, s.break_to) > 0
                  ELSE s.set_of_nights && daterange(m.starts_on, m.ends_on) END
    WHERE s.is_family
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM in_temporary t WHERE t.n = s.n AND t.household_id = s.household_id))
    GROUP BY s.n, s.household_id, s.municipality_id, m.person_id
),
-- Households formed by a split, few of all, and since when: what was before is counted with whom they came out of.
formed AS MATERIALIZED (
    SELECT h.id AS household_id, h.split_on
    FROM people_household h
    WHERE h.split_from_id IS NOT NULL AND (%(municipality)s::text IS NULL OR h.municipality_id = %(municipality)s::text)
),
-- Those of them that were not yet on a period's last night.
not_formed AS MATERIALIZED (
    SELECT p.n, f.household_id FROM period p JOIN formed f ON f.split_on >= p.ends_on
),
-- Households with a night in night shelter in the period.
sheltered AS (
    SELECT p.n, r.household_id, r.municipality_id,
           max(LEAST(r.ends_on, p.ends_on)) - 1 AS last_night
    FROM period p
    JOIN housing_residence r ON r.kind = 'night_shelter'
         AND COALESCE(r.ends_on, DATE '9999-12-31') > (SELECT starts_on FROM span)
         AND r.starts_on < p.ends_on AND COALESCE(r.ends_on, DATE '9999-12-31') > p.starts_on
    LEFT JOIN formed f ON f.household_id = r.household_id
    WHERE (%(municipality)s::text IS NULL OR r.municipality_id = %(municipality)s::text)
      AND (f.split_on IS NULL OR f.split_on < LEAST(r.ends_on, p.ends_on))
    GROUP BY p.n, r.household_id, r.municipality_id
),
in_shelter AS (
    SELECT * FROM sheltered
    WHERE %(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility r
        WHERE r.household_id = sheltered.household_id AND r.unit_id = %(unit)s::bigint
          AND r.starts_on <= sheltered.last_night AND (r.ends_on IS NULL OR r.ends_on > sheltered.last_night))
),
-- Households whose residence on the period's last night is of a homeless kind.
homeless_last_night AS MATERIALIZED (
    SELECT p.n, p.ends_on - 1 AS night, r.household_id, r.municipality_id, r.kind, r.starts_on
    FROM period p
    JOIN housing_residence r ON r.kind IN ('rough', 'temporary', 'night_shelter', 'friends', 'crisis_centre')
         AND COALESCE(r.ends_on, DATE '9999-12-31') >= (SELECT first_end FROM span)
         AND r.starts_on < p.ends_on AND COALESCE(r.ends_on, DATE '9999-12-31') >= p.ends_on
    WHERE (%(municipality)s::text IS NULL OR r.municipality_id = %(municipality)s::text)
      AND (p.n, r.household_id) NOT IN (SELECT n, household_id FROM not_formed)
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = r.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on < p.ends_on AND (u.ends_on IS NULL OR u.ends_on >= p.ends_on)))
),
-- Of them those with a child.
homeless_family AS (
    SELECT h.n, h.household_id, h.municipality_id, h.kind = 'temporary' AS is_temporary
    FROM homeless_last_night h
    WHERE (h.n, h.household_id) IN (
        SELECT h.n, h.household_id
        FROM homeless_last_night h
        JOIN people_member m ON m.household_id = h.household_id AND m.role = 'child' AND m.starts_on <= h.night
             AND (m.ends_on IS NULL OR m.ends_on > h.night)
        JOIN people_person c ON c.id = m.person_id AND h.night < (c.born_on + INTERVAL '18 years')::date)
),
-- Households formed by a split with each that they came out of, and until when its residences are theirs too: as
-- spells.sql carries them.
descent AS (
    SELECT h.id AS household_id, h.split_from_id AS source_id, LEAST(h.split_on, own.first_on) AS until
    FROM people_household h
    LEFT JOIN (
        SELECT h.id, min(r.starts_on) AS first_on
        FROM people_household h JOIN housing_residence r ON r.household_id = h.id
        WHERE h.split_from_id IS NOT NULL AND (%(municipality)s::text IS NULL OR h.municipality_id = %(municipality)s::text)
        GROUP BY h.id
    ) own ON own.id = h.id
    WHERE h.split_from_id IS NOT NULL AND (%(municipality)s::text IS NULL OR h.municipality_id = %(municipality)s::text)
  UNION ALL
    SELECT d.household_id, h.split_from_id, LEAST(d.until, h.split_on)
    FROM descent d JOIN people_household h ON h.id = d.source_id
    WHERE h.split_from_id IS NOT NULL
),
-- Households that another has taken up, and since when: their people live on in that.
joined AS MATERIALIZED (
    SELECT c.household_id, c.closed_on AS since
    FROM cases_case c
    WHERE c.closing_reason = 'joined' AND c.closed_on IS NOT NULL
      AND (%(municipality)s::text IS NULL OR c.municipality_id = %(municipality)s::text)
),
-- Households whose last case was closed because they are no more.
closed_for_good AS MATERIALIZED (
    SELECT c.household_id, max(c.closed_on) AS since
    FROM cases_case c
    WHERE c.closing_reason IN ('joined', 'moved_away', 'deceased')
      AND (%(municipality)s::text IS NULL OR c.municipality_id = %(municipality)s::text)
    GROUP BY c.household_id
),
-- Households that are not here on these nights: taken up by another, moved away or dead.
gone AS MATERIALIZED (
    SELECT household_id, since, DATE '9999-12-31' AS until
    FROM closed_for_good
    WHERE household_id NOT IN (
        SELECT x.household_id
        FROM closed_for_good x
        JOIN cases_case c ON c.household_id = x.household_id AND (c.closed_on IS NULL OR c.closed_on > x.since))
  UNION ALL
    SELECT r.household_id, r.starts_on, COALESCE(r.ends_on, DATE '9999-12-31')
    FROM housing_residence r
    WHERE r.kind IN ('moved_away', 'deceased')
      AND (%(municipality)s::text IS NULL OR r.municipality_id = %(municipality)s::text)
),
-- Stays that ended in the period. Home: a permanent home began within the tolerated nights, and before a care home,
-- moving away or death; counted: none of those three came first, nor did it end by joining another household.
departure AS (
    SELECT p.n, s.household_id, s.municipality_id, s.ends_on, s.returned_on,
           COALESCE(s.home_on <= s.ends_on + rule.gap_nights AND (s.gone_on IS NULL OR s.home_on < s.gone_on), FALSE) AS is_home,
           NOT COALESCE(s.gone_on <= s.ends_on + rule.gap_nights AND (s.home_on IS NULL OR s.gone_on < s.home_on), FALSE)
               AND (s.household_id, s.ends_on) NOT IN (SELECT household_id, since FROM joined) AS is_counted
    FROM rule CROSS JOIN period p
    JOIN spell s ON s.state = 'temporary' AND s.ends_on >= (SELECT starts_on FROM span)
         AND s.ends_on < (SELECT ends_on FROM span)
         AND s.ends_on >= p.starts_on AND s.ends_on < p.ends_on AND s.nights_from IS NOT NULL
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
    JOIN spell s ON s.state = 'permanent' AND s.homeless_since IS NOT NULL
         AND s.starts_on >= (SELECT starts_on FROM span) AND s.starts_on < (SELECT ends_on FROM span)
         AND s.starts_on >= p.starts_on AND s.starts_on < p.ends_on
    LEFT JOIN formed f ON f.household_id = s.household_id
    WHERE (%(municipality)s::text IS NULL OR s.municipality_id = %(municipality)s::text)
      AND (f.split_on IS NULL OR s.starts_on >= f.split_on)
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = s.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= s.starts_on AND (u.ends_on IS NULL OR u.ends_on > s.starts_on)))
)
