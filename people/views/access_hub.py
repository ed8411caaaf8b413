"""One page that leads to everything about access: what one sees, what one has read, and what a unit keeps in order."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from people.access import permissions_of
from people.models import Employee
from people.roles import Permission
from people.special_unit import works_at_special_unit


@dataclass(frozen=True)
class Way:
    """A page and one line about it. `needed` opens it, of several any one; so does work at a special unit, if it says.

    Without a `view` it is found on each household's own pages, and the line says where.
    """

    view: str
    label: str | Promise
    line: str | Promise
    needed: frozenset[Permission] | None = None
    is_special_unit_s: bool = False


def _any_of(*permissions: Permission) -> frozenset[Permission]:
    return frozenset(permissions)


#: Headings with their ways, in the order of the page. `needed=None` is everybody's.
WAYS: tuple[tuple[str | Promise, tuple[Way, ...]], ...] = (
    (
        _("For me"),
        (
            Way("people:access_policy", _("Access policy"), _("Who may see and do what, and which roles you hold.")),
            Way(
                "people:my_readings", _("What I have read"), _("Every household that was shown to you or refused you.")
            ),
            Way(
                "cases:away",
                _("I am away"),
                _("Have a colleague stand in on all your cases for a time."),
                _any_of(Permission.CHANGE_HOUSEHOLD),
            ),
            Way(
                "",
                _("A case I must not deal with"),
                _("Open the household and choose “I must not deal with this case”. It is then gone for you."),
                _any_of(Permission.VIEW_SUMMARY),
            ),
            Way(
                "cases:emergency",
                _("Emergency door"),
                _("Open another unit's case for an hour. Its leader is told at once."),
                _any_of(Permission.USE_EMERGENCY_DOOR),
            ),
            Way(
                "cases:special_unit",
                _("Strictly confidential cases"),
                _("The special unit's own, by case number."),
                _any_of(),
                is_special_unit_s=True,
            ),
        ),
    ),
    (
        _("For the unit"),
        (
            Way(
                "people:alerts",
                _("Alerts"),
                _("What the unit has been told, and what came of it."),
                _any_of(Permission.LEAD),
                is_special_unit_s=True,
            ),
            Way(
                "people:roles",
                _("Roles and clearances"),
                _("Give, confirm and end them; add and disable employees."),
                _any_of(Permission.GIVE_ROLES),
            ),
            Way(
                "kpi:api_tokens",
                _("Keys to the figures"),
                _("Let other systems fetch the municipality's published figures."),
                _any_of(Permission.GIVE_TOKENS),
            ),
            Way(
                "people:duty",
                _("Duty list"),
                _("Whom to ring, by day and by night, when somebody cannot be dealt with at the counter."),
                _any_of(Permission.LEAD, Permission.GIVE_ROLES),
            ),
            Way(
                "cases:standard_texts",
                _("Texts in letters"),
                _("The letterhead, logo and own texts of the municipality, from a day on."),
                _any_of(Permission.LEAD),
            ),
            Way(
                "cases:disqualifications",
                _("Employees kept from cases"),
                _("Who must not deal with somebody's case, and employees who are themselves in one."),
                _any_of(Permission.LEAD, Permission.GIVE_ROLES),
            ),
            Way(
                "cases:practices",
                _("Units we share every case with"),
                _("Which units follow our cases as their own, and on what basis."),
                _any_of(Permission.LEAD),
            ),
        ),
    ),
    (
        _("Control"),
        (
            Way(
                "people:employees_readings",
                _("What employees have read"),
                _("How much each has read, and which households."),
                _any_of(Permission.CONTROL_READINGS),
            ),
            Way(
                "cases:log_control",
                _("Log control"),
                _("The month's reads that somebody should look at, to be signed."),
                _any_of(Permission.CONTROL_READINGS),
            ),
            Way(
                "people:exports",
                _("Files taken out"),
                _("Who took out which list, why and when."),
                _any_of(Permission.CONTROL_READINGS),
            ),
            Way(
                "cases:inspections",
                _("Inspections"),
                _("Samples of cases, read by those who inspect."),
                _any_of(Permission.OPEN_INSPECTIONS, Permission.INSPECT),
            ),
        ),
    ),
    (
        _("Rights of the persons"),
        (
            Way(
                "",
                _("Access, correction and sealing"),
                _(
                    "Open the household and choose “Access, correction and sealing” under its members. Each request "
                    "has its clock there."
                ),
                _any_of(Permission.ANSWER_RIGHTS),
            ),
            Way("cases:seals", _("Seals"), _("Cases closed to everybody until lifted."), _any_of(Permission.UNMASK)),
            Way(
                "cases:archive_queue",
                _("Archive queue"),
                _("Copies of letters on their way into the archive, by number alone."),
                _any_of(Permission.KEEP_ARCHIVE),
            ),
            Way(
                "cases:destruction",
                _("Destruction"),
                _("What is destroyed when its time has come, always by two persons."),
                _any_of(Permission.DESTROY),
            ),
        ),
    ),
)


@require_safe
def access_hub(request: HttpRequest) -> HttpResponse:
    """Only what one may open."""
    employee, at = request.user, timezone.now()
    assert isinstance(employee, Employee)
    held = permissions_of(employee, at=at)
    at_special_unit = works_at_special_unit(employee, at=at)

    def is_open(way: Way) -> bool:
        return way.needed is None or bool(way.needed & held) or (way.is_special_unit_s and at_special_unit)

    groups = [(title, [way for way in ways if is_open(way)]) for title, ways in WAYS]
    return render(
        request,
        "people/access_hub.html",
        {"title": _("Access"), "groups": [(title, ways) for title, ways in groups if ways]},
    )
