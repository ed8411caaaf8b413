"""One page that leads to what a unit works through together: requests, letters, appeals, and its own control."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cases.views.shell import signed_in
from people.access import permissions_of, require
from people.roles import Permission
from people.views.access_hub import Way

_UNIT = frozenset({Permission.VIEW_UNIT})
_LEADER = frozenset({Permission.LEAD})
_EXPORT = frozenset({Permission.EXPORT})
_KEEPER = frozenset({Permission.MANAGE_DWELLINGS})

#: Headings with their ways, in the order of the page.
WAYS: tuple[tuple[str | Promise, tuple[Way, ...]], ...] = (
    (
        _("Requests"),
        (
            Way("cases:requests", _("Requests"), _("What was asked, what came of it, and who still waits."), _UNIT),
            Way("cases:on_call", _("On call tonight"), _("Who must have an answer after closing time."), _UNIT),
            Way(
                "cases:voices",
                _("What users say"),
                _("Complaints to answer, surveys to ask, and what was answered."),
                _UNIT,
            ),
            Way(
                "cases:work_processes",
                _("Work processes"),
                _("The steps for each target group, and cases on an older version."),
                _UNIT,
            ),
            Way("cases:disputes", _("Disputed responsibility"), _("Help goes on while a leader decides."), _UNIT),
            Way("cases:unit_hours", _("Opening hours"), _("When a request turns red."), _LEADER),
            Way(
                "cases:request_report",
                _("The month's requests"),
                _("Each outcome counted, the unlawful ones too."),
                _EXPORT,
            ),
        ),
    ),
    (
        _("Decisions and letters"),
        (
            Way(
                "cases:law_checks",
                _("Law checklist"),
                _("What is missing, late or unlawful in the unit's cases."),
                _UNIT,
            ),
            Way("cases:appeals", _("Appeals"), _("Those to reconsider, forward or carry out."), _UNIT),
            Way(
                "cases:unit_letters",
                _("Letters on their way"),
                _("Which have arrived, and which somebody must see to."),
                _UNIT,
            ),
            Way("cases:letters_to_many", _("Letters to many"), _("One letter to each household of a list."), _UNIT),
            Way(
                "cases:law",
                _("Rules"),
                _("What decisions are founded on, must say, and where they are appealed."),
                _UNIT,
            ),
            Way(
                "cases:standard_texts",
                _("Letterhead and own texts"),
                _("What the municipality says in its letters, by day."),
                _LEADER,
            ),
        ),
    ),
    (
        _("Homes"),
        (
            Way(
                "housing:dwellings",
                _("Dwellings"),
                _("The stock: what each is, what it costs, who may live there."),
                _KEEPER,
            ),
            Way("housing:planned_homes", _("Planned homes"), _("Homes to come, until they are taken over."), _KEEPER),
            Way(
                "cases:agreements",
                _("Agreements with landlords"),
                _("How many dwellings are let under each, and when it ends."),
                _KEEPER,
            ),
            Way(
                "housing:plan",
                _("Plan and vacancies"),
                _("What each dwelling is month by month, what stands empty, and what becomes free."),
                _UNIT,
            ),
            Way(
                "cases:waiting_list",
                _("Waiting list"),
                _("Who waits for a dwelling and why in that order; who could have which; a proposal."),
                _UNIT,
            ),
        ),
    ),
    (
        _("Leases"),
        (
            Way("cases:unit_leases", _("Leases"), _("What ends, is to be put right, or still stands good."), _UNIT),
            Way(
                "cases:unit_evictions",
                _("Evictions to avert"),
                _("Who may be put out and when, families first; what is not done; what became of them."),
                _UNIT,
            ),
            Way("housing:landlords", _("Landlords"), _("Whom to talk to, and the tenancies we follow there."), _UNIT),
        ),
    ),
    (
        _("Living in a home"),
        (
            Way(
                "cases:unit_follow_up",
                _("Follow-up in the home"),
                _("Services that do not begin, contact that is lost, signs to act on."),
                _UNIT,
            ),
            Way(
                "cases:unit_allowances",
                _("Housing allowance"),
                _("Who is to apply before the 25th, and what was answered."),
                _UNIT,
            ),
        ),
    ),
    (
        _("Owning a home"),
        (
            Way(
                "cases:unit_loans",
                _("Start loans and grants"),
                _("What is to be decided, which commitments expire, and what was paid out."),
                _UNIT,
            ),
            Way(
                "cases:unit_owning",
                _("From renting to owning"),
                _("Who saves to buy, whose option runs out, who has bought and how it goes."),
                _UNIT,
            ),
        ),
    ),
    (
        _("Housing meeting and offers"),
        (
            Way("cases:meetings", _("Housing meetings"), _("The agenda, what was decided, and minutes."), _UNIT),
            Way(
                "cases:offers",
                _("Offers of dwellings"),
                _("Who is offered what, and answers by when."),
                _UNIT,
            ),
        ),
    ),
    (
        _("Follow-up"),
        (
            Way(
                "cases:unit_plans",
                _("Persons' plans"),
                _("Individual plans and others: to be looked at again, running, offered."),
                _UNIT,
            ),
        ),
    ),
    (
        _("Places"),
        (
            Way(
                "cases:unit_coming",
                _("Planned arrivals"),
                _("Who comes out of prison, hospital or a centre and when, who has no home, refugees to settle."),
                _UNIT,
            ),
            Way("cases:tonight", _("Who sleeps where tonight"), _("For duty: on a phone, and on paper."), _UNIT),
            Way("housing:providers", _("Providers"), _("Rooms, quality agreements and prices."), _UNIT),
            Way(
                "housing:invoices",
                _("Invoices from providers"),
                _("Held against the nights somebody lived there."),
                _UNIT,
            ),
            Way("cases:night_costs", _("What nights cost"), _("By month, with the cost of waiting."), _UNIT),
        ),
    ),
    (
        _("The leadership's own control"),
        (
            Way("cases:breaches", _("Three months"), _("Who passes the limit, and what is done about it."), _UNIT),
            Way("cases:friday", _("Before the weekend"), _("What ends before Monday."), _UNIT),
            Way(
                "cases:control",
                _("Own control"),
                _("Deviations, routines, risk reviews, and rules that stood in the way."),
                _LEADER,
            ),
        ),
    ),
)


@require_safe
def unit(request: HttpRequest) -> HttpResponse:
    """Only what one may open."""
    employee, at = signed_in(request), timezone.now()
    require(employee, Permission.VIEW_UNIT, at=at)
    held = permissions_of(employee, at=at)
    groups = [(title, [way for way in ways if way.needed and way.needed & held]) for title, ways in WAYS]
    context = {"title": _("The unit"), "groups": [(title, ways) for title, ways in groups if ways]}
    return render(request, "people/access_hub.html", context)
