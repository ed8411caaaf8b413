-- With a member that day who is one of our own employees; when nobody is left, with one among those who were.
EXISTS (
    SELECT FROM people_member member
    JOIN people_disqualification own ON own.person_id = member.person_id AND own.relation = %(own)s
    WHERE member.household_id = {pk}
      AND own.starts_on <= %(day)s AND (own.ends_on IS NULL OR own.ends_on > %(day)s)
      AND (
          member.starts_on <= %(day)s AND (member.ends_on IS NULL OR member.ends_on > %(day)s)
          OR NOT EXISTS (
              SELECT FROM people_member other
              WHERE other.household_id = {pk}
                AND other.starts_on <= %(day)s AND (other.ends_on IS NULL OR other.ends_on > %(day)s)
          )
      )
)
