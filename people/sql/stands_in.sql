-- The employee is a substitute that day on a case that the one in braces is responsible for.
EXISTS (
    SELECT FROM people_assignment mine JOIN people_assignment theirs USING (household_id)
    WHERE mine.household_id = {pk} AND mine.employee_id = %(employee)s AND mine.role = %(substitute)s
      AND mine.starts_on <= %(day)s AND (mine.ends_on IS NULL OR mine.ends_on > %(day)s)
      AND theirs.employee_id = {responsible} AND theirs.role = %(owner)s
      AND theirs.starts_on <= %(day)s AND (theirs.ends_on IS NULL OR theirs.ends_on > %(day)s)
)
