"""What pages of figures have in common."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from kpi.views.sections import SECTIONS
from people.components import Tab

register = template.Library()


@register.inclusion_tag("kpi/_section_links.html", takes_context=True)
def figure_sections(context: dict[str, Any]) -> dict[str, Any]:
    """Links to the pages of the figures that the employee may see, with the present one marked."""
    here = context["request"].resolver_match.view_name
    allowed = context["permissions"]
    found = [
        Tab(label=str(one.label), url=reverse(one.url_name), is_current=one.url_name == here)
        for one in SECTIONS
        if one.permission in allowed
    ]
    return {"sections": found}
