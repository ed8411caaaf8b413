"""What the deployment must satisfy, said by `manage.py check --database default`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

_COULD_REWRITE = """
SELECT current_user, rolsuper OR EXISTS (
    SELECT FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_has_role(current_user, relowner, 'MEMBER'))
FROM pg_roles WHERE rolname = current_user
"""


@register(Tags.database)
def app_is_only_the_app(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """The login must not be the owner, nor anyone who could become it."""
    owner = (settings.DATABASE_OWNER or {}).get("USER")
    errors: list[CheckMessage] = []
    for alias in databases or ():
        serving = settings.DATABASES[alias]["USER"]
        if connections[alias].settings_dict["USER"] == owner != serving:
            continue  # inside as_owner(): the login that serves is looked at when it serves
        with connections[alias].cursor() as cursor:
            cursor.execute(_COULD_REWRITE)
            [(user, could)] = cursor.fetchall()
        if could:
            errors.append(
                Error(
                    f"Database user {user} is the tables' owner, a member of it or a superuser: history is unsafe.",
                    hint="Let DATABASE_URL name the app's login.",
                    id="people.E001",
                )
            )
    return errors
