-- The units that answer for it, or share it, that day.
ARRAY(
    SELECT one.unit_id FROM people_responsibility one
    WHERE one.household_id = {pk} AND one.starts_on <= %(day)s AND (one.ends_on IS NULL OR one.ends_on > %(day)s)
    UNION ALL
    SELECT one.unit_id FROM people_coresponsibility one
    WHERE one.household_id = {pk} AND one.starts_on <= %(day)s AND (one.ends_on IS NULL OR one.ends_on > %(day)s)
)
