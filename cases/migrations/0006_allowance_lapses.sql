ALTER TABLE "cases_housingallowance" DROP CONSTRAINT "allowance_outcome_is_known";
ALTER TABLE "cases_housingallowance" ADD CONSTRAINT "allowance_outcome_is_known" CHECK ("outcome" IN ('', 'granted', 'refused', 'lapsed'));
