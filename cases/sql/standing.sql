-- How households stand on a day, one row each, as lists of a unit show them.
-- Parameters: households (bigint[]), on (date).
SELECT h.id, h.key, h.ref, h.version,
       COALESCE(applicant.name, h.ref), COALESCE(owner.name, ''), COALESCE(journey.state, ''),
       stay.starts_on, stay.limit_on, stay.ends_on,
       COALESCE(place.provider, ''), COALESCE(place.room, ''), place.planned_end, place.price_a_night,
       COALESCE(composition.children, 0), COALESCE(composition.is_young, FALSE), COALESCE(composition.is_minor_alone, FALSE),
       EXISTS (SELECT FROM cases_housingplan p
               WHERE p.household_id = h.id AND p.made_on <= %(on)s AND (p.ended_on IS NULL OR p.ended_on > %(on)s)),
       COALESCE(days_in(stay.nights * datemultirange(daterange(NULL, %(on)s::date + 1)) - COALESCE(granted.nights, '{}')), 0)
FROM people_household h
LEFT JOIN LATERAL (
    SELECT COALESCE(NULLIF(p.name, ''), p.ref) AS name FROM people_member m JOIN people_person p ON p.id = m.person_id
    WHERE m.household_id = h.id AND m.role = 'applicant'
    ORDER BY (m.ends_on IS NULL OR m.ends_on > %(on)s) DESC, m.starts_on DESC, m.id DESC LIMIT 1
) applicant ON TRUE
LEFT JOIN LATERAL (
    SELECT e.name FROM people_assignment a JOIN people_employee e ON e.id = a.employee_id
    WHERE a.household_id = h.id AND a.role = 'owner' AND a.starts_on <= %(on)s AND (a.ends_on IS NULL OR a.ends_on > %(on)s)
    LIMIT 1
) owner ON TRUE
LEFT JOIN LATERAL (
    SELECT c.state FROM cases_case c WHERE c.household_id = h.id ORDER BY (c.state = 'closed'), c.id DESC LIMIT 1
) journey ON TRUE
-- the stay under way, else the last one
LEFT JOIN LATERAL (
    SELECT s.starts_on, s.limit_on, s.ends_on, s.nights FROM housing_spell s
    WHERE s.household_id = h.id AND s.state = 'temporary' AND s.starts_on <= %(on)s
    ORDER BY s.starts_on DESC LIMIT 1
) stay ON TRUE
LEFT JOIN LATERAL (
    SELECT range_agg(daterange(d.starts_on, LEAST(d.ends_on, CASE WHEN d.ended_on < d.starts_on THEN d.starts_on ELSE d.ended_on END))) AS nights FROM cases_decision d
    WHERE d.household_id = h.id AND d.kind = 'temporary' AND d.result IN ('granted', 'partly')
          AND d.status IN ('oral', 'issued', 'notified', 'replaced', 'ended')
) granted ON TRUE
LEFT JOIN LATERAL (
    SELECT v.name AS provider, r.name AS room, b.planned_end, COALESCE(b.price_a_night, r.price_a_night) AS price_a_night
    FROM housing_residence b JOIN housing_provider v ON v.id = b.provider_id LEFT JOIN housing_room r ON r.id = b.room_id
    WHERE b.household_id = h.id AND b.kind = 'temporary' AND b.starts_on <= %(on)s AND (b.ends_on IS NULL OR b.ends_on > %(on)s)
) place ON TRUE
LEFT JOIN LATERAL (
    SELECT count(*) FILTER (WHERE m.role = 'child' AND of_age.on_day > %(on)s) AS children,
           bool_or(m.role IN ('applicant', 'partner') AND (p.born_on + INTERVAL '25 years')::date > %(on)s) AS is_young,
           bool_and(of_age.on_day > %(on)s) AS is_minor_alone
    FROM people_member m JOIN people_person p ON p.id = m.person_id
    CROSS JOIN LATERAL (SELECT (p.born_on + INTERVAL '18 years')::date AS on_day) of_age
    WHERE m.household_id = h.id AND m.role <> 'child_visit'
      AND m.starts_on <= %(on)s AND (m.ends_on IS NULL OR m.ends_on > %(on)s)
) composition ON TRUE
WHERE h.id = ANY(%(households)s)
