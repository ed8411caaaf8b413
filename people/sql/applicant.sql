-- The name of a household's applicant that day, the person's reference where it has none; empty when nobody is.
COALESCE((
    SELECT COALESCE(NULLIF(person.name, ''), person.ref)
    FROM people_member member JOIN people_person person ON person.id = member.person_id
    WHERE member.household_id = {pk} AND member.role = %(applicant)s
      AND member.starts_on <= %(day)s AND (member.ends_on IS NULL OR member.ends_on > %(day)s)
    LIMIT 1
), '')
