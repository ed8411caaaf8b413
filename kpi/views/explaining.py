"""Why a figure is another than the one it is compared with, and the households of each part of the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kpi.declaring import Indicator
from kpi.explaining import InGroup, Kind, Moved, Part
from kpi.forms.figures import RULES
from kpi.forms.why import WhyForm
from kpi.groups import NAMES
from kpi.measurement import Period
from kpi.questions.explaining import Asked as End
from kpi.questions.explaining import PartShown, Subject, Why, why
from kpi.questions.moved import moved_dwellings, moved_households
from kpi.questions.report import in_report
from kpi.views.asking import Asked, asked_of, decimals_of, indicator_of, query_for, sign_of
from people import readings
from people.components import Crumb

PARTS: dict[Part, tuple[str | Promise, str | Promise]] = {
    Part.LATE: (
        gettext_lazy("Registered late"),
        gettext_lazy("Happened before the moment of knowing, and was written down after it."),
    ),
    Part.CORRECTED: (gettext_lazy("Corrected"), gettext_lazy("What had been written down was changed or taken back.")),
    Part.RULE: (gettext_lazy("Rule changed"), gettext_lazy("The same lives, counted by the other rule.")),
    Part.COMPOSITION: (
        gettext_lazy("Composition"),
        gettext_lazy("Who they are has changed: more or fewer families, young or others."),
    ),
    Part.REAL: (gettext_lazy("Real change"), gettext_lazy("What happened in one period and not in the other.")),
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A part as the table of the page has it."""

    part: Part
    label: str | Promise
    definition: str | Promise
    change: Decimal | None
    counted: Decimal
    population: Decimal
    households: int
    url: str


@dataclass(frozen=True, kw_only=True)
class Side:
    """One end of the comparison: its value, its list, and what it was asked."""

    value: Decimal | None
    url: str
    period: Period
    last_day: date
    rule: str | Promise
    known_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class GroupLine:
    """A group of a share: how many it is of, its own share, and what each of the two explains."""

    label: str | Promise
    before: Decimal
    after: Decimal
    share_before: Decimal | None
    share_after: Decimal | None
    composition: Decimal
    real: Decimal
    urls: dict[str, str]


@require_safe
def explain(request: HttpRequest, code: str) -> HttpResponse:
    asked = asked_of(request, WhyForm)
    one = indicator_of(code, asked)
    then, now = _ends(asked, one)
    found = why(one, then, now)
    urls = [
        reverse("kpi:behind", args=[one.code]) + query_for(asked.place, end.period, end.question) for end in (then, now)
    ]
    context = {
        **asked.context,
        "indicator": one,
        "then": _side(found.before, then, urls[0]),
        "now": _side(found.after, now, urls[1]),
        "change": found.change,
        "report": asked.form.cleaned_data["then_report"],
        "in_report": _in_report(asked, one),
        "lines": [_line(part, one, asked) for part in found.parts],
        "groups": _groups(found, urls),
        "is_share": found.kind is Kind.SHARE,
        "sign": _("points") if found.kind is Kind.SHARE else sign_of(one),
        "value_sign": sign_of(one),
        "decimals": decimals_of(one),
        "crumbs": _crumbs(one, asked),
    }
    return render(request, "kpi/explaining/why.html", context)


@require_safe
def explained_households(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """Those of one part of the change, by name where they may be seen."""
    asked = asked_of(request, WhyForm)
    one = indicator_of(code, asked)
    if part not in list(Part):
        raise Http404
    then, now = _ends(asked, one)
    found = why(one, then, now)
    moved = found.explained.parts[Part(part)].moved
    cursor = {"after": request.GET.get("after"), "before": request.GET.get("before")}
    of_households, of_dwellings = (_of(moved, is_dwelling=is_dwelling) for is_dwelling in (False, True))
    households = moved_households(of_households, one, now.question, now.period, asked.employee, at=asked.at, **cursor)
    dwellings = moved_dwellings(of_dwellings, one, now.question, now.period, asked.employee, at=asked.at)
    readings.note_shown(row.row.household_id for row in households.page.rows if row.row.key is None)
    label, definition = PARTS[Part(part)]
    context = {
        **asked.context,
        "indicator": one,
        "label": label,
        "definition": definition,
        "households": households,
        "dwellings": dwellings,
        "has_dwellings": bool(of_dwellings),
        "is_share": found.kind is Kind.SHARE,
        "crumbs": [*_crumbs(one, asked), Crumb(_("Why it changed"), _why_url(one, asked))],
    }
    return render(request, "kpi/explaining/households.html", context)


def _of(moved: Sequence[Moved], *, is_dwelling: bool) -> dict[int, Moved]:
    return {one.key.pk: one for one in moved if isinstance(one.key, Subject) and one.key.is_dwelling is is_dwelling}


def _ends(asked: Asked, one: Indicator) -> tuple[End, End]:
    """Without the strictly confidential at both ends: a change would point at them."""
    told = asked.form.cleaned_data
    sealed = in_report(told["then_report"], one.code) if told["then_report"] else None
    then = replace(asked.listing, rule=sealed.rule if sealed else told["then_rule"], known_at=told["then_known_at"])
    return (
        End(question=then, period=Period(told["then_starts_on"], told["then_ends_on"])),
        End(question=asked.listing, period=asked.period),
    )


def _in_report(asked: Asked, one: Indicator) -> int | None:
    """The number that the locked report itself has: it counts the strictly confidential, who are left out here."""
    report = asked.form.cleaned_data["then_report"]
    return in_report(report, one.code).value if report and asked.place.unit is None else None


def _crumbs(one: Indicator, asked: Asked) -> list[Crumb]:
    return [
        Crumb(_("Indicators"), reverse("kpi:indicators") + asked.query),
        Crumb(one.code, reverse("kpi:indicator", args=[one.code]) + asked.query),
    ]


def _why_url(one: Indicator, asked: Asked) -> str:
    return reverse("kpi:why", args=[one.code]) + asked.whole_query


def _side(value: Decimal | None, end: End, url: str) -> Side:
    return Side(
        value=value,
        url=url,
        period=end.period,
        last_day=end.period.ends_on - timedelta(days=1),
        rule=RULES[end.question.rule],
        known_at=end.question.known_at,
    )


def _line(part: PartShown, one: Indicator, asked: Asked) -> Line:
    label, definition = PARTS[part.part]
    return Line(
        part=part.part,
        label=label,
        definition=definition,
        change=part.change,
        counted=part.counted,
        population=part.population,
        households=part.households,
        url=reverse("kpi:explained_households", args=[one.code, part.part.value]) + asked.whole_query,
    )


def _groups(found: Why, urls: Sequence[str]) -> list[GroupLine]:
    """Nothing to tell where there is one group."""
    groups = found.explained.groups
    return [_group(group, urls) for group in groups] if len(groups) > 1 else []


def _group(group: InGroup, urls: Sequence[str]) -> GroupLine:
    before, after = (f"{url}&group={group.group}" for url in urls)
    return GroupLine(
        label=NAMES[group.group],
        before=Decimal(int(group.population_before)),
        after=Decimal(int(group.population_after)),
        share_before=_share(group.counted_before, group.population_before),
        share_after=_share(group.counted_after, group.population_after),
        composition=_tenths(group.composition),
        real=_tenths(group.real),
        urls={
            "before": f"{before}&of=population",
            "after": f"{after}&of=population",
            "share_before": before,
            "share_after": after,
        },
    )


def _share(counted: Fraction, of: Fraction) -> Decimal | None:
    return _tenths(100 * counted / of) if of else None


def _tenths(amount: Fraction) -> Decimal:
    return Decimal(round(amount * 10)) / 10
