"""Breaks of the rules about letters on the way and own texts, by name: for tests/models/test_constraints_cases.py."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.factories.cases import DecisionFactory, RequestFactory
from tests.factories.people import DAY
from tests.factories.waiting import (
    AnswerDelayFactory,
    InformationRequestFactory,
    ReasonSourceFactory,
    StandardTextFactory,
)


def _two_preliminary_answers() -> None:
    request = RequestFactory.create()
    for _ in range(2):
        AnswerDelayFactory.create(request=request)


def _two_texts_from_a_day() -> None:
    for _ in range(2):
        StandardTextFactory.create()


def _the_same_source_twice() -> None:
    decision = DecisionFactory.create()
    for _ in range(2):
        ReasonSourceFactory.create(decision=decision)


OF_WAITING: dict[str, Callable[[], object]] = {
    "answer_delay_kind_is_known": lambda: AnswerDelayFactory.create(kind="never"),
    "answer_delay_expects_a_day_ahead": lambda: AnswerDelayFactory.create(expected_by=DAY),
    "answer_delay_says_why": lambda: AnswerDelayFactory.create(reason=""),
    "answer_delay_one_preliminary_a_request": _two_preliminary_answers,
    "information_request_gives_time": lambda: InformationRequestFactory.create(answer_by=DAY),
    "information_request_says_what_why_and_else": lambda: InformationRequestFactory.create(consequence=""),
    "information_request_answered_after_it_was_sent": lambda: InformationRequestFactory.create(
        answered_on=DAY - timedelta(days=1)
    ),
    "reason_source_kind_is_known": lambda: ReasonSourceFactory.create(kind="rumour"),
    "reason_source_once_a_sentence": _the_same_source_twice,
    "standard_text_place_is_known": lambda: StandardTextFactory.create(place="appeal"),
    "standard_text_letter_kind_is_known": lambda: StandardTextFactory.create(letter_kind="poem"),
    "standard_text_language_is_known": lambda: StandardTextFactory.create(language=""),
    "standard_text_picture_is_the_logo_s": lambda: StandardTextFactory.create(picture=b"x"),
    "standard_text_one_a_day": _two_texts_from_a_day,
}
