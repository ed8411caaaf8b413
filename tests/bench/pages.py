"""What a page costs above one of nothing, and what the read log adds to it: in turns, in one run."""

from __future__ import annotations

from datetime import timedelta
from statistics import median
from time import perf_counter, process_time

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from people.models import Employee, Household, Role, RoleGrant
from tests.bench import bare
from tests.bench.table import Table

TURNS = 30
READ_LOG = "people.middleware.ReadLog"


def measured(table: Table) -> None:
    """Whole pages through every middleware, as a caseworker of a median unit gets them."""
    employee = somebody_at_a_median_unit()
    for name, address in pages(employee).items():
        table.measured(f"page '{name}' with the read log, and without", *with_and_without(address, employee), 1.3)
    with override_settings(ROOT_URLCONF=bare.__name__):
        whole, nothing = in_turns(pages(employee)["households"], bare.ADDRESS, employee)
    table.measured("page 'households', the processor's time, above a page of nothing", whole, nothing, None, above=8)


def somebody_at_a_median_unit() -> Employee:
    """A caseworker who begins today at the unit in the middle by how many households it answers for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit_id FROM people_responsibility WHERE ends_on IS NULL GROUP BY 1 ORDER BY count(*), 1"
            " OFFSET (SELECT count(DISTINCT unit_id) / 2 FROM people_responsibility WHERE ends_on IS NULL) LIMIT 1"
        )
        [(unit,)] = cursor.fetchall()
    today = localdate(timezone.now())
    employee, is_new = Employee.objects.get_or_create(username="bench", defaults={"name": "Bench"})
    if is_new:
        told = {"granted_by": employee, "confirmed_by": employee, "confirmed_on": today, "reason": "bench"}
        RoleGrant.objects.create(
            employee=employee, role=Role.CASEWORKER, unit_id=unit, starts_on=today - timedelta(days=1), **told
        )
    return employee


def pages(employee: Employee) -> dict[str, str]:
    """Name to address: a list, and the page of one household on it."""
    first = Household.objects.visible_to(employee, at=timezone.now()).order_by("pk").first()
    assert first is not None, "the unit answers for nobody"
    return {
        "my day": reverse("cases:my_day"),
        "households": reverse("cases:households"),
        "household": reverse("cases:household", args=[first.key]),
    }


def with_and_without(address: str, employee: Employee) -> tuple[float, float]:
    """Median milliseconds of a page with the read log and without it; each answer is a whole page."""
    clients = {True: client_of(employee, settings.MIDDLEWARE, address)}
    clients[False] = client_of(employee, [name for name in settings.MIDDLEWARE if name != READ_LOG], address)
    times: dict[bool, list[float]] = {True: [], False: []}
    for turn in range(2 * TURNS):
        is_on = turn % 2 == 0
        before = perf_counter()
        clients[is_on].get(address)
        times[is_on].append((perf_counter() - before) * 1000)
    return median(times[True]), median(times[False])


def in_turns(one: str, other: str, employee: Employee) -> tuple[float, float]:
    """Median milliseconds of this process's own time for two addresses."""
    clients = {address: client_of(employee, settings.MIDDLEWARE, address) for address in (one, other)}
    times: dict[str, list[float]] = {one: [], other: []}
    for turn in range(2 * TURNS):
        address = one if turn % 2 == 0 else other
        before = process_time()
        clients[address].get(address)
        times[address].append((process_time() - before) * 1000)
    return median(times[one]), median(times[other])


def client_of(employee: Employee, middleware: list[str], address: str) -> Client:
    """One whose chain of middleware is built, and whose page is seen to answer."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(employee, backend="django.contrib.auth.backends.ModelBackend")
    with override_settings(MIDDLEWARE=middleware):
        answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return client
