-- The one derivation of spells from residences: common table expressions, the last of which is `derived`.
--
-- The caller writes `WITH RECURSIVE` and, before this text, two expressions of its own:
--     rule (gap_nights)      one row: the greatest break, in nights, that a stay tolerates
--     scope (household_id)   the households to derive, each once
-- and may stand another relation in for any of the five tables read here by an expression of the same name: that is how
-- "as known at" reads history. The rules are docs/glossary.md's "How time is counted"; `housing/spells.py` says the same
-- in Python and is the oracle in tests. Every window is totally ordered: a household begins one residence a day.

-- A household formed by a split carries its parent's residences up to the split, or to its own first if that is earlier.
formed_first AS (
    SELECT h.id AS household_id, min(r.starts_on) AS starts_on
    FROM people_household h JOIN housing_residence r ON r.household_id = h.id
    WHERE h.split_from_id IS NOT NULL
    GROUP BY h.id
),
lineage AS (
    SELECT h.id AS household_id, h.split_from_id AS source_id, LEAST(h.split_on, own.starts_on) AS until
    FROM scope
    JOIN people_household h ON h.id = scope.household_id
    LEFT JOIN formed_first own ON own.household_id = h.id
    WHERE h.split_from_id IS NOT NULL
  UNION ALL
    SELECT l.household_id, h.split_from_id, LEAST(l.until, h.split_on, own.starts_on)
    FROM lineage l
    JOIN people_household h ON h.id = l.source_id
    LEFT JOIN formed_first own ON own.household_id = h.id
    WHERE h.split_from_id IS NOT NULL
),
lived AS (
    SELECT r.household_id, r.kind, r.provider_id, r.starts_on, COALESCE(r.ends_on, DATE '9999-12-31') AS ends_on, r.lease_ends_on
    FROM scope JOIN housing_residence r ON r.household_id = scope.household_id
  UNION ALL
    SELECT l.household_id, r.kind, r.provider_id, r.starts_on, LEAST(r.ends_on, l.until), r.lease_ends_on
    FROM lineage l JOIN housing_residence r ON r.household_id = l.source_id AND r.starts_on < l.until
),
dated AS (
    SELECT household_id, starts_on, ends_on,
           kind IN ('rough', 'temporary', 'night_shelter', 'friends', 'crisis_centre') AS is_homeless,
           kind IN ('care_home', 'moved_away', 'deceased') AS is_gone,
           CASE WHEN kind = 'temporary' THEN 'temporary'
                WHEN kind IN ('rough', 'night_shelter', 'friends', 'crisis_centre') THEN 'homeless'
                WHEN kind = 'owned' THEN 'permanent'
                WHEN kind IN ('private_rental', 'municipal_rental')
                     AND (lease_ends_on IS NULL OR lease_ends_on >= starts_on + INTERVAL '36 months') THEN 'permanent'
                WHEN kind IN ('prison', 'institution') THEN 'institution'
                ELSE 'other' END AS state
    FROM lived
),
marked AS (
    SELECT *,
           count(*) FILTER (WHERE state = 'permanent') OVER onwards AS homes,
           lag(state) OVER onwards AS previous_state,
           lead(state) OVER onwards AS next_state,
           lag(ends_on) OVER within_state AS previous_end,
           min(starts_on) FILTER (WHERE state = 'permanent') OVER backwards AS home_on,
           min(starts_on) FILTER (WHERE is_gone) OVER backwards AS gone_on,
           min(starts_on) FILTER (WHERE is_homeless) OVER backwards AS next_homeless_on
    FROM dated
    WINDOW onwards AS (PARTITION BY household_id ORDER BY starts_on),
           within_state AS (PARTITION BY household_id, state ORDER BY starts_on),
           -- what comes later, read from the end: a frame that only grows is summed once
           backwards AS (PARTITION BY household_id ORDER BY starts_on DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
-- A new run begins where the break is too long or a home stood in it; other states tolerate no break.
begun AS (
    SELECT *,
           previous_end IS NULL
           OR CASE WHEN state = 'temporary'
                   THEN starts_on - previous_end > (SELECT gap_nights FROM rule)
                        OR homes <> lag(homes) OVER (PARTITION BY household_id, state ORDER BY starts_on)
                   ELSE starts_on <> previous_end END AS begins,
           -- an era runs from one permanent home to the next, the next included
           min(starts_on) FILTER (WHERE is_homeless)
               OVER (PARTITION BY household_id, homes - (state = 'permanent')::int) AS era_homeless_on
    FROM marked
),
runs AS (
    SELECT *,
           count(*) FILTER (WHERE begins) OVER within_state AS run,
           COALESCE(lead(begins) OVER within_state, TRUE) AS is_last
    FROM begun
    WINDOW within_state AS (PARTITION BY household_id, state ORDER BY starts_on)
),
spans AS (
    SELECT household_id, state, min(starts_on) AS starts_on, max(ends_on) AS ends_on,
           max(previous_state) FILTER (WHERE begins) AS previous_state,
           max(next_state) FILTER (WHERE is_last) AS next_state,
           max(era_homeless_on) FILTER (WHERE begins AND era_homeless_on <= starts_on) AS homeless_since,
           max(home_on) FILTER (WHERE is_last AND state = 'temporary') AS home_on,
           max(gone_on) FILTER (WHERE is_last AND state = 'temporary') AS gone_on,
           range_agg(daterange(starts_on, ends_on)) FILTER (WHERE state = 'temporary') AS nights
    FROM runs
    GROUP BY household_id, state, run
),
composition AS (
    SELECT m.household_id,
           range_agg(daterange(m.starts_on, m.until)) FILTER (WHERE m.role = 'child' AND m.starts_on < m.until) AS family,
           range_agg(daterange(m.starts_on, m.until)) FILTER (WHERE m.role <> 'child' AND m.starts_on < m.until) AS young
    FROM scope CROSS JOIN LATERAL (
        SELECT m.household_id, m.role, m.starts_on,
               LEAST(COALESCE(m.ends_on, DATE '9999-12-31'),
                     (p.born_on + CASE m.role WHEN 'child' THEN INTERVAL '18 years' ELSE INTERVAL '25 years' END)::date) AS until
        FROM people_member m JOIN people_person p ON p.id = m.person_id
        WHERE m.household_id = scope.household_id AND m.role IN ('child', 'applicant', 'partner')
    ) m
    GROUP BY m.household_id
),
-- The unit of a spell is the last that began to answer before the spell ended.
responsible AS (
    SELECT r.household_id, r.unit_id, r.starts_on,
           lead(r.starts_on) OVER (PARTITION BY r.household_id ORDER BY r.starts_on) AS next_on
    FROM scope JOIN people_responsibility r ON r.household_id = scope.household_id
),
derived AS (
    SELECT s.household_id, h.municipality_id, u.unit_id, s.state, s.starts_on, s.ends_on,
           CASE WHEN s.state = 'temporary' THEN (s.starts_on + INTERVAL '3 months')::date END AS limit_on,
           s.previous_state, s.next_state, s.homeless_since, s.home_on, s.gone_on,
           back.next_homeless_on AS returned_on,
           counted.nights,
           CASE WHEN c.family IS NULL THEN '{}' ELSE counted.nights * c.family END AS family_in,
           CASE WHEN c.young IS NULL THEN '{}' ELSE counted.nights * c.young END AS young_in
    FROM spans s
    JOIN people_household h ON h.id = s.household_id
    LEFT JOIN marked back
         ON back.household_id = s.household_id AND back.starts_on = s.home_on AND back.state = 'permanent'
    LEFT JOIN composition c ON c.household_id = s.household_id
    -- nights before a split are counted with the old household
    CROSS JOIN LATERAL (
        SELECT CASE WHEN s.nights IS NULL THEN '{}'
                    WHEN h.split_on IS NULL THEN s.nights
                    ELSE s.nights * datemultirange(daterange(h.split_on, NULL)) END AS nights
    ) counted
    LEFT JOIN responsible u ON u.household_id = s.household_id
         AND u.starts_on < s.ends_on AND (u.next_on IS NULL OR u.next_on >= s.ends_on)
)
