"""What stands on top of every page of a household (visittkort), and the ways between its pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import CaseState
from cases.questions.situation import Situation, next_deadline, situation_of
from people.components import Crumb, Flag, HouseholdHeader, Tab
from people.models import SHIELDED, Employee, Household, Member

#: The pages of a household in the order of its tabs: address name and words.
_PAGES = (
    ("cases:household", "overview"),
    ("cases:lived", "lived"),
    ("cases:journal", "journal"),
    ("cases:members", "members"),
    ("cases:decisions", "decisions"),
    ("cases:plan", "plan"),
)


def household_header(household: Household, *, at: datetime, employee: Employee) -> HouseholdHeader:
    """The header of a household that the employee may see."""
    return header_of(situation_of(household, at=at))


def header_of(situation: Situation) -> HouseholdHeader:
    """The header from a situation already read."""
    person = situation.applicant.person if situation.applicant else None
    case, stay, deadline = situation.case, situation.stay, next_deadline(situation)
    return HouseholdHeader(
        name=situation.name,
        url=reverse("cases:household", args=[situation.household.key]),
        national_id=person.national_id if person and situation.household.sight.ages else "",
        age=_age(situation),
        adults=situation.adults,
        children=len(situation.children),
        state=case.state if case else "",
        state_label=str(CaseState(case.state).label) if case else "",
        days=situation.stay_days,
        limit_on=stay.limit_on if stay else None,
        is_breach=situation.is_over_three_months,
        homeless_since=situation.homeless_since,
        nights_in_year=situation.nights_in_year,
        owner=situation.owner.employee.name if situation.owner else "",
        next_deadline=deadline[0] if deadline else None,
        next_deadline_label=deadline_in_words(deadline[1]) if deadline else "",
        is_deadline_late=deadline is not None and deadline[0] < situation.day,
        flags=_flags(situation.members, situation),
    )


def deadline_in_words(what: str) -> str:
    """What a deadline of the situation is about."""
    return {"decision": _("the decision ends"), "planned_end": _("the place ends")}.get(what, what)


def household_tabs(household: Household, current: str) -> list[Tab]:
    """The pages of the household; `current` is the code of the one shown."""
    words = {
        "overview": _("Situation"),
        "lived": _("Where they have lived"),
        "journal": _("Journal"),
        "members": _("Members"),
        "decisions": _("Decisions"),
        "plan": _("Plan"),
    }
    return [
        Tab(label=words[code], url=reverse(name, args=[household.key]), is_current=code == current)
        for name, code in _PAGES
    ]


def crumbs(situation: Situation | None = None) -> list[Crumb]:
    """The way to a household's pages, or to a page of the household."""
    found = [Crumb(_("My day"), reverse("cases:my_day")), Crumb(_("Households"), reverse("cases:households"))]
    if situation is not None:
        found.append(Crumb(situation.name, reverse("cases:household", args=[situation.household.key])))
    return found


def _age(situation: Situation) -> int | None:
    if situation.applicant is None or not situation.household.sight.ages:
        return None
    born_on, day = situation.applicant.person.born_on, situation.day
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _flags(members: Sequence[Member], situation: Situation) -> list[Flag]:
    flags = []
    if any(member.person.protection_on(situation.day) in SHIELDED for member in members):
        flags.append(Flag(kind="protected"))
    if situation.is_guarded:
        flags.append(Flag(kind="guardian"))
    languages = [m.person.language for m in members if m.person.needs_interpreter]
    if languages:
        named = ", ".join(dict.fromkeys(language for language in languages if language))
        flags.append(
            Flag(kind="interpreter", label=_("Interpreter: %(language)s") % {"language": named} if named else "")
        )
    return flags
