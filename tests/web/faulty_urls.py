"""A page that fails, and a form whose act the database refuses, as urlconf for tests of what the log then says."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from people.models import Person


@csrf_exempt
@login_not_required
def fails(request: HttpRequest) -> HttpResponse:
    number = request.POST["national_id"]
    raise RuntimeError(f"Nobody has {number[:6]} {number[6:]}.")


@csrf_exempt
@login_not_required
def refused(request: HttpRequest) -> HttpResponse:
    Person.objects.create(name=request.POST["name"], born_on="2000-01-01", protection="no such grade")
    return HttpResponse()


@csrf_exempt
@login_not_required
def misread(request: HttpRequest) -> HttpResponse:
    list(Person.objects.raw("SELECT * FROM people_person WHERE born_on = %s::date", [request.POST["name"]]))
    return HttpResponse()


urlpatterns = [path("fails", fails), path("refused", refused), path("misread", misread)]
