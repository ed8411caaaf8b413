-- The population of persons' plans, after those of populations.sql and homes.sql.

-- Households that are homeless on the period's last night, and which plans somebody in them has then.
homeless_on AS MATERIALIZED (
    SELECT h.n, h.household_id, h.municipality_id,
           EXISTS (SELECT FROM cases_individualplan i
                   WHERE i.household_id = h.household_id AND i.kind = 'individual' AND i.consented_on <= h.night
                     AND (i.ended_on IS NULL OR i.ended_on > h.night)) AS has_individual_plan,
           EXISTS (SELECT FROM cases_responsibilitygroup g JOIN cases_individualplan i ON i.id = g.plan_id
                   WHERE i.household_id = h.household_id AND i.kind <> 'safety' AND g.formed_on <= h.night
                     AND (g.ended_on IS NULL OR g.ended_on > h.night)) AS has_group,
           EXISTS (SELECT FROM cases_individualplan i
                   WHERE i.household_id = h.household_id AND i.kind = 'action' AND i.starts_on <= h.night
                     AND (i.ended_on IS NULL OR i.ended_on > h.night))
           OR EXISTS (SELECT FROM cases_housingplan b
                      WHERE b.household_id = h.household_id AND b.made_on <= h.night
                        AND (b.ended_on IS NULL OR b.ended_on > h.night)) AS has_other_plan
    FROM homeless_last_night h
)
