"""What a migration does to the database, as SQL beside the operations that tell Django of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.db.migrations import RunSQL, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Tables(SeparateDatabaseAndState):
    """Makes tables, or changes them, by `sql`, and takes `state` as what is then there.

    Django renders every model anew for each of a thousand operations: minutes, on an empty database, of which the SQL
    needs a second. Here it renders once, when something asks. See docs/adr/0017.
    """

    def __init__(self, sql: Path, state: Sequence[Operation]) -> None:
        super().__init__([RunSQL(sql.read_text(encoding="utf-8"))], state)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)
        super().state_forwards(app_label, state)
