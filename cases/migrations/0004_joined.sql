CREATE INDEX "case_joined" ON "cases_case" ("municipality_id", "household_id") INCLUDE ("closed_on") WHERE "closing_reason" = 'joined';
