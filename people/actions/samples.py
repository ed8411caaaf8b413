"""Letting inspectors in to the cases of their samples, and out again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from people.models import Employee, Grant, GrantKind
from people.models.grant import permission_of
from people.transactions import act

SAMPLES = (GrantKind.SAMPLE, GrantKind.SAMPLE_SPECIAL, GrantKind.NAMED)
#: Who may read which household how: ids of the employee and the household, and the kind of leave.
Leave = tuple[int, int, GrantKind]


@act
def follow_samples(
    wanted: Mapping[Leave, datetime],
    *,
    inspector_ids: Collection[int],
    household_ids: Collection[int],
    reason: str,
    by: Employee,
    at: datetime,
) -> None:
    """Let these inspectors read these households until the moments wanted, and no others of the pairs any longer.

    The leave that an earlier inspection gave is made to last as long as the latest one, or ended with it.
    """
    live = Grant.objects.live(at).of(*SAMPLES).filter(user__in=inspector_ids, content_object__in=household_ids)
    held = set()
    for grant in live.select_related("permission").select_for_update(of=("self",)).order_by("pk"):
        leave = (grant.user_id, grant.content_object_id, grant.kind)
        held.add(leave)
        until = max(wanted.get(leave, at), grant.granted_at + timedelta(microseconds=1))
        if until != grant.expires_at:
            grant.expires_at = until
            grant.save(update_fields=["expires_at"])
    permissions = {kind: permission_of(kind) for kind in SAMPLES}
    Grant.objects.bulk_create(
        Grant(
            user_id=inspector,
            permission=permissions[kind],
            content_object_id=household,
            reason=reason,
            granted_by=by,
            granted_at=at,
            expires_at=until,
        )
        for (inspector, household, kind), until in sorted(wanted.items())
        if (inspector, household, kind) not in held
    )
