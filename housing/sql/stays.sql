-- Stays of one municipality with their placements, after the expressions of spells.sql.
-- json, not jsonb: the order of the keys is part of the interface, and Django hands jsonb back as text.
-- Parameters: on (date) or ended_from and ended_to (dates, half-open); the other is NULL.
SELECT h.ref, d.starts_on, d.limit_on, d.ends_on,
       days_in((SELECT range_agg(daterange(l.starts_on, l.ends_on)) FROM lived l
                WHERE l.household_id = d.household_id AND l.kind = 'temporary'
                  AND l.starts_on >= d.starts_on AND l.ends_on <= d.ends_on)
               * datemultirange(daterange(NULL, asked.night + 1))) AS nights,
       (SELECT json_agg(json_build_object(
                   'provider', p.ref, 'from', l.starts_on,
                   'to', CASE WHEN l.ends_on < DATE '9999-12-31' THEN l.ends_on END) ORDER BY l.starts_on)
        FROM lived l JOIN housing_provider p ON p.id = l.provider_id
        WHERE l.household_id = d.household_id AND l.kind = 'temporary'
          AND l.starts_on >= d.starts_on AND l.ends_on <= d.ends_on) AS placements,
       d.family_in @> asked.night AS is_family, d.young_in @> asked.night AS is_young
FROM derived d
JOIN people_household h ON h.id = d.household_id
CROSS JOIN LATERAL (SELECT COALESCE(%(on)s::date, d.ends_on - 1) AS night) asked
WHERE d.state = 'temporary'
  AND CASE WHEN %(on)s::date IS NOT NULL THEN d.nights @> %(on)s::date
           ELSE d.ends_on >= %(ended_from)s::date AND d.ends_on < %(ended_to)s::date AND NOT isempty(d.nights) END
