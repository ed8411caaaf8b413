-- What is done so that a home is kept: housing allowance, advice, grants. One row a household and period.
-- The caller writes period before this text (populations.sql), and history in place of the tables (as_known.sql).
--
-- Allowances granted for a day in the period, a row a household.
allowed AS MATERIALIZED (
    SELECT p.n, p.starts_on, x.household_id, x.municipality_id, max(LEAST(x.ends_on, p.ends_on)) AS until
    FROM period p
    JOIN (SELECT household_id, municipality_id, COALESCE(starts_on, applied_on) AS starts_on, ends_on
          FROM cases_housingallowance
          WHERE outcome = 'granted' AND COALESCE(ends_on, DATE '9999-12-31') > (SELECT starts_on FROM span)
            AND (%(municipality)s::text IS NULL OR municipality_id = %(municipality)s::text)) x
      ON x.starts_on < p.ends_on AND (x.ends_on IS NULL OR (x.ends_on > p.starts_on AND x.ends_on > x.starts_on))
    GROUP BY p.n, p.starts_on, x.household_id, x.municipality_id
),
-- Households paid it for a day in the period, and the last such day: none after it is gone.
on_allowance AS MATERIALIZED (
    SELECT a.n, a.household_id, a.municipality_id, a.last_day
    FROM (
        SELECT x.n, x.starts_on, x.household_id, x.municipality_id, LEAST(x.until, g.since) - 1 AS last_day
        FROM allowed x
        LEFT JOIN (
            SELECT household_id, min(since) AS since FROM gone WHERE until = DATE '9999-12-31' GROUP BY household_id
        ) g USING (household_id)
    ) a
    WHERE a.last_day >= a.starts_on
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = a.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= a.last_day AND (u.ends_on IS NULL OR u.ends_on > a.last_day)))
),
-- Where households have owned their home.
owned AS MATERIALIZED (
    SELECT r.household_id, r.starts_on, COALESCE(r.ends_on, DATE '9999-12-31') AS ends_on
    FROM housing_residence r
    WHERE r.kind = 'owned' AND (%(municipality)s::text IS NULL OR r.municipality_id = %(municipality)s::text)
),
-- Each as it was on that day.
recipient AS MATERIALIZED (
    SELECT x.n, x.household_id, x.municipality_id,
           (x.n, x.household_id) IN (
               SELECT x.n, x.household_id
               FROM on_allowance x
               JOIN people_member m ON m.household_id = x.household_id AND m.role = 'child' AND m.starts_on <= x.last_day
                    AND (m.ends_on IS NULL OR m.ends_on > x.last_day)
               JOIN people_person c ON c.id = m.person_id AND x.last_day < (c.born_on + INTERVAL '18 years')::date) AS is_family,
           (x.n, x.household_id) IN (
               SELECT x.n, x.household_id
               FROM on_allowance x
               JOIN owned r ON r.household_id = x.household_id AND r.starts_on <= x.last_day AND r.ends_on > x.last_day) AS owns
    FROM on_allowance x
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
-- Households paid an establishment grant in the period, and the period's last day.
on_grant AS MATERIALIZED (
    SELECT a.n, a.household_id, a.municipality_id, a.last_day
    FROM (
        SELECT DISTINCT p.n, p.ends_on - 1 AS last_day, x.household_id, x.municipality_id
        FROM period p
        JOIN cases_loancase x ON x.kind = 'establishment_grant' AND x.paid_on >= (SELECT starts_on FROM span) AND x.paid_on < (SELECT ends_on FROM span)
         AND x.paid_on >= p.starts_on AND x.paid_on < p.ends_on
        WHERE (%(municipality)s::text IS NULL OR x.municipality_id = %(municipality)s::text)
    ) a
    WHERE (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = a.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= a.last_day AND (u.ends_on IS NULL OR u.ends_on > a.last_day)))
),
-- Each once, as it is on that day.
grantee AS MATERIALIZED (
    SELECT x.n, x.household_id, x.municipality_id,
           (x.n, x.household_id) IN (
               SELECT x.n, x.household_id
               FROM on_grant x
               JOIN people_member m ON m.household_id = x.household_id AND m.role = 'child' AND m.starts_on <= x.last_day
                    AND (m.ends_on IS NULL OR m.ends_on > x.last_day)
               JOIN people_person c ON c.id = m.person_id AND x.last_day < (c.born_on + INTERVAL '18 years')::date) AS is_family,
           (x.n, x.household_id) IN (
               SELECT x.n, x.household_id
               FROM on_grant x
               JOIN housing_residence r ON r.household_id = x.household_id AND r.kind = 'owned' AND r.starts_on <= x.last_day
                    AND (r.ends_on IS NULL OR r.ends_on > x.last_day)) AS owns
    FROM on_grant x
)
