"""The states that what a household goes through can have, told from their machines: docs/lifecycle.md is this."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from cases.models import (
    Appeal,
    AppealStatus,
    ApplicationStatus,
    Case,
    CaseState,
    Decision,
    DecisionStatus,
    EvictionCase,
    EvictionStatus,
    HousingApplication,
    HousingMeeting,
    IndividualPlan,
    LoanCase,
    LoanStatus,
    MeetingStatus,
    Offer,
    OfferStatus,
    OwningAgreement,
    OwningStatus,
    PlanState,
    Transition,
    TransitionStatus,
)

_HEAD = """\
# Lifecycle

Written by `manage.py lifecycle` from the state machines in `cases/models`; a test compares. Do not edit by hand.

## The case

A case's state is a consequence: an act writes a dated fact and makes the transition in the same transaction. It is the
first of these that holds on the day:

1. **closed**: the case has been closed
2. **temporary**: tonight in temporary accommodation
3. **homeless**: tonight without a roof, in a night shelter, with friends or in a crisis centre
4. **at_risk**, then **unsuitable**: such a need is open
5. **settled**: tonight in a permanent home
6. **elsewhere**: tonight in any other place, or nothing known of tonight after an earlier place
7. **registered**: no place known yet

A fact dated ahead takes effect on its day, by `manage.py daily` or before the next act on the case, with the calendar
as the actor.
"""


_MACHINES: tuple[tuple[str, type[models.Model], str, type[models.TextChoices]], ...] = (
    ("The decision", Decision, "status", DecisionStatus),
    ("The appeal", Appeal, "status", AppealStatus),
    ("The application for a dwelling", HousingApplication, "status", ApplicationStatus),
    ("The housing meeting", HousingMeeting, "status", MeetingStatus),
    ("The offer of a dwelling", Offer, "status", OfferStatus),
    ("The person's plan", IndividualPlan, "state", PlanState),
    ("Release, discharge and other planned moves", Transition, "status", TransitionStatus),
    ("The loan or grant", LoanCase, "status", LoanStatus),
    ("The way to owning", OwningAgreement, "status", OwningStatus),
    ("The eviction", EvictionCase, "status", EvictionStatus),
)


def lifecycle() -> str:
    """The whole document, ending in a line feed."""
    parts = [_HEAD, *_table(Case, "state", CaseState)]
    for title, model, field_name, states in _MACHINES:
        parts += [f"\n## {title}\n", *_table(model, field_name, states)]
    return "\n".join(parts) + "\n"


def _table(model: type[models.Model], field_name: str, states: type[models.TextChoices]) -> Iterator[str]:
    """One row a state, one column a state it can go to; a cell names the transition."""
    led: dict[tuple[str, str], str] = {}
    field: Any = model._meta.get_field(field_name)
    for transition in field.get_all_transitions(model):
        led[str(transition.source), str(transition.target)] = transition.name
    codes = [str(state) for state in states]
    yield f"| from \\ to | {' | '.join(codes)} |"
    yield "|---" * (len(codes) + 1) + "|"
    for source in codes:
        yield f"| **{source}** | {' | '.join(led.get((source, target), '–') for target in codes)} |"  # noqa: RUF001
    yield ""
    for method in dict.fromkeys(led.values()):
        if told := (getattr(model, method).__doc__ or "").strip():
            first, *_rest = told.splitlines()
            yield f"- `{method}`: {first}"
