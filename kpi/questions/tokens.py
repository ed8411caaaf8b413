"""The keys to the figures of the municipalities where somebody gives them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from kpi.models import ApiToken
from people.access import units_with
from people.models import Employee, Municipality
from people.roles import Permission


def municipalities_of(employee: Employee, *, at: datetime) -> QuerySet[Municipality]:
    units = units_with(employee, Permission.GIVE_TOKENS, at=at)
    return Municipality.objects.filter(pk__in=units.values("municipality")).order_by("name")


def tokens_of(employee: Employee, *, at: datetime) -> QuerySet[ApiToken]:
    """Those that open something first, the newest first."""
    found = ApiToken.objects.filter(municipality__in=municipalities_of(employee, at=at))
    return found.select_related("municipality", "given_by").order_by("-expires_on", "-pk")
