-- The reads of one month that a unit's leader goes through, one row a read, by time.
--   population: what the unit's employees read, and what anybody read of the households that the unit followed
--   not in it:  lists, which show whole units at once; commands; reads that concern no household
-- Parameters: unit; starts_on and ends_on, half-open days; from and to, the same as moments; zone, the municipality's.
WITH staff AS MATERIALIZED (
    SELECT DISTINCT g.employee_id
    FROM people_rolegrant g JOIN people_employee e ON e.id = g.employee_id AND NOT e.is_system
    WHERE g.unit_id = %(unit)s AND g.starts_on < %(ends_on)s AND (g.ends_on IS NULL OR g.ends_on > %(starts_on)s)
), followed AS MATERIALIZED (
    SELECT household_id FROM people_responsibility
    WHERE unit_id = %(unit)s AND starts_on < %(ends_on)s AND (ends_on IS NULL OR ends_on > %(starts_on)s)
    UNION
    SELECT household_id FROM people_coresponsibility
    WHERE unit_id = %(unit)s AND starts_on < %(ends_on)s AND (ends_on IS NULL OR ends_on > %(starts_on)s)
), line AS MATERIALIZED (
    -- two ways in, each by its own index, so that other units' reads are never looked at
    SELECT found.*, (found.at AT TIME ZONE %(zone)s)::date AS day
    FROM (
        SELECT l.id, l.employee_id, l.household_id, l.at, l.refused, l.purpose, l.what
        FROM staff JOIN audit.read_log l USING (employee_id)
        WHERE l.at >= %(from)s AND l.at < %(to)s AND l.household_id IS NOT NULL
        UNION
        SELECT l.id, l.employee_id, l.household_id, l.at, l.refused, l.purpose, l.what
        FROM followed JOIN audit.read_log l USING (household_id)
        WHERE l.at >= %(from)s AND l.at < %(to)s
    ) found
    WHERE found.what NOT IN ('list', 'command') AND found.purpose NOT IN ('system', 'figures')
), visit AS MATERIALIZED (
    SELECT v.employee_id, v.household_id, v.day,
           -- on it that day or within a month before: what one has just handed over is still one's work
           EXISTS (SELECT FROM people_assignment a
                   WHERE a.employee_id = v.employee_id AND a.household_id = v.household_id
                     AND a.starts_on <= v.day AND (a.ends_on IS NULL OR a.ends_on > v.day - 30)) AS is_assigned,
           EXISTS (SELECT FROM people_rolegrant g
                   WHERE g.employee_id = v.employee_id
                     AND g.starts_on <= v.day AND (g.ends_on IS NULL OR g.ends_on > v.day)
                     AND g.unit_id IN (
                         SELECT r.unit_id FROM people_responsibility r
                         WHERE r.household_id = v.household_id
                           AND r.starts_on <= v.day AND (r.ends_on IS NULL OR r.ends_on > v.day)
                         UNION ALL
                         SELECT c.unit_id FROM people_coresponsibility c
                         WHERE c.household_id = v.household_id
                           AND c.starts_on <= v.day AND (c.ends_on IS NULL OR c.ends_on > v.day))) AS is_of_unit,
           (SELECT CASE WHEN j.act = 'case.closed' THEN j."on" END
            FROM people_journalentry j
            WHERE j.household_id = v.household_id AND j."on" <= v.day
              AND j.act IN ('case.opened', 'case.closed', 'case.reopened')
            ORDER BY j.at DESC, j.id DESC LIMIT 1) AS closed_on
    FROM (SELECT DISTINCT employee_id, household_id, day FROM line) v
)
SELECT l.employee_id, l.household_id, l.at, l.refused,
       v.is_assigned OR l.purpose = 'own_case' AS is_on_case,
       v.is_of_unit,
       -- an exception that was live, whoever gave it
       l.purpose IN ('audit', 'special_unit') OR EXISTS (
           SELECT FROM people_grant g
           WHERE g.user_id = l.employee_id AND g.content_object_id = l.household_id
             AND g.granted_at <= l.at AND g.expires_at > l.at) AS has_leave,
       l.purpose = 'reason' AS is_reasoned,
       l.purpose = 'leader' AS is_leader,
       v.closed_on
FROM line l JOIN visit v USING (employee_id, household_id, day)
ORDER BY l.at, l.id
