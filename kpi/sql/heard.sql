-- The populations of what was mapped and of what households say, after those of populations.sql.

-- The last finished mapping of each household before the period's end, and where the household lived on its last night.
mapped_on AS (
    SELECT p.n, m.household_id, h.municipality_id, m.light, m.drug_problem, m.income_source,
           EXISTS (SELECT FROM spell s
                   WHERE s.household_id = m.household_id AND s.state = 'permanent'
                     AND s.starts_on < p.ends_on AND s.ends_on >= p.ends_on) AS has_home,
           EXISTS (SELECT FROM spell s
                   WHERE s.household_id = m.household_id AND s.state IN ('homeless', 'temporary')
                     AND s.starts_on < p.ends_on AND s.ends_on >= p.ends_on) AS is_homeless
    FROM period p
    CROSS JOIN LATERAL (
        SELECT DISTINCT ON (x.household_id) x.household_id, x.light, x.drug_problem, x.income_source
        FROM cases_needsmapping x
        WHERE x.finished_on < p.ends_on
        ORDER BY x.household_id, x.finished_on DESC, x.id DESC
    ) m
    JOIN people_household h ON h.id = m.household_id AND (h.split_on IS NULL OR h.split_on < p.ends_on)
    WHERE (%(municipality)s::text IS NULL OR h.municipality_id = %(municipality)s::text)
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = m.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on < p.ends_on AND (u.ends_on IS NULL OR u.ends_on >= p.ends_on)))
),
-- Households in which a drug problem is known.
known_problem AS (
    SELECT n, household_id, municipality_id, has_home AND light = 'green' AS lives_well
    FROM mapped_on
    WHERE drug_problem IN ('drugs', 'drugs_and_mental')
),
-- Households that mainly live on social assistance.
on_assistance AS (
    SELECT n, household_id, municipality_id, is_homeless FROM mapped_on WHERE income_source = 'social_assistance'
),
-- Surveys asked in the period, one row each.
surveyed AS (
    SELECT p.n, s.household_id, h.municipality_id, s.outcome = 'answered' AS is_answered
    FROM period p
    JOIN cases_survey s ON s.asked_on >= p.starts_on AND s.asked_on < p.ends_on
    JOIN people_household h ON h.id = s.household_id
    WHERE (%(municipality)s::text IS NULL OR h.municipality_id = %(municipality)s::text)
      AND (%(unit)s::bigint IS NULL OR EXISTS (
        SELECT FROM people_responsibility u
        WHERE u.household_id = s.household_id AND u.unit_id = %(unit)s::bigint
          AND u.starts_on <= s.asked_on AND (u.ends_on IS NULL OR u.ends_on > s.asked_on)))
)
