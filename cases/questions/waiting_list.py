"""Who waits for a dwelling and in which order: the waiting list of a municipality on a day, with why.

The same eight statements whether one or all are asked about. What is not visible to whoever asks counts in the order
and is never listed; the strictly confidential are not even counted, but on their own page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.timezone import localdate

from cases.allotment import Priority, Rules, months_between, priority
from cases.matching import Seeker
from cases.models import (
    AllotmentRules,
    ApplicationPause,
    Criterion,
    HousingApplication,
    MainReason,
    Need,
    NeedKind,
    PriorityMode,
)
from housing.models import Residence, ResidenceKind, Spell, TargetGroup
from housing.states import HOMELESS_KINDS, Kind, birthday
from people.access import strictly_confidential
from people.models import Employee, Household, Member, MemberRole

_ADULT_AT, _YOUNG_UNTIL, _ELDERLY_AT = 18, 25, 67
#: Homeless in another way than by a place in temporary accommodation.
_WITHOUT_HOME = {str(kind) for kind in HOMELESS_KINDS - {Kind.TEMPORARY}}
_MUNICIPAL_KINDS = (ResidenceKind.MUNICIPAL_RENTAL,)
#: The criterion and the target groups that a main reason gives.
_BY_REASON = {
    MainReason.REFUGEE: (Criterion.REFUGEE, TargetGroup.REFUGEE),
    MainReason.MENTAL_OR_DRUGS: (Criterion.HEALTH, TargetGroup.DRUGS_OR_MENTAL),
    MainReason.ADAPTED_HOME: (Criterion.ACCESS_NEED, TargetGroup.DISABILITY),
}


@dataclass(frozen=True, kw_only=True)
class Place:
    """One application on the waiting list. `position` is its number there, None while it pauses.

    `limit_on` is when three months pass, of those in temporary accommodation; `frees` is the dwelling lived in now.
    """

    application: HousingApplication
    priority: Priority
    met: frozenset[Criterion]
    seeker: Seeker
    pause: ApplicationPause | None = None
    position: int | None = None
    limit_on: date | None = None
    frees: int | None = None

    @property
    def household(self) -> Household:
        return self.application.household

    def order(self) -> tuple[int, date, int]:
        return self.priority.order(self.application.received_on, self.application.pk)


def rules_on(municipality_id: str, day: date) -> AllotmentRules | None:
    """The municipality's rules of that day with their criteria; none where it has made none."""
    return AllotmentRules.objects.in_force(municipality_id, day).prefetch_related("criteria").first()


def as_rules(stored: AllotmentRules | None) -> Rules:
    """Stored rules as the pure ones; without any the order is by date."""
    if stored is None:
        return Rules()
    by_groups = stored.mode == PriorityMode.GROUPS
    numbers = {row.code: (row.group if by_groups else row.points) or 0 for row in stored.criteria.all()}
    return Rules(by_groups=by_groups, numbers=numbers)


def places_on(municipality_id: str, day: date, *, but_strict: int | None = None) -> list[Place]:
    """Everybody who waits in the municipality that day, in order.

    Without the strictly confidential but for the household `but_strict`, whose own page asks.
    """
    waiting = HousingApplication.objects.waiting(day).filter(household__municipality=municipality_id)
    strict = strictly_confidential(Household.objects.filter(municipality=municipality_id), on=day)
    hidden = waiting.filter(household__in=strict).exclude(household=but_strict)
    found = waiting.exclude(pk__in=hidden.values("pk")).select_related("household", "decision")
    return _numbered(assessed(list(found), day, rules=rules_on(municipality_id, day)))


def place_of_application(application: HousingApplication, day: date) -> tuple[Place, list[Place]]:
    """Where one application stands that day, waiting or not, and the whole list it stands in or would stand in."""
    household = application.household
    places = places_on(household.municipality_id, day, but_strict=household.pk)
    own = next((place for place in places if place.application.pk == application.pk), None)
    if own is None:
        [own] = assessed([application], day, rules=rules_on(household.municipality_id, day))
    return own, places


def visible_places(places: Sequence[Place], employee: Employee, *, at: datetime) -> list[Place]:
    """Those whose household the employee may see in lists."""
    ids = [place.household.pk for place in places]
    seen = set(Household.objects.filter(pk__in=ids).visible_to(employee, at=at).values_list("pk", flat=True))
    return [place for place in places if place.household.pk in seen]


def hidden_count(municipality_id: str, employee: Employee, *, at: datetime) -> int:
    """How many on the municipality's whole list are left out for this employee, but for the strictly confidential."""
    waiting = HousingApplication.objects.waiting(localdate(at)).values("household")
    asked = Household.objects.filter(municipality=municipality_id, pk__in=waiting)
    return asked.hidden_from(employee, at=at).count()


def assessed(applications: Iterable[HousingApplication], day: date, *, rules: AllotmentRules | None) -> list[Place]:
    """Each application with what it meets, gets and needs that day, not numbered."""
    rows = list(applications)
    facts = _Facts([row.household_id for row in rows], day)
    pauses = {pause.application_id: pause for pause in ApplicationPause.objects.on(day).filter(application__in=rows)}
    pure = as_rules(rules)
    mode = PriorityMode.GROUPS if pure.by_groups else PriorityMode.POINTS
    return [
        Place(
            application=row,
            met=(met := facts.met(row)),
            priority=priority(
                pure,
                met,
                months=months_between(row.received_on, day),
                override=row.override if row.override_mode == mode and rules is not None else None,
            ),
            seeker=facts.seeker(row),
            pause=pauses.get(row.pk),
            limit_on=facts.limit_on.get(row.household_id),
            frees=facts.lives_in.get(row.household_id),
        )
        for row in rows
    ]


def _numbered(places: list[Place]) -> list[Place]:
    """In order, those that do not pause numbered from 1."""
    number, done = 0, []
    for place in sorted(places, key=Place.order):
        number += place.pause is None
        done.append(replace(place, position=number if place.pause is None else None))
    return done


class _Facts:
    """What is known of households on a day: members, place, stay and needs, in four statements."""

    def __init__(self, household_ids: list[int], day: date) -> None:
        self.day = day
        self.members: dict[int, list[Member]] = defaultdict(list)
        for member in Member.objects.on(day).filter(household__in=household_ids).select_related("person"):
            self.members[member.household_id].append(member)
        self.kinds: dict[int, str] = {}
        self.lives_in: dict[int, int] = {}
        for residence in Residence.objects.on(day).filter(household__in=household_ids):
            self.kinds[residence.household_id] = residence.kind
            if residence.dwelling_id is not None and residence.kind in _MUNICIPAL_KINDS:
                self.lives_in[residence.household_id] = residence.dwelling_id
        stays = Spell.objects.stays().on(day).filter(household__in=household_ids)
        self.limit_on = {stay.household_id: stay.limit_on for stay in stays if stay.limit_on is not None}
        self.needs: dict[int, set[str]] = defaultdict(set)
        for household_id, kind in (
            Need.objects.on(day).filter(household__in=household_ids).values_list("household_id", "kind")
        ):
            self.needs[household_id].add(kind)

    def met(self, application: HousingApplication) -> frozenset[Criterion]:
        """The criteria that the facts and the caseworker's assessment meet; time waited is counted elsewhere."""
        key = application.household_id
        limit, kind = self.limit_on.get(key), self.kinds.get(key)
        told = {
            Criterion.HOMELESS: kind in _WITHOUT_HOME,
            Criterion.TEMPORARY: kind == ResidenceKind.TEMPORARY,
            Criterion.OVER_LIMIT: kind == ResidenceKind.TEMPORARY and limit is not None and limit < self.day,
            Criterion.AT_RISK: NeedKind.AT_RISK in self.needs[key],
            Criterion.UNSUITABLE: NeedKind.UNSUITABLE in self.needs[key],
            Criterion.CHILDREN: self._has_children(key, MemberRole.CHILD),
            Criterion.YOUNG: self._is_young(key),
            Criterion.ELDERLY: self._is_elderly(key),
            Criterion.ACCESS_NEED: application.needs_accessible,
        }
        met = {code for code, does in told.items() if does} | set(application.assesses)
        by_reason = _BY_REASON.get(MainReason(application.main_reason)) if application.main_reason else None
        return frozenset(met | ({by_reason[0]} if by_reason else set()))

    def seeker(self, application: HousingApplication) -> Seeker:
        """What the household needs, as matching asks."""
        key = application.household_id
        return Seeker(
            sleepers=max(len(self.members[key]), 1),
            has_children=self._has_children(key, MemberRole.CHILD, MemberRole.CHILD_VISIT),
            groups=self._groups(application),
            rooms_least=application.rooms_least,
            area_least=application.area_least,
            rent_most=application.rent_most,
            floor_most=application.floor_most,
            needs_accessible=application.needs_accessible,
            needs_small_house=application.needs_small_house,
            not_colocated=application.not_colocated,
            has_pets=application.has_pets,
            support=application.support,
            wished_place=application.wished_place,
        )

    def _groups(self, application: HousingApplication) -> frozenset[str]:
        key = application.household_id
        told = {
            TargetGroup.FAMILY: self._has_children(key, MemberRole.CHILD),
            TargetGroup.YOUNG: self._is_young(key),
            TargetGroup.ELDERLY: self._is_elderly(key),
            TargetGroup.DISABILITY: application.needs_accessible,
        }
        found = {str(group) for group, is_in in told.items() if is_in}
        if application.main_reason in _BY_REASON:
            found.add(str(_BY_REASON[MainReason(application.main_reason)][1]))
        return frozenset(found or {str(TargetGroup.OTHER)})

    def _has_children(self, key: int, *roles: MemberRole) -> bool:
        children = (member for member in self.members[key] if member.role in roles)
        return any(self.day < birthday(child.person.born_on, _ADULT_AT) for child in children)

    def _is_young(self, key: int) -> bool:
        return any(self.day < birthday(one.person.born_on, _YOUNG_UNTIL) for one in self._adults(key))

    def _is_elderly(self, key: int) -> bool:
        return any(self.day >= birthday(one.person.born_on, _ELDERLY_AT) for one in self._adults(key))

    def _adults(self, key: int) -> list[Member]:
        return [one for one in self.members[key] if one.role in (MemberRole.APPLICANT, MemberRole.PARTNER)]
