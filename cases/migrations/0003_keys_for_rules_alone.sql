ALTER TABLE "cases_representative" DROP CONSTRAINT "representative_once_at_a_time";
ALTER TABLE "cases_representative" ADD CONSTRAINT "representative_once_at_a_time" EXCLUDE USING GIST ("household_id" WITH =, (("person_id" + 0)) WITH =, "kind" WITH =, "name" WITH =, (daterange("starts_on", "ends_on")) WITH &&);
