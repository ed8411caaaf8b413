"""Tags and filters of the components (docs/components.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.conf import settings
from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import wording
from people.components import FLAG_KINDS, Crumb, HouseholdHeader
from people.form_errors import AnyForm, complaints, sentences
from people.notices import undo_url as undo_url_of
from people.roles import Permission

register = template.Library()

#: Primary navigation: view name, words, and what one must be allowed. An item whose page does not exist is left out.
NAVIGATION = (
    ("cases:my_day", gettext_lazy("My day"), None),
    ("cases:households", gettext_lazy("Households"), Permission.VIEW_HOUSEHOLD),
    ("cases:tasks", gettext_lazy("Tasks"), Permission.VIEW_HOUSEHOLD),
    ("cases:breaches", gettext_lazy("Three months"), Permission.VIEW_UNIT),
    ("cases:overview", gettext_lazy("Overview"), Permission.VIEW_UNIT),
    ("cases:unit", gettext_lazy("The unit"), Permission.VIEW_UNIT),
    ("kpi:front", gettext_lazy("Figures"), Permission.VIEW_FIGURES),
    # a leader's are under Access: an auditor comes for nothing else
    ("cases:inspections", gettext_lazy("Inspections"), Permission.INSPECT),
    ("people:access_hub", gettext_lazy("Access"), None),
)

STATE_COLORS = {
    "registered": "neutral",
    "homeless": "warm",
    "at_risk": "warning",
    "unsuitable": "warning",
    "temporary": "accent",
    "settled": "success",
    "elsewhere": "neutral",
    "closed": "neutral",
}

FLAG_LABELS = {
    "protected": gettext_lazy("Protected address"),
    "own_employee": gettext_lazy("Own employee"),
    "safety": gettext_lazy("Safety"),
    "guardian": gettext_lazy("Guardian"),
    "interpreter": gettext_lazy("Interpreter"),
}
FLAG_COLORS = {
    "protected": "danger",
    "own_employee": "danger",
    "safety": "warning",
    "guardian": "neutral",
    "interpreter": "info",
}

EMPTY_WORDS = {
    "nothing_yet": gettext_lazy("There is nothing here yet."),
    "no_match": gettext_lazy("Nothing matches what you chose."),
    "not_allowed": gettext_lazy("There is nothing here that you have access to."),
}
_OUTLINE, _NUMERIC = SafeString(' data-variant="outline"'), SafeString(' class="varig-number"')


for word in (wording.day, wording.day_short, wording.weekday, wording.moment, wording.figure, wording.grouped_id):
    register.filter(word.__name__, word)
register.simple_tag(wording.period)


# Actions


@register.inclusion_tag("components/button.html")
def button(label: str, **options: Any) -> dict[str, Any]:
    """One button or, with `href`, a link that looks like one."""
    return {"label": label, "variant": "primary", "type": "submit", **options}


@register.inclusion_tag("components/act_button.html", takes_context=True)
def act_button(context: Context, url: str, label: str, **options: Any) -> dict[str, Any]:
    """A POST form that is one button; `hidden` maps names to values sent along."""
    return {"url": url, "label": label, "variant": "secondary", "csrf_token": context.get("csrf_token"), **options}


@register.inclusion_tag("components/copy_button.html")
def copy_button(text: str, label: str) -> dict[str, Any]:
    """A button that copies text; hidden until the script shows it."""
    return {"text": text, "label": label}


@register.inclusion_tag("components/figure_link.html")
def figure_link(value: float | Decimal | None, url: str = "", **options: Any) -> dict[str, Any]:
    """A figure that leads to exactly its list."""
    return {"value": value, "url": url, "decimals": None, **options}


def _block(name: str, content: SafeString, options: Mapping[str, Any]) -> SafeString:
    return render_to_string(f"components/{name}.html", {"content": content, **options})


@register.simple_block_tag(end_name="end_button_row")
def button_row(content: SafeString) -> SafeString:
    """Buttons side by side."""
    return format_html('<div class="varig-buttons">{}</div>', content)


# Forms


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: AnyForm | None) -> dict[str, Any]:
    """Everything wrong in the forms, on top of them; nothing when all is well."""
    return {"complaints": complaints(forms)}


@register.simple_tag
def error_prefix(*forms: AnyForm | None) -> str:
    """What a title begins with when a form came back with errors."""
    return _("Error: ") if complaints(forms) else ""


@register.filter
def error_sentences(field: BoundField) -> list[str]:
    """What is wrong with one field."""
    return sentences(field)


@register.simple_block_tag(end_name="end_fieldset")
def fieldset(content: SafeString, legend: str, **options: Any) -> SafeString:
    """Fields that belong together, with a legend and perhaps a description."""
    return _block("fieldset", content, {"legend": legend, **options})


@register.inclusion_tag("components/check_answers.html")
def check_answers(rows: Iterable[Any]) -> dict[str, Any]:
    """Answers to check, each with a link to change it."""
    return {"rows": rows}


@register.inclusion_tag("components/filter_form.html", takes_context=True)
def filter_form(context: Context, form: AnyForm, **options: Any) -> dict[str, Any]:
    """Filters of a list as a GET form that keeps the sorting."""
    return {"form": form, "sort": _query(context).get("sort", ""), **options}


# Facts


@register.simple_tag
def tag(label: str, *, color: str = "neutral", outline: bool = False) -> SafeString:
    """A word in colour; the word alone says it."""
    return format_html('<span class="ds-tag" data-color="{}"{}>{}</span>', color, _OUTLINE if outline else "", label)


@register.simple_tag
def state_tag(code: str, label: str) -> SafeString:
    """The state of a case."""
    return tag(label, color=STATE_COLORS.get(code, "neutral"), outline=code == "closed")


def day_level(days: int | None, is_breach: bool) -> str:
    """How loud a day count is shown: calm, marked, strong or over."""
    if is_breach:
        return "over"
    if days is None or days < getattr(settings, "VARIG_DAYS_MARKED", 60):
        return "calm"
    return "marked" if days < getattr(settings, "VARIG_DAYS_STRONG", 80) else "strong"


@register.simple_tag
def day_count(days: int | None, limit_on: date | None = None, is_breach: bool = False) -> SafeString:
    """Days in temporary accommodation and the day three months pass."""
    if days is None:
        return SafeString("")
    words = wording.days(days, limit_on, is_breach=is_breach)
    return format_html('<span class="varig-days" data-level="{}">{}</span>', day_level(days, is_breach), words)


@register.simple_tag
def day_tag(days: int | None, is_breach: bool = False) -> SafeString:
    """The day count of one line in a list."""
    return day_count(days, is_breach=is_breach)


@register.inclusion_tag("components/timeline.html")
def timeline(facts: Iterable[Any], label: str = "") -> dict[str, Any]:
    """Dated facts in the order given."""
    return {"facts": facts, "label": label}


@register.inclusion_tag("components/chart.html")
def chart(chart: Any, level: int = 3) -> dict[str, Any]:
    """A drawing and a table of the same values."""
    return {"chart": chart, "level": level}


@register.inclusion_tag("components/household_header.html")
def household_header(header: HouseholdHeader | Mapping[str, Any]) -> dict[str, Any]:
    """The household one is working with, on top of each of its pages."""
    shown = HouseholdHeader(**header) if isinstance(header, Mapping) else header
    return {"header": shown, "flags": _flags(shown.flags)}


def _of(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)


def _flags(flags: Iterable[Any]) -> list[dict[str, Any]]:
    ordered = sorted(flags, key=lambda flag: FLAG_KINDS.index(_of(flag, "kind")))
    return [
        {"label": _of(flag, "label") or FLAG_LABELS[_of(flag, "kind")], "color": FLAG_COLORS[_of(flag, "kind")]}
        for flag in ordered
    ]


@register.simple_block_tag(end_name="end_card")
def card(content: SafeString, title: str = "", level: int = 2, color: str = "", url: str = "") -> SafeString:
    """Something that stands on its own, with a heading."""
    linked = format_html('<a class="ds-link" href="{}">{}</a>', url, title) if url else title
    heading = format_html('<h{0} class="ds-heading" data-size="2xs">{1}</h{0}>', level, linked) if title else ""
    colored = format_html(' data-color="{}"', color) if color else ""
    return format_html('<section class="ds-card varig-card"{}>{}{}</section>', colored, heading, content)


@register.simple_block_tag(end_name="end_cards")
def cards(content: SafeString) -> SafeString:
    """Cards in as many columns as there is room for."""
    return format_html('<div class="varig-cards">{}</div>', content)


@register.inclusion_tag("components/summary_card.html")
def summary_card(label: str, value: float | Decimal | None, **options: Any) -> dict[str, Any]:
    """One figure with its name."""
    return {"label": label, "value": value, "decimals": None, **options}


@register.simple_block_tag(end_name="end_alert")
def alert(content: SafeString, **options: Any) -> SafeString:
    """Something to notice before going on."""
    return _block("alert", content, {"color": "info", "level": 2, **options})


@register.inclusion_tag("components/empty_state.html")
def empty_state(kind: str, **options: Any) -> dict[str, Any]:
    """Why there is nothing, and one way on."""
    return {"kind": kind, "text": EMPTY_WORDS[kind], **options}


@register.simple_block_tag(end_name="end_facts")
def facts(content: SafeString) -> SafeString:
    """Labels and values in two columns."""
    return format_html('<dl class="varig-facts">{}</dl>', content)


@register.simple_tag
def fact(label: str, value: Any) -> SafeString:
    """One label and its value; a dash where there is none."""
    return _fact(label, wording.figure(None) if value in (None, "") else value)


def _fact(label: str, value: Any) -> SafeString:
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", label, value)


@register.simple_block_tag(end_name="end_fact_block")
def fact_block(content: SafeString, label: str) -> SafeString:
    """One label whose value is markup."""
    return _fact(label, content)


# Lists


def _request(context: Context) -> HttpRequest | None:
    request: HttpRequest | None = context.get("request")
    return request


def _query(context: Context) -> QueryDict:
    request = _request(context)
    return request.GET.copy() if request is not None else QueryDict(mutable=True)


def _address(query: QueryDict, *, without: Sequence[str] = (), **values: str) -> str:
    for name in without:
        query.pop(name, None)
    for name, value in values.items():
        query[name] = value
    return f"?{query.urlencode()}"


@register.simple_block_tag(end_name="end_table")
def table(content: SafeString, caption: str, **options: Any) -> SafeString:
    """A table with its caption and how many it shows; `page` or `count` says how many."""
    return _block("table", content, {"caption": caption, **options})


@register.simple_tag
def header(label: str, numeric: bool = False) -> SafeString:
    """A plain column head."""
    return format_html('<th scope="col"{}>{}</th>', _NUMERIC if numeric else "", label)


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(context: Context, key: str, label: str, numeric: bool = False, default: str = "") -> dict[str, Any]:
    """A column head that sorts: filters are kept, the cursor of the old order is not."""
    query = _query(context)
    direction = {key: "ascending", f"-{key}": "descending"}.get(query.get("sort", ""), "none")
    if direction == "none" and "sort" not in query:
        direction = default or "none"
    turned = f"-{key}" if direction == "ascending" else key
    url = _address(query, without=("after", "before", "page"), sort=turned)
    return {"label": label, "numeric": numeric, "direction": direction, "url": url}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Any, label: str = "") -> dict[str, Any]:
    """The pages before and after this one, by cursor."""
    before, after = _of(page, "previous"), _of(page, "next")
    return {
        "label": label,
        "previous_url": _address(_query(context), without=("after",), before=before) if before is not None else "",
        "next_url": _address(_query(context), without=("before",), after=after) if after is not None else "",
    }


@register.inclusion_tag("components/counters.html")
def counters(items: Iterable[Any], label: str) -> dict[str, Any]:
    """How many in each state, each a link to those."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/chips.html")
def chips(items: Sequence[Any], clear_url: str = "") -> dict[str, Any]:
    """Chosen filters, each a link that removes it."""
    return {"items": items, "clear_url": clear_url}


# Ways about


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(crumbs: Sequence[Any]) -> dict[str, Any]:
    """The way back, outermost first."""
    return {"crumbs": crumbs, "nearest": crumbs[-1] if crumbs else None}


@register.inclusion_tag("components/breadcrumb.html", takes_context=True)
def unit_crumb(context: Context) -> dict[str, Any]:
    """The way back to what a unit works through together, for those who may open that page."""
    found = address_of("cases:unit") if Permission.VIEW_UNIT in (context.get("permissions") or ()) else ""
    return breadcrumb([Crumb(str(gettext_lazy("The unit")), found)] if found else [])


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[Any], label: str) -> dict[str, Any]:
    """Pages about the same thing."""
    return {"items": items, "label": label}


@register.simple_tag
def address_of(view_name: str, *args: object) -> str:
    """The address of a page, or nothing where this installation has no such page."""
    try:
        return reverse(view_name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> list[dict[str, Any]]:
    """The items of the primary navigation that exist and that the person may open."""
    request = _request(context)
    path = request.path if request is not None else ""
    allowed = context.get("permissions") or frozenset()
    found = [(address_of(view), label) for view, label, needed in NAVIGATION if needed is None or needed in allowed]
    return [{"url": url, "label": label, "is_current": _is_under(path, url)} for url, label in found if url]


def _is_under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


@register.filter
def undo_url(message: Any) -> str:
    """Where a message's Undo button posts, or nothing."""
    return undo_url_of(message.extra_tags)
