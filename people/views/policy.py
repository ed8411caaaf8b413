"""The access policy, as everybody who works here may read it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from people.models import Clearance, RoleGrant
from people.policy import GRADES, role_rows, sight_rows


@require_safe
def access_policy(request: HttpRequest) -> HttpResponse:
    """Roles, what each may do, who sees how much; and what oneself holds."""
    today = localdate(timezone.now())
    own = {"employee": request.user.pk}
    context = {
        "held": RoleGrant.objects.on(today).filter(**own).select_related("unit").order_by("unit__name", "role"),
        "clearances": Clearance.objects.on(today).filter(**own).select_related("unit"),
        "roles": role_rows(),
        "grades": [str(label) for label in GRADES.values()],
        "sights": sight_rows(),
    }
    return render(request, "people/access_policy.html", context)
