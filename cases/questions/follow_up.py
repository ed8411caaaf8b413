"""The help a household gets to live in its home, as its page shows it, as far as the household's sight reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.follow_up import evaluation_due, silent_on, start_due_on, warning_due_on
from cases.models import (
    EVALUATED_AFTER,
    SPECIAL_SERVICES,
    SPECIAL_SIGNS,
    ContactOutcome,
    EarlyWarning,
    FollowUpContact,
    FollowUpEvaluation,
    FollowUpKind,
    FollowUpService,
    HousingAllowance,
)
from cases.what_runs import Running
from housing.models import Spell
from housing.models.spell import SpellState
from housing.states import add_months
from people.decision import Sight
from people.models import Household

#: Annotates services with the day somebody was met last.
LAST_MET = Max("contacts__on", filter=Q(contacts__outcome=ContactOutcome.MET))
#: What stands for a service or a sign that only those on the case may know of.
SPECIAL_SERVICE = gettext_lazy("A service of a special kind")
SPECIAL_SIGN = gettext_lazy("A sign of a special kind")
#: So many contacts stand on the page.
_SHOWN_CONTACTS = 20


@dataclass(frozen=True, kw_only=True)
class ServiceLine:
    """One service as the reader may know it: without name, giver and words where it is of a special kind."""

    service: FollowUpService
    label: str | Promise
    is_told: bool
    last_met_on: date | None
    silent_on: date | None
    due_on: date | None
    on: date

    @property
    def is_silent(self) -> bool:
        return self.silent_on is not None and self.silent_on <= self.on

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < self.on


@dataclass(frozen=True, kw_only=True)
class WarningLine:
    warning: EarlyWarning
    label: str | Promise
    is_told: bool
    due_on: date | None
    on: date

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < self.on


def services_of(household: Household, *, on: date) -> list[ServiceLine]:
    """Those that are given first, then what waits, then what is over."""
    found = household.follow_up_services.annotate(last_met_on=LAST_MET).order_by("-offered_on", "-pk")
    lines = [service_line(each, household.sight, on=on) for each in found]
    return sorted(lines, key=lambda line: (not line.service.is_given, not line.service.is_waiting))


def service_line(service: FollowUpService, sight: Sight, *, on: date) -> ServiceLine:
    """A service annotated with `LAST_MET`."""
    is_told = service.kind not in SPECIAL_SERVICES or sight.special
    last_met_on: date | None = vars(service)["last_met_on"]
    since = last_met_on or service.starts_on
    return ServiceLine(
        service=service,
        label=service.get_kind_display() if is_told else SPECIAL_SERVICE,
        is_told=is_told,
        last_met_on=last_met_on,
        silent_on=silent_on(since, service.intensity) if since and service.is_given else None,
        due_on=start_due_on(service.offered_on) if service.is_waiting else None,
        on=on,
    )


def contacts_of(household: Household) -> list[FollowUpContact]:
    """The latest contacts with the services that the reader may know of."""
    found = FollowUpContact.objects.filter(service__household=household).select_related("service", "by")
    if not household.sight.special:
        found = found.exclude(service__kind__in=SPECIAL_SERVICES)
    return list(found.order_by("-on", "-pk")[:_SHOWN_CONTACTS])


def warnings_of(household: Household, *, on: date) -> list[WarningLine]:
    """What is not handled first, each with the day it is to be handled by."""
    found = household.early_warnings.select_related("by").order_by("-seen_on", "-pk")
    lines = [warning_line(each, household.sight, on=on) for each in found]
    return sorted(lines, key=lambda line: line.warning.handled_on is not None)


def warning_line(warning: EarlyWarning, sight: Sight, *, on: date) -> WarningLine:
    is_told = warning.sign not in SPECIAL_SIGNS or sight.special
    return WarningLine(
        warning=warning,
        label=warning.get_sign_display() if is_told else SPECIAL_SIGN,
        is_told=is_told,
        due_on=warning_due_on(warning.seen_on) if warning.handled_on is None else None,
        on=on,
    )


def evaluations_of(household: Household) -> list[FollowUpEvaluation]:
    found = household.follow_up_evaluations.select_related("by").prefetch_related("scores")
    return list(found.order_by("-moved_in_on", "-months"))


def moved_in_on(household: Household, *, on: date) -> date | None:
    """Since when the household has a permanent home, None when it has none on the day. A new lease is no new home."""
    homes = Spell.objects.on(on).filter(household=household, state=SpellState.PERMANENT)
    return homes.values_list("starts_on", flat=True).first()


def has_housing_first(household: Household, *, on: date) -> bool:
    return FollowUpService.objects.given(on).filter(household=household, kind=FollowUpKind.HOUSING_FIRST).exists()


def turn_of(household: Household, *, on: date) -> tuple[int, date] | None:
    """The evaluation whose turn it is, and the day it is due."""
    home_on = moved_in_on(household, on=on)
    if home_on is None:
        return None
    held = household.follow_up_evaluations.filter(moved_in_on=home_on).values_list("months", flat=True)
    months = evaluation_due(home_on, set(held), EVALUATED_AFTER, on=on)
    return None if months is None else (months, add_months(home_on, months))


def running_follow_up(household: Household, on: date) -> Iterator[Running]:
    """For what runs: services given or offered, and what they are due for."""
    where = reverse("cases:follow_up", args=[household.key])
    open_ones = FollowUpService.objects.filter(
        household=household, declined_on__isnull=True, ends_on__isnull=True
    ).annotate(last_met_on=LAST_MET)
    for service in open_ones.order_by("offered_on", "pk"):
        line = service_line(service, household.sight, on=on)
        yield Running(
            label=line.label,
            state_label=service.get_intensity_display() if service.is_given else _("Offered"),
            url=where,
            next_on=line.silent_on if line.is_silent else line.due_on,
            next_label=_("Take up the contact again") if line.is_silent else _("Begins by") if line.due_on else "",
        )
    for warning in household.early_warnings.filter(handled_on__isnull=True).order_by("seen_on", "pk"):
        sign = warning_line(warning, household.sight, on=on)
        yield Running(
            label=_("Sign that the home may be lost"),
            state_label=sign.label,
            url=where,
            next_on=sign.due_on,
            next_label=_("Handle by"),
        )


def running_allowance(household: Household, on: date) -> Iterator[Running]:
    """For what runs: the allowance applied for or granted."""
    for allowance in HousingAllowance.objects.running(on).filter(household=household).order_by("applied_on"):
        yield Running(
            label=_("Housing allowance"),
            state_label=allowance.get_outcome_display() or _("Waits for an answer"),
            url=reverse("cases:allowance", args=[household.key]),
        )
