"""What a unit's follow-up waits for: offered and not given, contact lost, homes to ask about, signs, and allowances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cases.allowance import apply_by
from cases.models import SPECIAL_SERVICES, SPECIAL_SIGNS, AllowanceOutcome, FollowUpService, HousingAllowance
from cases.questions.allowances import to_apply, unchecked
from cases.questions.follow_up import SPECIAL_SERVICE, SPECIAL_SIGN
from cases.questions.standing import Standing, standings
from cases.questions.wanted_follow_up import not_begun, silent, to_evaluate, unhandled
from housing.models import Residence, ResidenceKind
from people.decision import Sight
from people.masking import sights_of
from people.models import Employee, Household, Responsibility, Unit

#: What the list of follow-up can show, by code.
FOLLOW_UPS: dict[str, str | Promise] = {
    "waiting": _("Offered, not begun"),
    "silent": _("Contact lost"),
    "signs": _("Signs that a home may be lost"),
    "homes": _("Ask how it goes"),
}
#: What the list of allowances can show.
ALLOWANCES: dict[str, str | Promise] = {
    "apply": _("To apply"),
    "ask": _("To be asked"),
    "waiting": _("Waits for an answer"),
    "granted": _("Granted"),
    "owners": _("Families who own"),
    "refused": _("Refused"),
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a unit's list: whom, about what, since when, by when."""

    standing: Standing
    about: str | Promise
    since: date | None
    due_on: date | None
    url: str


@dataclass(frozen=True, kw_only=True)
class _Found:
    """What stands behind a line. `about_special`: what it says instead to who may not know of special kinds."""

    household_id: int
    about: str | Promise
    about_special: str | Promise = ""
    since: date | None = None
    due_on: date | None = None

    def says(self, sight: Sight) -> str | Promise:
        return self.about_special if self.about_special and not sight.special else self.about


def follow_ups_of(unit: Unit, employee: Employee, *, shown: str, at: datetime) -> list[Row]:
    """Of those households of the unit that the employee's lists show, what is due longest first."""
    only, on = _listed(unit, employee, at=at), localdate(at)
    source = {"waiting": _waiting, "silent": _silent, "signs": _signs, "homes": _homes}[shown]
    return _rows(source(on, only), "follow_up", employee, at=at)


def allowances_of(unit: Unit, employee: Employee, *, shown: str, at: datetime) -> list[Row]:
    """Of those households of the unit that the employee's lists show."""
    only, on = _listed(unit, employee, at=at), localdate(at)
    if shown in ("apply", "ask"):
        rows = _rows(_to_apply(on, only) if shown == "apply" else _to_ask(on, only), "allowance", employee, at=at)
    else:
        rows = _rows(_known(shown, on, only), "allowance", employee, at=at)
    return [row for row in rows if row.standing.is_family] if shown == "owners" else rows


def _waiting(on: date, only: Q) -> Iterator[_Found]:
    for service, due_on in not_begun(on, only):
        yield _of_a_service(service, since=service.offered_on, due_on=due_on)


def _silent(on: date, only: Q) -> Iterator[_Found]:
    for service, lost_on in silent(on, only):
        yield _of_a_service(service, since=vars(service)["last_met_on"] or service.starts_on, due_on=lost_on)


def _of_a_service(service: FollowUpService, *, since: date | None, due_on: date) -> _Found:
    is_special = service.kind in SPECIAL_SERVICES
    return _Found(
        household_id=service.household_id,
        about=service.get_kind_display(),
        about_special=SPECIAL_SERVICE if is_special else "",
        since=since,
        due_on=due_on,
    )


def _signs(on: date, only: Q) -> Iterator[_Found]:
    for warning, due_on in unhandled(on, only):
        yield _Found(
            household_id=warning.household_id,
            about=warning.get_sign_display(),
            about_special=SPECIAL_SIGN if warning.sign in SPECIAL_SIGNS else "",
            since=warning.seen_on,
            due_on=due_on,
        )


def _homes(on: date, only: Q) -> Iterator[_Found]:
    for turn in to_evaluate(on, only):
        told = ngettext("After %(n)s month", "After %(n)s months", turn.months) % {"n": turn.months}
        yield _Found(household_id=turn.household_id, about=told, since=turn.moved_in_on, due_on=turn.due_on)


def _to_apply(on: date, only: Q) -> Iterator[_Found]:
    for household_id in to_apply(on, only):
        yield _Found(household_id=household_id, about=_("May be entitled"), due_on=apply_by(on))


def _to_ask(on: date, only: Q) -> Iterator[_Found]:
    for household_id in unchecked(on, only):
        yield _Found(household_id=household_id, about=_("Nobody has asked"))


def _known(shown: str, on: date, only: Q) -> Iterator[_Found]:
    found = HousingAllowance.objects.filter(only).order_by("applied_on", "pk")
    if shown == "waiting":
        found = found.filter(outcome="")
    elif shown == "refused":
        found = found.filter(outcome=AllowanceOutcome.REFUSED)
    else:
        found = found.running(on).filter(outcome=AllowanceOutcome.GRANTED)
    if shown == "owners":
        owned = Residence.objects.on(on).filter(kind=ResidenceKind.OWNED)
        found = found.filter(household__in=owned.values("household"))
    for one in found:
        about = one.get_outcome_display() or ALLOWANCES["waiting"]
        yield _Found(
            household_id=one.household_id, about=about, since=one.starts_on or one.applied_on, due_on=one.ends_on
        )


def _listed(unit: Unit, employee: Employee, *, at: datetime) -> Q:
    answered = Responsibility.objects.on(localdate(at)).filter(unit=unit).values("household")
    listed = Household.objects.filter(pk__in=answered).visible_to(employee, at=at)
    return Q(household__in=list(listed.values_list("pk", flat=True)))


def _rows(found: Iterable[_Found], page: str, employee: Employee, *, at: datetime) -> list[Row]:
    lines = list(found)
    ids = {line.household_id for line in lines}
    told = standings(ids, by=employee, at=at)
    sights = sights_of(ids, employee, at=at)
    rows = [
        Row(
            standing=told[line.household_id],
            about=line.says(sights[line.household_id]),
            since=line.since,
            due_on=line.due_on,
            url=reverse(f"cases:{page}", args=[told[line.household_id].key]),
        )
        for line in lines
    ]
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on or date.max, row.standing.name))
