-- The populations of what was mapped and of what households say, after those of populations.sql.

-- The last finished mapping of each household before the period's end.
mapped AS MATERIALIZED (
    SELECT p.n, p.ends_on - 1 AS night, m.household_id, m.municipality_id, m.light, m.drug_problem, m.income_source
    FROM period p
    CROSS JOIN LATERAL (
        SELECT DISTINCT ON (x.household_id) x.household_id, x.municipality_id, x.light, x.drug_problem, x.income_source
        FROM cases_needsmapping x
        WHERE x.finished_on < p.ends_on AND (%(municipality)s::text IS NULL OR x.municipality_id = %(municipality)s::text)
        ORDER BY x.household_id, x.finished_on DESC, x.id DESC
    ) m
    WHERE (p.n, m.household_id) NOT IN (SELECT n, household_id FROM not_formed)
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = m.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on < p.ends_on AND (u.ends_on IS NULL OR u.ends_on >= p.ends_on)))
),
-- Of them those who are still here.
mapped_on AS MATERIALIZED (
    SELECT *
    FROM mapped
    WHERE (n, household_id) NOT IN (
        SELECT x.n, x.household_id
        FROM mapped x JOIN gone g ON g.household_id = x.household_id AND g.since <= x.night AND g.until > x.night)
),
-- Households in which a drug problem is known, and whether they live well on the period's last night.
known_problem AS (
    SELECT m.n, m.household_id, m.municipality_id,
           m.light = 'green' AND (m.n, m.household_id) IN (
               SELECT m.n, m.household_id
               FROM mapped_on m
               JOIN spell s ON s.household_id = m.household_id AND s.state = 'permanent'
                    AND s.starts_on <= m.night AND s.ends_on > m.night
               WHERE m.drug_problem IN ('drugs', 'drugs_and_mental') AND m.light = 'green') AS lives_well
    FROM mapped_on m
    WHERE m.drug_problem IN ('drugs', 'drugs_and_mental')
),
-- Households that mainly live on social assistance, and whether they are homeless on the period's last night.
on_assistance AS (
    SELECT m.n, m.household_id, m.municipality_id,
           (m.n, m.household_id) IN (
               SELECT m.n, m.household_id
               FROM mapped_on m
               JOIN spell s ON s.household_id = m.household_id AND s.state IN ('homeless', 'temporary')
                    AND s.starts_on <= m.night AND s.ends_on > m.night
               WHERE m.income_source = 'social_assistance') AS is_homeless
    FROM mapped_on m
    WHERE m.income_source = 'social_assistance'
),
-- Surveys asked in the period, one row each.
surveyed AS (
    SELECT p.n, s.household_id, s.municipality_id, s.outcome = 'answered' AS is_answered
    FROM period p
    JOIN cases_survey s ON s.asked_on >= (SELECT starts_on FROM span) AND s.asked_on < (SELECT ends_on FROM span)
         AND s.asked_on >= p.starts_on AND s.asked_on < p.ends_on
    WHERE (%(municipality)s::text IS NULL OR s.municipality_id = %(municipality)s::text)
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = s.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= s.asked_on AND (u.ends_on IS NULL OR u.ends_on > s.asked_on)))
)
