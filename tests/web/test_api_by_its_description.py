"""The figures' interface answers as its description says, whatever is sent: tried by schemathesis, in process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from config.wsgi import application
from tests.factories.people import UnitFactory
from tests.factories.tokens import ApiTokenFactory
from tests.web.unit_life import stay

pytestmark = pytest.mark.django_db

KEY = "schemathesis"


@pytest.fixture
def one_connection() -> Iterator[None]:
    """An answer does not close the connection on which the test's transaction is open."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def description(db: None, one_connection: None) -> Any:
    """Opened by a key, of a municipality with a figure that is told and others that are withheld."""
    unit, last_year = UnitFactory.create(), localdate(timezone.now()).year - 1
    ApiTokenFactory.create(secret=KEY, expires_on=localdate(timezone.now()) + timedelta(days=1))
    for number in range(5):
        stay(unit, date(last_year, 1, 10 + number), date(last_year, 6, 1) if number else date(last_year, 2, 1))
    return schemathesis.openapi.from_wsgi("/api/figures/openapi.json", application)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("path", ["/indicators", "/indicators/{code}", "/years/{year}"])
def test_every_answer_is_as_described(path: str, mode: GenerationMode, description: Any) -> None:
    operation = description[f"/api/figures{path}"]["GET"]

    @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(operation.as_strategy(generation_mode=mode))
    def answers(case: Any) -> None:
        answer = case.call_and_validate(headers={"Authorization": f"Bearer {KEY}"})
        # the key opens what is asked rightly: more than the door is tried
        assert mode is GenerationMode.NEGATIVE or answer.status_code in (200, 404)

    try:
        answers()
    except Unsatisfiable:
        # there is no wrong question where nothing is asked
        assert mode is GenerationMode.NEGATIVE and path == "/indicators"


def test_what_is_tried_is_all_that_is_described(description: Any) -> None:
    tried = {"/api/figures/indicators", "/api/figures/indicators/{code}", "/api/figures/years/{year}"}

    assert {result.ok().path for result in description.get_all_operations()} == tried
