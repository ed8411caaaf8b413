-- Stands in the lists of an employee who follows households at some unit: the line that `decide` draws
-- (people/decision.py). What stands in braces are the files of the folder facts; `at_units` means where the employee
-- follows households, `leads` where they lead. FALSE stands for what nobody with these roles can have.
NOT {party} AND NOT {sealed} AND NOT {with_strict}
AND (
    {assigned}
    OR {cleared} AND (NOT {owned} AND {at_units} OR {leads})
    OR NOT {with_masked} AND NOT {with_own_employee} AND ({at_units} OR {leads} OR {emergency})
)
