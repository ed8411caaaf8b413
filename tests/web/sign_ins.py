"""Signing in without the form."""

from __future__ import annotations

from datetime import datetime

from django.test import Client
from django.utils import timezone

from people import sessions
from people.models import Employee


def sign_in(client: Client, employee: Employee, *, at: datetime | None = None) -> Client:
    """Signed in since that moment, now unless it is given: so lately that it opens the gravest acts too."""
    client.force_login(employee, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    sessions.begin(session, at=at or timezone.now())
    session.save()
    return client
