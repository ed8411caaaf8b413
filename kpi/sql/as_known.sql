-- The facts as they were known at a moment: the last version of each row written before it, in the tables' own names.
-- Parameter: known_at (timestamptz).
housing_residence AS (
    SELECT id, household_id, municipality_id, kind, provider_id, starts_on, ends_on, lease_ends_on
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
)
