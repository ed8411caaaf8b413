-- With a member of one of these grades that day; when nobody is left, with one among those who were. A grade masks from
-- its first day until somebody unmasks, as Person.protection_on says of one.
EXISTS (
    SELECT FROM people_member member
    JOIN people_person person ON person.id = member.person_id
    WHERE member.household_id = {pk}
      AND person.protection = ANY(%(grades)s) AND person.unmasked_at IS NULL
      AND (person.protection_from IS NULL OR person.protection_from <= %(day)s)
      AND (
          member.starts_on <= %(day)s AND (member.ends_on IS NULL OR member.ends_on > %(day)s)
          OR NOT EXISTS (
              SELECT FROM people_member other
              WHERE other.household_id = {pk}
                AND other.starts_on <= %(day)s AND (other.ends_on IS NULL OR other.ends_on > %(day)s)
          )
      )
)
