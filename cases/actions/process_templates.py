"""A municipality's own work processes: as they come with the product, and its own versions of them from a day."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cases import law
from cases.models import ProcessGroup, ProcessStep, ProcessTemplate
from cases.questions.law import choices_of
from people.access import units_with
from people.models import Employee, Unit
from people.refusals import Refusal
from people.roles import Permission
from people.transactions import act

_FILE = Path(__file__).parent.parent / "process_templates.toml"
MOST_DAYS = 1096


class CannotWriteProcess(Refusal):
    """The new version lacks something, or there is one from that day."""


@dataclass(frozen=True, kw_only=True)
class NewProcessStep:
    """One step as a leader writes it. `code` is that of the step it was before; empty for a new one."""

    what: str
    who: str
    days: int
    paragraph: str = ""
    code: str = ""


def template_in_force(municipality_id: str, group: ProcessGroup, *, on: date) -> ProcessTemplate:
    """The version that a process begun on the day follows: the latest that had begun, else the product's own."""
    shipped = _adopted(municipality_id, group, on=on)
    return version_in_force(municipality_id, group, on=on) or shipped


def version_in_force(municipality_id: str, group: ProcessGroup, *, on: date) -> ProcessTemplate | None:
    """As `template_in_force`, without writing anything down; None while the municipality has used none."""
    found = ProcessTemplate.objects.filter(municipality=municipality_id, group=group, valid_from__lte=on)
    return found.order_by("-valid_from").first()


def steps_in_force(municipality_id: str, group: ProcessGroup, *, on: date) -> list[NewProcessStep]:
    """The steps that a process begun on the day has."""
    template = version_in_force(municipality_id, group, on=on)
    return steps_of(template) if template else _shipped_steps(municipality_id, group, on=on)


def steps_of(template: ProcessTemplate) -> list[NewProcessStep]:
    return [
        NewProcessStep(what=one.what, who=one.who, days=one.days, paragraph=one.paragraph, code=one.code)
        for one in template.steps.all()
    ]


@act
def write_template(
    *,
    unit_id: int,
    group: ProcessGroup | str,
    valid_from: date,
    steps: Sequence[NewProcessStep],
    by: Employee,
    at: datetime,
) -> ProcessTemplate:
    """A new version of a work process, from a day. Cases that run stay on theirs until they are moved.

    :raises Http404: unless `by` leads the unit
    :raises CannotWriteProcess: without steps, with a day that has passed, or with a step that says too little
    """
    unit: Unit | None = units_with(by, Permission.LEAD, at=at).filter(pk=unit_id).first()
    if unit is None or group not in ProcessGroup.values:
        raise Http404
    _refuse_faults(valid_from, steps, localdate(at))
    _adopted(unit.municipality_id, ProcessGroup(group), on=valid_from)
    same = ProcessTemplate.objects.filter(municipality=unit.municipality_id, group=group, valid_from=valid_from)
    if same.exists():
        raise CannotWriteProcess(_("There is a version from that day already."), field="valid_from")
    made = ProcessTemplate.objects.create(
        municipality_id=unit.municipality_id, group=group, valid_from=valid_from, by=by
    )
    _fill(made, steps)
    return made


@lru_cache
def _shipped() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _adopted(municipality_id: str, group: ProcessGroup, *, on: date) -> ProcessTemplate:
    """The product's own version, written down for the municipality in its own language form the first time."""
    data = _shipped()
    made, is_new = ProcessTemplate.objects.get_or_create(
        municipality_id=municipality_id, group=group, valid_from=data["valid_from"]
    )
    if is_new:
        _fill(made, _shipped_steps(municipality_id, group, on=on))
    return made


def _shipped_steps(municipality_id: str, group: ProcessGroup, *, on: date) -> list[NewProcessStep]:
    data = _shipped()
    language = law.CHOICES["letter_language"].on(on, choices_of(municipality_id))
    return [
        NewProcessStep(
            what=step[language],
            who=data["who"][step["who"]][language],
            days=step["days"],
            paragraph=step.get("paragraph", ""),
            code=step["code"],
        )
        for step in data["steps"][group.value]
    ]


def _fill(template: ProcessTemplate, steps: Sequence[NewProcessStep]) -> None:
    taken: set[str] = set()
    rows = []
    for order, step in enumerate(steps, 1):
        code = step.code if step.code and step.code not in taken else uuid4().hex[:12]
        taken.add(code)
        rows.append(
            ProcessStep(
                template=template,
                order=order,
                code=code,
                what=step.what.strip(),
                who=step.who.strip(),
                days=step.days,
                paragraph=step.paragraph.strip(),
            )
        )
    ProcessStep.objects.bulk_create(rows)


def _refuse_faults(valid_from: date, steps: Sequence[NewProcessStep], today: date) -> None:
    if valid_from < today:
        raise CannotWriteProcess(_("The day has passed."), field="valid_from")
    if not steps:
        raise CannotWriteProcess(_("A work process needs at least one step."), field="steps")
    if not all(step.what.strip() and step.who.strip() for step in steps):
        raise CannotWriteProcess(_("Every step says what is to be done and by whom."), field="steps")
    if any(not 0 <= step.days <= MOST_DAYS for step in steps):
        raise CannotWriteProcess(_("A step is due within three years."), field="steps")
