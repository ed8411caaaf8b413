-- What is done so that a home is kept: housing allowance, advice, grants. One row a household and period.
-- The caller writes period before this text (populations.sql), and history in place of the tables (as_known.sql).
--
-- Households paid housing allowance for a day in the period, as they were on the last such day.
recipient AS MATERIALIZED (
    SELECT a.n, a.household_id, a.municipality_id,
           EXISTS (SELECT FROM people_member m JOIN people_person p ON p.id = m.person_id
                   WHERE m.household_id = a.household_id AND m.role = 'child' AND m.starts_on <= a.last_day
                     AND (m.ends_on IS NULL OR m.ends_on > a.last_day)
                     AND a.last_day < (p.born_on + INTERVAL '18 years')::date) AS is_family,
           EXISTS (SELECT FROM housing_residence r
                   WHERE r.household_id = a.household_id AND r.kind = 'owned' AND r.starts_on <= a.last_day
                     AND (r.ends_on IS NULL OR r.ends_on > a.last_day)) AS owns
    FROM (
        SELECT p.n, x.household_id, x.municipality_id, max(LEAST(x.ends_on, p.ends_on)) - 1 AS last_day
        FROM period p
        JOIN (SELECT household_id, municipality_id, COALESCE(starts_on, applied_on) AS starts_on, ends_on
              FROM cases_housingallowance
              WHERE outcome = 'granted' AND COALESCE(ends_on, DATE '9999-12-31') > (SELECT starts_on FROM span)
                AND (%(municipality)s::text IS NULL OR municipality_id = %(municipality)s::text)) x
          ON x.starts_on < p.ends_on AND (x.ends_on IS NULL OR (x.ends_on > p.starts_on AND x.ends_on > x.starts_on))
        GROUP BY p.n, x.household_id, x.municipality_id
    ) a
    WHERE (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = a.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= a.last_day AND (u.ends_on IS NULL OR u.ends_on > a.last_day)))
),
-- Households helped to rent privately in the period, each once.
advised AS (
    SELECT a.n, a.household_id, a.municipality_id
    FROM (
        SELECT p.n, x.household_id, x.municipality_id, max(x."on") AS last_day
        FROM period p
        JOIN cases_privatehelp x ON x."on" >= (SELECT starts_on FROM span) AND x."on" < (SELECT ends_on FROM span)
         AND x."on" >= p.starts_on AND x."on" < p.ends_on
        WHERE (%(municipality)s::text IS NULL OR x.municipality_id = %(municipality)s::text)
        GROUP BY p.n, x.household_id, x.municipality_id
    ) a
    WHERE (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = a.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= a.last_day AND (u.ends_on IS NULL OR u.ends_on > a.last_day)))
),
-- Households paid an establishment grant in the period, each once, as they are on the period's last day.
grantee AS MATERIALIZED (
    SELECT a.n, a.household_id, a.municipality_id,
           EXISTS (SELECT FROM people_member m JOIN people_person p ON p.id = m.person_id
                   WHERE m.household_id = a.household_id AND m.role = 'child' AND m.starts_on < a.ends_on
                     AND (m.ends_on IS NULL OR m.ends_on >= a.ends_on)
                     AND a.ends_on - 1 < (p.born_on + INTERVAL '18 years')::date) AS is_family,
           EXISTS (SELECT FROM housing_residence r
                   WHERE r.household_id = a.household_id AND r.kind = 'owned' AND r.starts_on < a.ends_on
                     AND (r.ends_on IS NULL OR r.ends_on >= a.ends_on)) AS owns
    FROM (
        SELECT DISTINCT p.n, p.ends_on, x.household_id, x.municipality_id
        FROM period p
        JOIN cases_loancase x ON x.kind = 'establishment_grant' AND x.paid_on >= (SELECT starts_on FROM span) AND x.paid_on < (SELECT ends_on FROM span)
         AND x.paid_on >= p.starts_on AND x.paid_on < p.ends_on
        WHERE (%(municipality)s::text IS NULL OR x.municipality_id = %(municipality)s::text)
    ) a
    WHERE (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = a.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on < a.ends_on AND (u.ends_on IS NULL OR u.ends_on >= a.ends_on)))
)
