"""Charts drawn as SVG for page and paper, each with the table of the same values."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import count
from typing import Any

import vl_convert
from django.utils.formats import get_format
from django.utils.translation import gettext as _

Number = int | float | Decimal

NARROW_SPACE = "\u202f"
INK = "#27363b"
QUIET = "#5b696e"
LINE = "#0e5f63"
WARM = "#b4562a"
FONT = "Inter Variable, Inter, sans-serif"

BAR_AXIS = {"labelLimit": 240, "domain": False, "ticks": False}
AXIS = {
    "labelColor": INK,
    "titleColor": QUIET,
    "gridColor": "#e3e8e9",
    "domainColor": "#9aa6aa",
    "tickColor": "#9aa6aa",
    "labelFontSize": 12,
    "titleFontSize": 12,
    "titleFontWeight": 500,
    "labelPadding": 6,
}
CONFIG = {"font": FONT, "view": {"stroke": None}, "axis": AXIS, "axisX": {"grid": False}, "background": "white"}
#: The font is measured without itself at hand: room for labels that come out wider.
PADDING = {"left": 28, "right": 12, "top": 8, "bottom": 8}


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A drawing, the sentence that stands for it when it cannot be seen, and its values as a table.

    `rows` have the label first; a missing value is `None`. `decimals` is for the table.
    """

    title: str
    summary: str
    svg: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    decimals: int = 0
    note: str = ""


def trend(
    *,
    title: str,
    points: Sequence[tuple[str, Number | None]],
    value_label: str,
    time_label: str = "",
    target: Number | None = None,
    baseline: Number | None = None,
    decimals: int = 0,
    note: str = "",
) -> Chart:
    """A line through `points` (label, value), oldest first; a missing value leaves a gap in the line.

    Target and baseline are drawn as lines across, named in words. The axis begins at zero.
    """
    values = [
        {"place": place, "label": label, "value": None if value is None else float(value)}
        for place, (label, value) in enumerate(points)
    ]
    numbers = _numbers(decimals, [*(value for _label, value in points), target, baseline])
    layers = [_line(time_label, value_label, decimals, points=len(points), numbers=numbers)]
    layers += [
        _level(float(level), words, color, dash)
        for level, words, color, dash in ((target, _("Target"), WARM, [6, 4]), (baseline, _("Baseline"), QUIET, [2, 3]))
        if level is not None
    ]
    columns, rows = _table(points, time_label or _("Time"), value_label, target, baseline)
    return Chart(
        title=title,
        summary=_trend_in_words(title, points, decimals),
        svg=_drawn({"data": {"values": values}, "layer": layers, "width": 620, "height": 220}),
        columns=columns,
        rows=rows,
        decimals=decimals,
        note=note,
    )


def bars(
    *,
    title: str,
    points: Sequence[tuple[str, Number | None]],
    value_label: str,
    group_label: str = "",
    decimals: int = 0,
    note: str = "",
) -> Chart:
    """One horizontal bar for each of `points` (label, value), in the order given, with its value written at its end."""
    values = [{"label": label, "value": None if value is None else float(value)} for label, value in points]
    number = f",.{decimals}f"
    y = {"field": "label", "type": "nominal", "sort": None, "title": group_label or None, "axis": BAR_AXIS}
    x = {
        "field": "value",
        "type": "quantitative",
        "title": value_label,
        **_axis(_numbers(decimals, [value for _label, value in points]), decimals),
    }
    written = {"field": "value", "type": "quantitative", "format": number}
    bar = {"type": "bar", "color": LINE, "cornerRadiusEnd": 3, "height": {"band": 0.65}}
    text = {"type": "text", "align": "left", "dx": 6, "color": INK, "fontSize": 13}
    layers = [
        {"mark": bar, "encoding": {"x": x, "y": y}},
        {"mark": text, "encoding": {"x": x, "y": y, "text": written}},
    ]
    return Chart(
        title=title,
        summary=_bars_in_words(title, points, decimals),
        svg=_drawn({"data": {"values": values}, "layer": layers, "width": 520, "height": {"step": 34}}),
        columns=(group_label or _("Group"), value_label),
        rows=tuple((label, value) for label, value in points),
        decimals=decimals,
        note=note,
    )


def _numbers(decimals: int, shown: Iterable[Number | None]) -> list[float]:
    """At most six numbers that an axis says, from zero to the first that nothing shown goes beyond.

    Their step is 1, 2 or 5 of some power of ten, and never so small that two of them are written alike.
    """
    known = [float(one) for one in shown if one is not None]
    lowest, highest = min([0.0, *known]), max([0.0, *known])
    step = next(step for step in _steps(decimals) if highest - lowest <= 5 * step)
    return [round(n * step, decimals) for n in range(math.floor(lowest / step), math.ceil(highest / step) + 1)] or [0.0]


def _steps(decimals: int) -> Iterator[float]:
    for power in count(-decimals):
        yield from (times * 10.0**power for times in (1, 2, 5))


def _axis(numbers: Sequence[float], decimals: int) -> dict[str, Any]:
    """What says them, and the scale between the first and the last."""
    return {
        "axis": {"format": f",.{decimals}f", "values": list(numbers)},
        "scale": {"domain": [numbers[0], max(numbers[-1], numbers[0] + 10.0**-decimals)]},
    }


def _line(time_label: str, value_label: str, decimals: int, *, points: int, numbers: Sequence[float]) -> dict[str, Any]:
    axis: dict[str, Any] = {"labelAngle": 0, "labelOverlap": "greedy", "ticks": points <= 24, "labelFlush": True}
    return {
        "mark": {"type": "line", "color": LINE, "strokeWidth": 2.5, "point": {"color": LINE, "size": 40}},
        "encoding": {
            "x": {"field": "label", "type": "ordinal", "sort": None, "title": time_label or None, "axis": axis},
            "y": {
                "field": "value",
                "type": "quantitative",
                "title": value_label,
                **_axis(numbers, decimals),
            },
        },
    }


def _level(level: float, words: str, color: str, dash: list[int]) -> dict[str, Any]:
    y = {"field": "level", "type": "quantitative"}
    rule = {"type": "rule", "color": color, "strokeWidth": 1.5, "strokeDash": dash}
    text = {"type": "text", "align": "left", "dx": 6, "color": color, "fontSize": 12, "fontWeight": 600}
    return {
        "data": {"values": [{"level": level, "words": words}]},
        "layer": [
            {"mark": rule, "encoding": {"y": y}},
            {"mark": text, "encoding": {"y": y, "x": {"value": "width"}, "text": {"field": "words"}}},
        ],
    }


def _table(
    points: Sequence[tuple[str, Number | None]],
    time_label: str,
    value_label: str,
    target: Number | None,
    baseline: Number | None,
) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    levels = {words: level for words, level in ((_("Target"), target), (_("Baseline"), baseline)) if level is not None}
    rows = tuple((label, value, *levels.values()) for label, value in points)
    return (time_label, value_label, *levels), rows


def _written(value: Number, decimals: int) -> str:
    plain = f"{value:,.{decimals}f}"
    return plain.translate({ord(","): NARROW_SPACE, ord("."): get_format("DECIMAL_SEPARATOR")})


def _trend_in_words(title: str, points: Sequence[tuple[str, Number | None]], decimals: int) -> str:
    known = [(label, value) for label, value in points if value is not None]
    if not known:
        return _("%(title)s: no figures.") % {"title": title}
    (first, first_value), (last, last_value) = known[0], known[-1]
    sentence = _(
        "%(title)s: from %(first_value)s in %(first)s to %(last_value)s in %(last)s. The table has all values."
    )
    return sentence % {
        "title": title,
        "first": first,
        "last": last,
        "first_value": _written(first_value, decimals),
        "last_value": _written(last_value, decimals),
    }


def _bars_in_words(title: str, points: Sequence[tuple[str, Number | None]], decimals: int) -> str:
    said = ", ".join(f"{label} {_written(value, decimals)}" for label, value in points if value is not None)
    return f"{title}: {said}." if said else _("%(title)s: no figures.") % {"title": title}


#: The drawing is one image with one text alternative; roles inside it would be images without any.
_INNER_ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')


def _drawn(spec: dict[str, Any]) -> str:
    return _drawing(json.dumps(spec, sort_keys=True), get_format("DECIMAL_SEPARATOR"))


@lru_cache(maxsize=512)
def _drawing(spec: str, decimal: str) -> str:
    """A report has a dozen drawings, and takes them out of here when it is read again."""
    svg: str = vl_convert.vegalite_to_svg(
        {
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "config": CONFIG,
            "padding": PADDING,
            **json.loads(spec),
        },
        format_locale={"decimal": decimal, "thousands": NARROW_SPACE, "grouping": [3], "currency": ["", ""]},
    )
    return _INNER_ROLES.sub("", svg)
