-- After the expressions of spells.sql: the table of spells brought in line with `derived`, for the households of `scope`.
-- Only rows that differ are written.
,
stored AS (
    SELECT s.* FROM scope JOIN housing_spell s ON s.household_id = scope.household_id
),
outdated AS (
    DELETE FROM housing_spell s
    WHERE s.household_id IN (SELECT household_id FROM scope)
      AND NOT EXISTS (SELECT FROM derived d
                      WHERE d.household_id = s.household_id AND d.state = s.state AND d.starts_on = s.starts_on)
)
INSERT INTO housing_spell (
    household_id, municipality_id, unit_id, state, starts_on, ends_on, limit_on, previous_state, next_state,
    homeless_since, home_on, gone_on, returned_on, nights, family_in, young_in)
SELECT d.household_id, d.municipality_id, d.unit_id, d.state, d.starts_on, d.ends_on, d.limit_on, d.previous_state,
       d.next_state, d.homeless_since, d.home_on, d.gone_on, d.returned_on, d.nights, d.family_in, d.young_in
FROM derived d
LEFT JOIN stored s ON s.household_id = d.household_id AND s.state = d.state AND s.starts_on = d.starts_on
WHERE (s.municipality_id, s.unit_id, s.ends_on, s.limit_on, s.previous_state, s.next_state, s.homeless_since,
       s.home_on, s.gone_on, s.returned_on, s.nights, s.family_in, s.young_in)
    IS DISTINCT FROM
      (d.municipality_id, d.unit_id, d.ends_on, d.limit_on, d.previous_state, d.next_state, d.homeless_since,
       d.home_on, d.gone_on, d.returned_on, d.nights, d.family_in, d.young_in)
ON CONFLICT ON CONSTRAINT spell_once DO UPDATE SET
    municipality_id = excluded.municipality_id, unit_id = excluded.unit_id, ends_on = excluded.ends_on,
    limit_on = excluded.limit_on, previous_state = excluded.previous_state, next_state = excluded.next_state,
    homeless_since = excluded.homeless_since, home_on = excluded.home_on, gone_on = excluded.gone_on,
    returned_on = excluded.returned_on, nights = excluded.nights, family_in = excluded.family_in,
    young_in = excluded.young_in;
