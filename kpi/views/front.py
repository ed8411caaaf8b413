"""The front page of the figures: the strategy's main indicators as the municipality's own; and each objective."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kpi.actions.told import choose_indicators, choose_strategy, may_have_target
from kpi.forms.told import IndicatorsForm, StrategyForm
from kpi.judging import Status
from kpi.measurement import Question
from kpi.models import CatalogueRow, Objective, Way
from kpi.questions.standing import RowStanding, standings
from kpi.questions.told import chosen_rows, every_row, national_strategies, strategy_of
from kpi.views.municipality import exporter_of
from kpi.views.result_asked import left_out_of
from kpi.views.year import Year, year_asked
from people.act_forms import perform
from people.components import Crumb
from people.notices import notify

_COLORS = {Status.REACHED: "success", Status.ON_WAY: "warning", Status.OFF: "danger"}
_ARROWS = {"up": "↑", "down": "↓", "same": "→"}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A row's standing as pages show it: where its value leads, its sign and decimals, and what one may do."""

    standing: RowStanding
    value_url: str
    page_url: str
    target_url: str

    @property
    def color(self) -> str:
        return _COLORS.get(self.standing.status, "neutral")

    @property
    def arrow(self) -> str:
        return _ARROWS.get(self.standing.trend, "")

    @property
    def sign(self) -> str:
        return {"percent": "%", "days": _("days"), "kroner": "kr"}.get(self.standing.unit, "")

    @property
    def decimals(self) -> int:
        """One where the value is not whole, or is a share."""
        value = self.standing.value
        return 1 if self.standing.unit in ("percent", "days") or (value is not None and value % 1) else 0

    @property
    def target_decimals(self) -> int:
        own = self.standing.own_target
        return 1 if own is not None and own.value % 1 else 0

    @property
    def national_sign(self) -> str:
        """After a published value, which may be counted in something else than our own."""
        return {"percent": " %", "kroner": " kr"}.get(self.standing.row.unit, "")

    @property
    def national_decimals(self) -> int:
        published = self.standing.published
        return 1 if any(one.value is not None and one.value % 1 for one in published) else 0

    @property
    def how(self) -> str:
        return ", ".join(str(Way(one).label) for one in self.standing.row.how)

    @property
    def words(self) -> str:
        """The value where it is none to count: yes, no, or the municipality's own words."""
        one = self.standing
        if one.unit == "yes_no" and one.value is not None:
            return _("Yes") if one.value else _("No")
        return one.answer.text if one.answer and one.value is None else ""

    @property
    def later(self) -> list[tuple[int, Decimal]]:
        """What the source has printed since the baseline, by year."""
        return [
            (one.year, one.value) for one in self.standing.published if not one.is_baseline and one.value is not None
        ]


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    asked = year_asked(request)
    strategy = strategy_of(asked.municipality)
    rows = CatalogueRow.objects.filter(objective__strategy=strategy, main_position__isnull=False)
    if not rows.exists():
        rows = chosen_rows(asked.municipality, strategy)
    shown = [_shown(one, asked) for one in _stood(asked, rows)]
    shown.sort(key=lambda one: one.standing.row.main_position or 0)
    context = {
        **asked.context,
        "strategy": strategy,
        "groups": _by_effort(shown),
        "objectives": [(one, _objective_url(one, asked)) for one in strategy.objectives.all()],
    }
    return render(request, "kpi/front/front.html", context)


@require_safe
def objective(request: HttpRequest, strategy: str, number: str) -> HttpResponse:
    asked, one = year_asked(request), _objective(strategy, number)
    rows = CatalogueRow.objects.filter(objective=one)
    is_chosen = not rows.exists()
    if is_chosen:
        rows = chosen_rows(asked.municipality, one.strategy, one)
    context = {
        **asked.context,
        "objective": one,
        "rows": [_shown(standing, asked) for standing in _stood(asked, rows)],
        "choose_url": _choose_url(one, asked) if is_chosen and asked.of.may_export else "",
        "crumbs": [Crumb(_("Figures"), reverse("kpi:front") + asked.query)],
    }
    return render(request, "kpi/front/objective.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def strategy(request: HttpRequest) -> HttpResponse:
    of = exporter_of(request)
    strategies = national_strategies()
    form = StrategyForm(
        request.POST or None,
        today=localdate(of.at),
        strategies=strategies,
        initial={"strategy": strategy_of(of.place.municipality).key},
    )
    back = f"{reverse('kpi:front')}?{urlencode({'place': of.place.code})}"

    def do() -> str:
        chosen = next(one for one in strategies if one.key == form.cleaned_data["strategy"])
        choose_strategy(municipality=of.place.municipality, strategy=chosen, by=of.employee, at=of.at)
        return back

    if request.method == "POST" and form.is_valid():
        response = perform(request, form, do, at=of.at)
        if response is not None:
            notify(request, _("The strategy is chosen."))
            return response
    context = {
        "form": form,
        "title": _("Choose the strategy that %(place)s follows") % {"place": of.place.name},
        "text": _("Its main indicators stand on the front page. The others are still there."),
        "submit_label": _("Choose the strategy"),
        "back_url": back,
    }
    return render(request, "components/confirm_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def indicators_of(request: HttpRequest, strategy: str, number: str) -> HttpResponse:
    """Choose the indicators of an objective that its strategy gives none."""
    of, one = exporter_of(request), _objective(strategy, number)
    if one.rows.exists():
        raise Http404
    rows = every_row()
    there = chosen_rows(of.place.municipality, one.strategy, one)
    form = IndicatorsForm(
        request.POST or None,
        today=localdate(of.at),
        rows=rows,
        initial={"rows": [row.code for row in there]},
    )
    query = f"?{urlencode({'place': of.place.code})}"
    back = reverse("kpi:objective", args=[strategy, number]) + query

    def do() -> str:
        chosen = set(form.cleaned_data["rows"])
        choose_indicators(
            municipality=of.place.municipality,
            objective=one,
            rows=[row for row in rows if row.code in chosen],
            by=of.employee,
            at=of.at,
        )
        return back

    if request.method == "POST" and form.is_valid():
        response = perform(request, form, do, at=of.at)
        if response is not None:
            return response
    context = {
        "form": form,
        "title": _("Choose indicators of the objective %(objective)s") % {"objective": one.wording},
        "submit_label": _("Choose the indicators"),
        "back_url": back,
    }
    return render(request, "components/confirm_page.html", context)


def _stood(asked: Year, rows: QuerySet[CatalogueRow]) -> list[RowStanding]:
    question = Question(municipality=asked.municipality, left_out=left_out_of(asked.of, asked.year))
    return standings(question, asked.year, today=asked.today, rows=rows)


def _shown(one: RowStanding, asked: Year) -> Shown:
    row = one.row
    is_counted = one.figure is not None and one.figure.value is not None and one.figure.value == one.value
    page = (
        reverse("kpi:indicator", args=[row.computed_by]) + asked.period_query
        if row.computed_by
        else _objective_url(row.objective, asked)
    )
    return Shown(
        standing=one,
        value_url=reverse("kpi:behind", args=[row.computed_by]) + asked.period_query if is_counted else "",
        page_url=page,
        target_url=(
            reverse("kpi:target", args=[row.code]) + asked.query if asked.of.may_export and may_have_target(row) else ""
        ),
    )


def _by_effort(shown: list[Shown]) -> list[tuple[str, list[Shown]]]:
    """Each effort once, where the first of its indicators stands."""
    found: dict[str, list[Shown]] = {}
    for one in shown:
        objective = one.standing.row.objective
        found.setdefault(objective.effort or objective.wording, []).append(one)
    return list(found.items())


def _objective(strategy: str, number: str) -> Objective:
    found = Objective.objects.filter(strategy__key=strategy, number=number).select_related("strategy").first()
    if found is None:
        raise Http404
    return found


def _objective_url(one: Objective, asked: Year) -> str:
    return reverse("kpi:objective", args=[one.strategy.key, one.number]) + asked.query


def _choose_url(one: Objective, asked: Year) -> str:
    return reverse("kpi:choose_indicators", args=[one.strategy.key, one.number]) + asked.query
