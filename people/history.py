"""History that the app can neither write, skip nor change: statement triggers with the owner's rights."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import pghistory
from pghistory.trigger import Event
from pgtrigger import compiler, register

if TYPE_CHECKING:
    from django.db import models

M = TypeVar("M", bound="type[models.Model]")


class HistorySql(compiler.UpsertTriggerSql):
    """pgtrigger's own SQL, but SECURITY DEFINER with a fixed search path, and deaf to `pgtrigger.ignore()`."""

    def get_template(self) -> str:
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS TRIGGER AS $$ {declare} BEGIN {func} END; $$
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp;
            REVOKE ALL ON FUNCTION {pgid}() FROM PUBLIC;
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid} {when} {operation} ON {table} {timing} {referencing}
                FOR EACH {level} {condition} EXECUTE FUNCTION {execute};
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class HistoryEvent(Event):
    """The trigger that pghistory would make, compiled to `HistorySql`."""

    def compile(self, model: Any) -> compiler.Trigger:
        plain = super().compile(model)
        return compiler.Trigger(name=plain.name, sql=HistorySql(**plain.sql.kwargs))


class _Secure:
    def add_event_trigger(self: Any, event_model: Any) -> None:
        event: Any = HistoryEvent
        trigger = event(
            event_model=event_model,
            label=self.label,
            name=self.trigger_name,
            row=self.row,
            operation=self.operation,
            condition=self.condition,
            level=self.level,
        )
        register(trigger)(event_model.pgh_tracked_model)


class Insert(_Secure, pghistory.InsertEvent):
    pass


class Update(_Secure, pghistory.UpdateEvent):
    pass


class Delete(_Secure, pghistory.DeleteEvent):
    pass


def tracked(**kwargs: Any) -> Callable[[M], M]:
    """Keep every version of every row, deleted ones too; takes what `pghistory.track` takes.

    A list of the trackers in settings would not do: pghistory copies it, and copied operations are not recognised at
    statement level.
    """
    decorator: Callable[[M], M] = pghistory.track(Insert(), Update(), Delete(), **kwargs)
    return decorator
