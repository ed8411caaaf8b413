"""What pages of one municipality are asked, and how a file without personal data is answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from kpi.forms.figures import former_words
from kpi.questions.places import Place, places_of
from people.access import units_with
from people.exporting import File
from people.models import Employee
from people.roles import Permission
from people.succession import followed_by

#: What is done there is done to the municipality that is named: what only shows may name a former one.
SAFE_METHODS = ("GET", "HEAD")


@dataclass(frozen=True, kw_only=True)
class Municipality:
    """Whose figures are asked for, by whom and when; `places` are all those one may choose."""

    employee: Employee
    at: datetime
    place: Place
    places: list[Place]

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(place.code, place.name) for place in self.places]

    @property
    def may_export(self) -> bool:
        units = units_with(self.employee, Permission.EXPORT, at=self.at)
        return units.filter(municipality=self.place.municipality).exists()


def municipality_asked(request: HttpRequest) -> Municipality:
    """The municipality of `?place=`, else the first where one may see figures; of a former number what followed it.

    :raises PermissionDenied: when the employee may see no figures
    :raises Http404: when the municipality asked for is not theirs
    """
    employee, at = request.user, timezone.now()
    assert isinstance(employee, Employee)
    places = [place for place in places_of(employee, at=at) if place.unit is None]
    if not places:
        raise PermissionDenied
    code = request.GET.get("place") or places[0].code
    place = next((place for place in places if place.code == code), None)
    if place is None and request.method in SAFE_METHODS:
        place = next((place for place in places if place.code in followed_by(code)), None)
        if place is not None:
            messages.warning(request, former_words(code))
    if place is None:
        raise Http404
    return Municipality(employee=employee, at=at, place=place, places=places)


def exporter_of(request: HttpRequest) -> Municipality:
    """As `municipality_asked`, for whoever may take files out there.

    :raises PermissionDenied: when one may not
    """
    asked = municipality_asked(request)
    if not asked.may_export:
        raise PermissionDenied
    return asked


def handed_out(file: File) -> HttpResponse:
    """A file of figures in which no person can be found: no reason is asked and no line is entered."""
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(file.content, content_type=file.media_type, headers=headers)
