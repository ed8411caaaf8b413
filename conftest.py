"""The test database: made by the owner, used as the app, so that every refusal in a test is the database's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, connections
from django.test import TransactionTestCase, override_settings
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker

from tests import databases, restoring
from tests.log_watch import watched

#: Where single tests take minutes.
LONG = ("tests/browser/", "tests/actions/test_demo.py", "tests/web/test_matrix.py", "tests/web/test_split_leaks.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those that take long come first: the last to end is then a short one, and no core waits for another."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A copy of the clean database for this process; a test with real transactions leaves it as clean behind it."""
    settings = connection.settings_dict
    name = settings["TEST"]["NAME"] or f"test_{settings['NAME']}"
    with django_db_blocker.unblock():
        clean = databases.clean_database()
        databases.copy(clean, name)
        then = restoring.as_it_is(name)

    def leave_a_clean_copy(case: TransactionTestCase) -> None:
        connections.close_all()
        if then is None or not restoring.restore(name, then):
            databases.copy(clean, name)

    with pytest.MonkeyPatch.context() as patch, databases.named(name):
        patch.setattr(TransactionTestCase, "_fixture_teardown", leave_a_clean_copy)
        yield
    with django_db_blocker.unblock():
        databases.drop(name)


@pytest.fixture(scope="session", autouse=True)
def _passwords_are_quick_to_try() -> Iterator[None]:
    """Else to set one or to sign in takes a quarter of a second, as it shall where somebody guesses."""
    with override_settings(PASSWORD_HASHERS=["tests.hashing.QuickHasher"]):
        yield


@pytest.fixture(scope="session", autouse=True)
def _styles_are_looked_up_when_asked_for() -> Iterator[None]:
    """Else every test's client begins by listing them all: a fifth of the time that the tests of pages take."""
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(autouse=True)
def _begins_in_the_language_of_the_product() -> None:
    """Else what a test reads would hang on who asked for a page in this process last, and in what language."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def no_national_id_is_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every test ends in this assertion, except those marked `logs_numbers`."""
    with watched() as watch:
        yield
    if "logs_numbers" not in request.keywords:
        assert watch.seen == [], "A national id was logged."
