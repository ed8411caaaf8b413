"""Housing allowance of a household: what speaks for it, what was found, what was applied for and answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.allowance import Facts, Judged, Met, Point, apply_by, covers, judged, may_be_entitled
from cases.deadlines import opens_on
from cases.models import AllowanceCheck, AllowanceFinding, AllowanceOutcome, Case, HousingAllowance
from housing.models import RENTALS, Residence, ResidenceKind, TenancyRent
from housing.states import Kind, birthday
from people.models import Household, Member, MemberRole

#: Homes of one's own, for which the allowance is.
HOMES = (*RENTALS, ResidenceKind.OWNED)
_ADULT_ROLES = (MemberRole.APPLICANT, MemberRole.PARTNER, MemberRole.OTHER)
_CHILD_AGE = 18

_POINTS: dict[Point, dict[Met, str | Promise]] = {
    Point.HOME: {
        Met.YES: _("Lives in a home that is rented or owned."),
        Met.NO: _("Has no home that is rented or owned tonight."),
        Met.ASK: _("Do they rent or own where they live?"),
    },
    Point.ADULT: {
        Met.YES: _("Is over 18, or has a child."),
        Met.NO: _("Nobody is over 18, and there is no child."),
        Met.ASK: _("Is somebody over 18?"),
    },
    Point.DWELLING: {
        Met.YES: _("A municipal dwelling: it may share bath and kitchen."),
        Met.ASK: _("Do they have an entrance, a bath and a kitchen of their own?"),
    },
    Point.STUDY: {
        Met.YES: _("Has children: may be a student."),
        Met.ASK: _("Is somebody a student?"),
    },
    Point.INCOME: {Met.ASK: _("What are income and savings? Husbanken's calculator says where the limit is.")},
    Point.COSTS: {
        Met.YES: _("The rent is known."),
        Met.ASK: _("What does the home cost a month?"),
    },
}


@dataclass(frozen=True, kw_only=True)
class PointLine:
    met: Met
    text: str | Promise


@dataclass(frozen=True, kw_only=True)
class AllowancePage:
    """What the page shows. `apply_by`: the month's last day, when somebody is to apply."""

    points: list[PointLine]
    may_be_entitled: bool
    check: AllowanceCheck | None
    allowances: list[HousingAllowance]
    waits: HousingAllowance | None
    is_to_apply: bool
    apply_by: date


def allowance_page(household: Household, *, on: date) -> AllowancePage:
    facts = facts_of(household, on=on)
    allowances = list(household.allowances.order_by("-applied_on"))
    return AllowancePage(
        points=[_line(one) for one in judged(facts, on=on) if one.point != Point.ADULT or household.sight.ages],
        may_be_entitled=may_be_entitled(facts, on=on),
        check=AllowanceCheck.objects.filter(household=household).order_by("-on", "-pk").first(),
        allowances=allowances,
        waits=next((one for one in allowances if not one.outcome), None),
        is_to_apply=next(to_apply(on, Q(household=household)), None) is not None,
        apply_by=apply_by(on),
    )


def facts_of(household: Household, *, on: date) -> Facts:
    here = Residence.objects.on(on).filter(household=household).first()
    members = list(Member.objects.on(on).filter(household=household).values_list("role", "person__born_on"))
    rents = TenancyRent.objects.filter(tenancy__residence=here, tenancy__residence__household=household)
    return Facts(
        kind=Kind(here.kind) if here else None,
        is_ours=here is not None and here.kind == ResidenceKind.MUNICIPAL_RENTAL,
        born=[born for role, born in members if role in _ADULT_ROLES],
        has_children=any(role == MemberRole.CHILD and birthday(born, _CHILD_AGE) > on for role, born in members),
        rent_a_month=rents.filter(starts_on__lte=on)
        .order_by("-starts_on")
        .values_list("rent_a_month", flat=True)
        .first(),
    )


def to_apply(on: date, only: Q) -> Iterator[int]:
    """The households that are to apply: somebody found that they may be entitled, and no application covers the home.

    A refusal ends it until somebody finds it again. Only open cases.
    """
    latest = AllowanceCheck.objects.filter(household=OuterRef("household")).order_by("-on", "-pk")
    homes = _at_home(on, only).annotate(
        found=Subquery(latest.values("finding")[:1]), found_on=Subquery(latest.values("on")[:1])
    )
    found = list(homes.filter(found=AllowanceFinding.MAY_BE_ENTITLED).values_list("household", "starts_on", "found_on"))
    known = _answers([household for household, *_rest in found])
    for household, moved_in_on, found_on in found:
        if not any(_settles(one, moved_in_on, found_on, on=on) for one in known.get(household, ())):
            yield household


def unchecked(on: date, only: Q) -> list[int]:
    """Households at home tonight, of whom nobody has asked and nothing is applied for; nothing known rules it out."""
    anything = Q(Exists(AllowanceCheck.objects.filter(household=OuterRef("household"))))
    anything |= Q(Exists(HousingAllowance.objects.filter(household=OuterRef("household"))))
    return list(_at_home(on, only).exclude(anything).values_list("household", flat=True))


def opens(on: date) -> date | None:
    """The month's last day, once its task is to stand open; None before."""
    last = apply_by(on)
    return last if opens_on(last, ahead="apply_allowance") <= on else None


def _at_home(on: date, only: Q) -> QuerySet[Residence]:
    is_open = Exists(Case.objects.open().filter(household=OuterRef("household")))
    return Residence.objects.on(on).filter(only, is_open, kind__in=HOMES).order_by("household")


def _answers(household_ids: Collection[int]) -> dict[int, list[HousingAllowance]]:
    known: dict[int, list[HousingAllowance]] = {}
    for one in HousingAllowance.objects.filter(household__in=household_ids) if household_ids else ():
        known.setdefault(one.household_id, []).append(one)
    return known


def _settles(one: HousingAllowance, moved_in_on: date, found_on: date, *, on: date) -> bool:
    """Whether an application leaves nothing to apply for: it waits or runs for this home, or was refused since."""
    if one.outcome == AllowanceOutcome.REFUSED:
        return one.decided_on is not None and one.decided_on >= found_on
    is_over = one.outcome == AllowanceOutcome.LAPSED or (one.ends_on is not None and one.ends_on <= on)
    return not is_over and covers(one.applied_on, moved_in_on)


def _line(one: Judged) -> PointLine:
    return PointLine(met=one.met, text=_POINTS[one.point][one.met])
