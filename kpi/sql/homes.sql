-- The populations of dwellings and of those who apply for them, after those of populations.sql. What a dwelling is on each
-- day is told in housing/availability.py; here its days are counted by dates, since two households are never in one dwelling
-- the same night. A dwelling belongs to no unit: a unit's figures of dwellings are none.

-- Dwellings in the stock on the period's last day, and what each is on it.
dwelling_on AS MATERIALIZED (
    SELECT n, dwelling_id, municipality_id, tenure, is_accessible, is_colocated, is_over_65, is_let,
           NOT is_let AND is_void AS is_void, NOT is_let AND NOT is_void AS is_vacant,
           CASE WHEN NOT is_let THEN ends_on - GREATEST(acquired_on, left_on) END AS days_empty
    FROM (
        SELECT p.n, d.id AS dwelling_id, any_value(p.ends_on) AS ends_on, any_value(d.municipality_id) AS municipality_id,
               any_value(d.tenure) AS tenure, any_value(d.acquired_on) AS acquired_on,
               any_value(d.is_accessible IS TRUE) AS is_accessible, any_value(d.is_colocated IS TRUE) AS is_colocated,
               any_value(COALESCE(d.area_m2 > 65, FALSE)) AS is_over_65,
               COALESCE(bool_or(r.ends_on IS NULL OR r.ends_on >= p.ends_on) FILTER (WHERE r.starts_on IS NOT NULL), FALSE)
                   AS is_let,
               max(r.ends_on) AS left_on,
               (p.n, d.id) IN (
                   SELECT p.n, x.dwelling_id
                   FROM period p CROSS JOIN housing_dwelling d
                   JOIN housing_dwellingvoid x ON x.dwelling_id = d.id
                        AND x.starts_on < p.ends_on AND (x.ends_on IS NULL OR x.ends_on >= p.ends_on)
                   WHERE %(municipality)s::text IS NULL OR d.municipality_id = %(municipality)s::text) AS is_void
        FROM period p
        JOIN housing_dwelling d ON d.acquired_on < p.ends_on AND (d.disposed_on IS NULL OR d.disposed_on >= p.ends_on)
        LEFT JOIN housing_residence r ON r.dwelling_id = d.id AND r.starts_on < p.ends_on
        WHERE (%(municipality)s::text IS NULL OR d.municipality_id = %(municipality)s::text) AND %(unit)s::bigint IS NULL
        GROUP BY p.n, d.id
    ) standing
),
-- Dwellings with a day in the stock in the period, and from when to when they were in it.
in_stock AS (
    SELECT p.n, p.starts_on AS first_day, p.ends_on AS end_day, d.id AS dwelling_id, d.municipality_id,
           GREATEST(d.acquired_on, p.starts_on) AS starts_on, LEAST(d.disposed_on, p.ends_on) AS ends_on
    FROM period p
    JOIN housing_dwelling d ON d.acquired_on < p.ends_on AND (d.disposed_on IS NULL OR d.disposed_on > p.starts_on)
    WHERE (%(municipality)s::text IS NULL OR d.municipality_id = %(municipality)s::text) AND %(unit)s::bigint IS NULL
),
-- What each of them cost a month, and from when to when in that time.
rented AS (
    SELECT n, dwelling_id, municipality_id, a_month, starts_on, ends_on
    FROM (
        SELECT o.n, o.dwelling_id, o.municipality_id, r.rent_a_month::bigint AS a_month,
               GREATEST(r.starts_on, o.starts_on) AS starts_on,
               LEAST(lead(r.starts_on) OVER (PARTITION BY o.n, o.dwelling_id ORDER BY r.starts_on), o.ends_on) AS ends_on
        FROM in_stock o JOIN housing_dwellingrent r ON r.dwelling_id = o.dwelling_id
    ) rent
    WHERE starts_on < ends_on
),
-- How many of its days each was what. A rent's days lost are those of its time on which nobody lived there, at 24 rents in
-- 730 days. Each line is of one kind of day.
dwelling_time AS MATERIALIZED (
    SELECT n, dwelling_id, municipality_id, our_days, our_days - let_days - void_days AS vacant_days, void_days, void_cost,
           (rent_days * 24 + 365) / 730 AS rent_lost
    FROM (
        SELECT n, dwelling_id, municipality_id, sum(our_days)::integer AS our_days, sum(let_days)::integer AS let_days,
               sum(void_days)::integer AS void_days, sum(void_cost)::bigint AS void_cost, sum(rent_days)::bigint AS rent_days
        FROM (
            SELECT n, dwelling_id, municipality_id, ends_on - starts_on AS our_days, 0 AS let_days, 0 AS void_days,
                   0::bigint AS void_cost, 0::bigint AS rent_days
            FROM in_stock
          UNION ALL
            SELECT o.n, o.dwelling_id, o.municipality_id, 0,
                   LEAST(r.ends_on, o.ends_on) - GREATEST(r.starts_on, o.starts_on), 0, 0, 0
            FROM in_stock o
            JOIN housing_residence r ON r.dwelling_id = o.dwelling_id
                 AND r.starts_on < o.ends_on AND (r.ends_on IS NULL OR r.ends_on > o.starts_on)
          UNION ALL
            -- voids may overlap each other and those who live there: few dwellings have any
            SELECT o.n, o.dwelling_id, o.municipality_id, 0, 0,
                   days_in(datemultirange(daterange(o.starts_on, o.ends_on)) * range_agg(daterange(x.starts_on, x.ends_on))
                           - COALESCE(range_agg(daterange(r.starts_on, r.ends_on)) FILTER (WHERE r.starts_on IS NOT NULL), '{}')),
                   0, 0
            FROM in_stock o
            JOIN housing_dwellingvoid x ON x.dwelling_id = o.dwelling_id
            LEFT JOIN housing_residence r ON r.dwelling_id = o.dwelling_id
            GROUP BY o.n, o.dwelling_id, o.municipality_id, o.starts_on, o.ends_on
          UNION ALL
            SELECT o.n, o.dwelling_id, o.municipality_id, 0, 0, 0, x.cost, 0
            FROM in_stock o
            JOIN housing_dwellingvoid x ON x.dwelling_id = o.dwelling_id
                 AND x.starts_on >= o.first_day AND x.starts_on < o.end_day AND x.cost IS NOT NULL
          UNION ALL
            SELECT n, dwelling_id, municipality_id, 0, 0, 0, 0, a_month * (ends_on - starts_on)
            FROM rented
          UNION ALL
            SELECT t.n, t.dwelling_id, t.municipality_id, 0, 0, 0, 0,
                   - t.a_month * (LEAST(r.ends_on, t.ends_on) - GREATEST(r.starts_on, t.starts_on))
            FROM rented t
            JOIN housing_residence r ON r.dwelling_id = t.dwelling_id
                 AND r.starts_on < t.ends_on AND (r.ends_on IS NULL OR r.ends_on > t.starts_on)
        ) line
        GROUP BY n, dwelling_id, municipality_id
    ) counted
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
    SELECT p.n, d.id AS dwelling_id, d.municipality_id, r.starts_on - max(l.ends_on) AS days
    FROM period p
    JOIN housing_dwelling d ON d.acquired_on < p.ends_on AND (d.disposed_on IS NULL OR d.disposed_on > p.starts_on)
    JOIN housing_residence r ON r.dwelling_id = d.id
         AND r.starts_on >= (SELECT starts_on FROM span) AND r.starts_on < (SELECT ends_on FROM span)
         AND r.starts_on >= p.starts_on AND r.starts_on < p.ends_on
         AND r.starts_on >= d.acquired_on AND (d.disposed_on IS NULL OR d.disposed_on > r.starts_on)
    JOIN housing_residence l ON l.dwelling_id = d.id AND l.starts_on < r.starts_on
    WHERE (%(municipality)s::text IS NULL OR d.municipality_id = %(municipality)s::text) AND %(unit)s::bigint IS NULL
    GROUP BY p.n, d.id, d.municipality_id, d.acquired_on, r.starts_on
    HAVING max(l.ends_on) > d.acquired_on AND max(l.ends_on) < r.starts_on
),
-- Where a household has one of our dwellings, or rents of the municipality without saying which. Whoever stays in one that
-- leaves the stock lives in none of ours from that day.
tenancy AS NOT MATERIALIZED (
    SELECT r.id, r.household_id, r.municipality_id, r.kind, r.starts_on, LEAST(r.ends_on, d.disposed_on) AS ends_on
    FROM housing_residence r
    LEFT JOIN housing_dwelling d ON d.id = r.dwelling_id AND d.acquired_on <= r.starts_on
         AND (d.disposed_on IS NULL OR d.disposed_on > r.starts_on)
    WHERE r.kind IN ('private_rental', 'municipal_rental', 'owned', 'care_home')
      AND (r.kind = 'municipal_rental' OR d.id IS NOT NULL)
),
-- Moves into one in the period.
moved_in AS MATERIALIZED (
    SELECT p.n, t.id, t.household_id, t.municipality_id, t.starts_on
    FROM period p
    JOIN tenancy t ON t.starts_on >= (SELECT starts_on FROM span) AND t.starts_on < (SELECT ends_on FROM span)
         AND t.starts_on >= p.starts_on AND t.starts_on < p.ends_on
         AND (%(municipality)s::text IS NULL OR t.municipality_id = %(municipality)s::text)
         AND NOT EXISTS (
        SELECT FROM people_household h WHERE h.id = t.household_id AND h.split_on > t.starts_on)
    WHERE %(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = t.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= t.starts_on AND (u.ends_on IS NULL OR u.ends_on > t.starts_on))
),
-- Each with the main reason of the application that led there, and the day that is asked whether they had one before:
-- when they applied, or the night before.
led_there AS MATERIALIZED (
    SELECT DISTINCT ON (m.n, m.id) m.n, m.id, m.household_id, m.municipality_id, m.starts_on, c.main_reason,
           LEAST(c.received_on, m.starts_on - 1) AS had_none_on
    FROM moved_in m
    LEFT JOIN cases_housingapplication c ON c.household_id = m.household_id AND c.received_on <= m.starts_on
         AND (c.ended_on IS NULL OR c.ended_on >= m.starts_on)
    ORDER BY m.n, m.id, c.received_on DESC, c.id DESC
),
-- Households that moved into one in the period and lived in none on that day, nor did the household that they came out of
-- later: by the first such move. Where no reason is told, refugees while the municipality gets the integration grant.
new_tenant AS (
    SELECT DISTINCT ON (m.n, m.household_id) m.n, m.household_id, m.municipality_id, m.starts_on,
           COALESCE(NULLIF(m.main_reason, ''), CASE WHEN (m.n, m.id) IN (
               SELECT m.n, m.id
               FROM moved_in m
               JOIN cases_refugeesettlement s ON s.household_id = m.household_id AND s.settled_on <= m.starts_on
                    AND (s.settled_on + INTERVAL '5 years')::date > m.starts_on) THEN 'refugee' ELSE 'not_known' END) AS reason
    FROM led_there m
    WHERE (m.n, m.id) NOT IN (
        SELECT m.n, m.id
        FROM led_there m
        JOIN descent d ON d.household_id = m.household_id AND m.had_none_on < d.until
        JOIN tenancy o ON o.household_id = d.source_id
             AND o.starts_on <= m.had_none_on AND (o.ends_on IS NULL OR o.ends_on > m.had_none_on))
      AND NOT EXISTS (
        SELECT FROM tenancy o
        WHERE o.household_id = m.household_id AND o.id <> m.id
          AND o.starts_on <= m.had_none_on AND (o.ends_on IS NULL OR o.ends_on > m.had_none_on))
    ORDER BY m.n, m.household_id, m.starts_on
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
-- Applications refused in the period, one row each, also where a later decision has turned the refusal round.
refused AS (
    SELECT p.n, c.household_id, c.municipality_id, c.kind
    FROM period p
    JOIN cases_housingapplication c ON c.status = 'refused' AND c.ended_on >= (SELECT starts_on FROM span) AND c.ended_on < (SELECT ends_on FROM span)
         AND c.ended_on >= p.starts_on AND c.ended_on < p.ends_on
    WHERE (%(municipality)s::text IS NULL OR c.municipality_id = %(municipality)s::text)
      AND (%(unit)s::bigint IS NULL OR c.unit_id = %(unit)s::bigint)
  UNION ALL
    SELECT p.n, c.household_id, c.municipality_id, c.kind
    FROM period p
    JOIN cases_housingapplication c ON c.refused_earlier <> '{}'
         AND EXISTS (SELECT FROM unnest(c.refused_earlier) AS day WHERE day >= p.starts_on AND day < p.ends_on)
         AND NOT (c.status = 'refused' AND c.ended_on >= p.starts_on AND c.ended_on < p.ends_on)
    WHERE (%(municipality)s::text IS NULL OR c.municipality_id = %(municipality)s::text)
      AND (%(unit)s::bigint IS NULL OR c.unit_id = %(unit)s::bigint)
),
-- New applicants with a decision in their favour and no dwelling on the period's last day.
in_favour AS MATERIALIZED (
    SELECT DISTINCT ON (p.n, c.household_id) p.n, p.ends_on - 1 AS night, c.household_id, c.municipality_id,
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
-- Of them those who are still here.
waiting AS (
    SELECT n, night, household_id, municipality_id, reason
    FROM in_favour
    WHERE (n, household_id) NOT IN (
        SELECT x.n, x.household_id
        FROM in_favour x JOIN gone g ON g.household_id = x.household_id AND g.since <= x.night AND g.until > x.night)
),
-- Households that moved into an owned home in the period, by the first; a dwelling of ours that the user owns is none, nor
-- is a home that a household formed by a split has kept.
moved_to_own AS MATERIALIZED (
    SELECT p.n, r.id, r.household_id, r.municipality_id, r.starts_on
    FROM period p
    JOIN housing_residence r ON r.kind = 'owned'
         AND r.starts_on >= (SELECT starts_on FROM span) AND r.starts_on < (SELECT ends_on FROM span)
         AND r.starts_on >= p.starts_on AND r.starts_on < p.ends_on
         AND NOT EXISTS (
        SELECT FROM people_household h WHERE h.id = r.household_id AND h.split_on > r.starts_on)
    WHERE (%(municipality)s::text IS NULL OR r.municipality_id = %(municipality)s::text)
      AND (r.dwelling_id IS NULL OR NOT EXISTS (
        SELECT FROM housing_dwelling d
        WHERE d.id = r.dwelling_id AND d.acquired_on <= r.starts_on
          AND (d.disposed_on IS NULL OR d.disposed_on > r.starts_on)))
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = r.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= r.starts_on AND (u.ends_on IS NULL OR u.ends_on > r.starts_on)))
),
-- Where those came from who came out of another household by then, the night before.
carried_home AS MATERIALIZED (
    SELECT x.n, x.id, r.kind, t.id IS NOT NULL AS is_ours
    FROM moved_to_own x
    JOIN descent d ON d.household_id = x.household_id AND x.starts_on <= d.until
    JOIN housing_residence r ON r.household_id = d.source_id AND r.starts_on < x.starts_on
         AND (r.ends_on IS NULL OR r.ends_on >= x.starts_on)
    LEFT JOIN tenancy t ON t.id = r.id
),
buyer AS (
    SELECT DISTINCT ON (x.n, x.household_id) x.n, x.household_id, x.municipality_id,
           b.id IS NOT NULL OR (x.n, x.id) IN (SELECT n, id FROM carried_home WHERE is_ours) AS was_tenant
    FROM moved_to_own x
    -- the night before: one at most, since a household has one residence a day
    LEFT JOIN tenancy b ON b.household_id = x.household_id AND b.starts_on < x.starts_on
         AND (b.ends_on IS NULL OR b.ends_on >= x.starts_on)
    WHERE (x.n, x.id) NOT IN (SELECT n, id FROM carried_home WHERE kind = 'owned' AND NOT is_ours)
    ORDER BY x.n, x.household_id, x.starts_on
)
