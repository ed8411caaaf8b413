-- Facts of some households for one employee at one moment. What stands in braces are the files of the folder facts.
SELECT
    household.id,
    household.municipality_id AS municipality,
    {units} AS units,
    {kinds} AS kinds,
    {with_masked} AS is_masked,
    {with_strict} AS is_strict,
    {with_own_employee} AS is_own_employees,
    {party} AS party,
    {sealed} AS sealed,
    {assigned} AS assigned,
    {owned} AS owned,
    {cleared} AS cleared
FROM people_household household
WHERE household.id = ANY(%(ids)s)
