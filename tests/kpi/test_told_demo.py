"""What the demo municipality tells of itself."""

from __future__ import annotations

import pytest

from kpi.demo_told import tell_of_itself
from kpi.models import Answer, LocalTarget, RegisterValue
from tests.factories.people import AT, UnitFactory, reporter

pytestmark = pytest.mark.django_db


def test_the_demo_answers_two_years_and_sets_targets() -> None:
    by = reporter(UnitFactory.create())

    tell_of_itself(AT)

    assert {one.year for one in Answer.objects.all()} == {2024, 2025}
    assert {one.by for one in Answer.objects.all()} == {by}
    assert Answer.objects.get(row__code="10.1", year=2025).is_yes
    assert {one.register for one in RegisterValue.objects.all()} == {"SERAF", "KOSTRA", "Husbanken"}
    assert LocalTarget.objects.get(row__code="2.2").value == 0


def test_a_municipality_without_a_reporter_tells_nothing() -> None:
    tell_of_itself(AT)

    assert not Answer.objects.exists()
