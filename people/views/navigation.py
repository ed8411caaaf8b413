"""What the navigation may offer the person who asks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from people.access import permissions_of
from people.duty import duty_contact_for
from people.models import Employee


def permissions(request: HttpRequest) -> dict[str, Any]:
    """`permissions`: what the signed-in employee may do somewhere, asked for once and only when a page wants it."""
    user = getattr(request, "user", None)
    if not isinstance(user, Employee):
        return {"permissions": frozenset()}
    return {"permissions": SimpleLazyObject(lambda: permissions_of(user, at=timezone.now()))}


def duty(request: HttpRequest) -> dict[str, Any]:
    """`duty_contact`: whom the signed-in employee rings now, asked for only when a page says it."""
    user = getattr(request, "user", None)
    if not isinstance(user, Employee):
        return {"duty_contact": None}
    return {"duty_contact": SimpleLazyObject(lambda: duty_contact_for(user, at=timezone.now()))}
