-- Answered for, or shared, by one of these units that day.
EXISTS (
    SELECT FROM people_responsibility one
    WHERE one.household_id = {pk} AND one.unit_id = ANY(%(units)s)
      AND one.starts_on <= %(day)s AND (one.ends_on IS NULL OR one.ends_on > %(day)s)
)
OR EXISTS (
    SELECT FROM people_coresponsibility one
    WHERE one.household_id = {pk} AND one.unit_id = ANY(%(units)s)
      AND one.starts_on <= %(day)s AND (one.ends_on IS NULL OR one.ends_on > %(day)s)
)
