"""The rules of mappings, work processes and the user's voice, each broken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.factories.heard import (
    AppliedProcessFactory,
    AppliedStepFactory,
    HomeShownFactory,
    InformalComplaintFactory,
    MappedAreaFactory,
    NeedsMappingFactory,
    ProcessStepFactory,
    ProcessTemplateFactory,
    SurveyAnswerFactory,
    SurveyFactory,
)
from tests.factories.housing import DwellingFactory
from tests.factories.people import DAY, LONG_AGO, EmployeeFactory, PersonFactory

BEFORE = LONG_AGO - timedelta(days=1)


def _two_open_mappings() -> None:
    first = NeedsMappingFactory.create()
    NeedsMappingFactory.create(household=first.household)


def _one_area_twice() -> None:
    first = MappedAreaFactory.create()
    MappedAreaFactory.create(mapping=first.mapping)


def _two_versions_from_a_day() -> None:
    for _ in range(2):
        ProcessTemplateFactory.create()


def _a_step_twice(**same: object) -> None:
    first = ProcessStepFactory.create(**same)
    ProcessStepFactory.create(template=first.template, **same)


def _one_group_live_twice() -> None:
    first = AppliedProcessFactory.create()
    AppliedProcessFactory.create(household=first.household, template=first.template)


def _one_template_step_twice() -> None:
    first = AppliedStepFactory.create()
    AppliedStepFactory.create(process=first.process, step=first.step)


def _one_survey_twice() -> None:
    first = SurveyFactory.create()
    SurveyFactory.create(household=first.household)


def _one_question_twice() -> None:
    first = SurveyAnswerFactory.create()
    SurveyAnswerFactory.create(survey=first.survey)


def _one_dwelling_shown_twice() -> None:
    first = HomeShownFactory.create(dwelling=DwellingFactory.create(), other="")
    HomeShownFactory.create(choice=first.choice, dwelling=first.dwelling, other="")


def _two_chosen() -> None:
    first = HomeShownFactory.create(is_chosen=True)
    HomeShownFactory.create(choice=first.choice, is_chosen=True)


OF_HEARD: dict[str, Callable[[], object]] = {
    "mapping_open_once_a_household": _two_open_mappings,
    "mapping_finished_after_it_is_started": lambda: NeedsMappingFactory.create(finished_on=BEFORE, light="green"),
    "mapping_finished_has_a_light": lambda: NeedsMappingFactory.create(finished_on=DAY),
    "mapping_light_is_known": lambda: NeedsMappingFactory.create(light="blue"),
    "mapping_income_source_is_known": lambda: NeedsMappingFactory.create(income_source="treasure"),
    "mapping_drug_problem_is_known": lambda: NeedsMappingFactory.create(drug_problem="coffee"),
    "mapped_area_is_known": lambda: MappedAreaFactory.create(area="weather"),
    "mapped_area_state_is_known": lambda: MappedAreaFactory.create(state="perhaps"),
    "mapped_area_of_a_child_says_which": lambda: MappedAreaFactory.create(person=PersonFactory.create()),
    "mapped_area_once": _one_area_twice,
    "process_template_group_is_known": lambda: ProcessTemplateFactory.create(group="kings"),
    "process_template_one_from_a_day": _two_versions_from_a_day,
    "process_step_says_what_and_who": lambda: ProcessStepFactory.create(what=""),
    "process_step_days_are_within_three_years": lambda: ProcessStepFactory.create(days=1097),
    "process_step_order_once": lambda: _a_step_twice(order=1),
    "process_step_code_once": lambda: _a_step_twice(code="talk"),
    "applied_process_group_is_known": lambda: AppliedProcessFactory.create(group="kings"),
    "applied_process_live_once_a_group": _one_group_live_twice,
    "applied_process_ended_says_why": lambda: AppliedProcessFactory.create(ended_on=DAY),
    "applied_process_ends_after_it_begins": lambda: AppliedProcessFactory.create(ended_on=BEFORE, ended_because="done"),
    "applied_step_says_what_and_who": lambda: AppliedStepFactory.create(who=""),
    "applied_step_is_done_or_left_out": lambda: AppliedStepFactory.create(
        done_on=DAY, skipped_on=DAY, adjusted_because="x"
    ),
    "applied_step_of_its_own_or_left_out_says_why": lambda: AppliedStepFactory.create(step=None),
    "applied_step_of_a_template_once": _one_template_step_twice,
    "survey_kind_is_known": lambda: SurveyFactory.create(kind="exam"),
    "survey_outcome_is_known": lambda: SurveyFactory.create(outcome="shrug", way=""),
    "survey_answered_says_how": lambda: SurveyFactory.create(way=""),
    "survey_asked_after_they_moved_in": lambda: SurveyFactory.create(asked_on=BEFORE),
    "survey_once_a_home_and_time": _one_survey_twice,
    "survey_answer_question_is_known": lambda: SurveyAnswerFactory.create(question="why"),
    "survey_answer_is_one_to_five": lambda: SurveyAnswerFactory.create(score=6),
    "survey_answer_once_a_question": _one_question_twice,
    "home_shown_is_a_dwelling_or_told": lambda: HomeShownFactory.create(other=""),
    "home_shown_once": _one_dwelling_shown_twice,
    "home_shown_one_is_chosen": _two_chosen,
    "complaint_about_is_known": lambda: InformalComplaintFactory.create(about="nothing"),
    "complaint_says_something": lambda: InformalComplaintFactory.create(text=""),
    "complaint_is_due_after_it_is_received": lambda: InformalComplaintFactory.create(due_on=BEFORE),
    "complaint_answered_says_what_and_who": lambda: InformalComplaintFactory.create(
        answered_on=DAY, answered_by=EmployeeFactory.create()
    ),
}
