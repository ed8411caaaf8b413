-- Who is homeless on a chosen day, or may be: one row a household whose residence that night is of a homeless kind, or
-- in prison or an institution. Which of the last two count is for kpi.counting to say.
-- Parameters: municipality (text), day (date), left_out (bigint[]: households that are not counted).
SELECT r.household_id, r.kind, r.planned_end, r.home_waits,
       (SELECT s.homeless_since FROM housing_spell s
        WHERE s.household_id = r.household_id AND s.starts_on <= %(day)s AND s.ends_on > %(day)s
          AND s.homeless_since IS NOT NULL
        ORDER BY s.homeless_since LIMIT 1) AS homeless_since,
       (SELECT m.income_source FROM cases_needsmapping m
        WHERE m.household_id = r.household_id AND m.finished_on <= %(day)s
        ORDER BY m.finished_on DESC, m.id DESC LIMIT 1) AS income,
       (SELECT CASE o.kind WHEN 'prison' THEN 'prison_before' ELSE 'institution_before' END FROM housing_residence o
        WHERE (o.household_id = r.household_id OR (o.household_id = h.split_from_id AND o.starts_on < h.split_on))
          AND o.kind IN ('prison', 'institution')
          AND o.ends_on <= %(day)s AND o.ends_on >= (%(day)s - INTERVAL '6 months')::date
        ORDER BY o.ends_on DESC LIMIT 1) AS came_from
FROM housing_residence r
JOIN people_household h ON h.id = r.household_id AND (h.split_on IS NULL OR h.split_on <= %(day)s)
WHERE r.municipality_id = %(municipality)s AND r.household_id <> ALL(%(left_out)s::bigint[])
  AND r.kind IN ('rough', 'temporary', 'night_shelter', 'friends', 'crisis_centre', 'prison', 'institution')
  AND r.starts_on <= %(day)s AND (r.ends_on IS NULL OR r.ends_on > %(day)s)
ORDER BY r.household_id
