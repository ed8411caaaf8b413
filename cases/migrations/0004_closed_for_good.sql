CREATE INDEX "case_closed_for_good" ON "cases_case" ("municipality_id", "household_id") INCLUDE ("closed_on", "closing_reason") WHERE "closing_reason" IN ('joined', 'moved_away', 'deceased');
