-- The employee is cleared for confidential addresses in the household's municipality that day.
EXISTS (
    SELECT FROM people_clearance one
    JOIN people_unit unit ON unit.id = one.unit_id
    WHERE one.employee_id = %(employee)s AND unit.municipality_id = {municipality}
      AND one.starts_on <= %(day)s AND (one.ends_on IS NULL OR one.ends_on > %(day)s)
)
