"""The leases of a unit's households, as lists show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.models import Security
from cases.questions.leases import judged_of, why_in_words
from cases.questions.standing import Standing, standings
from housing.leases import Judgement
from housing.models import RENTALS, Lease, Residence, ResidenceKind
from housing.states import add_months
from people.decision import Sight
from people.masking import SHIELDED_PLACE, sights_of
from people.models import Employee, Household, Responsibility, Unit

#: What the list can show, by code.
SHOWN: dict[str, str | Promise] = {
    "ending": _("Ends within six months"),
    "notice": _("Notice given"),
    "right": _("To be put right"),
    "private": _("Private tenancies"),
    "all": _("All leases"),
}
_AHEAD_MONTHS = 6


@dataclass(frozen=True, kw_only=True)
class UnitLease:
    """One lease in a unit's list; its place is masked as the reader's sight has it."""

    standing: Standing
    residence: Residence
    place: str | Promise
    landlord: str
    judged: Judgement
    notice_ends_on: date | None

    @property
    def why(self) -> str:
        return why_in_words(self.judged)


def unit_leases(unit: Unit, employee: Employee, *, shown: str, at: datetime) -> list[UnitLease]:
    """Leases tonight of those households of the unit that the employee's lists show, the soonest end first."""
    on = localdate(at)
    rows = Residence.objects.on(on).filter(kind__in=RENTALS, household__in=_listed(unit, employee, at=at))
    wanted = _only(rows, shown, on=on).select_related("dwelling", "tenancy__landlord")
    found = list(wanted.order_by("lease_ends_on", "starts_on", "pk"))
    if shown == "right":
        found = [each for each in found if judged_of(each).is_to_be_put_right]
    ids = {each.household_id for each in found}
    told, sights = standings(ids, by=employee, at=at), sights_of(ids, employee, at=at)
    return [_line(each, told[each.household_id], sights[each.household_id]) for each in found]


@dataclass(frozen=True, kw_only=True)
class Unsettled:
    """A deposit or guarantee that stands though the home is left."""

    standing: Standing
    security: Security


def unsettled_securities(unit: Unit, employee: Employee, *, at: datetime) -> list[Unsettled]:
    """Of the households that the employee's lists show, the one left longest ago first."""
    left = Security.objects.filter(
        household__in=_listed(unit, employee, at=at),
        released_on__isnull=True,
        tenancy__residence__ends_on__lte=localdate(at),
    )
    found = list(left.select_related("tenancy__residence").order_by("tenancy__residence__ends_on", "pk"))
    told = standings({each.household_id for each in found}, by=employee, at=at)
    return [Unsettled(standing=told[each.household_id], security=each) for each in found]


def _listed(unit: Unit, employee: Employee, *, at: datetime) -> list[int]:
    answered = Responsibility.objects.on(localdate(at)).filter(unit=unit).values("household")
    listed = Household.objects.filter(pk__in=answered).visible_to(employee, at=at)
    return list(listed.values_list("pk", flat=True))


def _only(rows: QuerySet[Residence], shown: str, *, on: date) -> QuerySet[Residence]:
    if shown == "ending":
        return rows.filter(ends_on__isnull=True, lease_ends_on__lte=add_months(on, _AHEAD_MONTHS))
    if shown == "notice":
        return rows.filter(tenancy__notice_on__isnull=False)
    if shown == "right":
        return rows.filter(lease=Lease.SECTION_11_1, lease_ends_on__isnull=False)
    if shown == "private":
        return rows.filter(kind=ResidenceKind.PRIVATE_RENTAL)
    return rows


def _line(residence: Residence, standing: Standing, sight: Sight) -> UnitLease:
    papers = getattr(residence, "tenancy", None)
    place, landlord = str(residence.dwelling or ""), ""
    if papers is not None and residence.dwelling is None:
        place, landlord = papers.address, papers.landlord.name if papers.landlord else ""
    return UnitLease(
        standing=standing,
        residence=residence,
        place=place if sight.whereabouts else SHIELDED_PLACE,
        landlord=landlord if sight.whereabouts else "",
        judged=judged_of(residence),
        notice_ends_on=papers.notice_ends_on if papers else None,
    )
