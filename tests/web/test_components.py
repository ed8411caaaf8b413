from __future__ import annotations

import re
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.forms import formset_factory
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.utils import translation

from kpi import charts
from people.components import Counter, Fact, Flag, HouseholdHeader, Page
from people.form_errors import complaints
from people.notices import notify, undo_url
from people.wording import figure_text
from tests.web.gallery import RegisterForm, gallery_page

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def english() -> Any:
    with translation.override("en"):
        yield


def a_request(address: str = "/", *, method: str = "get") -> HttpRequest:
    request: HttpRequest = getattr(RequestFactory(), method)(address)
    request.user = AnonymousUser()
    request.session = {}  # type: ignore[assignment]
    request._messages = SessionStorage(request)  # type: ignore[attr-defined]
    return request


def drawn(source: str, *, address: str = "/", **context: Any) -> str:
    html = engines["django"].from_string("{% load varig i18n %}" + source).render(context, a_request(address))
    return " ".join(re.sub(r">\s+<", "><", html).split())


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class Structure(HTMLParser):
    """Ids, references to ids, labels and whatever the content security policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.references: list[str] = []
        self.refused: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            self.references += (given.get(name) or "").split()
        self.refused += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.refused.append(tag)


@pytest.mark.parametrize("data", [None, {"moved_on": "30.2.26", "until": "+14"}])
def test_every_component_keeps_to_the_content_security_policy(data: dict[str, str] | None) -> None:
    page = Structure()
    page.feed(gallery_page(a_request(), data=data))

    assert page.refused == []


@pytest.mark.parametrize("data", [None, {"moved_on": "30.2.26", "until": "+14"}])
def test_every_id_is_one_and_every_reference_leads_to_one(data: dict[str, str] | None) -> None:
    page = Structure()
    page.feed(gallery_page(a_request(), data=data))

    assert len(page.ids) == len(set(page.ids))
    assert set(page.references) <= set(page.ids)


@pytest.mark.parametrize("name", ["400", "403", "404", "409", "429", "500", "503"])
def test_error_pages_can_be_drawn_without_a_request(name: str) -> None:
    html = render_to_string(f"errors/{name}.html")

    assert '<h1 class="ds-heading"' in html


@pytest.mark.parametrize("name", ["400", "403", "404", "500", "403_csrf"])
def test_the_pages_django_asks_for_by_itself_are_ours(name: str) -> None:
    assert '<h1 class="ds-heading"' in render_to_string(f"{name}.html")


def test_a_conflict_shows_mine_and_theirs() -> None:
    conflicts = [{"label": "Until", "mine": "1 March", "theirs": "15 March"}]

    html = render_to_string("errors/409.html", {"conflicts": conflicts})

    assert "1 March 15 March" in words(html)


class TestForms:
    def test_an_error_has_the_same_words_in_the_summary_and_at_the_field(self) -> None:
        form = RegisterForm({"moved_on": "30.2.26"}, today=date(2026, 2, 12))

        html = drawn("{% error_summary form %}{{ form }}", form=form)

        for complaint in [found for found in complaints([form]) if found.target]:
            assert f'<a class="ds-link" href="#{complaint.target}">{complaint.text}</a>' in html
            assert f'<p class="ds-validation-message">{complaint.text}</p>' in html
            assert f'id="{complaint.target}"' in html

    def test_errors_stand_in_the_order_of_the_page_and_can_be_read_alone(self) -> None:
        form = RegisterForm({"moved_on": "30.2.26"}, today=date(2026, 2, 12))

        assert [complaint.text for complaint in complaints([form, None])] == [
            "Name must be filled in.",
            "There is no such day in the calendar. Check day and month.",
            "Until must be filled in.",
            "Choose an answer: Room",
            "Choose an answer: Where do they sleep tonight?",
            "Tick off: The household agrees to the plan",
            "Version must be filled in.",
        ]

    def test_a_required_sentence_of_the_fields_own_is_kept(self) -> None:
        class NightForm(forms.Form):
            night = forms.CharField(error_messages={"required": "Say which night."})

        assert [complaint.text for complaint in complaints([NightForm({})])] == ["Say which night."]

    def test_errors_of_the_whole_form_and_of_formsets_are_listed(self) -> None:
        class ChildForm(forms.Form):
            name = forms.CharField(label="Name of the child")

        form = RegisterForm({}, today=date(2026, 2, 12))
        form.add_error(None, "Somebody took the room.")
        children = formset_factory(ChildForm, min_num=2, validate_min=True, extra=0)(
            {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": ""}
        )

        found = {complaint.text: complaint.target for complaint in complaints([form, children])}

        assert found["Somebody took the room."] == ""
        assert found["Name of the child must be filled in."] == "id_form-0-name"
        assert "Please submit at least 2 forms." in found

    def test_a_valid_form_has_no_summary_and_no_word_of_error_in_the_title(self) -> None:
        class QuietForm(forms.Form):
            note = forms.CharField(required=False)

        assert drawn("{% error_summary form %}{% error_prefix form %}", form=QuietForm({})) == ""
        assert drawn("{% error_prefix form %}", form=RegisterForm({}, today=date(2026, 2, 12))) == "Error:"

    def test_what_may_be_left_empty_says_so_and_nothing_is_refused_by_the_browser(self) -> None:
        html = drawn("{{ form }}", form=RegisterForm(today=date(2026, 2, 12)))

        assert html.count("(optional)") == 3
        assert " required" not in html

    def test_radios_are_a_group_with_a_legend_and_their_help(self) -> None:
        html = drawn("{{ form.situation.as_field_group }}", form=RegisterForm(today=date(2026, 2, 12)))

        assert 'aria-describedby="id_situation_helptext"' in html
        assert '<legend class="ds-label">Where do they sleep tonight?</legend>' in html
        assert '<label class="ds-label" for="id_situation_0">No roof</label>' in html

    def test_a_typed_date_is_echoed_in_words(self) -> None:
        form = RegisterForm({"until": "+14"}, today=date(2026, 2, 12))

        assert '<p class="varig-echo">Thursday 26 February 2026</p>' in drawn(
            "{{ form.until.as_field_group }}", form=form
        )

    def test_hidden_fields_are_drawn_bare(self) -> None:
        html = drawn("{{ form }}", form=RegisterForm(today=date(2026, 2, 12)))

        assert '<input type="hidden" name="version" value="4" id="id_version">' in html


class TestWords:
    def test_days_are_written_out(self) -> None:
        html = drawn("{{ on|day }}|{{ on|day_short }}|{{ on|weekday }}|{{ none|day }}", on=date(2026, 2, 28), none=None)

        assert html == "28 February 2026|28 Feb 2026|Saturday 28 February 2026|"

    def test_a_moment_is_told_in_the_municipalitys_time(self) -> None:
        at = datetime(2026, 7, 1, 22, 30, tzinfo=ZoneInfo("UTC"))

        assert drawn("{{ at|moment }} {{ at|day }}", at=at) == "2 July 2026 at 00:30 2 July 2026"

    def test_an_open_period_has_only_its_beginning(self) -> None:
        on = date(2026, 2, 28)

        assert drawn("{% period on %}", on=on) == "from 28 February 2026"
        assert drawn("{% period on on %}", on=on) == "28 February 2026 – 28 February 2026"  # noqa: RUF001

    @pytest.mark.parametrize(
        ("value", "decimals", "language", "written"),
        [
            (1482, None, "en", "1\u202f482"),
            (1482.25, 1, "nb", "1\u202f482,2"),
            (73, 1, "en", "73.0"),
            (None, None, "en", "–"),  # noqa: RUF001
            (-1200, None, "nb", "-1\u202f200"),
        ],
    )
    def test_figures_are_written_as_the_language_writes_them(
        self, value: float | None, decimals: int | None, language: str, written: str
    ) -> None:
        with translation.override(language):
            assert figure_text(value, decimals) == written

    def test_no_figure_is_read_out(self) -> None:
        assert words(drawn("{{ none|figure }}", none=None)) == "– no figure"  # noqa: RUF001

    def test_a_national_id_is_grouped(self) -> None:
        assert (
            drawn("{{ id|grouped_id }}{{ short|grouped_id }}", id="01817012345", short="123").replace("\xa0", " ")
            == "018170 12345123"
        )


class TestDays:
    @pytest.mark.parametrize(
        ("days", "is_breach", "level"),
        [
            (0, False, "calm"),
            (59, False, "calm"),
            (60, False, "marked"),
            (79, False, "marked"),
            (80, False, "strong"),
            (90, True, "over"),
        ],
    )
    def test_a_day_count_gets_louder(self, days: int, is_breach: bool, level: str) -> None:
        assert f'data-level="{level}"' in drawn("{% day_tag days is_breach %}", days=days, is_breach=is_breach)

    @override_settings(VARIG_DAYS_MARKED=10, VARIG_DAYS_STRONG=20)
    def test_the_thresholds_are_settings(self) -> None:
        assert 'data-level="marked"' in drawn("{% day_tag 10 %}")
        assert 'data-level="strong"' in drawn("{% day_tag 20 %}")

    def test_days_say_in_words_what_the_colour_says(self) -> None:
        limit = date(2026, 2, 28)

        assert words(drawn("{% day_count 74 limit False %}", limit=limit)) == "Day 74 · limit 28 February 2026"
        assert (
            words(drawn("{% day_count 97 limit True %}", limit=limit))
            == "Day 97 · three months passed 28 February 2026"
        )
        assert words(drawn("{% day_tag 97 True %}")) == "Day 97 · over three months"
        assert drawn("{% day_tag none %}", none=None) == ""


class TestHousehold:
    def test_flags_stand_in_their_order_whatever_the_order_given(self) -> None:
        kinds = ["interpreter", "guardian", "own_employee", "protected", "safety"]
        header = HouseholdHeader(name="Kari", url="/", flags=[Flag(kind=kind) for kind in kinds])

        html = drawn("{% household_header header %}", header=header)

        assert re.findall(r'<span class="ds-tag"[^>]*>([^<]+)<', html) == [
            "Protected address",
            "Own employee",
            "Safety",
            "Guardian",
            "Interpreter",
        ]

    def test_a_shielded_name_shows_neither_name_nor_number(self) -> None:
        header = HouseholdHeader(name="Kari", url="/", national_id="01817012345", is_name_hidden=True)

        html = drawn("{% household_header header %}", header=header)

        assert "Kari" not in html
        assert "018170" not in html

    def test_nobody_responsible_is_said(self) -> None:
        header = {"name": "Kari", "url": "/", "owner": "", "adults": 1, "children": 0}

        html = drawn("{% household_header header %}", header=header)

        assert "nobody yet" in html
        assert "1 adult, 0 children" in words(html)


class TestTimeline:
    def test_a_corrected_fact_is_struck_through_and_said_to_be(self) -> None:
        fact = Fact(on=date(2026, 1, 1), title="Guest house", is_struck=True, correction="Wrong first night.")

        html = drawn("{% timeline facts %}", facts=[fact])

        assert "<s>Guest house</s>" in html
        assert "Corrected, no longer valid" in html
        assert "Wrong first night." in html

    def test_what_people_wrote_is_escaped(self) -> None:
        fact = Fact(on=date(2026, 1, 1), title="<b>x</b>", body="<script>1</script>")

        html = drawn("{% timeline facts %}", facts=[fact])

        assert "<b>" not in html
        assert "<script>" not in html


class TestLists:
    def test_a_list_says_how_much_of_it_is_shown(self) -> None:
        page = Page(rows=[], first=1, last=25, total=1143)

        html = drawn('{% table "Households" page=page %}<tbody></tbody>{% end_table %}', page=page)

        assert "1–25 of 1 143" in html  # noqa: RUF001

    def test_a_head_that_sorts_keeps_filters_and_forgets_the_cursor(self) -> None:
        html = drawn('{% sort_header "days" "Days" %}', address="/?state=temporary&sort=name&after=x")

        assert 'aria-sort="none"' in html
        assert 'href="?state=temporary&amp;sort=days"' in html

    @pytest.mark.parametrize(
        ("address", "direction", "next_sort"),
        [("/?sort=name", "ascending", "-name"), ("/?sort=-name", "descending", "name"), ("/", "ascending", "-name")],
    )
    def test_pressing_a_sorted_head_turns_the_order(self, address: str, direction: str, next_sort: str) -> None:
        html = drawn('{% sort_header "name" "Name" default="ascending" %}', address=address)

        assert f'aria-sort="{direction}"' in html
        assert f'href="?sort={next_sort}"' in html

    def test_pages_are_reached_by_cursor_and_keep_filters(self) -> None:
        page = Page(rows=[], first=26, last=50, previous="a", next="b")

        html = drawn("{% pagination page %}", address="/?state=homeless&after=z", page=page)

        assert 'rel="prev" href="?state=homeless&amp;before=a"' in html
        assert 'rel="next" href="?state=homeless&amp;after=b"' in html

    def test_a_list_on_one_page_has_no_pages(self) -> None:
        assert drawn("{% pagination page %}", page=Page(rows=[], first=1, last=3, total=3)) == ""

    def test_the_chosen_counter_is_marked(self) -> None:
        items = [Counter(label="Homeless", value=3, url="?state=homeless", is_chosen=True)]

        html = drawn('{% counters items "States" %}', items=items)

        assert 'aria-current="true"' in html

    @pytest.mark.parametrize("kind", ["nothing_yet", "no_match", "not_allowed"])
    def test_an_empty_list_says_why(self, kind: str) -> None:
        assert words(drawn("{% empty_state kind %}", kind=kind)).startswith(("There is nothing", "Nothing matches"))


class TestCharts:
    def test_a_chart_has_a_table_of_the_same_values_and_a_sentence(self) -> None:
        chart = charts.trend(
            title="Stays", points=[("Jan", 30), ("Feb", None), ("Mar", 21)], value_label="Per cent", target=20
        )

        html = drawn("{% chart chart %}", chart=chart)

        assert chart.rows == (("Jan", 30, 20), ("Feb", None, 20), ("Mar", 21, 20))
        assert chart.summary == "Stays: from 30 in Jan to 21 in Mar. The table has all values."
        assert "<svg" in html
        assert "Target" in html

    def test_a_chart_without_values_says_so(self) -> None:
        assert charts.trend(title="Stays", points=[("Jan", None)], value_label="").summary == "Stays: no figures."
        assert charts.bars(title="Stays", points=[], value_label="Households").summary == "Stays: no figures."

    def test_bars_are_written_in_the_users_numbers(self) -> None:
        with translation.override("nb"):
            chart = charts.bars(title="Kroner", points=[("Rom", 1234.5)], value_label="Kr", decimals=1)

        assert chart.summary == "Kroner: Rom 1\u202f234,5."
        assert "1\u202f234,5" in chart.svg

    @pytest.mark.parametrize(
        ("highest", "decimals", "said"),
        [
            (0, 0, ["0"]),
            (2, 0, ["0", "1", "2"]),
            (37, 0, ["0", "10", "20", "30", "40"]),
            (0.2, 1, ["0,0", "0,1", "0,2"]),
        ],
    )
    def test_an_axis_says_no_number_twice(self, highest: float, decimals: int, said: list[str]) -> None:
        points = [("Jan", 0), ("Feb", highest)]
        with translation.override("nb"):
            chart = charts.trend(title="", points=points, value_label="", decimals=decimals)

        found: list[str] = re.findall(r">([\d,]+)<", chart.svg)
        assert found == said

    def test_what_people_wrote_in_a_label_is_escaped(self) -> None:
        chart = charts.bars(title="Reasons", points=[("<script>1</script>", 3)], value_label="Households")

        assert "<script>" not in chart.svg


class TestNotices:
    def test_a_notice_carries_its_undo(self) -> None:
        request = a_request()
        request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
        notify(request, "Placed.", undo_url="/undo/7/")
        notify(request, "Seen.")

        [placed, seen] = list(request._messages)  # type: ignore[attr-defined]

        assert undo_url(placed.extra_tags) == "/undo/7/"
        assert undo_url(seen.extra_tags) == ""

    def test_undo_is_a_post(self) -> None:
        html = drawn('{% act_button "/undo/7/" "Undo" hidden=hidden %}', hidden={"version": 4})

        assert '<form method="post" action="/undo/7/"' in html
        assert '<input type="hidden" name="version" value="4">' in html


class TestActions:
    def test_a_button_is_a_button_and_with_an_address_a_link(self) -> None:
        assert drawn('{% button "Place" %}') == '<button class="ds-button" type="submit">Place</button>'
        assert drawn('{% button "Cancel" href="/" variant="tertiary" %}').startswith('<a class="ds-button" href="/"')

    def test_a_confirm_page_sends_nothing_until_it_is_pressed(self) -> None:
        html = render_to_string(
            "components/confirm_page.html",
            {"title": "Close the case", "submit_label": "Close the case", "back_url": "/back/", "is_danger": True},
            a_request(),
        )

        assert 'data-color="danger"' in html
        assert 'href="/back/"' in html

    def test_answers_to_check_name_what_each_link_changes(self) -> None:
        rows = [{"label": "Room", "value": "12", "change_url": "/room/", "change_label": ""}]

        html = render_to_string(
            "components/check_answers_page.html", {"title": "Check", "rows": rows, "submit_label": "Issue"}, a_request()
        )

        assert "Change Room" in words(html)
