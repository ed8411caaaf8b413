"""Destroying what its time has come for: proposed by a rule, approved by a second person."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Max, Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.models import (
    AccessRequest,
    Case,
    CorrectionRequest,
    DestructionItem,
    DestructionList,
    Kept,
    RetentionRule,
    SampledCase,
)
from housing.states import add_months
from people.access import units_with
from people.models import Employee, Household, Municipality, Seal
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

_MONTHS = 12


class CannotDestroy(Refusal):
    """There is no rule, nothing to destroy, or not the right person."""


@act
def set_rule(*, municipality: str, years: int, basis: str, by: Employee, at: datetime) -> RetentionRule:
    """From today the municipality keeps households so many years after their last case closed; ends the rule before.

    :raises CannotDestroy: without years or basis
    """
    _require(by, municipality, at=at)
    day = localdate(at)
    if years < 1:
        raise CannotDestroy(_("Write how many years."), field="years")
    if not basis.strip():
        raise CannotDestroy(_("Name the rule or the permission that it rests on."), field="basis")
    RetentionRule.objects.filter(municipality=municipality, starts_on=day).delete()
    RetentionRule.objects.on(day).filter(municipality=municipality).update(ends_on=day)
    return RetentionRule.objects.create(
        municipality_id=municipality, years=years, basis=basis.strip(), starts_on=day, set_by=by
    )


@act
def propose(*, municipality: str, by: Employee, at: datetime) -> DestructionList:
    """Draw up the list of all that the rule in force lets be destroyed.

    :raises CannotDestroy: without a rule, or when nothing has come so far
    """
    _require(by, municipality, at=at)
    day = localdate(at)
    rule = RetentionRule.objects.on(day).filter(municipality=municipality).first()
    if rule is None:
        raise CannotDestroy(_("The municipality has no rule: nothing can be destroyed."))
    found = due(rule, at=at)
    if not found:
        raise CannotDestroy(_("No household has been kept so long."))
    made = DestructionList.objects.create(municipality=rule.municipality, rule=rule, proposed_by=by, proposed_at=at)
    DestructionItem.objects.bulk_create(
        DestructionItem(list=made, household_id=household_id, closed_on=closed_on)
        for household_id, closed_on in sorted(found.items())
    )
    return made


@act
def approve(*, list_id: int, by: Employee, at: datetime) -> DestructionList:
    """Approve what somebody else proposed. `manage.py destroy` carries it out.

    :raises CannotDestroy: by who proposed it, or when it is approved already
    """
    found = DestructionList.objects.select_for_update(no_key=True).filter(pk=list_id).first()
    if found is None:
        raise Http404
    _require(by, found.municipality_id, at=at)
    if found.approved_at is not None:
        raise CannotDestroy(_("The list is approved already."))
    if found.proposed_by_id == by.pk:
        raise CannotDestroy(_("Somebody else than who proposed the list must approve it."))
    found.approved_by, found.approved_at = by, at
    found.save(update_fields=["approved_by", "approved_at"])
    return found


@act
def withdraw(*, list_id: int, by: Employee, at: datetime) -> None:
    """Take back a list that is not carried out. History keeps that there was one."""
    found = DestructionList.objects.select_for_update(no_key=True).filter(pk=list_id).first()
    if found is None:
        raise Http404
    _require(by, found.municipality_id, at=at)
    if found.carried_out_at is not None:
        raise CannotDestroy(_("The list is carried out."))
    found.items.all().delete()
    found.delete()


def due(rule: RetentionRule, *, at: datetime) -> dict[int, date]:
    """Households that the rule lets be destroyed, with the day their last case closed.

    Never one with an open case, a seal, an open request, an open inspection, or whose time has not come; and none whose
    split family has one of these: what is left of a family would tell who the rest were.
    """
    closed = _long_closed(rule, on=localdate(at))
    free = {pk: day for pk, day in closed.items() if pk not in set(held(closed, at=at))}
    return _whole_families(free)


def held(household_ids: dict[int, date], *, at: datetime) -> dict[int, Kept]:
    """Those that something holds back, and what."""
    mine = {"household__in": list(household_ids)}
    inspected = SampledCase.objects.filter(inspection__closed_at__isnull=True, inspection__expires_at__gt=at, **mine)
    return {
        **dict.fromkeys(inspected.values_list("household", flat=True), Kept.INSPECTED),
        **dict.fromkeys(_asked(AccessRequest.objects.unanswered().filter(**mine)), Kept.DISPUTED),
        **dict.fromkeys(_asked(CorrectionRequest.objects.undecided().filter(**mine)), Kept.DISPUTED),
        **dict.fromkeys(Seal.objects.live().filter(**mine).values_list("household", flat=True), Kept.SEALED),
    }


def municipalities_of(employee: Employee, *, at: datetime) -> QuerySet[Municipality]:
    """Where the employee may propose and approve."""
    units = units_with(employee, Permission.DESTROY, at=at)
    return Municipality.objects.filter(pk__in=units.values("municipality")).order_by("name")


def _asked(requests: QuerySet[AccessRequest] | QuerySet[CorrectionRequest]) -> list[int]:
    return list(requests.values_list("household", flat=True))


def _long_closed(rule: RetentionRule, *, on: date) -> dict[int, date]:
    closed_before = add_months(on, -_MONTHS * rule.years)
    cases = (
        Case.objects.filter(municipality=rule.municipality)
        .exclude(household__destruction_items__is_destroyed=True)
        .values("household")
        .annotate(n=Count("pk"), closed=Count("pk", filter=Q(state="closed")), last=Max("closed_on"))
        .filter(n=F("closed"), last__lte=closed_before)
    )
    return dict(cases.values_list("household", "last"))


def _whole_families(free: dict[int, date]) -> dict[int, date]:
    """Without those split from, or into, a household that is not free; and so on until every family is whole."""
    split = Household.objects.exclude(split_from=None).values_list("pk", "split_from")
    pairs = [(part, whole) for part, whole in split if whole is not None]
    gone = dict(free)
    while True:
        torn = {one for pair in pairs for one in pair if (pair[0] in gone) != (pair[1] in gone)} & gone.keys()
        if not torn:
            return gone
        for one in torn:
            del gone[one]


def _require(by: Employee, municipality: str, *, at: datetime) -> None:
    if not municipalities_of(by, at=at).filter(pk=municipality).exists():
        raise PermissionDenied
