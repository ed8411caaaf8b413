CREATE INDEX "household_formed" ON "people_household" ("municipality_id", "id") INCLUDE ("split_from_id", "split_on") WHERE "split_from_id" IS NOT NULL;
