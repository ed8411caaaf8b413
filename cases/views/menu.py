"""The acts one can do on a household as it stands, in groups."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.views.shell import Opened
from housing.models import ResidenceKind


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
        return [_group(one, _("Plan"), _PLAN)] if one.may_plan and one.situation.is_open else []
    if not one.situation.is_open:
        return [_group(one, _("Case"), (("reopen", _("Reopen the case")), ("undo", _("Undo the last act"))))]
    return [
        _group(one, _("Where they live"), _living(one)),
        _group(one, _("Requests and needs"), _NEEDS),
        _group(one, _("The household"), _PEOPLE),
        _group(one, _("Plan"), _PLAN),
        _group(one, _("Case"), _CASE),
    ]


_Links = tuple[tuple[str, str | Promise], ...]

_NEEDS: _Links = (
    ("open_request", _("Register a request")),
    ("record_need", _("Record a need")),
    ("record_absence", _("Record an absence")),
)
_PEOPLE: _Links = (
    ("add_member", _("Add a member")),
    ("record_birth", _("Record a birth")),
    ("split", _("Split the household")),
    ("join", _("Join with another household")),
)
_PLAN: _Links = (("make_plan", _("Make a housing plan")),)
_CASE: _Links = (
    ("assign", _("Set the responsible caseworker")),
    ("hand_over", _("Hand over to another unit")),
    ("undo", _("Undo the last act")),
    ("close", _("Close the case")),
)


def _living(one: Opened) -> _Links:
    tonight = one.situation.tonight
    if tonight is not None and tonight.kind == ResidenceKind.TEMPORARY:
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
    return (
        ("place", _("Place in temporary accommodation")),
        ("settle", _("Settle in a home")),
        ("leave", _("Register another place to live")),
        ("lose_home", _("Lose the home")),
    )


def _group(one: Opened, title: str | Promise, links: _Links) -> Group:
    return Group(title=title, items=[Item(label=label, url=one.url(name)) for name, label in links])
