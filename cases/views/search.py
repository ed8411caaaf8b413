"""The one box: a number, a name however spelt, or a case number. Posted, so that no name stands in an address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases.questions.found import found
from cases.views.shell import signed_in
from people import readings
from people.actions.counter import tell_of_blocked
from people.models.reading import Showing
from people.search import blocked_person, search


@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """GET shows the empty box: a link to here can carry no name."""
    # no text of the database has this character, so nothing is found by it
    text, at = request.POST.get("text", "").replace("\0", "").strip(), timezone.now()
    hits = search(text, signed_in(request), at=at) if text else []
    readings.showing(Showing.SEARCH)
    if not hits and (person := blocked_person(text, signed_in(request), at=at)) is not None:
        tell_of_blocked(person_id=person.pk, by=signed_in(request), at=at)
    return render(request, "cases/search.html", {"text": text, "hits": found(hits, at=at)})
