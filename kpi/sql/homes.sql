-- The populations of dwellings and of those who apply for them, after those of populations.sql. What a dwelling is on each
-- day is told in housing/availability.py; here its days are counted by dates, since two households are never in one dwelling
-- the same night. A dwelling belongs to no unit: a unit's figures of dwellings are none.

-- Dwellings in the stock on the period's last day, and what each is on it.
dwelling_on AS MATERIALIZED (
    SELECT p.n, d.id AS dwelling_id, d.municipality_id, d.tenure,
           d.is_accessible IS TRUE AS is_accessible, d.is_colocated IS TRUE AS is_colocated,
           COALESCE(d.area_m2 > 65, FALSE) AS is_over_65,
           lived.is_let, NOT lived.is_let AND void.is_void AS is_void, NOT lived.is_let AND NOT void.is_void AS is_vacant,
           CASE WHEN NOT lived.is_let THEN p.ends_on - GREATEST(d.acquired_on, lived.left_on) END AS days_empty
    FROM period p
    JOIN housing_dwelling d ON d.acquired_on < p.ends_on AND (d.disposed_on IS NULL OR d.disposed_on >= p.ends_on)
    CROSS JOIN LATERAL (
        SELECT COALESCE(bool_or(r.ends_on IS NULL OR r.ends_on >= p.ends_on), FALSE) AS is_let, max(r.ends_on) AS left_on
        FROM housing_residence r WHERE r.dwelling_id = d.id AND r.starts_on < p.ends_on
    ) lived
    CROSS JOIN LATERAL (
        SELECT EXISTS (
            SELECT FROM housing_dwellingvoid x
            WHERE x.dwelling_id = d.id AND x.starts_on < p.ends_on AND (x.ends_on IS NULL OR x.ends_on >= p.ends_on)) AS is_void
    ) void
    WHERE (%(municipality)s::text IS NULL OR d.municipality_id = %(municipality)s::text) AND %(unit)s::bigint IS NULL
),
-- Dwellings with a day in the stock in the period, and how many of its days they were what. A rent's days lost are those
-- of its time on which nobody lived there, at 24 rents in 730 days.
dwelling_time AS MATERIALIZED (
    SELECT p.n, d.id AS dwelling_id, d.municipality_id, ours.ends_on - ours.starts_on AS our_days,
           ours.ends_on - ours.starts_on - let.days - COALESCE(void.days, 0) AS vacant_days,
           COALESCE(void.days, 0) AS void_days, COALESCE(void.cost, 0) AS void_cost,
           (COALESCE(lost.rent_days, 0) * 24 + 365) / 730 AS rent_lost
    FROM period p
    JOIN housing_dwelling d ON d.acquired_on < p.ends_on AND (d.disposed_on IS NULL OR d.disposed_on > p.starts_on)
    CROSS JOIN LATERAL (
        SELECT GREATEST(d.acquired_on, p.starts_on) AS starts_on, LEAST(d.disposed_on, p.ends_on) AS ends_on
    ) ours
    CROSS JOIN LATERAL (
        SELECT COALESCE(sum(LEAST(r.ends_on, ours.ends_on) - GREATEST(r.starts_on, ours.starts_on)), 0)::integer AS days
        FROM housing_residence r
        WHERE r.dwelling_id = d.id AND r.starts_on < ours.ends_on AND (r.ends_on IS NULL OR r.ends_on > ours.starts_on)
    ) let
    LEFT JOIN LATERAL (
        -- voids may overlap each other and those who live there: few dwellings have any
        SELECT days_in(datemultirange(daterange(ours.starts_on, ours.ends_on)) * range_agg(daterange(x.starts_on, x.ends_on))
                       - COALESCE((SELECT range_agg(daterange(r.starts_on, r.ends_on)) FROM housing_residence r
                                   WHERE r.dwelling_id = d.id), '{}')) AS days,
               sum(x.cost) FILTER (WHERE x.starts_on >= p.starts_on AND x.starts_on < p.ends_on)::bigint AS cost
        FROM housing_dwellingvoid x WHERE x.dwelling_id = d.id
        HAVING count(*) > 0
    ) void ON TRUE
    LEFT JOIN LATERAL (
        -- asked only where a day is without tenants
        SELECT sum(rent.a_month * (rent.ends_on - rent.starts_on - COALESCE((
                   SELECT sum(LEAST(l.ends_on, rent.ends_on) - GREATEST(l.starts_on, rent.starts_on)) FROM housing_residence l
                   WHERE l.dwelling_id = d.id AND l.starts_on < rent.ends_on
                     AND (l.ends_on IS NULL OR l.ends_on > rent.starts_on)), 0)))::bigint AS rent_days
        FROM (
            SELECT r.rent_a_month::bigint AS a_month, GREATEST(r.starts_on, ours.starts_on) AS starts_on,
                   LEAST(lead(r.starts_on) OVER (ORDER BY r.starts_on), ours.ends_on) AS ends_on
            FROM housing_dwellingrent r WHERE r.dwelling_id = d.id AND let.days < ours.ends_on - ours.starts_on
        ) rent
        WHERE rent.starts_on < rent.ends_on
    ) lost ON TRUE
    WHERE (%(municipality)s::text IS NULL OR d.municipality_id = %(municipality)s::text) AND %(unit)s::bigint IS NULL
),
-- Dwellings that came into the stock in the period, with what is behind them.
acquired AS (
    SELECT p.n, d.id AS dwelling_id, d.municipality_id, d.tenure, d.is_colocated IS FALSE AS is_alone,
           'drugs_or_mental' = ANY(d.target_groups) AS is_for_drugs_or_mental,
           EXISTS (SELECT FROM housing_dwellingfunding f WHERE f.dwelling_id = d.id AND f.kind = 'basic_loan') AS has_loan,
           EXISTS (SELECT FROM housing_dwellingfunding f WHERE f.dwelling_id = d.id AND f.kind = 'rental_grant') AS has_grant
    FROM period p
    JOIN housing_dwelling d ON d.acquired_on >= p.starts_on AND d.acquired_on < p.ends_on
    WHERE (%(municipality)s::text IS NULL OR d.municipality_id = %(municipality)s::text) AND %(unit)s::bigint IS NULL
),
-- Dwellings that left the stock in the period.
disposed AS (
    SELECT p.n, d.id AS dwelling_id, d.municipality_id
    FROM period p
    JOIN housing_dwelling d ON d.disposed_on >= p.starts_on AND d.disposed_on < p.ends_on
    WHERE (%(municipality)s::text IS NULL OR d.municipality_id = %(municipality)s::text) AND %(unit)s::bigint IS NULL
),
-- Dwellings that a grant for rental dwellings was given to in the period, with what was given.
granted AS (
    SELECT p.n, d.id AS dwelling_id, d.municipality_id, COALESCE(d.area_m2 > 65, FALSE) AS is_over_65,
           sum(f.amount)::bigint AS amount
    FROM period p
    JOIN housing_dwellingfunding f ON f.kind = 'rental_grant' AND f.granted_on >= p.starts_on AND f.granted_on < p.ends_on
    JOIN housing_dwelling d ON d.id = f.dwelling_id
    WHERE (%(municipality)s::text IS NULL OR d.municipality_id = %(municipality)s::text) AND %(unit)s::bigint IS NULL
    GROUP BY p.n, d.id, d.municipality_id, d.area_m2
),
-- Times between two tenants that ended in the period, by somebody moving in.
relet AS (
    SELECT p.n, d.id AS dwelling_id, d.municipality_id, r.starts_on - before.left_on AS days
    FROM period p
    JOIN housing_dwelling d ON d.acquired_on < p.ends_on AND (d.disposed_on IS NULL OR d.disposed_on > p.starts_on)
    JOIN housing_residence r ON r.dwelling_id = d.id
         AND r.starts_on >= (SELECT starts_on FROM span) AND r.starts_on < (SELECT ends_on FROM span)
         AND r.starts_on >= p.starts_on AND r.starts_on < p.ends_on
         AND r.starts_on >= d.acquired_on AND (d.disposed_on IS NULL OR d.disposed_on > r.starts_on)
    CROSS JOIN LATERAL (
        SELECT max(l.ends_on) AS left_on FROM housing_residence l WHERE l.dwelling_id = d.id AND l.starts_on < r.starts_on
    ) before
    WHERE before.left_on > d.acquired_on AND before.left_on < r.starts_on
      AND (%(municipality)s::text IS NULL OR d.municipality_id = %(municipality)s::text) AND %(unit)s::bigint IS NULL
),
-- Where a household has one of our dwellings, or rents of the municipality without saying which.
tenancy AS NOT MATERIALIZED (
    SELECT r.id, r.household_id, r.municipality_id, r.starts_on, r.ends_on
    FROM housing_residence r
    WHERE r.kind IN ('private_rental', 'municipal_rental', 'owned', 'care_home')
      AND (r.kind = 'municipal_rental' OR r.dwelling_id IS NOT NULL AND EXISTS (
        SELECT FROM housing_dwelling d
        WHERE d.id = r.dwelling_id AND d.acquired_on <= r.starts_on
          AND (d.disposed_on IS NULL OR d.disposed_on > r.starts_on)))
),
-- Households that moved into one in the period and lived in none when they applied, or the night before: by the first
-- such move, with the main reason of the application that led there; where none is told, refugees while the municipality
-- gets the integration grant.
new_tenant AS (
    SELECT DISTINCT ON (p.n, t.household_id) p.n, t.household_id, t.municipality_id,
           COALESCE(NULLIF(applied.main_reason, ''), CASE WHEN EXISTS (
               SELECT FROM cases_refugeesettlement s
               WHERE s.household_id = t.household_id AND s.settled_on <= t.starts_on
                 AND (s.settled_on + INTERVAL '5 years')::date > t.starts_on) THEN 'refugee' ELSE 'not_known' END) AS reason
    FROM period p
    JOIN tenancy t ON t.starts_on >= (SELECT starts_on FROM span) AND t.starts_on < (SELECT ends_on FROM span)
         AND t.starts_on >= p.starts_on AND t.starts_on < p.ends_on
         AND (%(municipality)s::text IS NULL OR t.municipality_id = %(municipality)s::text)
         AND NOT EXISTS (
        SELECT FROM people_household h WHERE h.id = t.household_id AND h.split_on > t.starts_on)
    LEFT JOIN LATERAL (
        SELECT c.received_on, c.main_reason FROM cases_housingapplication c
        WHERE c.household_id = t.household_id AND c.received_on <= t.starts_on
          AND (c.ended_on IS NULL OR c.ended_on >= t.starts_on)
        ORDER BY c.received_on DESC, c.id DESC LIMIT 1
    ) applied ON TRUE
    WHERE NOT EXISTS (
        SELECT FROM tenancy o
        WHERE o.household_id = t.household_id AND o.id <> t.id
          AND o.starts_on <= LEAST(applied.received_on, t.starts_on - 1)
          AND (o.ends_on IS NULL OR o.ends_on > LEAST(applied.received_on, t.starts_on - 1)))
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = t.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= t.starts_on AND (u.ends_on IS NULL OR u.ends_on > t.starts_on)))
    ORDER BY p.n, t.household_id, t.starts_on
),
-- Applications received in the period, one row each.
applied AS (
    SELECT p.n, c.household_id, c.municipality_id, c.kind
    FROM period p
    JOIN cases_housingapplication c ON c.received_on >= (SELECT starts_on FROM span) AND c.received_on < (SELECT ends_on FROM span)
         AND c.received_on >= p.starts_on AND c.received_on < p.ends_on
    WHERE (%(municipality)s::text IS NULL OR c.municipality_id = %(municipality)s::text)
      AND (%(unit)s::bigint IS NULL OR c.unit_id = %(unit)s::bigint)
),
-- Applications refused in the period, one row each.
refused AS (
    SELECT p.n, c.household_id, c.municipality_id, c.kind
    FROM period p
    JOIN cases_housingapplication c ON c.status = 'refused' AND c.ended_on >= (SELECT starts_on FROM span) AND c.ended_on < (SELECT ends_on FROM span)
         AND c.ended_on >= p.starts_on AND c.ended_on < p.ends_on
    WHERE (%(municipality)s::text IS NULL OR c.municipality_id = %(municipality)s::text)
      AND (%(unit)s::bigint IS NULL OR c.unit_id = %(unit)s::bigint)
),
-- Households on the waiting list on the period's last day: new ones with a decision in their favour and no dwelling.
waiting AS (
    SELECT DISTINCT ON (p.n, c.household_id) p.n, c.household_id, c.municipality_id,
           COALESCE(NULLIF(c.main_reason, ''), CASE WHEN EXISTS (
               SELECT FROM cases_refugeesettlement s
               WHERE s.household_id = c.household_id AND s.settled_on < p.ends_on
                 AND (s.settled_on + INTERVAL '5 years')::date >= p.ends_on) THEN 'refugee' ELSE 'not_known' END) AS reason
    FROM period p
    JOIN cases_housingapplication c ON c.kind = 'new' AND c.granted_on < p.ends_on
         AND COALESCE(c.ended_on, DATE '9999-12-31') >= (SELECT first_end FROM span)
         AND COALESCE(c.ended_on, DATE '9999-12-31') >= p.ends_on
    WHERE (%(municipality)s::text IS NULL OR c.municipality_id = %(municipality)s::text)
      AND (%(unit)s::bigint IS NULL OR c.unit_id = %(unit)s::bigint)
    ORDER BY p.n, c.household_id, c.granted_on DESC, c.id DESC
),
-- Households that moved into an owned home in the period, by the first; a dwelling of ours that the user owns is none.
buyer AS (
    SELECT DISTINCT ON (p.n, r.household_id) p.n, r.household_id, r.municipality_id, b.id IS NOT NULL AS was_tenant
    FROM period p
    JOIN housing_residence r ON r.kind = 'owned'
         AND r.starts_on >= (SELECT starts_on FROM span) AND r.starts_on < (SELECT ends_on FROM span)
         AND r.starts_on >= p.starts_on AND r.starts_on < p.ends_on
         AND NOT EXISTS (
        SELECT FROM people_household h WHERE h.id = r.household_id AND h.split_on > r.starts_on)
    -- the night before: one at most, since a household has one residence a day
    LEFT JOIN tenancy b ON b.household_id = r.household_id AND b.starts_on < r.starts_on
         AND (b.ends_on IS NULL OR b.ends_on >= r.starts_on)
    WHERE (%(municipality)s::text IS NULL OR r.municipality_id = %(municipality)s::text)
      AND (r.dwelling_id IS NULL OR NOT EXISTS (
        SELECT FROM housing_dwelling d
        WHERE d.id = r.dwelling_id AND d.acquired_on <= r.starts_on
          AND (d.disposed_on IS NULL OR d.disposed_on > r.starts_on)))
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = r.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= r.starts_on AND (u.ends_on IS NULL OR u.ends_on > r.starts_on)))
    ORDER BY p.n, r.household_id, r.starts_on
)
