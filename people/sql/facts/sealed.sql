-- Closed to everybody.
EXISTS (SELECT FROM people_seal one WHERE one.household_id = {pk} AND one.lifted_at IS NULL)
