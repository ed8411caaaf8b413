-- Somebody whom the employee must not deal with that day is, was or will be a member.
EXISTS (
    SELECT FROM people_disqualification one
    JOIN people_member member USING (person_id)
    WHERE member.household_id = {pk} AND one.employee_id = %(employee)s
      AND one.starts_on <= %(day)s AND (one.ends_on IS NULL OR one.ends_on > %(day)s)
)
