-- IF EXISTS: 0003 told Django that the keys' own indexes were gone and left them in the database.
DROP INDEX IF EXISTS "people_member_household_id_235483da";
DROP INDEX IF EXISTS "people_responsibility_household_id_96f55f6a";
DROP INDEX IF EXISTS "people_responsibility_unit_id_c9703f75";
CREATE INDEX "member_child" ON "people_member" ("household_id", "starts_on") INCLUDE ("ends_on", "person_id") WHERE "role" = 'child';
