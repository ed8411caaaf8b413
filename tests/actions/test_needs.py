"""Homes at risk and homes that do not suit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import Http404

from cases.actions.needs import CannotRecordNeed, end_need, record_need
from cases.models import Need, NeedKind, NeedReason
from housing.models import ResidenceKind
from people.models import Household
from tests.factories.people import AT, DAY
from tests.journeys import household_in, placed_household, state, worker_for

pytestmark = pytest.mark.django_db


def need(household: Household, kind: NeedKind = NeedKind.AT_RISK, *, starts_on: date = DAY) -> Need:
    return record_need(
        household_id=household.pk,
        kind=kind,
        need_reason=NeedReason.NOTICE,
        starts_on=starts_on,
        by=worker_for(household),
        at=AT,
    )


def test_a_need_moves_the_case_and_its_end_moves_it_back() -> None:
    household = household_in(ResidenceKind.OWNED)

    unsuitable = need(household, NeedKind.UNSUITABLE, starts_on=date(2026, 3, 1))
    assert state(household) == "unsuitable"
    risk = need(household, starts_on=date(2026, 3, 1))
    assert state(household) == "at_risk"
    for one in (risk, unsuitable):
        end_need(need_id=one.pk, on=DAY, by=worker_for(household), at=AT)

    assert state(household) == "settled"


def test_a_need_of_somebody_in_temporary_accommodation_leaves_them_there() -> None:
    household = placed_household(date(2026, 2, 1))

    need(household)

    assert state(household) == "temporary"


def test_the_same_need_is_not_open_twice() -> None:
    household = household_in(ResidenceKind.OWNED)
    need(household)

    with pytest.raises(CannotRecordNeed) as refused:
        need(household)

    assert refused.value.field == "kind"


def test_a_need_does_not_begin_ahead() -> None:
    with pytest.raises(CannotRecordNeed) as refused:
        need(household_in(ResidenceKind.OWNED), starts_on=DAY + timedelta(days=1))

    assert refused.value.field == "starts_on"


def test_a_need_ends_once_after_it_began_and_not_ahead() -> None:
    household = household_in(ResidenceKind.OWNED)
    one, worker = need(household, starts_on=date(2026, 3, 1)), worker_for(household)

    for day in (date(2026, 3, 1), DAY + timedelta(days=1)):
        with pytest.raises(CannotRecordNeed) as refused:
            end_need(need_id=one.pk, on=day, by=worker, at=AT)
        assert refused.value.field == "on"
    end_need(need_id=one.pk, on=DAY, by=worker, at=AT)
    with pytest.raises(CannotRecordNeed):
        end_need(need_id=one.pk, on=DAY, by=worker, at=AT)
    with pytest.raises(Http404):
        end_need(need_id=0, on=DAY, by=worker, at=AT)
