"""Every address there is: closed to those who have not signed in, and to those who see no household."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from people.models import Household, Role
from tests.factories.people import DAY, UnitFactory, employee_with
from tests.web.listening import told
from tests.web.sign_ins import sign_in
from tests.web.unit_life import stay

#: Open to everybody: what signs in, what a load balancer asks, the choice of language.
OPEN = {
    # whoever has its secret
    "cases:calendar",
    "health",
    # whoever has its key; the description is everybody's
    "kpi:api:api-root",
    "kpi:api:indicator",
    "kpi:api:indicators",
    "kpi:api:openapi-json",
    "kpi:api:year",
    "people:sign_in",
    "people:sign_in_answer",
    "people:sign_in_by",
    "people:sign_out",
    "people:signed_out",
    "set_language",
}

_EXAMPLES: dict[str, Callable[[], object]] = {
    "uuid": uuid4,
    "int": lambda: 1,
    "slug": lambda: "now",
    "string": lambda: "2.1",
}


def routes(patterns: list[URLPattern | URLResolver] | None = None, space: str = "") -> Iterator[tuple[str, list[str]]]:
    """Each name with the kinds of its arguments, in order."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from ((name, [*_kinds(pattern), *kinds]) for name, kinds in routes(pattern.url_patterns, inner))
        elif pattern.name:
            yield f"{space}{pattern.name}", _kinds(pattern)


def _kinds(pattern: URLPattern | URLResolver) -> list[str]:
    converters = getattr(pattern.pattern, "converters", {})
    return [type(converter).__name__.removesuffix("Converter").lower() for converter in converters.values()]


ROUTES = sorted((name, tuple(kinds)) for name, kinds in routes() if name not in OPEN)
OF_A_HOUSEHOLD = [(name, kinds) for name, kinds in ROUTES if kinds and kinds[0] == "uuid"]


def address(name: str, kinds: tuple[str, ...], household: Household | None = None) -> str:
    """An example of the address, of this household when it is one of a household's."""
    values = [_EXAMPLES[kind]() for kind in kinds]
    if household is not None and kinds and kinds[0] == "uuid":
        values[0] = household.key
    return reverse(name, args=values)


def test_there_are_routes_to_test() -> None:
    assert len(OF_A_HOUSEHOLD) > 30


@pytest.mark.django_db
def test_who_has_not_signed_in_is_sent_to_sign_in(client: Client) -> None:
    for name, kinds in ROUTES:
        for answer in (client.get(address(name, kinds)), client.post(address(name, kinds))):
            assert answer.status_code == 302, name
            assert answer.headers["Location"].startswith("/sign-in"), name


@pytest.mark.crawl
@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.OPERATIONS, Role.REPORTER, Role.AUDITOR, Role.UNIT_ADMINISTRATOR])
def test_a_role_without_households_meets_none(client: Client, role: Role) -> None:
    unit = UnitFactory.create()
    household = stay(unit, DAY, name="Kanari Fuglesang")
    sign_in(client, employee_with(role, unit))
    for name, kinds in ROUTES:
        answer = client.get(address(name, kinds, household))
        assert "fuglesang" not in told(answer), name
        if (name, kinds) in OF_A_HOUSEHOLD:
            assert answer.status_code in {403, 404, 405}, name


@pytest.mark.django_db
def test_another_unit_s_household_does_not_exist(client: Client) -> None:
    household = stay(UnitFactory.create(), DAY, name="Kanari Fuglesang")
    sign_in(client, employee_with(Role.TEAM_LEADER, UnitFactory.create()))
    for name, kinds in OF_A_HOUSEHOLD:
        url = address(name, kinds, household)
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code in {404, 405}, name
