-- The worklist: one row a household of the page, in order, each with how many there are of every kind; one row with
-- nothing else where the page is empty. What is asked of many is asked first, words and places of the page alone.
-- Parameters: on, soon_on (dates), only (a case state, unassigned, soon, over, or empty for all open), responsible
-- (an employee's id or null), municipality (or empty), states (in the order of the journey), after, size.
-- In braces: visible, the door to lists for `household` (people.access.visible_line); order, columns of `wanted`.
SELECT found.* FROM (
    WITH mine AS MATERIALIZED (
        SELECT household.id, household.key, household.ref, journey.state, journey.state <> 'closed' AS is_open,
               stay.starts_on AS stay_on, stay.limit_on, owner.employee_id AS owner_id, task.due_on AS next_deadline
        FROM people_household household
        LEFT JOIN LATERAL (
            SELECT one.state FROM cases_case one WHERE one.household_id = household.id
            ORDER BY one.closed_on DESC NULLS FIRST, one.id DESC LIMIT 1
        ) journey ON TRUE
        LEFT JOIN LATERAL (
            SELECT one.starts_on, one.limit_on FROM housing_spell one
            WHERE one.household_id = household.id AND one.state = 'temporary'
              AND one.starts_on <= %(on)s AND one.ends_on > %(on)s
            LIMIT 1
        ) stay ON TRUE
        LEFT JOIN LATERAL (
            SELECT one.employee_id FROM people_assignment one
            WHERE one.household_id = household.id AND one.role = 'owner'
              AND one.starts_on <= %(on)s AND (one.ends_on IS NULL OR one.ends_on > %(on)s)
            LIMIT 1
        ) owner ON TRUE
        LEFT JOIN LATERAL (
            SELECT one.due_on FROM cases_task one WHERE one.household_id = household.id AND one.done_on IS NULL
            ORDER BY one.due_on LIMIT 1
        ) task ON TRUE
        WHERE {visible} AND (%(municipality)s = '' OR household.municipality_id = %(municipality)s)
    ),
    marked AS (
        SELECT *, is_open AND owner_id IS NULL AS is_unassigned,
               is_open AND next_deadline <= %(soon_on)s AS is_soon,
               is_open AND limit_on < %(on)s AS is_over
        FROM mine
    ),
    chosen AS (
        SELECT *, array_position(%(states)s, state::text) AS state_order,
               (%(responsible)s::bigint IS NULL OR owner_id = %(responsible)s::bigint)
               AND CASE %(only)s WHEN '' THEN is_open WHEN 'unassigned' THEN is_unassigned
                   WHEN 'soon' THEN is_soon WHEN 'over' THEN is_over ELSE state = %(only)s END AS is_wanted
        FROM marked
    ),
    counts AS (
        SELECT jsonb_build_object(
            'wanted', count(*) FILTER (WHERE is_wanted), 'open', count(*) FILTER (WHERE is_open),
            'unassigned', count(*) FILTER (WHERE is_unassigned), 'soon', count(*) FILTER (WHERE is_soon),
            'over', count(*) FILTER (WHERE is_over)
        ) || (SELECT coalesce(jsonb_object_agg(state, number), '{{}}')
              FROM (SELECT state, count(*) AS number FROM mine WHERE state IS NOT NULL GROUP BY state) of_each) AS counts
        FROM chosen
    ),
    wanted AS (
        SELECT chosen.*, coalesce(applicant.name, '') AS name, responsible.name AS owner
        FROM chosen
        LEFT JOIN people_employee responsible ON responsible.id = chosen.owner_id
        LEFT JOIN LATERAL (
            SELECT coalesce(nullif(person.name, ''), person.ref) AS name
            FROM people_member one JOIN people_person person ON person.id = one.person_id
            WHERE one.household_id = chosen.id AND one.role = 'applicant'
              AND one.starts_on <= %(on)s AND (one.ends_on IS NULL OR one.ends_on > %(on)s)
            LIMIT 1
        ) applicant ON TRUE
        WHERE is_wanted
        ORDER BY {order} LIMIT %(size)s OFFSET %(after)s
    )
    SELECT counts.counts, wanted.*, tonight.kind, tonight.provider, tonight.room
    FROM counts
    LEFT JOIN wanted ON TRUE
    LEFT JOIN LATERAL (
        SELECT one.kind, provider.name AS provider, room.name AS room
        FROM housing_residence one
        LEFT JOIN housing_provider provider ON provider.id = one.provider_id
        LEFT JOIN housing_room room ON room.id = one.room_id
        WHERE one.household_id = wanted.id
          AND one.starts_on <= %(on)s AND (one.ends_on IS NULL OR one.ends_on > %(on)s)
        LIMIT 1
    ) tonight ON TRUE
    ORDER BY {order}
) found
