"""Dates, numbers and national ids as the user reads them; templates load them as filters and tags of `varig`."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.utils import numberformat, timezone
from django.utils.formats import date_format, get_format
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

NARROW_SPACE = "\u202f"
NO_BREAK = "\u00a0"


def _written(value: date | None, layout: str) -> str:
    if not value:
        return ""
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value) if timezone.is_aware(value) else value, layout, use_l10n=False)
    return _day_written(value, layout, get_language())


@lru_cache(maxsize=4096)
def _day_written(value: date, layout: str, language: str | None) -> str:
    """In the language, the one that is active: lists say the same few days over and over."""
    return date_format(value, layout, use_l10n=False)


def day(value: date | None) -> str:
    """28 February 2026, or nothing."""
    return _written(value, pgettext("date layout", "j F Y"))


def day_short(value: date | None) -> str:
    """28 Feb 2026, or nothing."""
    return _written(value, pgettext("date layout", "j M Y"))


def weekday(value: date | None) -> str:
    """Saturday 28 February 2026, or nothing."""
    return _written(value, pgettext("date layout", "l j F Y"))


def moment(value: datetime | None) -> str:
    """28 February 2026 at 14:05, or nothing."""
    return _written(value, pgettext("date layout", r"j F Y \a\t H:i"))


def period(starts_on: date, ends_on: date | None = None) -> str:
    """A half-open period in words; open periods have only their beginning."""
    if ends_on is None:
        return _("from %(day)s") % {"day": day(starts_on)}
    return f"{day(starts_on)} – {day(ends_on)}"  # noqa: RUF001 -- an en dash stands between dates


def days(count: int, limit_on: date | None = None, *, is_breach: bool = False) -> str:
    """Day 74 · limit 28 February 2026: how long a stay has lasted, and when three months pass or passed."""
    told = [_("Day %(days)s") % {"days": count}]
    if limit_on and is_breach:
        told.append(_("three months passed %(limit)s") % {"limit": day(limit_on)})
    elif limit_on:
        told.append(_("limit %(limit)s") % {"limit": day(limit_on)})
    elif is_breach:
        told.append(_("over three months"))
    return " · ".join(told)


def figure_text(value: float | Decimal | None, decimals: int | None = None) -> str:
    """A number as written in the user's language, thousands parted by a narrow space; a dash for none."""
    if value is None:
        return "–"  # noqa: RUF001 -- the dash that tables use for no figure
    return numberformat.format(
        value,
        get_format("DECIMAL_SEPARATOR"),
        decimals,
        grouping=3,
        thousand_sep=NARROW_SPACE,
        force_grouping=True,
        use_l10n=False,
    )


def figure(value: float | Decimal | None, decimals: int | None = None) -> str:
    """A figure; where there is none a dash, read out as "no figure"."""
    if value is None:
        return format_html('<span aria-hidden="true">–</span><span class="ds-sr-only">{}</span>', _("no figure"))  # noqa: RUF001
    return figure_text(value, decimals)


def grouped_id(value: str) -> str:
    """A national id with its birth date apart: 010190 12345."""
    return f"{value[:6]}{NO_BREAK}{value[6:]}" if len(value) > 6 else value
