ALTER TABLE "housing_ban" DROP CONSTRAINT "ban_once_a_day";
ALTER TABLE "housing_ban" ADD CONSTRAINT "ban_once_a_day" EXCLUDE USING GIST ("household_id" WITH =, (("provider_id" + 0)) WITH =, (daterange("starts_on", "ends_on")) WITH &&);
