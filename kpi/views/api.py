"""The figures' interface: a municipality's published figures as JSON, for other systems. Read-only, no personal data.

A key opens it (`kpi.actions.tokens`), never a session: a browser signed in to Varig gets nothing. How: docs/api.md.
"""

from __future__ import annotations

import logging
from typing import Any, Literal, cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Path, Query, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.security import HttpBearer
from ninja.throttling import SimpleRateThrottle
from pydantic import Field

from kpi.actions.tokens import take_token
from kpi.catalogue import BY_CODE, CATALOGUE
from kpi.declaring import Indicator, Rule
from kpi.models import ApiToken
from kpi.publishing import Published
from kpi.questions.published import YearNotPublished, published, published_years, years_of

log = logging.getLogger("varig.api")


class ByToken(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        found = take_token(token, at=timezone.now())
        if found is not None:
            log.info("figures fetched with key %d", found.pk)
        return found


class ByKey(SimpleRateThrottle):
    """So many questions a minute of one key, in each process that answers: a loop gone wrong stops here."""

    def get_cache_key(self, request: HttpRequest) -> str:
        token = cast(ApiToken, cast(Any, request).auth)
        return f"figures-{token.pk}"


#: Ten years' figures at once are one question: whoever asks more often asks the same again.
THROTTLE = ByKey("120/min")

api = NinjaAPI(
    title="Varig: figures",
    version="1",
    description="Published figures of one municipality, by calendar year. Read-only; nothing about any household.",
    urls_namespace="kpi:api",
    docs_url=None,
    auth=ByToken(),
    throttle=THROTTLE,
)


class Problem(Schema):
    """What was wrong, in a sentence."""

    detail: str


class Asked(Schema):
    """What a question of figures may say."""

    rule: Literal["stay", "kostra"] = Field("stay", description="Whole stays, or nights inside the year (KOSTRA)")


class About(Schema):
    """One indicator: what it asks, of whom, and how it is counted."""

    code: str
    question: str
    population: str
    definition: str
    unit: str
    better: str
    goal: str
    source: str


class Value(Schema):
    """One figure. `is_withheld`: it is small, would give a small one away, or its time is not over.

    `value` null otherwise: not known.
    """

    indicator: str
    municipality: str
    year: int
    rule: str
    unit: str
    numerator: int | None
    denominator: int | None
    value: float | None
    p90: float | None
    is_withheld: bool


class Catalogue(Schema):
    municipality: str
    years: list[int]
    indicators: list[About]


class Year(Schema):
    municipality: str
    year: int
    rule: str
    values: list[Value]


class OneIndicator(Schema):
    indicator: About
    values: list[Value]


_NO: dict[int, Any] = {401: Problem, 422: Problem, 429: Problem}
_NOT_THERE: dict[int, Any] = {**_NO, 404: Problem}


@api.get("/indicators", response={200: Catalogue, **_NO}, summary="The indicators, and the years there are figures of")
def indicators(request: HttpRequest) -> dict[str, Any]:
    _only(request)
    municipality = _municipality(request)
    return {
        "municipality": municipality,
        "years": years_of(municipality, today=localdate(timezone.now())),
        "indicators": [_about(one) for one in CATALOGUE],
    }


@api.get(
    "/indicators/{code}",
    response={200: OneIndicator, **_NOT_THERE},
    summary="One indicator of every year, newest first",
)
def indicator(request: HttpRequest, code: Path[str], asked: Query[Asked]) -> dict[str, Any]:
    _only(request, "rule")
    one = BY_CODE.get(code)
    if one is None:
        raise HttpError(404, _("There is no such indicator."))
    today = localdate(timezone.now())
    found = published_years(one, _municipality(request), rule=Rule(asked.rule), today=today)
    return {"indicator": _about(one), "values": [_value(row, asked.rule) for row in found]}


@api.get("/years/{year}", response={200: Year, **_NOT_THERE}, summary="Every indicator of one calendar year")
def year(request: HttpRequest, year: Path[int], asked: Query[Asked]) -> dict[str, Any]:
    _only(request, "rule")
    municipality = _municipality(request)
    try:
        found = published(municipality, year, rule=Rule(asked.rule), today=localdate(timezone.now()))
    except YearNotPublished:
        raise HttpError(404, _("There are no figures of this year: it is not over, or before what there is.")) from None
    return {
        "municipality": municipality,
        "year": year,
        "rule": asked.rule,
        "values": [_value(row, asked.rule) for row in found],
    }


@api.exception_handler(ValidationError)
def not_understood(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What could not be read, by name: `year: ...`, never the value itself."""
    told = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors)
    return api.create_response(request, {"detail": told}, status=422)


@api.exception_handler(AuthenticationError)
def not_let_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """The same words whether there is no such key, it has run out, or it was withdrawn."""
    answer = api.create_response(request, {"detail": _("A key that opens these figures is needed.")}, status=401)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(Throttled)
def too_often(request: HttpRequest, error: Throttled) -> HttpResponse:
    answer = api.create_response(request, {"detail": _("Too many questions. Wait a minute.")}, status=429)
    answer["Retry-After"] = str(THROTTLE.duration)
    return answer


def urls() -> Any:
    """The interface's addresses, open to who has no session: each asks for the key itself, the description for none."""
    patterns, app_name, namespace = api.urls
    for pattern in patterns:
        if isinstance(pattern, URLPattern) and pattern.callback is not None:
            pattern.callback = login_not_required(pattern.callback)
    return patterns, app_name, namespace


def _only(request: HttpRequest, *known: str) -> None:
    """A question that says more than is known was meant for something else: better no answer than another one."""
    unknown = sorted(set(request.GET) - set(known))
    if unknown:
        raise HttpError(422, _("Not known here: %(names)s") % {"names": ", ".join(unknown)})


def _municipality(request: HttpRequest) -> str:
    """Of the key: the interface puts on the request what let it in."""
    token = getattr(request, "auth", None)
    assert isinstance(token, ApiToken)
    return token.municipality_id


def _about(one: Indicator) -> dict[str, str]:
    return {
        "code": one.code,
        "question": str(one.question),
        "population": str(one.population_text),
        "definition": str(one.definition),
        "unit": one.unit.value,
        "better": one.better.value,
        "goal": one.goal,
        "source": one.source,
    }


def _value(one: Published, rule: str) -> dict[str, Any]:
    figure, is_withheld = one.figure, one.is_held_back
    return {
        "indicator": one.indicator.code,
        "municipality": figure.municipality,
        "year": figure.period.starts_on.year,
        "rule": rule,
        "unit": one.indicator.unit.value,
        "numerator": None if is_withheld else figure.numerator,
        "denominator": None if one.is_whole_held_back else figure.denominator,
        "value": None if is_withheld or figure.value is None else float(figure.value),
        "p90": None if is_withheld or figure.p90 is None else float(figure.p90),
        "is_withheld": is_withheld,
    }
