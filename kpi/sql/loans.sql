-- The populations of start loans and grants that were paid out, after those of homes.sql (tenancy).

-- Loans and grants paid out in the period, one row each: what the household was when it was paid, and how it lived when
-- the loan was decided. A couple is two grown-ups or more who applied together.
lent AS MATERIALIZED (
    SELECT p.n, l.household_id, l.municipality_id, l.kind, l.purpose,
           EXISTS (SELECT FROM people_member m JOIN people_person c ON c.id = m.person_id
                   WHERE m.household_id = l.household_id AND m.role = 'child'
                     AND m.starts_on <= l.paid_on AND (m.ends_on IS NULL OR m.ends_on > l.paid_on)
                     AND l.paid_on < (c.born_on + INTERVAL '18 years')::date) AS is_family,
           (SELECT count(*) FROM people_member m
            WHERE m.household_id = l.household_id AND m.role IN ('applicant', 'partner')
              AND m.starts_on <= l.paid_on AND (m.ends_on IS NULL OR m.ends_on > l.paid_on)) > 1 AS is_couple,
           EXISTS (SELECT FROM tenancy t
                   WHERE t.household_id = l.household_id
                     AND t.starts_on <= l.decided_on AND (t.ends_on IS NULL OR t.ends_on > l.decided_on)) AS was_ours,
           EXISTS (SELECT FROM housing_residence r
                   WHERE r.household_id = l.household_id AND r.kind IN ('private_rental', 'municipal_rental')
                     AND r.starts_on <= l.decided_on AND (r.ends_on IS NULL OR r.ends_on > l.decided_on)) AS was_renting
    FROM period p
    JOIN cases_loancase l ON l.status = 'paid_out' AND l.paid_on >= (SELECT starts_on FROM span) AND l.paid_on < (SELECT ends_on FROM span)
         AND l.paid_on >= p.starts_on AND l.paid_on < p.ends_on
    WHERE (%(municipality)s::text IS NULL OR l.municipality_id = %(municipality)s::text)
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = l.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= l.paid_on AND (u.ends_on IS NULL OR u.ends_on > l.paid_on)))
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
