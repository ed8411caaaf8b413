"""In place of a page that names where a household is, for somebody on the case who is not cleared to know."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cases.questions.colleagues import cleared_colleagues
from cases.views.shell import Opened, signed_in
from people.models import Household


def shielded_address(request: HttpRequest, household: Household) -> HttpResponse:
    """Who is cleared, and so can do what was asked for."""
    one = Opened(household, signed_in(request), timezone.now())
    context = one.context(colleagues=cleared_colleagues(household, at=one.at))
    return render(request, "cases/shielded_address.html", context, status=403)
