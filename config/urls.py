"""Every route, by app."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_safe
from django.views.i18n import set_language


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers; what a load balancer asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [
    path("health", health, name="health"),
    path("language", login_not_required(set_language), name="set_language"),
    path("", include("people.urls")),
    path("", include("housing.urls")),
    path("", include("cases.urls")),
    path("", include("kpi.urls")),
]
