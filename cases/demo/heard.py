"""Needs mapped, work processes and the users' own voice in the demo, of households whose stories others tell."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q

from cases.actions.mapping import Told, finish_mapping, start_mapping, write_area
from cases.actions.processes import adjust_applied_step, apply_process, finish_applied_step
from cases.actions.voice import (
    Asked,
    Shown,
    answer_complaint,
    receive_complaint,
    record_home_choice,
    register_survey,
)
from cases.demo.clock import Story
from cases.demo.content import content
from cases.demo.guarded import cases_of
from cases.demo.moments import Moments
from cases.demo.stage import Stage
from cases.models import (
    AreaState,
    ComplaintAbout,
    MappingArea,
    NeedsMapping,
    ProcessGroup,
    SurveyKind,
    SurveyOutcome,
    SurveyQuestion,
    SurveyWay,
)
from cases.questions.wanted_heard import surveys_due
from people.models import Assignment, AssignmentRole, Employee, Household, MemberRole

#: Days before the edge on which needs are mapped: the first household twice, so that one sees what changed.
MAPPED, MAPPED_AGAIN = (66, 31), 5
#: Days before the edge on which a work process begins, whom for, and how many steps are done.
PROCESSES = ((38, ProcessGroup.FAMILY, 3), (24, ProcessGroup.DRUGS_OR_MENTAL, 2), (9, ProcessGroup.YOUNG, 1))
#: Days before the edge on which those who are due are asked how it went.
SURVEYS = (300, 180, 90, 20)
_FOLLOWS = "saksbehandler"


def heard(stage: Stage) -> list[Story]:
    return [_mappings(stage), _processes(stage), _surveys(stage), _complaints(stage)]


def _mappings(stage: Stage) -> Story:
    when, by = Moments(stage.rng, edge=stage.town.edge), stage.town.employees[_FOLLOWS]
    for days_before in MAPPED:
        yield when.begin(days_before)
        household = next((one for one in cases_of(_FOLLOWS, when, stage) if not one.mappings.exists()), None)
        if household is not None:
            mapping = start_mapping(household_id=household.pk, by=by, at=when.at)
            _write(mapping, _texts("first"), by, when)
            finish_mapping(mapping_id=mapping.pk, by=by, at=when.sitting())
    yield when.begin(MAPPED_AGAIN)
    for household in cases_of(_FOLLOWS, when, stage):
        if household.mappings.exists():
            mapping = start_mapping(household_id=household.pk, by=by, at=when.at)
            _write(mapping, _texts("second"), by, when)
            return


def _write(mapping: NeedsMapping, texts: dict[str, str], by: Employee, when: Moments) -> None:
    codes = {MappingArea.HOUSING: "red", MappingArea.ECONOMY: "social_assistance", MappingArea.DRUGS: "drugs"}
    for area in mapping.areas.filter(area__in=texts).order_by("pk"):
        told = Told(state=AreaState.DONE, text=texts[area.area], code=codes.get(MappingArea(area.area), ""))
        write_area(area_id=area.pk, told=told, by=by, at=when.at)


def _processes(stage: Stage) -> Story:
    when, by = Moments(stage.rng, edge=stage.town.edge), stage.town.employees[_FOLLOWS]
    for days_before, group, done in PROCESSES:
        yield when.begin(days_before)
        is_family = group == ProcessGroup.FAMILY
        here = [one for one in cases_of(_FOLLOWS, when, stage) if not one.processes.exists()]
        fits = [one for one in here if one.members.filter(role=MemberRole.CHILD).exists() == is_family] or here
        if not fits:
            continue
        process = apply_process(household_id=fits[0].pk, group=group, starts_on=when.today, by=by, at=when.at)
        steps = list(process.steps.all())
        texts = _texts("adjusted")
        adjust_applied_step(
            step_id=steps[done].pk,
            what=steps[done].what,
            who=texts["who"],
            due_on=steps[done].due_on + timedelta(days=7),
            because=texts["because"],
            by=by,
            at=when.sitting(),
        )
        for step in steps[:done]:
            finish_applied_step(step_id=step.pk, by=by, at=when.sitting())


def _surveys(stage: Stage) -> Story:
    """Whoever is due is asked by who follows them; every third does not answer."""
    when = Moments(stage.rng, edge=stage.town.edge)
    for days_before in SURVEYS:
        yield when.begin(days_before)
        for number, due in enumerate(list(surveys_due(when.today, Q()))[:6]):
            owner = _owner(due.household_id, when)
            if owner is None:
                continue
            is_answered = number % 3 != 2
            questions = _QUESTIONS[due.kind]
            asked = Asked(
                kind=due.kind,
                moved_in_on=due.moved_in_on,
                asked_on=when.today,
                outcome=SurveyOutcome.ANSWERED if is_answered else SurveyOutcome.DECLINED,
                way=SurveyWay.PHONE,
                answers={code: when.rng.choice([2, 3, 4, 5, 5]) for code in questions},
                comment=_texts("survey")["comment"] if number == 0 else "",
            )
            register_survey(household_id=due.household_id, asked=asked, by=owner, at=when.at)


_QUESTIONS = {
    SurveyKind.MOVED_IN: (SurveyQuestion.HOME_SUITS, SurveyQuestion.CHOICE, SurveyQuestion.LISTENED),
    SurveyKind.AFTER_A_YEAR: (SurveyQuestion.HOME_SUITS, SurveyQuestion.SAFE, SurveyQuestion.AFFORD),
}


def _complaints(stage: Stage) -> Story:
    when, by = Moments(stage.rng, edge=stage.town.edge), stage.town.employees[_FOLLOWS]
    texts = _texts("complaints")
    told: dict[str, Any] = {"by": by}
    yield when.begin(45)
    for household in cases_of(_FOLLOWS, when, stage)[:1]:
        taken: dict[str, Any] = {"about": ComplaintAbout.INFORMATION, "text": texts["answered"]}
        complaint = receive_complaint(household_id=household.pk, received_on=when.today, **taken, at=when.at, **told)
        yield when.wait(6)
        answer_complaint(
            complaint_id=complaint.pk,
            answered_on=when.today,
            answer=texts["answer"],
            leads_to_change=True,
            at=when.at,
            **told,
        )
    yield when.begin(11)
    for household in cases_of(_FOLLOWS, when, stage)[-1:]:
        taken = {"about": ComplaintAbout.PROVIDER, "text": texts["open"]}
        receive_complaint(household_id=household.pk, received_on=when.today, **taken, at=when.at, **told)
        _shown(household, when, by)


def _shown(household: Household, when: Moments, by: Employee) -> None:
    first, second = content("heard")["homes"]["shown"]
    homes = [Shown(other=first, is_chosen=True), Shown(other=second)]
    wish = str(content("heard")["homes"]["wish"])
    record_home_choice(household_id=household.pk, on=when.today, homes=homes, wish=wish, by=by, at=when.sitting())


def _owner(household_id: int, when: Moments) -> Employee | None:
    found = Assignment.objects.on(when.today).filter(household=household_id, role=AssignmentRole.OWNER)
    assignment = found.select_related("employee").first()
    return assignment.employee if assignment else None


def _texts(name: str) -> dict[str, str]:
    return {key: str(text) for key, text in content("heard")[name].items()}
