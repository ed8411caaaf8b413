"""The pages of the figures, as one list of links on top of each of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.roles import Permission


@dataclass(frozen=True)
class Section:
    """A page of its own: what its link says, where it leads, and who is shown it."""

    label: str | Promise
    url_name: str
    permission: Permission


SECTIONS: tuple[Section, ...] = (
    Section(_("Main indicators"), "kpi:front", Permission.VIEW_FIGURES),
    Section(_("All indicators"), "kpi:indicators", Permission.VIEW_FIGURES),
    Section(_("Own indicators"), "kpi:own_indicators", Permission.VIEW_FIGURES),
    Section(_("The month"), "kpi:month", Permission.VIEW_FIGURES),
    Section(_("Homeless by name"), "kpi:by_name", Permission.VIEW_FIGURES),
    Section(_("Forecast"), "kpi:forecast", Permission.VIEW_FIGURES),
    Section(_("KOSTRA form 13"), "kpi:kostra_now", Permission.VIEW_FIGURES),
    Section(_("Result report"), "kpi:result_report", Permission.VIEW_FIGURES),
    Section(_("The homeless on a day"), "kpi:counting", Permission.VIEW_FIGURES),
    Section(_("Answers of the year"), "kpi:answers", Permission.EXPORT),
    Section(_("Values from registers"), "kpi:register_values", Permission.EXPORT),
    Section(_("BOSIT per person and date"), "kpi:bosit", Permission.EXPORT),
)
