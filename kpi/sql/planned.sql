-- The population of persons' plans, after those of populations.sql and homes.sql.

-- Households that are homeless on the period's last night, and which plans somebody in them has then.
homeless_on AS MATERIALIZED (
    SELECT h.n, h.household_id, h.municipality_id,
           (h.n, h.household_id) IN (
               SELECT h.n, h.household_id
               FROM homeless_last_night h
               JOIN cases_individualplan i ON i.household_id = h.household_id AND i.kind = 'individual'
                    AND i.consented_on <= h.night AND (i.ended_on IS NULL OR i.ended_on > h.night)) AS has_individual_plan,
           (h.n, h.household_id) IN (
               SELECT h.n, h.household_id
               FROM homeless_last_night h
               JOIN cases_individualplan i ON i.household_id = h.household_id AND i.kind <> 'safety'
               JOIN cases_responsibilitygroup g ON g.plan_id = i.id AND g.formed_on <= h.night
                    AND (g.ended_on IS NULL OR g.ended_on > h.night)) AS has_group,
           (h.n, h.household_id) IN (
               SELECT h.n, h.household_id
               FROM homeless_last_night h
               JOIN cases_individualplan i ON i.household_id = h.household_id AND i.kind = 'action'
                    AND i.starts_on <= h.night AND (i.ended_on IS NULL OR i.ended_on > h.night)
             UNION ALL
               SELECT h.n, h.household_id
               FROM homeless_last_night h
               JOIN cases_housingplan b ON b.household_id = h.household_id
                    AND b.made_on <= h.night AND (b.ended_on IS NULL OR b.ended_on > h.night)) AS has_other_plan
    FROM homeless_last_night h
)
