"""A municipality's own indicators: made of the parts that the others are counted by, by dated definitions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kpi.models import OwnIndicator
from kpi.own_indicators import AMONG
from people.models import Unit
from tests.factories.people import AT, UnitFactory, caseworker, team_leader
from tests.factories.told import OwnIndicatorFactory
from tests.web.pages import send, text_of
from tests.web.sign_ins import sign_in
from tests.web.unit_life import stay

pytestmark = pytest.mark.django_db

LAST_YEAR = {"period": "own", "first_day": "1.1.2025", "last_day": "31.12.2025"}
TOLD: dict[str, Any] = {
    "wording": "How many families stayed more than three months?",
    "definition": "Families over the limit on the last night.",
    "population": "in_temporary",
    "counted": ["in_temporary:over", "in_temporary:family"],
    "better": "lower",
    "valid_from": "1.1.2025",
}


DEFINE = "/figures/own/new?among=in_temporary"


@pytest.fixture(autouse=True)
def _on_a_tuesday_in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


@pytest.fixture(autouse=True)
def _in_english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def unit() -> Unit:
    return UnitFactory.create()


@pytest.fixture
def leader(client: Client, unit: Unit) -> Client:
    sign_in(client, team_leader(unit))
    return client


def test_an_own_indicator_counts_and_lists_by_its_conditions(leader: Client, unit: Unit) -> None:
    """By hand: two stayed over three months, one of them a family; one family stayed a week."""
    stay(unit, date(2025, 3, 1), date(2025, 9, 1), has_child=True)
    stay(unit, date(2025, 3, 1), date(2025, 9, 1))
    stay(unit, date(2025, 3, 1), date(2025, 3, 8), has_child=True)
    send(leader, DEFINE, TOLD)

    one = OwnIndicator.objects.get()
    [(_one, shown)] = leader.get(reverse("kpi:own_indicators"), LAST_YEAR).context["rows"]
    listed = leader.get(reverse("kpi:behind", args=[one.code]), LAST_YEAR).context["listed"]

    assert (one.code, shown.figure.value, len(listed.page.rows)) == ("own-1", 1, 1)
    assert TOLD["definition"] in text_of(leader.get(reverse("kpi:indicator", args=["own-1"]), LAST_YEAR))


def test_a_share_keeps_what_it_is_a_share_of(leader: Client, unit: Unit) -> None:
    stay(unit, date(2025, 3, 1), date(2025, 9, 1), has_child=True)
    stay(unit, date(2025, 3, 1), date(2025, 3, 8), has_child=True)
    stay(unit, date(2025, 3, 1), date(2025, 9, 1))
    told = {**TOLD, "is_share": "on", "among": ["in_temporary:family"], "counted": ["in_temporary:over"]}
    send(leader, DEFINE, told)

    [(_one, shown)] = leader.get(reverse("kpi:own_indicators"), LAST_YEAR).context["rows"]
    assert (shown.figure.numerator, shown.figure.denominator, shown.figure.value) == (1, 2, 50)


def test_another_definition_holds_from_its_day(leader: Client) -> None:
    OwnIndicatorFactory.create()
    url = reverse("kpi:define_indicator_anew", args=["own-1"])
    assert "Choose a later day" in text_of(send(leader, url, {**TOLD, "valid_from": "1.1.2025"}))

    send(leader, url, {**TOLD, "definition": "Young families too.", "valid_from": "1.1.2026"})

    first, second = OwnIndicator.objects.order_by("valid_from")
    assert (first.valid_to, second.valid_from, second.valid_to) == (date(2026, 1, 1), date(2026, 1, 1), None)
    [(one, _shown)] = leader.get(reverse("kpi:own_indicators"), LAST_YEAR).context["rows"]
    assert one == first

    send(leader, reverse("kpi:end_indicator", args=["own-1"]), {"ends_on": "1.3.2026"})
    assert OwnIndicator.objects.get(pk=second.pk).valid_to == date(2026, 3, 1)
    assert leader.get(reverse("kpi:end_indicator", args=["own-1"])).status_code == 404


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"better": "sideways"}, "Select a valid choice"),
        ({"counted": ["departure:home"]}, "Select a valid choice"),
        ({"is_share": "on", "counted": []}, "Choose which of them the share counts"),
        ({"population": "somebody"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_counted_is_not_defined(leader: Client, told: dict[str, Any], sentence: str) -> None:
    assert sentence in text_of(send(leader, DEFINE, {**TOLD, **told}))
    assert not OwnIndicator.objects.exists()


def test_every_condition_can_be_counted(leader: Client) -> None:
    for n, (population, them) in enumerate(AMONG.items(), start=1):
        OwnIndicatorFactory.create(code=f"own-{n}", population=population.value, counted=list(them.conditions))

    rows = leader.get(reverse("kpi:own_indicators"), LAST_YEAR).context["rows"]
    assert [shown.figure.value for _one, shown in rows] == [0] * len(AMONG)


def test_who_takes_out_no_files_defines_none(client: Client, unit: Unit) -> None:
    OwnIndicatorFactory.create()
    sign_in(client, caseworker(unit))

    assert client.get(reverse("kpi:own_indicators")).status_code == 200
    for name, args in (("define_indicator", []), ("define_indicator_anew", ["own-1"]), ("end_indicator", ["own-1"])):
        assert client.get(reverse(f"kpi:{name}", args=args)).status_code == 403


def test_another_municipality_s_indicator_is_not_found(leader: Client) -> None:
    OwnIndicatorFactory.create(municipality_id="0301")

    assert leader.get(reverse("kpi:indicator", args=["own-1"])).status_code == 404


def test_first_whom_it_is_among_then_their_conditions_alone(leader: Client) -> None:
    first = leader.get(reverse("kpi:define_indicator"))
    assert len(first.context["choices"]) == len(AMONG)

    url = reverse("kpi:define_indicator") + "?among=dwelling_on"
    offered = leader.get(url).context["form"].fields["counted"].choices
    assert {key.partition(":")[0] for key, _words in offered} == {"dwelling_on"}
    send(leader, url, {**TOLD, "population": "dwelling_on", "among": [], "counted": ["dwelling_on:vacant"]})
    assert (OwnIndicator.objects.get().population, OwnIndicator.objects.get().counted) == ("dwelling_on", ["vacant"])

    bare = reverse("kpi:define_indicator") + "?among=in_shelter"
    assert "counted" not in leader.get(bare).context["form"].fields
    assert leader.get(reverse("kpi:define_indicator") + "?among=somebody").status_code == 404
