-- On what ground a household that is listed to an employee is listed, in the order in which `decide` asks; what is
-- listed by a page that names nobody is listed for a figure. Braces as in listed.sql.
CASE
    WHEN %(system)s THEN 'system'
    WHEN {assigned} OR NOT {owned} AND {at_units} THEN 'own_case'
    WHEN {reason} AND {at_units} AND NOT {with_masked} AND NOT {with_own_employee} THEN 'reason'
    WHEN {leads} THEN 'leader'
    WHEN {emergency} THEN 'grant'
    WHEN {at_units} THEN 'unit'
    WHEN {sampled} THEN 'audit'
    ELSE 'figures'
END
