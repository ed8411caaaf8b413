"""When something fails, the log says what and where, and of nobody."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.views.debug import ExceptionReporter

from config import devdb
from people.logs import WITHHELD, DiscreetFormatter, discreet
from tests.log_watch import numbers_in, watched
from tests.source import ROOT, modules

NAME, NUMBER = "Kanarifugl", "01818510159"


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the configured handlers write."""
    [handler] = [one for one in logging.getLogger("django").handlers if isinstance(one.formatter, DiscreetFormatter)]
    assert isinstance(handler, logging.StreamHandler)
    written = StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before or written)


@pytest.fixture
def browser() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.logs_numbers
@pytest.mark.urls("tests.web.faulty_urls")
def test_a_page_that_fails_on_a_number_logs_the_fault_without_it(browser: Client, log: StringIO) -> None:
    assert browser.post("/fails", {"national_id": NUMBER}).status_code == 500

    assert "RuntimeError" in log.getvalue()
    assert f"Nobody has {WITHHELD}." in log.getvalue()
    assert numbers_in(log.getvalue()) == []


@pytest.mark.django_db
@pytest.mark.urls("tests.web.faulty_urls")
@pytest.mark.parametrize(("path", "says"), [("/refused", "person_protection_is_known"), ("/misread", "date")])
def test_what_the_database_refuses_is_logged_by_its_rule_alone(
    browser: Client, log: StringIO, path: str, says: str
) -> None:
    assert browser.post(path, {"name": NAME}).status_code == 500

    assert says in log.getvalue()
    assert NAME not in log.getvalue()


@pytest.mark.django_db
@pytest.mark.logs_numbers
def test_an_address_that_is_not_there_is_logged_without_the_number_in_it(client: Client, log: StringIO) -> None:
    client.get(f"/{NUMBER}/")

    assert f"Not Found: /{WITHHELD}/" in log.getvalue()
    assert numbers_in(log.getvalue()) == []


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        f"({NUMBER[:6]} {NUMBER[6:]})",
        f"{NUMBER[:6]}-{NUMBER[6:]}",
        f"{NUMBER[:6]}.{NUMBER[6:]}",
        "DUF 202012345678",
        f"ref=x{NUMBER}y",
    ],
)
def test_numbers_are_withheld_however_written(text: str) -> None:
    assert WITHHELD in discreet(text)
    assert not any(part in discreet(text) for part in (NUMBER[:6], NUMBER[6:], "345678"))


@pytest.mark.parametrize("text", ["42", "2026-11-22 05:06:19,123", "1234567890", "1234567890123", "0x7f2e58ff"])
def test_other_numbers_are_told(text: str) -> None:
    assert discreet(text) == text


def test_a_report_of_an_error_names_fields_and_shows_none(rf: RequestFactory) -> None:
    request = rf.post("/", {"who-name": NAME, "letter": SimpleUploadedFile("a.pdf", b"")})
    text = _report(request)

    assert "who-name" in text
    assert NAME not in text


def test_a_page_under_debug_shows_what_was_sent(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DEBUG", True)

    assert NAME in _report(rf.post("/", {"who-name": NAME}))


def _report(request: HttpRequest) -> str:
    try:
        told = request.POST["who-name"]
        raise RuntimeError(str(len(told)))
    except RuntimeError as error:
        reporter = ExceptionReporter(request, type(error), error, error.__traceback__)
        return reporter.get_traceback_text() + reporter.get_traceback_html()


@pytest.mark.logs_numbers
def test_a_number_handed_to_any_logger_would_be_seen() -> None:
    for name in ("", "django.request", "varig.read", "people.search"):
        with watched() as watch:
            logging.getLogger(name).error("looked for %s", NUMBER)
        assert len(watch.seen) == 1
        assert NUMBER not in watch.seen[0]


def test_no_mail_is_sent_and_nobody_gets_errors_by_mail() -> None:
    mailing = [path for path, _tree in modules() if "core.mail" in (ROOT / path).read_text(encoding="utf-8")]

    assert (mailing, settings.ADMINS, settings.MANAGERS) == ([], [], [])


def test_the_database_servers_log_holds_no_statement_and_no_row() -> None:
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")

    for name, value in (("log_min_error_statement", "panic"), ("log_error_verbosity", "terse")):
        assert devdb.SETTINGS[name] == value
        assert f"{name}={value}" in compose
