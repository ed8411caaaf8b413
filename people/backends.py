from __future__ import annotations

from django.contrib.auth.backends import BaseBackend

from people.models import Employee


class FromProvider(BaseBackend):
    """Whoever a provider of identity vouched for at sign-in: still that employee while they are not disabled."""

    def get_user(self, user_id: int) -> Employee | None:
        return Employee.objects.filter(pk=user_id, is_active=True, is_system=False).first()
