-- Somebody is responsible for the case that day.
EXISTS (
    SELECT FROM people_assignment one
    WHERE one.household_id = {pk} AND one.role = %(owner)s
      AND one.starts_on <= %(day)s AND (one.ends_on IS NULL OR one.ends_on > %(day)s)
)
