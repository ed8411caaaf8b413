-- Writes a line of the read log for each of some households and answers how many. The unit is the one that answers for
-- the household; the role the one held at that unit, else the first of those held elsewhere.
-- In braces: which households, and on what ground each is shown.
SELECT audit.read(%(by)s, %(what)s, %(route)s, %(request)s, (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'household', shown.household, 'person', NULL,
        'role', coalesce(%(roles)s::jsonb ->> shown.unit::text, %(elsewhere)s), 'unit', shown.unit,
        'purpose', shown.purpose,
        'grant', CASE WHEN shown.purpose IN ('reason', 'grant', 'audit') THEN shown.live END,
        'refused', shown.purpose = 'refused')), '[]')
    FROM (
        SELECT household.id AS household, {ground} AS purpose,
            (SELECT one.unit_id FROM people_responsibility one
             WHERE one.household_id = household.id
               AND one.starts_on <= %(day)s AND (one.ends_on IS NULL OR one.ends_on > %(day)s)
             LIMIT 1) AS unit,
            (SELECT one.id FROM people_grant one
             WHERE one.content_object_id = household.id AND one.user_id = %(by)s
               AND one.granted_at <= %(at)s AND one.expires_at > %(at)s
             ORDER BY one.granted_at DESC LIMIT 1) AS live
        FROM people_household household
        WHERE {which}
    ) shown
))
