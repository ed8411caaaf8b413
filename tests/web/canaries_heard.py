# mypy: disable-error-code="no-untyped-call"
"""Canaries in what was mapped, in the work processes, and in what a household says."""

from __future__ import annotations

from datetime import date
from typing import Any

from cases.models import AppliedStep, AreaState, MappingArea, ProcessGroup, ProcessTemplate
from people.models import Employee, Household, MemberRole
from tests.factories.heard import (
    AppliedProcessFactory,
    AppliedStepFactory,
    HomeChoiceFactory,
    HomeShownFactory,
    InformalComplaintFactory,
    MappedAreaFactory,
    NeedsMappingFactory,
    ProcessStepFactory,
    SurveyAnswerFactory,
    SurveyFactory,
)
from tests.factories.people import LONG_AGO


def heard(household: Household, text: str, where: str, special: str, *, by: Employee, on: date) -> None:
    """A mapping finished and one under way, an ordinary and a special process, and all that one can say."""
    child = household.members.filter(role=MemberRole.CHILD).order_by("pk")[0].person
    told = {"household": household, "by": by}
    for finished_on in (on, None):
        mapping = NeedsMappingFactory.create(**told, started_on=on, finished_on=finished_on, light="red")
        done: dict[str, Any] = {"mapping": mapping, "state": AreaState.DONE}
        MappedAreaFactory.create(**done, area=MappingArea.NETWORK, text=text)
        MappedAreaFactory.create(**done, area=MappingArea.CHILD_ROOM, person=child, text=text)
        for area in (MappingArea.HEALTH, MappingArea.DRUGS, MappingArea.SAFETY):
            MappedAreaFactory.create(**done, area=area, text=special)
    for group, words in ((ProcessGroup.FAMILY, text), (ProcessGroup.VIOLENCE, special)):
        template, is_new = ProcessTemplate.objects.get_or_create(
            municipality=household.municipality, group=group, valid_from=LONG_AGO
        )
        if is_new:
            ProcessStepFactory.create(template=template)
        process = AppliedProcessFactory.create(**told, template=template, starts_on=on)
        AppliedStepFactory.create(
            process=process,
            step=template.steps.get(),
            what=words,
            who=words,
            paragraph=words[:100],
            adjusted_because=words,
            due_on=on,
        )
    survey = SurveyFactory.create(**told, comment=text, moved_in_on=LONG_AGO, asked_on=on)
    SurveyAnswerFactory.create(survey=survey)
    choice = HomeChoiceFactory.create(**told, on=on, wish=text)
    HomeShownFactory.create(choice=choice, other=where)
    InformalComplaintFactory.create(**told, received_on=on, due_on=on, text=text)
    InformalComplaintFactory.create(
        **told, received_on=on, due_on=on, text=text, answered_on=on, answered_by=by, answer=text
    )


def ids_of_heard(household: Household) -> dict[str, Any]:
    """What addresses of these pages take."""
    process = household.processes.get(group=ProcessGroup.FAMILY)
    return {
        "mapping_id": household.mappings.finished().get().pk,
        "area_id": household.mappings.open().get().areas.get(area=MappingArea.NETWORK).pk,
        "process_id": process.pk,
        "applied_step_id": AppliedStep.objects.get(process=process).pk,
        "survey_kind": "moved_in",
        "informal_id": household.complaints.unanswered().get().pk,
    }
