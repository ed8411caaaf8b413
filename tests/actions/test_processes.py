"""Work processes: steps with deadlines from the version in force, adjusted with a reason, moved as the dry run says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import Http404

from cases.actions.nightly import settle_tasks
from cases.actions.process_templates import CannotWriteProcess, NewProcessStep, template_in_force, write_template
from cases.actions.processes import (
    CannotProceed,
    add_applied_step,
    adjust_applied_step,
    apply_process,
    changes_of,
    end_process,
    finish_applied_step,
    leave_out_step,
    move_process,
)
from cases.models import AppliedProcess, AppliedStep, LawChoice, ProcessGroup, ProcessTemplate, Task, TaskKind
from cases.process_changes import Change
from people.models import Role
from tests.factories.heard import AppliedProcessFactory
from tests.factories.people import AT, DAY, KONGSBERG, OSLO_NUMBER, UnitFactory, caseworker, employee_with
from tests.journeys import household_in, unit_of, worker_for

pytestmark = pytest.mark.django_db

TOMORROW = DAY + timedelta(days=1)
FAMILY = ProcessGroup.FAMILY


def applied(group: ProcessGroup = FAMILY, starts_on: date = DAY) -> AppliedProcess:
    household = household_in()
    return apply_process(household_id=household.pk, group=group, starts_on=starts_on, by=worker_for(household), at=AT)


def by_of(process: AppliedProcess) -> dict[str, Any]:
    return {"by": worker_for(process.household), "at": AT}


def leader_of(process: AppliedProcess) -> Any:
    return employee_with(Role.TEAM_LEADER, unit_of(process.household))


def written(process: AppliedProcess, steps: list[NewProcessStep], valid_from: date = TOMORROW) -> ProcessTemplate:
    unit = unit_of(process.household)
    return write_template(
        unit_id=unit.pk, group=process.group, valid_from=valid_from, steps=steps, by=leader_of(process), at=AT
    )


def as_written(template: ProcessTemplate) -> list[NewProcessStep]:
    return [
        NewProcessStep(code=one.code, what=one.what, who=one.who, days=one.days, paragraph=one.paragraph)
        for one in template.steps.all()
    ]


@pytest.mark.parametrize("group", ProcessGroup)
def test_every_group_has_a_process_that_came_with_the_product(group: ProcessGroup) -> None:
    process = applied(group)

    steps = list(process.steps.select_related("step"))
    assert len(steps) >= 5
    assert [one.due_on for one in steps] == [DAY + timedelta(days=one.step.days) for one in steps if one.step]
    assert sorted(one.due_on for one in steps) == [one.due_on for one in steps]


def test_the_product_s_own_is_written_in_the_municipality_s_language_form() -> None:
    by = caseworker(UnitFactory.create())
    told: dict[str, Any] = {
        "municipality_id": KONGSBERG,
        "code": "letter_language",
        "value": "nn",
        "starts_on": DAY,
        "reason": "x",
    }
    LawChoice.objects.create(**told, by=by, at=AT)

    other = template_in_force(OSLO_NUMBER, FAMILY, on=DAY).steps.get(code="plan")
    ours = template_in_force(KONGSBERG, FAMILY, on=DAY).steps.get(code="plan")

    assert ours.what != other.what


def test_a_group_runs_once_at_a_time() -> None:
    process = applied()

    with pytest.raises(CannotProceed) as refused:
        apply_process(household_id=process.household_id, group=FAMILY, starts_on=DAY, **by_of(process))

    assert refused.value.field == "group"


@pytest.mark.parametrize(
    ("told", "field"), [({"group": "kings"}, "group"), ({"starts_on": DAY + timedelta(days=400)}, "starts_on")]
)
def test_a_process_with_a_slip_is_not_started(told: dict[str, Any], field: str) -> None:
    household = household_in()
    said: dict[str, Any] = {"group": FAMILY, "starts_on": DAY, **told}

    with pytest.raises(CannotProceed) as refused:
        apply_process(household_id=household.pk, by=worker_for(household), at=AT, **said)

    assert refused.value.field == field
    assert household.processes.count() == 0


def test_a_step_that_is_due_soon_is_a_task_until_it_is_ticked_off() -> None:
    process = applied()
    settle_tasks(at=AT)
    tasks = Task.objects.open().filter(kind=TaskKind.PROCESS_STEP, household=process.household)
    assert {task.due_on for task in tasks} == {DAY + timedelta(days=3)}
    assert {task.about for task in tasks} == {""}

    first = process.steps.order_by("due_on", "order")[0]
    finish_applied_step(step_id=first.pk, **by_of(process))

    assert not tasks.filter(subject_id=first.pk).exists()
    with pytest.raises(CannotProceed):
        finish_applied_step(step_id=first.pk, **by_of(process))


def test_the_last_step_ends_it() -> None:
    process = applied()
    for step in list(process.steps.all()):
        if step.order % 2:
            finish_applied_step(step_id=step.pk, **by_of(process))
        else:
            leave_out_step(step_id=step.pk, because="They have this already", **by_of(process))

    process.refresh_from_db()
    assert (process.ended_on, process.ended_because) == (DAY, "done")
    with pytest.raises(CannotProceed):
        add_applied_step(
            process_id=process.pk, what="Call", who="Us", due_on=DAY, because="To be sure", **by_of(process)
        )


def test_a_step_is_adjusted_with_a_reason() -> None:
    process = applied()
    step = process.steps.all()[0]
    settle_tasks(at=AT)
    later = DAY + timedelta(days=30)
    told: dict[str, Any] = {"what": "Map together with school", "who": "Caseworker", "due_on": later}

    for slip, field in (({"because": " "}, "because"), ({"what": ""}, "what"), ({"who": ""}, "who")):
        with pytest.raises(CannotProceed) as refused:
            adjust_applied_step(step_id=step.pk, **{**told, "because": "x", **slip}, **by_of(process))
        assert refused.value.field == field

    adjust_applied_step(step_id=step.pk, **told, because="The school is closed", **by_of(process))

    step.refresh_from_db()
    assert (step.due_on, step.adjusted_because) == (later, "The school is closed")
    assert not Task.objects.open().filter(kind=TaskKind.PROCESS_STEP, subject_id=step.pk).exists()


def test_a_step_of_the_case_s_own_and_one_left_out_say_why() -> None:
    process = applied()
    step = process.steps.all()[0]
    with pytest.raises(CannotProceed):
        leave_out_step(step_id=step.pk, because="", **by_of(process))
    told: dict[str, Any] = {"what": "Call the landlord", "who": "Caseworker", "because": "He asked"}
    with pytest.raises(CannotProceed) as refused:
        add_applied_step(process_id=process.pk, due_on=DAY - timedelta(days=1), **told, **by_of(process))
    assert refused.value.field == "due_on"

    made = add_applied_step(process_id=process.pk, due_on=DAY, **told, **by_of(process))

    assert made.step is None
    assert list(process.steps.all())[-1] == made


def test_it_is_ended_with_a_reason_and_never_as_done_with_steps_left() -> None:
    process = applied()
    settle_tasks(at=AT)
    for because in ("", "done"):
        with pytest.raises(CannotProceed) as refused:
            end_process(process_id=process.pk, because=because, **by_of(process))
        assert refused.value.field == "because"

    end_process(process_id=process.pk, because="not_needed", **by_of(process))

    assert not Task.objects.open().filter(kind=TaskKind.PROCESS_STEP).exists()
    settle_tasks(at=AT)
    assert not Task.objects.open().filter(kind=TaskKind.PROCESS_STEP).exists()


def test_a_version_applies_from_its_day() -> None:
    process = applied()
    template = written(process, [NewProcessStep(what="Talk", who="Us", days=1)])

    assert template_in_force(KONGSBERG, FAMILY, on=DAY) == process.template
    assert template_in_force(KONGSBERG, FAMILY, on=TOMORROW) == template
    assert template_in_force(KONGSBERG, FAMILY, on=date(1990, 1, 1)) == process.template


def test_moving_a_case_does_what_the_dry_run_said() -> None:
    process = applied()
    steps = list(process.steps.select_related("step"))
    done, adjusted, changed, removed = steps[:4]
    finish_applied_step(step_id=done.pk, **by_of(process))
    adjust_applied_step(
        step_id=adjusted.pk, what=adjusted.what, who="The grandmother", due_on=TOMORROW, because="x", **by_of(process)
    )
    own = add_applied_step(
        process_id=process.pk, what="Call", who="Us", due_on=TOMORROW, because="He asked", **by_of(process)
    )
    before = as_written(process.template)
    after = [
        NewProcessStep(**{**vars(one), "days": one.days + 7}) if one.code == changed.step.code else one  # type: ignore[union-attr]
        for one in before
        if one.code != removed.step.code  # type: ignore[union-attr]
    ]
    template = written(process, [*after, NewProcessStep(what="Celebrate", who="All", days=0)])
    foretold = changes_of(process, template, on=DAY)

    assert move_process(process_id=process.pk, template_id=template.pk, **by_of(process)) == foretold

    counted = {change: sum(one.change is change for one in foretold) for change in Change}
    assert counted == {Change.ADDED: 1, Change.CHANGED: 1, Change.REMOVED: 1, Change.KEPT: len(steps) - 1}
    stands = {one.pk: one for one in process.steps.select_related("step")}
    assert removed.pk not in stands
    assert stands[changed.pk].due_on == changed.due_on + timedelta(days=7)
    assert stands[done.pk].done_on == DAY
    assert (stands[adjusted.pk].who, stands[adjusted.pk].due_on) == ("The grandmother", TOMORROW)
    assert own.pk in stands
    assert {one.step.template_id for one in stands.values() if one.step} == {template.pk}
    assert [(one.what, one.due_on) for one in process.steps.all()] == sorted(
        ((one.what, one.due_on) for one in stands.values()),
        key=lambda told: [one.what for one in process.steps.all()].index(told[0]),
    )
    assert all(one.change is Change.KEPT for one in changes_of(process, template, on=DAY))


def test_a_case_is_moved_to_a_version_of_its_own_process_and_once() -> None:
    process = applied()
    other = template_in_force(OSLO_NUMBER, FAMILY, on=DAY)
    young = template_in_force(KONGSBERG, ProcessGroup.YOUNG, on=DAY)

    for template in (other.pk, young.pk, process.template_id, 0):
        with pytest.raises(CannotProceed) as refused:
            move_process(process_id=process.pk, template_id=template, **by_of(process))
        assert refused.value.field == "template"


def test_the_leader_moves_the_unit_s_cases() -> None:
    process = applied()
    template = written(process, as_written(process.template)[:5])

    move_process(process_id=process.pk, template_id=template.pk, by=leader_of(process), at=AT)

    process.refresh_from_db()
    assert (process.template, process.steps.count()) == (template, 5)


@pytest.mark.parametrize(
    ("steps", "valid_from", "field"),
    [
        ([], TOMORROW, "steps"),
        ([NewProcessStep(what=" ", who="Us", days=1)], TOMORROW, "steps"),
        ([NewProcessStep(what="Talk", who="Us", days=2000)], TOMORROW, "steps"),
        ([NewProcessStep(what="Talk", who="Us", days=1)], DAY - timedelta(days=1), "valid_from"),
    ],
)
def test_a_version_with_a_slip_is_refused(steps: list[NewProcessStep], valid_from: date, field: str) -> None:
    process = applied()

    with pytest.raises(CannotWriteProcess) as refused:
        written(process, steps, valid_from)

    assert refused.value.field == field
    assert ProcessTemplate.objects.filter(group=FAMILY).count() == 1


def test_there_is_one_version_from_a_day_and_only_a_leader_writes_it() -> None:
    process = applied()
    steps = [NewProcessStep(what="Talk", who="Us", days=1)]
    written(process, steps)

    with pytest.raises(CannotWriteProcess):
        written(process, steps)
    with pytest.raises(Http404):
        write_template(
            unit_id=unit_of(process.household).pk, group=FAMILY, valid_from=DAY, steps=steps, **by_of(process)
        )


def test_what_is_not_there_is_not_found() -> None:
    by: dict[str, Any] = {"by": caseworker(UnitFactory.create()), "at": AT}
    with pytest.raises(Http404):
        finish_applied_step(step_id=0, **by)
    with pytest.raises(Http404):
        end_process(process_id=0, because="not_needed", **by)


def test_somebody_else_s_case_is_not_found() -> None:
    process = AppliedProcessFactory.create()
    with pytest.raises(Http404):
        end_process(process_id=process.pk, because="not_needed", by=caseworker(UnitFactory.create()), at=AT)
    assert AppliedStep.objects.count() == 0
