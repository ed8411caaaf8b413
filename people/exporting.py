"""The one way in which a file with many people's data leaves: by somebody proved, with a reason, counted, entered."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from people import readings
from people.actions.exports import (
    CannotExport,
    ExportsStopped,
    register_export,
    require_quota,
    tell_of_stopped_exports,
)
from people.models import Employee, ExportKind
from people.models.export import SHORTEST_REASON
from people.models.reading import Showing
from people.sessions import require_fresh


@dataclass(frozen=True, kw_only=True)
class File:
    """What leaves. `name` holds nothing about a person; `households` are those that it tells of."""

    name: str
    media_type: str
    content: bytes
    rows: int
    households: Collection[int]


def export(
    request: HttpRequest, make: Callable[[], File], *, kind: ExportKind, reason: str, at: datetime
) -> HttpResponse:
    """The file as an attachment, entered in the register and, a line a household, in the read log.

    :raises ProofNeeded: when who one is was proved too long ago
    :raises CannotExport: with a reason that says too little
    :raises ExportsStopped: when the day's number is reached; the employee's units are told
    """
    require_fresh(request, at=at)
    by, why = request.user, " ".join(reason.split())
    assert isinstance(by, Employee)
    if len(why) < SHORTEST_REASON:
        raise CannotExport(_("Write why, in at least ten characters."), field="reason")
    try:
        require_quota(by, at=at)
        file = make()
        digest = sha256(file.content).hexdigest()
        register_export(kind=kind, reason=why, rows=file.rows, sha256=digest, by=by, at=at)
    except ExportsStopped:
        tell_of_stopped_exports(by=by, at=at)
        raise
    readings.showing(Showing.EXPORT)
    readings.note_shown(file.households)
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(file.content, content_type=file.media_type, headers=headers)
