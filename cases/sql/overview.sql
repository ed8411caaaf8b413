-- The households that a unit answers for on a day, one row each, with what the leader's overview asks of them.
--
-- The caller goes on with a select from household and child_tonight; its conditions stand in cases/questions/overview.py.
-- Parameters: unit (id), on (date), month (date, the month's first day), silent (date: the last day of the silence
-- before which nobody has written), plan_after (days), lease_months, lease_within (days),
-- left_out (bigint[], households that a unit's figures do not count).
WITH answered AS (
    SELECT household_id FROM people_responsibility
    WHERE unit_id = %(unit)s AND household_id <> ALL(%(left_out)s::bigint[]) AND starts_on <= %(on)s AND (ends_on IS NULL OR ends_on > %(on)s)
),
household AS (
    SELECT a.household_id, stay.starts_on AS stay_on,
           COALESCE(placed.before, FALSE) AS was_placed,
           COALESCE(placed.this_month, FALSE) AS is_placed_in_month,
           COALESCE(placed.tonight, FALSE) AS is_placed,
           placed.price AS price,
           COALESCE(child.tonight, 0) AS children,
           COALESCE(child.nights, 0) AS child_nights,
           journey.opened_on IS NOT NULL AS is_open,
           EXISTS (SELECT FROM people_assignment o
                   WHERE o.household_id = a.household_id AND o.role = 'owner'
                     AND o.starts_on <= %(on)s AND (o.ends_on IS NULL OR o.ends_on > %(on)s)) AS has_owner,
           COALESCE(stay.nights * datemultirange(daterange(NULL, %(on)s::date + 1)) <@ COALESCE(granted.nights, '{}'), TRUE)
               AS is_granted,
           EXISTS (SELECT FROM cases_housingplan p
                   WHERE p.household_id = a.household_id AND p.made_on <= %(on)s
                     AND (p.ended_on IS NULL OR p.ended_on > %(on)s)) AS has_plan,
           stay.starts_on + %(plan_after)s::integer < %(on)s::date AS is_plan_due,
           journey.opened_on > %(silent)s::date OR EXISTS (
               SELECT FROM people_journalentry j JOIN people_employee e ON e.id = j.by_id
               WHERE j.household_id = a.household_id AND NOT e.is_system
                 AND (j.at AT TIME ZONE 'Europe/Oslo')::date > %(silent)s::date) AS is_heard_from,
           EXISTS (SELECT FROM housing_residence l
                   WHERE l.household_id = a.household_id AND l.kind IN ('private_rental', 'municipal_rental')
                     AND l.starts_on >= %(month)s AND l.starts_on <= %(on)s
                     AND l.lease_ends_on < l.starts_on + make_interval(months => %(lease_months)s)
                     AND EXISTS (SELECT FROM housing_residence b
                                 WHERE b.household_id = a.household_id AND b.kind = 'temporary'
                                   AND b.ends_on <= l.starts_on AND b.ends_on >= l.starts_on - %(lease_within)s::integer))
               AS left_to_a_short_lease
    FROM answered a
    LEFT JOIN LATERAL (
        SELECT bool_or(b.starts_on < %(month)s AND (b.ends_on IS NULL OR b.ends_on >= %(month)s)) AS before,
               bool_or(b.ends_on IS NULL OR b.ends_on > %(month)s) AS this_month,
               bool_or(b.ends_on IS NULL OR b.ends_on > %(on)s) AS tonight,
               max(COALESCE(b.price_a_night, r.price_a_night)) FILTER (WHERE b.ends_on IS NULL OR b.ends_on > %(on)s) AS price
        FROM housing_residence b LEFT JOIN housing_room r ON r.id = b.room_id
        WHERE b.household_id = a.household_id AND b.kind = 'temporary' AND b.starts_on <= %(on)s
          AND (b.ends_on IS NULL OR b.ends_on >= %(month)s)
    ) placed ON TRUE
    LEFT JOIN LATERAL (
        SELECT s.starts_on, s.nights FROM housing_spell s
        WHERE s.household_id = a.household_id AND s.state = 'temporary' AND s.starts_on <= %(on)s AND s.ends_on > %(on)s
    ) stay ON TRUE
    LEFT JOIN LATERAL (
        SELECT range_agg(daterange(d.starts_on, LEAST(d.ends_on, CASE WHEN d.ended_on < d.starts_on THEN d.starts_on ELSE d.ended_on END))) AS nights FROM cases_decision d
        WHERE d.household_id = a.household_id AND d.kind = 'temporary' AND d.result IN ('granted', 'partly')
          AND d.status IN ('oral', 'issued', 'notified', 'replaced', 'ended')
    ) granted ON stay.starts_on IS NOT NULL
    LEFT JOIN LATERAL (
        SELECT c.opened_on FROM cases_case c WHERE c.household_id = a.household_id AND c.state <> 'closed'
    ) journey ON TRUE
    LEFT JOIN LATERAL (
        SELECT count(DISTINCT m.person_id) FILTER (WHERE b.days && tonight.days AND m.days && tonight.days) AS tonight,
               sum(upper(both_in.days) - lower(both_in.days)) FILTER (WHERE NOT isempty(both_in.days)) AS nights
        FROM (SELECT daterange(%(on)s::date, %(on)s::date + 1) AS days) tonight
        CROSS JOIN LATERAL (
            SELECT daterange(b.starts_on, b.ends_on) AS days FROM housing_residence b
            WHERE b.household_id = a.household_id AND b.kind = 'temporary' AND b.starts_on <= %(on)s
              AND (b.ends_on IS NULL OR b.ends_on > %(month)s)
        ) b
        CROSS JOIN LATERAL (
            SELECT m.person_id, daterange(m.starts_on, LEAST(m.ends_on, (p.born_on + INTERVAL '18 years')::date)) AS days
            FROM people_member m JOIN people_person p ON p.id = m.person_id
            WHERE m.household_id = a.household_id AND m.role = 'child'
              AND m.starts_on < (p.born_on + INTERVAL '18 years')::date
        ) m
        CROSS JOIN LATERAL (
            SELECT b.days * m.days * daterange(%(month)s, %(on)s::date + 1) AS days
        ) both_in
    ) child ON placed.this_month
),
-- Children there tonight, each once, also when two of the households have them.
child_tonight AS (
    SELECT DISTINCT m.person_id
    FROM household h JOIN people_member m USING (household_id) JOIN people_person p ON p.id = m.person_id
    WHERE h.is_placed AND m.role = 'child' AND m.starts_on <= %(on)s AND (m.ends_on IS NULL OR m.ends_on > %(on)s)
      AND (p.born_on + INTERVAL '18 years')::date > %(on)s
)
