-- The employee is on the case that day, in whatever role.
EXISTS (
    SELECT FROM people_assignment one
    WHERE one.household_id = {pk} AND one.employee_id = %(employee)s
      AND one.starts_on <= %(day)s AND (one.ends_on IS NULL OR one.ends_on > %(day)s)
)
