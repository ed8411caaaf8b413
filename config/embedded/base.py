"""Django's PostgreSQL backend over the embedded server, which is started when nobody answers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base
from psycopg import OperationalError

from config.devdb import Server


class DatabaseWrapper(base.DatabaseWrapper):
    """Starting at the first connection, not in settings, so that a command without a query starts no server."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except OperationalError:
            Server(settings.DATA_FOLDER).start()
            return super().get_new_connection(conn_params)
