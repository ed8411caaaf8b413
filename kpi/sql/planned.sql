-- The population of persons' plans, after those of populations.sql and homes.sql.

-- Households whose residence on the period's last night is of a homeless kind, and which plans somebody in them has then.
homeless_on AS (
    SELECT p.n, r.household_id, r.municipality_id,
           EXISTS (SELECT FROM cases_individualplan i
                   WHERE i.household_id = r.household_id AND i.kind = 'individual' AND i.consented_on < p.ends_on
                     AND (i.ended_on IS NULL OR i.ended_on >= p.ends_on)) AS has_individual_plan,
           EXISTS (SELECT FROM cases_responsibilitygroup g JOIN cases_individualplan i ON i.id = g.plan_id
                   WHERE i.household_id = r.household_id AND i.kind <> 'safety' AND g.formed_on < p.ends_on
                     AND (g.ended_on IS NULL OR g.ended_on >= p.ends_on)) AS has_group,
           EXISTS (SELECT FROM cases_individualplan i
                   WHERE i.household_id = r.household_id AND i.kind = 'action' AND i.starts_on < p.ends_on
                     AND (i.ended_on IS NULL OR i.ended_on >= p.ends_on))
           OR EXISTS (SELECT FROM cases_housingplan b
                      WHERE b.household_id = r.household_id AND b.made_on < p.ends_on
                        AND (b.ended_on IS NULL OR b.ended_on >= p.ends_on)) AS has_other_plan
    FROM period p
    JOIN housing_residence r ON r.kind IN ('rough', 'temporary', 'night_shelter', 'friends', 'crisis_centre')
         AND r.starts_on < p.ends_on AND (r.ends_on IS NULL OR r.ends_on >= p.ends_on)
    JOIN people_household h ON h.id = r.household_id AND (h.split_on IS NULL OR h.split_on < p.ends_on)
    WHERE (%(municipality)s::text IS NULL OR r.municipality_id = %(municipality)s::text)
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = r.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on < p.ends_on AND (u.ends_on IS NULL OR u.ends_on >= p.ends_on)))
)
