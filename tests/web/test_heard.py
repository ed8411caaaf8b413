# mypy: disable-error-code="no-untyped-call"
"""Needs mapping, work processes and the user's voice as one works with them, and as a unit sees them together."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from cases.models import (
    AppliedProcess,
    AreaState,
    HomeChoice,
    InformalComplaint,
    MappingArea,
    NeedsMapping,
    ProcessGroup,
    ProcessTemplate,
    Survey,
)
from housing.models import Lease, ResidenceKind
from people.models import Employee, Household, Role, Unit
from tests.factories.heard import (
    InformalComplaintFactory,
    MappedAreaFactory,
    NeedsMappingFactory,
    ProcessStepFactory,
    ProcessTemplateFactory,
    SurveyAnswerFactory,
    SurveyFactory,
)
from tests.factories.people import UnitFactory, employee_with
from tests.journeys import family_in, household_in, unit_of, worker_for
from tests.web.pages import send, text_of
from tests.web.sign_ins import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client: Client) -> None:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"


@pytest.fixture
def household(client: Client) -> Household:
    made = household_in(
        ResidenceKind.PRIVATE_RENTAL, localdate() - timedelta(days=40), lease=Lease.ORDINARY, unit=UnitFactory.create()
    )
    sign_in(client, worker_for(made))
    return made


def url(name: str, household: Household, *args: Any) -> str:
    return reverse(f"cases:{name}", args=[household.key, *args])


def as_leader(client: Client, unit: Unit) -> Employee:
    leader = employee_with(Role.TEAM_LEADER, unit)
    sign_in(client, leader)
    return leader


def sent(client: Client, address: str, **data: Any) -> Any:
    return send(client, address, data)


def started(client: Client, household: Household) -> NeedsMapping:
    sent(client, url("start_mapping", household))
    return household.mappings.open().get()


def applied(client: Client, household: Household, group: str = "family") -> AppliedProcess:
    sent(client, url("start_process", household), group=group, starts_on="today")
    return household.processes.get(group=group)


# ── needs mapping ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_mapping_is_started_gone_through_and_finished(client: Client, household: Household) -> None:
    mapping = started(client, household)
    for area in mapping.areas.all():
        code = {"housing": "yellow", "economy": "social_assistance", "drugs": "none"}.get(area.area, "")
        told = {"code": code} if code else {}
        sent(client, url("write_area", household, area.pk), text=f"Told of {area.area}", state="done", **told)
    page = text_of(client.get(url("mapping", household)))
    assert "Social assistance" in page
    assert "Told of network" in page

    sent(client, url("finish_mapping", household))

    mapping.refresh_from_db()
    assert (mapping.finished_on, mapping.light) == (localdate(), "yellow")
    assert "Start a new mapping" in text_of(client.get(url("mapping", household)))


def test_it_shows_what_changed_since_last_time(client: Client, household: Household) -> None:
    last = NeedsMappingFactory.create(household=household, finished_on=localdate(), light="red")
    MappedAreaFactory.create(mapping=last, area=MappingArea.NETWORK, text="Knows nobody")
    mapping = started(client, household)
    assert "Nothing so far" in text_of(client.get(url("mapping", household)))

    network = mapping.areas.get(area=MappingArea.NETWORK)
    home = mapping.areas.get(area=MappingArea.HOUSING)
    sent(client, url("write_area", household, network.pk), text="Has a friend", state="done")
    sent(client, url("write_area", household, home.pk), text="A flat", code="green", state="done")

    page = client.get(url("mapping", household)).content.decode()
    assert "<del><p>Knows nobody" in page or "<del>Knows nobody" in page
    assert "Has a friend" in page
    assert "Red: no home" in page and "Green: a lasting home" in page
    assert text_of(client.get(url("earlier_mapping", household, last.pk))).count("Knows nobody") == 1


def test_a_child_has_its_own_lines(client: Client) -> None:
    family = family_in(ResidenceKind.FRIENDS)
    sign_in(client, worker_for(family))
    started(client, family)

    child = family.members.get(role="child").person
    assert f"{child}: School or kindergarten" in text_of(client.get(url("mapping", family)))


def test_health_drugs_and_safety_are_only_for_those_on_the_case(client: Client, household: Household) -> None:
    last = NeedsMappingFactory.create(
        household=household, finished_on=localdate(), light="red", drug_problem="drugs", income_source="work"
    )
    for area in (MappingArea.HEALTH, MappingArea.DRUGS, MappingArea.SAFETY):
        MappedAreaFactory.create(mapping=last, area=area, text="Kept secret", state=AreaState.DONE)
    MappedAreaFactory.create(mapping=last, area=MappingArea.NETWORK, text="Open words", state=AreaState.DONE)
    assert text_of(client.get(url("mapping", household))).count("Kept secret") == 3

    as_leader(client, unit_of(household))

    page = text_of(client.get(url("mapping", household)))
    assert "Open words" in page
    assert "Kept secret" not in page and "Drugs or alcohol" not in page
    assert page.count("Only for those on the case") == 3


def test_a_slip_stands_at_its_field_and_nothing_is_changed(client: Client, household: Household) -> None:
    area = started(client, household).areas.get(area=MappingArea.NETWORK)

    page = sent(client, url("write_area", household, area.pk), text="", state="done")

    assert "Write what they tell before it is done" in text_of(page)
    area.refresh_from_db()
    assert area.state == AreaState.NOT_STARTED
    assert "areas are not gone through" in text_of(sent(client, url("finish_mapping", household)))


def test_another_household_s_area_and_mapping_are_not_found(client: Client, household: Household) -> None:
    other = MappedAreaFactory.create(area=MappingArea.NETWORK)

    assert client.get(url("write_area", household, other.pk)).status_code == 404
    assert client.get(url("earlier_mapping", household, other.mapping_id)).status_code == 404
    assert client.get(url("finish_mapping", household)).status_code == 404


# ── work processes ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_process_is_started_followed_adjusted_and_ended(client: Client, household: Household) -> None:
    process = applied(client, household)
    first, second, third, *_rest = process.steps.all()

    sent(client, url("finish_applied_step", household, first.pk))
    sent(
        client,
        url("adjust_applied_step", household, second.pk),
        what="With the school",
        who="Us",
        due_on="+20",
        because="Holidays",
    )
    sent(client, url("leave_out_step", household, third.pk), because="No children")
    sent(
        client,
        url("add_applied_step", household, process.pk),
        what="Call grandmother",
        who="Us",
        due_on="+3",
        because="She asked",
    )

    page = text_of(client.get(url("processes", household)))
    assert "With the school" in page and "Holidays" in page
    assert "Left out" in page and "Call grandmother" in page
    assert f"2 of {process.steps.count()} steps done" in page
    runs = text_of(client.get(url("household", household)))
    assert "Work process: Family with children" in runs

    sent(client, url("end_process", household, process.pk), because="not_needed")
    process.refresh_from_db()
    assert process.ended_because == "not_needed"
    assert "No longer needed" in text_of(client.get(url("processes", household)))


def test_a_slip_in_a_process_stands_at_its_field(client: Client, household: Household) -> None:
    process = applied(client, household)
    step = process.steps.all()[0]

    page = sent(client, url("start_process", household), group="young", starts_on="1.1.2001")
    assert "within a year" in text_of(page)
    page = sent(client, url("adjust_applied_step", household, step.pk), what="", who="", due_on="", because="")
    assert page.status_code == 200
    assert household.processes.count() == 1
    step.refresh_from_db()
    assert step.adjusted_because == ""


def test_a_special_group_is_not_told_to_the_leader(client: Client, household: Household) -> None:
    process = applied(client, household, "violence")
    step = process.steps.all()[0]
    assert "Exposed to violence" in text_of(client.get(url("processes", household)))

    as_leader(client, unit_of(household))

    assert "Exposed to violence" not in text_of(client.get(url("processes", household)))
    runs = text_of(client.get(url("household", household)))
    assert "Work process" in runs
    assert "Exposed to violence" not in runs and step.what not in runs


def test_a_leader_writes_a_version_and_moves_cases_after_a_dry_run(client: Client, household: Household) -> None:
    process = applied(client, household)
    applied(client, household, "violence")
    unit = unit_of(household)
    as_leader(client, unit)
    assert "as it came" in text_of(client.get(reverse("cases:work_processes")))
    for group in ("family", "violence"):
        sent(
            client,
            reverse("cases:write_process", args=[group]),
            valid_from="today",
            **steps(("Talk with all", "Us", "2"), ("Celebrate", "All", "30")),
        )

    overview = text_of(client.get(reverse("cases:work_processes")))
    assert "See what changes" in overview
    page = text_of(client.get(reverse("cases:move_cases", args=["family"])))
    name = str(household.members.get(role="applicant").person)
    assert name in page and "Talk with all" in page and "Goes" in page
    process.refresh_from_db()
    assert process.template.by_id is None

    sent(client, reverse("cases:move_cases", args=["family"]))

    process.refresh_from_db()
    assert [step.what for step in process.steps.all()] == ["Talk with all", "Celebrate"]
    unnamed = text_of(client.get(reverse("cases:move_cases", args=["violence"])))
    assert name not in unnamed and "1 case is not named here" in unnamed
    sent(client, reverse("cases:move_cases", args=["violence"]))
    assert household.processes.get(group="violence").steps.count() == 2


def steps(*rows: tuple[str, str, str]) -> dict[str, str]:
    told = {"count": str(len(rows) + 1)}
    for n, (what, who, days) in enumerate(rows):
        told |= {f"step-{n}-what": what, f"step-{n}-who": who, f"step-{n}-days": days, f"step-{n}-paragraph": ""}
    return told


def test_a_version_with_a_slip_is_not_saved(client: Client) -> None:
    as_leader(client, UnitFactory.create())
    address = reverse("cases:write_process", args=["young"])

    assert "at least one step" in text_of(sent(client, address, valid_from="today", count="1"))
    assert sent(client, address, valid_from="today", **steps(("", "Us", "x"))).status_code == 200
    assert "The day has passed" in text_of(sent(client, address, valid_from="1.1.2020", **steps(("A", "B", "1"))))
    more = sent(client, address, valid_from="today", add="1", **steps(("A", "B", "1")))
    assert more.content.decode().count("-what") > 3
    assert not ProcessTemplate.objects.filter(by__isnull=False).exists()


def test_a_version_can_be_read_and_an_unknown_group_is_not_found(client: Client) -> None:
    unit = UnitFactory.create()
    sign_in(client, employee_with(Role.CASEWORKER, unit))
    template = ProcessTemplateFactory.create(municipality=unit.municipality, group=ProcessGroup.YOUNG)
    ProcessStepFactory.create(template=template, what="Meet at the youth club")
    address = reverse("cases:process_version", args=["young"])

    assert "Meet at the youth club" in text_of(client.get(address))
    assert "Meet at the youth club" in text_of(client.get(f"{address}?version={template.pk}"))
    assert "As it came" in text_of(client.get(reverse("cases:process_version", args=["refugee"])))
    assert client.get(reverse("cases:process_version", args=["kings"])).status_code == 404
    as_leader(client, unit)
    assert client.get(reverse("cases:move_cases", args=["refugee"])).status_code == 404


def test_the_case_s_own_page_moves_it_too(client: Client, household: Household) -> None:
    process = applied(client, household)
    assert client.get(url("move_process", household, process.pk)).status_code == 404
    template = ProcessTemplateFactory.create(
        municipality=household.municipality, group="family", valid_from=localdate()
    )
    ProcessStepFactory.create(template=template, what="Only this")
    assert "See what it would change" in text_of(client.get(url("processes", household)))
    assert "Only this" in text_of(client.get(url("move_process", household, process.pk)))

    sent(client, url("move_process", household, process.pk))

    assert [step.what for step in process.steps.all()] == ["Only this"]


# ── the user's voice ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_survey_is_asked_and_shown(client: Client, household: Household) -> None:
    person = household.members.get().person
    sent(
        client,
        url("register_survey", household, "moved_in"),
        outcome="answered",
        asked_on="today",
        way="phone",
        person=person.pk,
        home_suits="5",
        safe="2",
        comment="Quiet street",
    )

    assert Survey.objects.get().answers.count() == 2
    page = text_of(client.get(url("voice", household)))
    assert "Quiet street" in page and "A little" in page
    assert "Ask: After moving in" not in page and "Ask: After a year" in page


def test_a_survey_with_a_slip_is_not_saved(client: Client, household: Household) -> None:
    address = url("register_survey", household, "moved_in")

    assert "at least one answer" in text_of(sent(client, address, outcome="answered", asked_on="today", way="phone"))
    assert "had not moved in" in text_of(
        sent(client, address, outcome="declined", asked_on=f"{localdate() - timedelta(days=50):%d.%m.%Y}")
    )
    assert Survey.objects.count() == 0
    assert client.get(url("register_survey", household, "exam")).status_code == 404


def test_a_choice_among_homes_is_recorded(client: Client, household: Household) -> None:
    address = url("choose_home", household)
    assert "two homes or more" in text_of(sent(client, address, on="today", other_1="A flat", count="2"))
    more = client.post(address, {"on": "today", "other_1": "A flat", "count": "2", "add": "1"})
    assert 'name="other_3"' in more.content.decode() and 'value="A flat"' in more.content.decode()

    sent(client, address, on="today", other_1="A flat", other_2="A house", chosen="2", wish="A garden", count="2")

    assert HomeChoice.objects.get().homes.get(is_chosen=True).other == "A house"
    page = text_of(client.get(url("voice", household)))
    assert "A garden" in page and "A flat" in page


def test_a_complaint_is_taken_in_and_answered(client: Client, household: Household) -> None:
    sent(client, url("complain", household), received_on="today", about="waiting", text="Nobody calls back")
    complaint = InformalComplaint.objects.get()
    assert "Answer the complaint" in text_of(client.get(url("household", household)))
    as_leader(client, unit_of(household))
    assert "That it takes long" in text_of(client.get(reverse("cases:voices")))
    sign_in(client, worker_for(household))

    address = url("answer_complaint", household, complaint.pk)
    assert "not ahead of today" in text_of(sent(client, address, answered_on="tomorrow", answer="x"))
    sent(client, address, answered_on="today", answer="We call on Mondays", leads_to_change="on")

    page = text_of(client.get(url("voice", household)))
    assert "We call on Mondays" in page and "Leads to a change" in page
    assert "answered already" in text_of(sent(client, address, answered_on="today", answer="again"))


def test_another_household_s_complaint_and_steps_are_not_found(client: Client, household: Household) -> None:
    other = InformalComplaintFactory.create()
    process = applied(client, household)
    theirs = household_in(unit=UnitFactory.create())
    sign_in(client, worker_for(theirs))

    assert client.get(url("answer_complaint", theirs, other.pk)).status_code == 404
    assert client.get(url("finish_applied_step", theirs, process.steps.all()[0].pk)).status_code == 404
    assert client.get(url("end_process", theirs, process.pk)).status_code == 404


def test_a_unit_sees_whom_to_ask_and_means_of_five_answers_or_more(
    client: Client, household: Household, django_assert_max_num_queries: Any
) -> None:
    unit = unit_of(household)
    as_leader(client, unit)
    for n in range(5):
        other = household_in(unit=unit)
        survey = SurveyFactory.create(household=other, asked_on=localdate(), moved_in_on=localdate())
        SurveyAnswerFactory.create(survey=survey, score=n + 1)
        if n < 4:
            SurveyAnswerFactory.create(survey=survey, question="safe", score=5)

    with django_assert_max_num_queries(45):
        page = client.get(reverse("cases:voices"))

    words = text_of(page)
    assert str(household.members.get().person) in words
    assert "5 of 5 surveys were answered" in words
    assert "3.0" in words and "5.0" not in words


def test_who_may_only_read_is_offered_no_act(client: Client, household: Household) -> None:
    started(client, household)
    applied(client, household)
    as_leader(client, unit_of(household))

    for name in ("mapping", "processes", "voice"):
        page = client.get(url(name, household))
        assert page.status_code == 200
        assert url("start_mapping", household) not in page.content.decode()
    assert "Tick off" not in text_of(client.get(url("processes", household)))
