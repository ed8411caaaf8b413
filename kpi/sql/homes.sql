-- The populations of dwellings and of those who apply for them, after those of populations.sql. What a dwelling is on each
-- day is told in housing/availability.py; here its days are counted by dates, since two households are never in one dwelling
-- the same night. A dwelling belongs to no unit: a unit's figures of dwellings are none.

-- Who has lived in the dwellings of the stock, and when the one before had left: read once for all that is asked of them.
tenant AS MATERIALIZED (
    SELECT d.id AS dwelling_id, d.acquired_on, d.disposed_on, r.starts_on, COALESCE(r.ends_on, DATE '9999-12-31') AS ends_on,
           lag(r.ends_on) OVER (PARTITION BY d.id ORDER BY r.starts_on) AS free_on
    FROM housing_dwelling d
    JOIN housing_residence r ON r.dwelling_id = d.id AND r.starts_on < (SELECT ends_on FROM span)
    WHERE %(municipality)s::text IS NULL OR d.municipality_id = %(municipality)s::text
),
-- By dwelling: on how many days of the period, while it was ours, somebody lived there, and until when the last did.
lived_in AS (
    SELECT p.n, t.dwelling_id, max(t.ends_on) AS left_on,
           sum(GREATEST(LEAST(t.ends_on, t.disposed_on, p.ends_on) - GREATEST(t.starts_on, t.acquired_on, p.starts_on), 0))
               AS let_days
    FROM period p JOIN tenant t ON t.starts_on < p.ends_on
    GROUP BY p.n, t.dwelling_id
),
-- Dwellings with a day in the stock in the period, and from when to when they were in it.
in_stock AS MATERIALIZED (
    SELECT p.n, p.starts_on AS first_day, p.ends_on AS end_day, d.id AS dwelling_id, d.municipality_id,
           d.tenure, d.rooms, d.area_m2, d.acquired_on,
           d.is_accessible IS TRUE AS is_accessible, d.is_colocated IS TRUE AS is_colocated,
           COALESCE(d.disposed_on < p.ends_on, FALSE) AS has_left,
           GREATEST(d.acquired_on, p.starts_on) AS starts_on, LEAST(d.disposed_on, p.ends_on) AS ends_on,
           l.left_on, COALESCE(l.let_days, 0) AS let_days
    FROM period p
    JOIN housing_dwelling d ON d.acquired_on < p.ends_on AND (d.disposed_on IS NULL OR d.disposed_on > p.starts_on)
    LEFT JOIN lived_in l ON l.n = p.n AND l.dwelling_id = d.id
    WHERE %(municipality)s::text IS NULL OR d.municipality_id = %(municipality)s::text
),
-- Times that a dwelling of the stock could not be let: few have any.
stood_empty AS MATERIALIZED (
    SELECT x.dwelling_id, x.starts_on, x.ends_on, x.cost
    FROM housing_dwelling d JOIN housing_dwellingvoid x ON x.dwelling_id = d.id
    WHERE %(municipality)s::text IS NULL OR d.municipality_id = %(municipality)s::text
),
-- Dwellings in the stock on the period's last day, and what each is on it.
dwelling_on AS (
    SELECT n, dwelling_id, municipality_id, tenure, is_accessible, is_colocated,
           COALESCE(area_m2 > 65, FALSE) AS is_over_65,
           is_let, NOT is_let AND is_void AS is_void, NOT is_let AND NOT is_void AS is_vacant,
           CASE WHEN NOT is_let THEN end_day - GREATEST(acquired_on, left_on) END AS days_empty
    FROM (
        SELECT *, COALESCE(left_on >= end_day, FALSE) AS is_let,
               (n, dwelling_id) IN (
                   SELECT p.n, x.dwelling_id
                   FROM period p
                   JOIN stood_empty x ON x.starts_on < p.ends_on AND (x.ends_on IS NULL OR x.ends_on >= p.ends_on)) AS is_void
        FROM in_stock
        WHERE NOT has_left AND %(unit)s::bigint IS NULL
    ) standing
),
-- What each of those that were not let all the time cost a month, and from when to when in that time.
rented AS (
    SELECT n, dwelling_id, municipality_id, a_month, starts_on, ends_on
    FROM (
        SELECT o.n, o.dwelling_id, o.municipality_id, r.rent_a_month::bigint AS a_month,
               GREATEST(r.starts_on, o.starts_on) AS starts_on,
               LEAST(lead(r.starts_on) OVER (PARTITION BY o.n, o.dwelling_id ORDER BY r.starts_on), o.ends_on) AS ends_on
        FROM in_stock o JOIN housing_dwellingrent r ON r.dwelling_id = o.dwelling_id
        WHERE o.let_days < o.ends_on - o.starts_on
    ) rent
    WHERE starts_on < ends_on
),
-- How many of its days each was what. A rent's days lost are those of its time on which nobody lived there, at 24 rents in
-- 730 days. Each line is of one kind of day.
dwelling_time AS MATERIALIZED (
    SELECT o.n, o.dwelling_id, o.municipality_id, o.ends_on - o.starts_on AS our_days,
           o.ends_on - o.starts_on - o.let_days - COALESCE(x.void_days, 0) AS vacant_days,
           COALESCE(x.void_days, 0) AS void_days, COALESCE(x.void_cost, 0) AS void_cost,
           (COALESCE(x.rent_days, 0) * 24 + 365) / 730 AS rent_lost
    FROM in_stock o
    LEFT JOIN (
        SELECT n, dwelling_id, sum(void_days)::integer AS void_days, sum(void_cost)::bigint AS void_cost,
               sum(rent_days)::bigint AS rent_days
        FROM (
            -- voids may overlap each other and those who live there: few dwellings have any
            SELECT v.n, v.dwelling_id,
                   days_in(datemultirange(daterange(v.starts_on, v.ends_on)) * v.days
                           - COALESCE(range_agg(daterange(t.starts_on, t.ends_on)) FILTER (WHERE t.starts_on IS NOT NULL), '{}'))
                       AS void_days, 0::bigint AS void_cost, 0::bigint AS rent_days
            FROM (
                SELECT o.n, o.dwelling_id, o.starts_on, o.ends_on, range_agg(daterange(x.starts_on, x.ends_on)) AS days
                FROM in_stock o JOIN stood_empty x ON x.dwelling_id = o.dwelling_id
                GROUP BY o.n, o.dwelling_id, o.starts_on, o.ends_on
            ) v
            LEFT JOIN tenant t ON t.dwelling_id = v.dwelling_id
            GROUP BY v.n, v.dwelling_id, v.starts_on, v.ends_on, v.days
          UNION ALL
            SELECT o.n, o.dwelling_id, 0, x.cost, 0
            FROM in_stock o
            JOIN stood_empty x ON x.dwelling_id = o.dwelling_id
                 AND x.starts_on >= o.first_day AND x.starts_on < o.end_day AND x.cost IS NOT NULL
          UNION ALL
            SELECT n, dwelling_id, 0, 0, a_month * (ends_on - starts_on)
            FROM rented
          UNION ALL
            SELECT c.n, c.dwelling_id, 0, 0, - c.a_month * (LEAST(t.ends_on, c.ends_on) - GREATEST(t.starts_on, c.starts_on))
            FROM rented c
            JOIN tenant t ON t.dwelling_id = c.dwelling_id AND t.starts_on < c.ends_on AND t.ends_on > c.starts_on
        ) line
        GROUP BY n, dwelling_id
    ) x USING (n, dwelling_id)
    WHERE %(unit)s::bigint IS NULL
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
    SELECT o.n, o.dwelling_id, o.municipality_id, t.starts_on - t.free_on AS days
    FROM in_stock o
    JOIN tenant t ON t.dwelling_id = o.dwelling_id AND t.starts_on >= o.starts_on AND t.starts_on < o.ends_on
         AND t.free_on > o.acquired_on AND t.free_on < t.starts_on
    WHERE %(unit)s::bigint IS NULL
),
-- Where a household has one of our dwellings, or rents of the municipality without saying which. Whoever stays in one that
-- leaves the stock lives in none of ours from that day.
tenancy AS NOT MATERIALIZED (
    SELECT r.household_id, r.municipality_id, r.kind, r.starts_on, LEAST(r.ends_on, d.disposed_on) AS ends_on
    FROM housing_residence r
    LEFT JOIN housing_dwelling d ON d.id = r.dwelling_id AND d.acquired_on <= r.starts_on
         AND (d.disposed_on IS NULL OR d.disposed_on > r.starts_on)
    WHERE r.kind IN ('private_rental', 'municipal_rental', 'owned', 'care_home')
      AND (r.kind = 'municipal_rental' OR d.id IS NOT NULL)
),
-- Moves into one in the period. A household moves once a day.
moved_in AS MATERIALIZED (
    SELECT p.n, t.household_id, t.municipality_id, t.starts_on
    FROM period p
    JOIN tenancy t ON t.starts_on >= (SELECT starts_on FROM span) AND t.starts_on < (SELECT ends_on FROM span)
         AND t.starts_on >= p.starts_on AND t.starts_on < p.ends_on
         AND (%(municipality)s::text IS NULL OR t.municipality_id = %(municipality)s::text)
    LEFT JOIN formed f ON f.household_id = t.household_id
    WHERE (f.split_on IS NULL OR t.starts_on >= f.split_on)
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = t.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= t.starts_on AND (u.ends_on IS NULL OR u.ends_on > t.starts_on)))
),
-- Each with the main reason of the application that led there, and the day that is asked whether they had one before:
-- when they applied, or the night before.
led_there AS MATERIALIZED (
    SELECT DISTINCT ON (m.n, m.household_id, m.starts_on) m.n, m.household_id, m.municipality_id, m.starts_on, c.main_reason,
           LEAST(c.received_on, m.starts_on - 1) AS had_none_on
    FROM moved_in m
    LEFT JOIN cases_housingapplication c ON c.household_id = m.household_id AND c.received_on <= m.starts_on
         AND (c.ended_on IS NULL OR c.ended_on >= m.starts_on)
    ORDER BY m.n, m.household_id, m.starts_on, c.received_on DESC, c.id DESC
),
-- Households that moved into one in the period and lived in none on that day, nor did the household that they came out of
-- later: by the first such move. Where no reason is told, refugees while the municipality gets the integration grant.
new_tenant AS (
    SELECT DISTINCT ON (m.n, m.household_id) m.n, m.household_id, m.municipality_id, m.starts_on,
           COALESCE(NULLIF(m.main_reason, ''), CASE WHEN (m.household_id, m.starts_on) IN (
               SELECT m.household_id, m.starts_on
               FROM moved_in m
               JOIN cases_refugeesettlement s ON s.household_id = m.household_id AND s.settled_on <= m.starts_on
                    AND (s.settled_on + INTERVAL '5 years')::date > m.starts_on) THEN 'refugee' ELSE 'not_known' END) AS reason
    FROM led_there m
    WHERE (m.household_id, m.starts_on) NOT IN (
        SELECT m.household_id, m.starts_on
        FROM led_there m
        JOIN descent d ON d.household_id = m.household_id AND m.had_none_on < d.until
        JOIN tenancy o ON o.household_id = d.source_id
             AND o.starts_on <= m.had_none_on AND (o.ends_on IS NULL OR o.ends_on > m.had_none_on))
      AND NOT EXISTS (
        SELECT FROM tenancy o
        WHERE o.household_id = m.household_id
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
    SELECT p.n, r.household_id, r.municipality_id, r.starts_on
    FROM period p
    JOIN housing_residence r ON r.kind = 'owned'
         AND r.starts_on >= (SELECT starts_on FROM span) AND r.starts_on < (SELECT ends_on FROM span)
         AND r.starts_on >= p.starts_on AND r.starts_on < p.ends_on
    LEFT JOIN formed f ON f.household_id = r.household_id
    WHERE (f.split_on IS NULL OR r.starts_on >= f.split_on)
      AND (%(municipality)s::text IS NULL OR r.municipality_id = %(municipality)s::text)
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
    SELECT x.n, x.household_id, x.starts_on, r.kind, t.household_id IS NOT NULL AS is_ours
    FROM moved_to_own x
    JOIN descent d ON d.household_id = x.household_id AND x.starts_on <= d.until
    JOIN housing_residence r ON r.household_id = d.source_id AND r.starts_on < x.starts_on
         AND (r.ends_on IS NULL OR r.ends_on >= x.starts_on)
    LEFT JOIN tenancy t ON t.household_id = r.household_id AND t.starts_on = r.starts_on
),
buyer AS (
    SELECT DISTINCT ON (x.n, x.household_id) x.n, x.household_id, x.municipality_id,
           b.household_id IS NOT NULL
               OR (x.household_id, x.starts_on) IN (SELECT household_id, starts_on FROM carried_home WHERE is_ours) AS was_tenant
    FROM moved_to_own x
    -- the night before: one at most, since a household has one residence a day
    LEFT JOIN tenancy b ON b.household_id = x.household_id AND b.starts_on < x.starts_on
         AND (b.ends_on IS NULL OR b.ends_on >= x.starts_on)
    WHERE (x.household_id, x.starts_on) NOT IN (
        SELECT household_id, starts_on FROM carried_home WHERE kind = 'owned' AND NOT is_ours)
    ORDER BY x.n, x.household_id, x.starts_on
)
