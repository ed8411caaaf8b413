"""Once per server, by an administrator: three roles and a database. Idempotent. Needs CREATEROLE and CREATEDB.

    python -m config.roles_bootstrap

reads DATABASE_ADMIN_URL (the administrator's), DATABASE_OWNER_URL and DATABASE_URL (the logins to make).
"""

from __future__ import annotations

import os
import sys
from typing import Any

from psycopg import Connection, connect, sql

from people.logins import APP, AUDIT, OWNER


def bootstrap(
    name: str,
    *,
    owner_password: str,
    app_password: str,
    may_create_databases: bool = False,
    **admin: Any,
) -> None:
    """Make the roles and the database `name` where they are missing, and set the two passwords.

    `may_create_databases` is for development and CI only: the owner then makes and drops test databases.
    """
    with connect(**{"dbname": "postgres", **admin}, autocommit=True) as connection:
        have = {role for (role,) in connection.execute("SELECT rolname FROM pg_roles")}
        for role, login in ((OWNER, "LOGIN"), (APP, "LOGIN"), (AUDIT, "NOLOGIN")):
            if role not in have:
                _do(connection, f"CREATE ROLE {{}} {login}", role)
        for role, password in ((OWNER, owner_password), (APP, app_password)):
            _do(connection, "ALTER ROLE {} PASSWORD {password}", role, password=password)
        # Migrations create and replace what audit owns.
        _do(connection, "GRANT {} TO {}", AUDIT, OWNER)
        if may_create_databases:
            _do(connection, "ALTER ROLE {} CREATEDB", OWNER)
            # To drop a test database it must be able to end the app's sessions in it.
            _do(connection, "GRANT {} TO {}", APP, OWNER)
        [[exists]] = connection.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [name])
        if not exists:
            _make_database(connection, name)


def _make_database(connection: Connection[Any], name: str) -> None:
    [[is_superuser]] = connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if not is_superuser:
        # A managed server's administrator may only give away what it could become.
        _do(connection, "GRANT {} TO CURRENT_USER", OWNER)
    _do(connection, "CREATE DATABASE {} OWNER {}", name, OWNER)


def _do(connection: Connection[Any], text: str, *names: str, **values: str) -> None:
    literals = {key: sql.Literal(value) for key, value in values.items()}
    connection.execute(sql.SQL(text).format(*map(sql.Identifier, names), **literals))


def main() -> None:
    """:raises SystemExit: when a variable is missing or names another role"""
    from config.database import parse

    try:
        admin, owner, app = (
            parse(os.environ[key]) for key in ("DATABASE_ADMIN_URL", "DATABASE_OWNER_URL", "DATABASE_URL")
        )
    except KeyError as missing:
        sys.exit(f"{missing.args[0]} is not set.")
    if (owner["USER"], app["USER"]) != (OWNER, APP):
        sys.exit(f"DATABASE_OWNER_URL is {OWNER}'s and DATABASE_URL is {APP}'s.")
    bootstrap(
        app["NAME"],
        owner_password=owner["PASSWORD"],
        app_password=app["PASSWORD"],
        host=admin["HOST"],
        port=admin["PORT"] or None,
        user=admin["USER"],
        password=admin["PASSWORD"],
        dbname=admin["NAME"] or "postgres",
    )


if __name__ == "__main__":
    main()
