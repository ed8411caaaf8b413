-- The facts as they were known at a moment: the last version of each row written before it, in the tables' own names.
-- Parameter: known_at (timestamptz).
housing_residence AS (
    SELECT id, household_id, municipality_id, kind, provider_id, dwelling_id, starts_on, ends_on, lease_ends_on
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM housing_residenceevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
people_household AS (
    SELECT id, ref, municipality_id, split_from_id, split_on
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM people_householdevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
people_member AS (
    SELECT id, household_id, person_id, role, starts_on, ends_on
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM people_memberevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
people_person AS (
    SELECT id, born_on
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM people_personevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
people_responsibility AS (
    SELECT id, household_id, unit_id, starts_on, ends_on
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM people_responsibilityevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
housing_dwelling AS (
    SELECT id, municipality_id, tenure, area_m2, rooms, is_accessible, is_colocated, target_groups, acquired_on, disposed_on
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM housing_dwellingevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
housing_dwellingvoid AS (
    SELECT id, dwelling_id, starts_on, ends_on, cost
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM housing_dwellingvoidevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
housing_dwellingrent AS (
    SELECT id, dwelling_id, starts_on, rent_a_month
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM housing_dwellingrentevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
housing_dwellingfunding AS (
    SELECT id, dwelling_id, kind, amount, granted_on
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM housing_dwellingfundingevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
cases_housingapplication AS (
    SELECT id, household_id, unit_id, kind, status, received_on, granted_on, ended_on, main_reason
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM cases_housingapplicationevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
cases_housingallowance AS (
    SELECT id, household_id, kind, outcome, applied_on, decided_on, starts_on, ends_on
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM cases_housingallowanceevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
cases_privatehelp AS (
    SELECT id, household_id, kind, "on"
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM cases_privatehelpevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
cases_loancase AS (
    SELECT id, household_id, kind, purpose, status, decided_on, paid_on, ended_on, amount
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM cases_loancaseevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
cases_individualplan AS (
    SELECT id, household_id, kind, consented_on, starts_on, ended_on
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM cases_individualplanevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
cases_responsibilitygroup AS (
    SELECT id, plan_id, formed_on, ended_on
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM cases_responsibilitygroupevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
cases_housingplan AS (
    SELECT id, household_id, made_on, ended_on
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM cases_housingplanevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
cases_transition AS (
    SELECT id, household_id, kind, status, left_on, returned_to_abuser
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM cases_transitionevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
cases_refugeesettlement AS (
    SELECT id, household_id, decided_on, settled_on, unaccompanied_minor
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM cases_refugeesettlementevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
cases_needsmapping AS (
    SELECT id, household_id, finished_on, light, income_source, drug_problem
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM cases_needsmappingevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
cases_survey AS (
    SELECT id, household_id, asked_on, outcome
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM cases_surveyevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
cases_evictioncase AS (
    SELECT id, household_id, status, petitioned_on, ended_on
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM cases_evictioncaseevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
cases_request AS (
    SELECT id, household_id, unit_id, asked_at, lacks_place_tonight, outcome
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM cases_requestevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
),
housing_qualityagreement AS (
    SELECT id, provider_id, starts_on, ends_on
    FROM (SELECT DISTINCT ON (pgh_obj_id) * FROM housing_qualityagreementevent
          WHERE pgh_created_at < %(known_at)s::timestamptz ORDER BY pgh_obj_id, pgh_id DESC) e
    WHERE pgh_label <> 'delete'
)
