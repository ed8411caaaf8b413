"""Every component in every state, as one page. All names and numbers are made up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest
from django.template import engines
from django.utils.html import format_html

from kpi import charts
from people.components import Chip, Counter, Crumb, Fact, Flag, HouseholdHeader, Page, SummaryRow, Tab
from people.fields import DatedForm, TypedDateField

TODAY = date(2026, 2, 12)


class RegisterForm(DatedForm):
    name = forms.CharField(label="Name", help_text="As in the national register.")
    national_id = forms.CharField(label="National id", required=False)
    moved_on = TypedDateField(label="Moved in", help_text="Such as 1.3.26, today or +14.")
    until = TypedDateField(label="Until")
    room = forms.ChoiceField(
        label="Room", choices=[("", "Choose a room"), ("1", "Fjordgata 3, room 12"), ("2", "Fjordgata 3, room 14")]
    )
    situation = forms.ChoiceField(
        label="Where do they sleep tonight?",
        choices=[("rough", "No roof"), ("friends", "With friends"), ("shelter", "Night shelter")],
        widget=forms.RadioSelect,
        help_text="As far as we know now.",
    )
    needs = forms.MultipleChoiceField(
        label="What the room must have",
        choices=[("lift", "Step-free way in"), ("pets", "Pets allowed")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label="Note", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    has_agreed = forms.BooleanField(label="The household agrees to the plan")
    version = forms.IntegerField(widget=forms.HiddenInput, initial=4)


class FilterForm(forms.Form):
    state = forms.ChoiceField(
        label="State", choices=[("", "All"), ("temporary", "In temporary accommodation")], required=False
    )
    owner = forms.CharField(label="Responsible", required=False)


HEADER = HouseholdHeader(
    name="Ingrid Nordmann",
    url="/households/12/",
    national_id="01817012345",
    age=34,
    adults=1,
    children=2,
    state="temporary",
    state_label="In temporary accommodation",
    days=74,
    limit_on=date(2026, 2, 28),
    homeless_since=date(2025, 11, 3),
    nights_in_year=91,
    owner="Kari Saksbehandler",
    next_deadline=date(2026, 2, 14),
    next_deadline_label="housing plan",
    flags=[Flag(kind="interpreter", label="Interpreter: Tigrinya"), Flag(kind="safety"), Flag(kind="protected")],
)

SHIELDED = HouseholdHeader(name="x", url="/", is_name_hidden=True, adults=2, state="homeless", state_label="Homeless")

FACTS = [
    Fact(
        on=date(2026, 1, 20),
        title="Fjordgata 3, room 12",
        body="Moved for the sake of the children's school.",
        kind="accent",
        by="Kari Saksbehandler",
        at=datetime(2026, 1, 20, 13, 5, tzinfo=UTC),
        url="/",
    ),
    Fact(on=date(2025, 12, 2), until=date(2026, 1, 20), title="Byporten guest house", kind="accent"),
    Fact(
        on=date(2025, 12, 1),
        until=date(2026, 1, 20),
        title="Byporten guest house",
        is_struck=True,
        correction="Wrong first night; the invoice says 2 December.",
    ),
    Fact(on=date(2025, 11, 3), until=date(2025, 12, 2), title="With friends", kind="warm"),
]

MONTHS = ["Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb"]


def context(*, data: dict[str, str] | None = None) -> dict[str, Any]:
    """What the page shows; with `data` the form has been sent."""
    rows = [
        {
            "name": "Ingrid Nordmann",
            "url": "?",
            "days": 74,
            "is_breach": False,
            "code": "temporary",
            "label": "In temporary accommodation",
        },
        {
            "name": "Ola Nordmann",
            "url": "?",
            "days": 97,
            "is_breach": True,
            "code": "temporary",
            "label": "In temporary accommodation",
        },
        {"name": "Per Hansen", "url": "?", "days": None, "is_breach": False, "code": "homeless", "label": "Homeless"},
    ]
    states = ["registered", "homeless", "at_risk", "unsuitable", "temporary", "settled", "elsewhere", "closed"]
    return {
        "today": TODAY,
        "moment": datetime(2026, 2, 12, 13, 5, tzinfo=UTC),
        "header": HEADER,
        "shielded": SHIELDED,
        "crumbs": [Crumb("My day", "/"), Crumb("Households", "/households/")],
        "tabs": [
            Tab(label="Situation", url="/", is_current=True),
            Tab(label="Where they have lived", url="/lived/"),
            Tab(label="Journal", url="/journal/", count=1482),
        ],
        "form": RegisterForm(data, today=TODAY) if data is not None else RegisterForm(today=TODAY),
        "filters": FilterForm(),
        "answers": [
            SummaryRow(label="Room", value="Fjordgata 3, room 12", change_url="/room/"),
            SummaryRow(
                label="From",
                value=format_html("<strong>{}</strong>", "12 February 2026"),
                change_url="/from/",
                change_label="first night",
            ),
            SummaryRow(label="Price a night", value="890 kr"),
        ],
        "facts": FACTS,
        "states": [(code, code.replace("_", " ").capitalize()) for code in states],
        "levels": [
            (12, date(2026, 5, 1), False),
            (60, date(2026, 3, 14), False),
            (80, date(2026, 2, 22), False),
            (97, date(2026, 2, 5), True),
        ],
        "page": Page(rows=rows, first=1, last=25, total=1143, next="2026-02-28.12"),
        "uncounted": Page(rows=rows, first=26, last=50, previous="a", next="b"),
        "empty": Page(rows=[], first=0, last=0, total=0),
        "counters": [
            Counter(label="Households", value=143, url="?", is_chosen=True),
            Counter(label="Waiting for us", value=12, url="?waiting", note="3 since yesterday"),
            Counter(label="Limit within 14 days", value=6, url="?soon", color="warning"),
            Counter(label="Over three months", value=4, url="?over", color="danger"),
            Counter(label="Shielded", value=2, url="?shielded"),
        ],
        "chips": [
            Chip(label="Families with children", remove_url="?"),
            Chip(label="Responsible: nobody", remove_url="?"),
        ],
        "trend": charts.trend(
            title="Stays over three months",
            points=list(zip(MONTHS, [31, 29, 34, 33, 30, None, 27, 26, 24, 25, 22, 21], strict=True)),
            value_label="Per cent",
            target=20,
            baseline=35,
            note="Rule version: stay.",
        ),
        "bars": charts.bars(
            title="Why the stay is long",
            points=[("No dwelling of the size", 14), ("Waits for contract", 6), ("Debt or deposit", 3)],
            value_label="Households",
        ),
        "bare_chart": charts.trend(title="Nothing yet", points=[("Jan", None)], value_label="Nights"),
    }


def gallery_page(request: HttpRequest, *, data: dict[str, str] | None = None) -> str:
    """The gallery as HTML."""
    source = (Path(__file__).parent / "gallery.html").read_text()
    return engines["django"].from_string(source).render(context(data=data), request)
