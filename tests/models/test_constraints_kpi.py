"""Every rule that the database guards in kpi, broken by its name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from people.constraints import broken_constraint, constraint_message
from people.refusals import refusal_of
from tests.models.breaks_of_catalogue import OF_CATALOGUE
from tests.models.breaks_of_reports import OF_REPORTS
from tests.models.breaks_of_results import OF_RESULTS
from tests.models.breaks_of_tokens import OF_TOKENS
from tests.models.breaks_of_told import OF_TOLD

pytestmark = pytest.mark.django_db

BREAKS: dict[str, Callable[[], object]] = {
    **OF_CATALOGUE,
    **OF_RESULTS,
    **OF_REPORTS,
    **OF_TOKENS,
    **OF_TOLD,
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_database_refuses_by_the_name_of_the_rule(name: str) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BREAKS[name]()

    assert broken_constraint(refused.value) == name
    assert constraint_message(refused.value)
    assert refusal_of(refused.value) is not None


def test_every_rule_of_kpi_is_broken_here() -> None:
    models = apps.get_app_config("kpi").get_models()

    assert {constraint.name for model in models for constraint in model._meta.constraints} == set(BREAKS)
