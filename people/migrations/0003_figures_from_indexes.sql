CREATE INDEX "household_split" ON "people_household" ("id", "split_on") WHERE "split_on" IS NOT NULL;
CREATE INDEX "member_of_household" ON "people_member" ("household_id", "starts_on") INCLUDE ("ends_on", "role", "person_id");
CREATE INDEX "responsibility_begun" ON "people_responsibility" ("unit_id", "starts_on") INCLUDE ("household_id");
CREATE INDEX "responsibility_in_order" ON "people_responsibility" ("household_id", "starts_on") INCLUDE ("unit_id", "ends_on");
