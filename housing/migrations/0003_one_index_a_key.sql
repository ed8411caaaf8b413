-- IF EXISTS: 0002 told Django that the keys' own indexes were gone and left them in the database.
DROP INDEX IF EXISTS "housing_residence_dwelling_id_4c5bf06b";
DROP INDEX IF EXISTS "housing_residence_household_id_cfd0b6ff";
DROP INDEX IF EXISTS "housing_residence_municipality_id_07580dc3";
DROP INDEX IF EXISTS "housing_residence_municipality_id_07580dc3_like";
DROP INDEX IF EXISTS "housing_residence_provider_id_471f55de";
DROP INDEX IF EXISTS "housing_spell_household_id_ce13129e";
DROP INDEX IF EXISTS "housing_spell_municipality_id_b715a6f2";
DROP INDEX IF EXISTS "housing_spell_municipality_id_b715a6f2_like";
DROP INDEX IF EXISTS "housing_spell_unit_id_de24a4b7";
DROP INDEX "housing_dwelling_municipality_id_2b235dfa";
DROP INDEX "housing_dwelling_municipality_id_2b235dfa_like";
DROP INDEX "housing_dwellingrent_dwelling_id_b12615a8";
DROP INDEX "housing_dwellingvoid_dwelling_id_c48b298e";
DROP INDEX "residence_by_household";
CREATE INDEX "residence_by_household" ON "housing_residence" ("household_id", "starts_on") INCLUDE ("ends_on", "kind");
CREATE INDEX "void_of_dwelling" ON "housing_dwellingvoid" ("dwelling_id", "starts_on") INCLUDE ("ends_on", "cost");
ALTER TABLE "housing_dwellingrent" DROP CONSTRAINT "dwelling_rent_one_a_day";
ALTER TABLE "housing_dwellingrent" ADD CONSTRAINT "dwelling_rent_one_a_day" UNIQUE ("dwelling_id", "starts_on") INCLUDE ("rent_a_month");
