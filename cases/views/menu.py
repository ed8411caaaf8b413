"""The acts one can do on a household as it stands, in groups."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.views.shell import Opened
from housing.models import RENTALS, ResidenceKind
from people.decision import Purpose


@dataclass(frozen=True, kw_only=True)
class Item:
    label: str | Promise
    url: str


@dataclass(frozen=True, kw_only=True)
class Group:
    title: str | Promise
    items: list[Item]


def menu_of(one: Opened) -> list[Group]:
    """Groups of links; empty for somebody who may only read."""
    if not one.may_change:
        return [*_of_a_reader(one), _group(one, _("Otherwise"), _OTHERWISE)]
    if not one.situation.is_open:
        closed = (("reopen", _("Reopen the case")), ("undo", _("Undo the last act")), *_OTHERWISE)
        return [_group(one, _("Case"), closed)]
    return [
        _group(one, _("Where they live"), _living(one)),
        _group(one, _("Renting a home"), _HOME),
        _group(one, _("Requests and needs"), _NEEDS),
        _group(one, _("A municipal dwelling"), (*_DWELLING, *(_HOMES if one.household.sight.whereabouts else ()))),
        _group(one, _("Letters"), _LETTERS),
        _group(one, _("The household"), _PEOPLE),
        _group(one, _("Owning a home"), _OWNING),
        _group(one, _("Plan"), _PLAN),
        _group(one, _("Case"), (*_CASE, *_OTHERWISE)),
    ]


def _of_a_reader(one: Opened) -> list[Group]:
    """What a plan coordinator and a leader do to a case that they may not change as it is."""
    if not one.situation.is_open:
        return []
    plan = [_group(one, _("Plan"), _PLAN)] if one.may_plan else []
    plan.append(_group(one, _("A municipal dwelling"), _DWELLING))
    return [*plan, *([_group(one, _("Case"), _LEADING)] if one.may_assign else [])]


_Links = tuple[tuple[str, str | Promise], ...]

_NEEDS: _Links = (
    ("decide", _("Make a decision")),
    ("open_request", _("Register a request")),
    ("asked", _("Requests and where they went")),
    ("open_dispute", _("Register a disputed responsibility")),
    ("record_need", _("Record a need")),
    ("record_absence", _("Record an absence")),
    ("add_note", _("Write a note")),
    ("receive_paper", _("Take in a paper")),
    ("household_appeals", _("Appeals")),
    ("authority_letters", _("Letters from authorities")),
    ("add_task", _("Write down a task")),
)
_HOMES: _Links = (
    ("household_offers", _("Offers and housing meeting")),
    ("make_offer", _("Offer a dwelling")),
    ("put_on_agenda", _("Put before the housing meeting")),
)
_LETTERS: _Links = (
    ("preliminary_answer", _("Send a preliminary answer")),
    ("delay_notice", _("Send a delay notice")),
    ("ask_information", _("Ask for information")),
)
_ELSEWHERE: _Links = (
    ("settle", _("Settle in a home")),
    ("leave", _("Register another place to live")),
    ("lose_home", _("Lose the home")),
)
_PEOPLE: _Links = (
    ("add_member", _("Add a member")),
    ("record_birth", _("Record a birth")),
    ("add_representative", _("Register a representative")),
    ("letters_to", _("See who gets letters")),
    ("split", _("Split the household")),
    ("join", _("Join with another household")),
)
_HOME: _Links = (
    ("leases", _("Leases, deposit and guarantee")),
    ("sign_lease", _("Sign a lease")),
    ("note_help", _("Note help to rent privately")),
    ("evictions", _("Evictions")),
)
_DWELLING: _Links = (("applications", _("Application and place on the waiting list")),)
_PLAN: _Links = (
    ("make_plan", _("Make a housing plan")),
    ("follow_up", _("Follow-up and housing allowance")),
    ("person_plans", _("Individual plan and other plans of a person")),
    ("transitions", _("Release, discharge and refugees")),
    ("mapping", _("Needs mapping")),
    ("processes", _("Work process")),
    ("voice", _("What they think: surveys, choice, complaints")),
)
_OWNING: _Links = (
    ("loans", _("Start loans and grants")),
    ("owning", _("From renting to owning")),
)
_CASE: _Links = (
    ("assign", _("Set the responsible caseworker")),
    ("hand_over", _("Hand over to another unit")),
    ("letters", _("Where letters are")),
    ("special_notes", _("Special notes")),
    ("share", _("Share with another unit")),
    ("undo", _("Undo the last act")),
    ("close", _("Close the case")),
)
#: What a leader does without having opened the case.
_LEADING: _Links = (
    ("open", _("Open the case to change it")),
    ("assign", _("Set the responsible caseworker")),
    ("substitute", _("Name a substitute")),
    ("asked", _("Requests and where they went")),
    ("open_dispute", _("Register a disputed responsibility")),
    ("hand_over", _("Hand over to another unit")),
    ("share", _("Share with another unit")),
)
_OTHERWISE: _Links = (
    ("report_deviation", _("Report a deviation")),
    ("report_obstacle", _("Tell of a rule that stands in the way")),
    ("declare", _("I must not deal with this case")),
)


def _living(one: Opened) -> _Links:
    tonight, sight = one.situation.tonight, one.household.sight
    is_placed = tonight is not None and tonight.kind == ResidenceKind.TEMPORARY
    if sight.purpose is Purpose.SPECIAL_UNIT:
        extend: _Links = (("extend", _("Extend the stay")),) if is_placed else ()
        return (("place_undisclosed", _("Place without saying where")), *extend, *_ELSEWHERE)
    if not sight.whereabouts:
        return (("place", _("Shielded address: who can do this")),)
    if is_placed:
        review: _Links = (
            (("approve_overstay", _("Approve a stay beyond the limit")),) if one.situation.is_over_three_months else ()
        )
        return (
            ("move", _("Move to another room or provider")),
            ("extend", _("Extend the stay")),
            *review,
            ("settle", _("Settle in a home")),
            ("leave", _("Leave to another place")),
        )
    rents_ours = tonight is not None and tonight.kind in RENTALS and tonight.dwelling_id is not None
    buying: _Links = (("buy_home", _("Buy the home they rent")),) if rents_ours else ()
    return (
        ("place", _("Place in temporary accommodation")),
        *_ELSEWHERE,
        *buying,
    )


def _group(one: Opened, title: str | Promise, links: _Links) -> Group:
    return Group(title=title, items=[Item(label=label, url=one.url(name)) for name, label in links])
