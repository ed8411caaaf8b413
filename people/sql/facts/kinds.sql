-- The kinds of the employee's live leaves.
ARRAY(
    SELECT permission.codename FROM people_grant one
    JOIN auth_permission permission ON permission.id = one.permission_id
    JOIN django_content_type type ON type.id = permission.content_type_id
    WHERE one.content_object_id = {pk} AND one.user_id = %(employee)s
      AND one.granted_at <= %(at)s AND one.expires_at > %(at)s AND type.app_label = 'people'
)
