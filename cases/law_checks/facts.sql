-- What the checks of the law have in common: one row a household that is asked about, and its night.
--
-- Parameters: households (bigint[]), on (date). Each check's select follows, joined by UNION ALL (cases/law_checks).
asked AS (
    SELECT unnest(%(households)s::bigint[]) AS household_id
),
-- The children under 18 who live in the household that day.
child AS (
    SELECT m.household_id, m.person_id
    FROM asked JOIN people_member m USING (household_id) JOIN people_person p ON p.id = m.person_id
    WHERE m.role = 'child' AND m.starts_on <= %(on)s AND (m.ends_on IS NULL OR m.ends_on > %(on)s)
        AND (p.born_on + INTERVAL '18 years')::date > %(on)s
),
-- Tonight's residence in temporary accommodation, with the stay it belongs to.
tonight AS (
    SELECT r.household_id, r.id AS residence_id, r.provider_id, r.starts_on AS moved_in_on, r.ends_on,
           s.starts_on AS stay_on, s.limit_on,
           EXISTS (SELECT FROM child WHERE child.household_id = r.household_id) AS has_child
    FROM asked JOIN housing_residence r USING (household_id)
    JOIN housing_spell s ON s.household_id = r.household_id AND s.state = 'temporary'
        AND s.starts_on <= %(on)s AND s.ends_on > %(on)s
    WHERE r.kind = 'temporary' AND r.starts_on <= %(on)s AND (r.ends_on IS NULL OR r.ends_on > %(on)s)
),
-- Decisions that the household has been given and nobody annulled, and the day it was told of each.
decided AS (
    SELECT d.id, d.household_id, d.kind, d.move, d.result, d.status, d.request_id, d.starts_on,
           LEAST(d.ends_on, d.ended_on) AS ends_on, COALESCE(d.told_at, d.issued_at) AS decided_at,
           (COALESCE(d.told_at, d.issued_at) AT TIME ZONE 'Europe/Oslo')::date AS decided_on
    FROM asked JOIN cases_decision d USING (household_id)
    WHERE d.status NOT IN ('draft', 'submitted', 'annulled')
),
-- Those that give nights in temporary accommodation.
given AS (
    SELECT d.* FROM decided d WHERE d.kind = 'temporary' AND d.result IN ('granted', 'partly')
),
request AS (
    SELECT q.*, (q.asked_at AT TIME ZONE 'Europe/Oslo')::date AS asked_on,
           (q.outcome_at AT TIME ZONE 'Europe/Oslo')::date AS outcome_on
    FROM asked JOIN cases_request q USING (household_id)
)
