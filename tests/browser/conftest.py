"""A real browser against a live server, at a moment that the test chooses."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from django.db import connections
from django.utils import timezone, translation
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer
from shot import CHROMIUM, SWITCHES

from people.models import Employee, Unit
from tests.browser.keyboard import Judged, Keyboard
from tests.browser.town import PASSWORD
from tests.factories.people import AT, UnitFactory

Sit = Callable[..., Keyboard]


@dataclass
class Clock:
    """What the pages take for now. It stands still until the test moves it."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """The words of codes as the tests' browser, which asks for English, shows them."""
    with translation.override("en"):
        yield


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    stopped = Clock(AT)
    monkeypatch.setattr(timezone, "now", stopped)
    return stopped


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium; without it the tests fail (`make browser-deps`)."""
    # Playwright keeps an event loop in this thread, and Django takes that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # While it runs, Django keeps other connections than before and after: those would be cut off unseen by a new copy.
    connections.close_all()
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def unit(live_server: LiveServer) -> Unit:
    return UnitFactory.create(name="NAV Kongsberg")


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """What both processes of a run know of its pages."""
    folder = tmp_path_factory.getbasetemp()
    return Judged((folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder) / "judged")


@pytest.fixture
def sit(browser: Browser, live_server: LiveServer, clock: Clock, judged: Judged) -> Iterator[Sit]:
    """Sit down at a machine of one's own, signed in: `sit(employee)`; without script: `sit(employee, script=False)`."""
    opened = []

    def down(employee: Employee | None = None, *, script: bool = True) -> Keyboard:
        context = browser.new_context(locale="en-GB", java_script_enabled=script, accept_downloads=True)
        opened.append(context)
        keyboard = Keyboard(context.new_page(), live_server.url, judged=judged, script=script)
        keyboard.open("/")
        if employee is not None:
            keyboard.sign_in(employee.username, PASSWORD)
        return keyboard

    yield down
    for context in opened:
        context.close()
