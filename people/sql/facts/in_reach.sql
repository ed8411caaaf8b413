-- Perhaps in the employee's lists: there ever was a tie to one of these units or to the employee. One set to look in,
-- where all else is asked household by household; the country is not gone through for a unit's list.
{pk} IN (
    SELECT household_id FROM people_responsibility WHERE unit_id = ANY(%(near)s)
    UNION
    SELECT household_id FROM people_coresponsibility WHERE unit_id = ANY(%(near)s)
    UNION
    SELECT household_id FROM people_assignment WHERE employee_id = %(employee)s
    UNION
    SELECT content_object_id FROM people_grant WHERE user_id = %(employee)s
)
