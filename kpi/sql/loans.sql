-- The populations of start loans and grants that were paid out, after those of homes.sql (tenancy).

-- Loans and grants paid out in the period, one row each.
paid_out AS MATERIALIZED (
    SELECT p.n, l.id, l.household_id, l.municipality_id, l.kind, l.purpose, l.decided_on, l.paid_on
    FROM period p
    JOIN cases_loancase l ON l.status = 'paid_out' AND l.paid_on >= (SELECT starts_on FROM span) AND l.paid_on < (SELECT ends_on FROM span)
         AND l.paid_on >= p.starts_on AND l.paid_on < p.ends_on
    WHERE (%(municipality)s::text IS NULL OR l.municipality_id = %(municipality)s::text)
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = l.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= l.paid_on AND (u.ends_on IS NULL OR u.ends_on > l.paid_on)))
),
-- Each with what the household was when it was paid, and how it lived when the loan was decided. A couple is two grown-ups
-- or more who applied together.
lent AS MATERIALIZED (
    SELECT x.n, x.household_id, x.municipality_id, x.kind, x.purpose,
           (x.n, x.id) IN (
               SELECT x.n, x.id
               FROM paid_out x
               JOIN people_member m ON m.household_id = x.household_id AND m.role = 'child' AND m.starts_on <= x.paid_on
                    AND (m.ends_on IS NULL OR m.ends_on > x.paid_on)
               JOIN people_person c ON c.id = m.person_id AND x.paid_on < (c.born_on + INTERVAL '18 years')::date) AS is_family,
           (x.n, x.id) IN (
               SELECT x.n, x.id
               FROM paid_out x
               JOIN people_member m ON m.household_id = x.household_id AND m.role IN ('applicant', 'partner')
                    AND m.starts_on <= x.paid_on AND (m.ends_on IS NULL OR m.ends_on > x.paid_on)
               GROUP BY x.n, x.id HAVING count(*) > 1) AS is_couple,
           (x.n, x.id) IN (
               SELECT x.n, x.id
               FROM paid_out x
               JOIN tenancy t ON t.household_id = x.household_id AND t.kind IN ('private_rental', 'municipal_rental')
                    AND t.starts_on <= x.decided_on AND (t.ends_on IS NULL OR t.ends_on > x.decided_on)) AS was_ours,
           (x.n, x.id) IN (
               SELECT x.n, x.id
               FROM paid_out x
               JOIN housing_residence r ON r.household_id = x.household_id AND r.kind IN ('private_rental', 'municipal_rental')
                    AND r.starts_on <= x.decided_on AND (r.ends_on IS NULL OR r.ends_on > x.decided_on)) AS was_renting
    FROM paid_out x
),
-- Households that were paid a start loan in the period, each once.
borrower AS (
    SELECT n, household_id, municipality_id, bool_or(purpose = 'purchase') AS has_bought,
           bool_or(purpose = 'purchase' AND was_ours) AS was_ours,
           bool_or(is_family) AS is_family, bool_or(is_couple) AS is_couple
    FROM lent
    WHERE kind = 'startlan'
    GROUP BY n, household_id, municipality_id
),
-- Households that were paid an establishment grant in the period, each once.
paid_grant AS (
    SELECT n, household_id, municipality_id, bool_or(purpose = 'purchase' AND was_renting) AS has_bought_as_tenant,
           bool_or(is_family) AS is_family
    FROM lent
    WHERE kind = 'establishment_grant'
    GROUP BY n, household_id, municipality_id
)
