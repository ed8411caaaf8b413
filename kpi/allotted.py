"""The indicators of those who apply for dwellings, wait for them and get them: cells of KOSTRA's form 13."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kpi.declaring import Better, Count, Indicator, Population, Unit

#: The heading of these codes.
APPLICATIONS = "applications"

_LAST_DAY = _("Judged on the last day of the period.")
_MOVED_IN = _(
    "Households that moved into a municipal dwelling in the period and had none when they applied, or the night before."
)
_ONCE = _("Each household counts once, by its first such home in the period.")
_APPLIED = _("Applications received in the period.")
_REFUSED = _("Applications refused in the period.")
_WAITING = _(
    "Households on the last day of the period with a decision in their favour on a new application, and no dwelling."
)
_EACH = _("Each application counts.")
_KOSTRA = "KOSTRA"

#: Why a dwelling is needed, as the form asks; the last is for what nobody has told.
_REASONS: tuple[tuple[str, str | Promise, str | Promise], ...] = (
    (
        "refugee",
        _("How many new tenant households were refugees?"),
        _("How many who wait for a dwelling are refugees?"),
    ),
    (
        "mental_or_drugs",
        _("How many new tenant households got a dwelling because of mental illness or drug problems?"),
        _("How many wait for a dwelling because of mental illness or drug problems?"),
    ),
    (
        "adapted_home",
        _("How many new tenant households needed an adapted home?"),
        _("How many who wait for a dwelling need an adapted home?"),
    ),
    (
        "other",
        _("How many new tenant households had another main reason?"),
        _("How many wait for a dwelling for another main reason?"),
    ),
    (
        "not_known",
        _("Of how many new tenant households is the main reason not known?"),
        _("Of how many who wait is the main reason not known?"),
    ),
)


def _applications(
    code: str, question: str | Promise, population: Population, where: str = "TRUE", **more: Any
) -> Indicator:
    told: dict[str, Any] = {
        "goal": APPLICATIONS,
        "population_text": _REFUSED if population is Population.REFUSED else _APPLIED,
        "definition": _EACH,
        "unit": Unit.APPLICATIONS,
        "better": Better.NEITHER,
        "population": population,
        "numerator": Count(where),
        "source": _KOSTRA,
    }
    return Indicator(code=code, question=question, **(told | more))


def households(code: str, question: str | Promise, population: Population, where: str, **more: Any) -> Indicator:
    is_waiting = population is Population.WAITING
    told: dict[str, Any] = {
        "goal": APPLICATIONS,
        "population_text": _WAITING if is_waiting else _MOVED_IN,
        "definition": _LAST_DAY if is_waiting else _ONCE,
        "unit": Unit.HOUSEHOLDS,
        "better": Better.NEITHER,
        "population": population,
        "numerator": Count(where),
        "source": _KOSTRA,
    }
    return Indicator(code=code, question=question, **(told | more))


def _by_reason() -> Iterator[Indicator]:
    for reason, moved_in, _waits in _REASONS:
        yield households(f"allotted_{reason}", moved_in, Population.NEW_TENANT, f"reason = '{reason}'")
    for reason, _moved_in, waits in _REASONS:
        yield households(f"waiting_{reason}", waits, Population.WAITING, f"reason = '{reason}'")


#: Applications, the waiting list, and who got a dwelling.
OF_APPLICATIONS: tuple[Indicator, ...] = (
    _applications("applied_new", _("How many new applications came in?"), Population.APPLIED, "kind = 'new'"),
    _applications("applied_swap", _("How many applied to swap dwelling?"), Population.APPLIED, "kind = 'swap'"),
    _applications("applied_renewal", _("How many applied to renew the lease?"), Population.APPLIED, "kind = 'renewal'"),
    _applications("refused_new", _("How many new applications were refused?"), Population.REFUSED, "kind = 'new'"),
    _applications("refused_other", _("How many other applications were refused?"), Population.REFUSED, "kind <> 'new'"),
    _applications(
        "refused_share",
        _("How many of the new applications were refused?"),
        Population.REFUSED,
        "kind = 'new'",
        unit=Unit.PERCENT,
        better=Better.LOWER,
        denominator=Count("kind = 'new'"),
        of=Population.APPLIED,
        definition=_("Refused in the period, by those received in it."),
    ),
    households(
        "waiting",
        _("How many new households with a positive decision wait for a dwelling?"),
        Population.WAITING,
        "TRUE",
    ),
    *_by_reason(),
)
