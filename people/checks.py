"""What the deployment must satisfy, said by `manage.py check --database default` and by `check --deploy`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Worry
from django.db import OperationalError, ProgrammingError, connections, transaction
from django.utils.timezone import localdate, now
from django.utils.translation import override

from people.logins import AUDIT, OWNER

_COULD_REWRITE = """
SELECT current_user, rolsuper OR EXISTS (
    SELECT FROM pg_roles WHERE rolname = ANY(%(keepers)s) AND pg_has_role(current_user, oid, 'MEMBER')
) OR EXISTS (
    SELECT FROM pg_class
    WHERE relnamespace = ANY(ARRAY[to_regnamespace('public'), to_regnamespace('audit')])
      AND relkind IN ('r', 'p', 'v', 'm') AND pg_has_role(current_user, relowner, 'MEMBER')
)
FROM pg_roles WHERE rolname = current_user
"""


@register(Tags.database)
def app_is_only_the_app(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """The login must not be the owner, nor anyone who could become it. Said by `check --database default`."""
    owner = (settings.DATABASE_OWNER or {}).get("USER")
    errors: list[CheckMessage] = []
    for alias in databases or ():
        serving = settings.DATABASES[alias]["USER"]
        if connections[alias].settings_dict["USER"] == owner != serving:
            continue  # inside as_owner(): the login that serves is looked at when it serves
        errors += _found(alias)
    return errors


@register(Tags.database)
def somebody_to_ring(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Every municipality with a unit needs somebody to ring by day and by night, and a special unit."""
    from people.duty import lacking
    from people.models import Municipality

    if "default" not in (databases or ()):
        return []
    in_use = Municipality.objects.filter(units__isnull=False).distinct().order_by("pk")
    try:
        with transaction.atomic(), override("en"):
            sentences = lacking(in_use, on=localdate())
    except (OperationalError, ProgrammingError):
        return []  # not migrated yet, or no database to ask
    return [Worry(f"{sentence}.", id="people.W003") for sentence in sentences]


#: A job that has waited longer has nobody to do it.
LONGEST_WAIT = timedelta(minutes=15)


@register(Tags.database)
def somebody_works(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Letters go out and are archived by a worker: jobs that only wait say that none runs."""
    from people.queue import overdue

    if "default" not in (databases or ()):
        return []
    try:
        with transaction.atomic():
            waiting = overdue(at=now(), by=LONGEST_WAIT)
    except (OperationalError, ProgrammingError):
        return []  # not migrated yet, or no database to ask
    hint = "Run `manage.py work` beside the web (docs/operations.md, Jobs)."
    return [Worry(f"{waiting} jobs have waited over a quarter of an hour.", hint=hint, id="people.W004")] * bool(
        waiting
    )


@register(Tags.security, deploy=True)
def deployed_as_only_the_app(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """The same by `check --deploy`, which asks no database unless it is told which."""
    if databases:
        return []  # said above
    try:
        return _found("default")
    except OperationalError:
        # an error would keep an image from being checked where there is no database yet
        return [Worry("The database does not answer, so its login could not be looked at.", id="people.W002")]


def _found(alias: str) -> list[CheckMessage]:
    with connections[alias].cursor() as cursor:
        cursor.execute(_COULD_REWRITE, {"keepers": [OWNER, AUDIT]})
        [(user, could)] = cursor.fetchall()
    if not could:
        return []
    return [
        Error(
            f"Database user {user} owns tables, could become their owner, or is a superuser: history is unsafe.",
            hint="Let DATABASE_URL name the app's login.",
            id="people.E001",
        )
    ]
