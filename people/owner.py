"""The owner's connection, for the few moments when it is needed: migrate, flush, making and dropping test databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def as_owner(alias: str = "default") -> Iterator[BaseDatabaseWrapper]:
    """Within the block this thread's connection is the owner's; other threads keep theirs.

    :raises ImproperlyConfigured: where the owner's login is not known, as in the web container
    :raises RuntimeError: inside a transaction
    """
    app = connections[alias]
    login: dict[str, str] | None = settings.DATABASE_OWNER
    if login is None:
        raise ImproperlyConfigured("This needs the owner of the database: set DATABASE_OWNER_URL.")
    if app.settings_dict["USER"] == login["USER"]:
        yield app
        return
    if app.in_atomic_block:
        raise RuntimeError("as_owner() inside a transaction would not see its rows and could wait for it for ever.")
    app.close()
    owner = app.copy()
    owner.settings_dict.update(login)
    # Pools are kept by alias: the copy would be handed the app's connections.
    owner.settings_dict["OPTIONS"].pop("pool", None)
    connections[alias] = owner
    try:
        yield owner
    finally:
        owner.close()
        connections[alias] = app
