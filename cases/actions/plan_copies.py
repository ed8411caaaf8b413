"""The person's own copy of the plan: gathered from the facts, printed, kept, and sent to nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from cases.actions.dispatching import dispatch
from cases.actions.documents import keep
from cases.actions.letter_frames import About, framed
from cases.actions.letters_to import refuse_places
from cases.actions.plan_doors import CannotPlanFor, PlanHasEnded, locked_plan, record
from cases.actions.tasks import unit_of
from cases.letters import PlanLetter, Step
from cases.models import Case, Document, DocumentKind, IndividualPlan, MeasureOutcome, PlanKind, PlanState
from cases.questions.recipients import addressed_on
from cases.recipients import Addressed
from people.journal import Act
from people.models import Employee
from people.transactions import act


@act
def give_copy(*, plan_id: int, language: str, by: Employee, at: datetime, version: int | None = None) -> Document:
    """Print the plan as it stands, keep it, and put it on its way to the person or whoever stands in for them.

    Of somebody that no letter goes to, as a child, it is kept to be handed over.

    :raises PlanHasEnded: unless the plan runs
    :raises CannotPlanFor: of a safety plan, which no letter may tell of
    :raises TellsPlace: when an address is protected and somebody has written a place into the plan
    """
    plan = locked_plan(plan_id, by=by, at=at, version=version)
    letter, to = copy_of(plan, language=language, by=by, at=at)
    document = keep(
        letter,
        household=plan.household,
        kind=DocumentKind.PLAN,
        unit=unit_of(plan.household, on=localdate(at)),
        case=Case.objects.filter(household=plan.household).order_by("pk").last(),
        tells_place=bool(letter.recipient_address),
        by=by,
        at=at,
    )
    dispatch(document, to.recipients, by=by, at=at)
    record(Act.PLAN_COPY_GIVEN, plan, by=by, at=at, number=plan.revision)
    return document


def copy_of(
    plan: IndividualPlan, *, language: str, by: Employee, at: datetime, is_draft: bool = False
) -> tuple[PlanLetter, Addressed]:
    """The letter as it would be given now, and to whom.

    :raises PlanHasEnded: unless the plan runs
    :raises CannotPlanFor: of a safety plan
    """
    if plan.kind == PlanKind.SAFETY:
        raise CannotPlanFor(_("No letter tells of a safety plan. Go through it with the person."))
    if plan.state != PlanState.ACTIVE or plan.starts_on is None:
        raise PlanHasEnded(_("The plan has not begun."))
    day = localdate(at)
    found = addressed_on(plan.household, on=day)
    to = replace(found, recipients=tuple(one for one in found.recipients if one.person_id == plan.person_id))
    about = About(
        household=plan.household,
        unit=unit_of(plan.household, on=day),
        kind=DocumentKind.PLAN,
        reference=f"H-{plan.household_id}",
        language=language,
        is_draft=is_draft,
    )
    participants = plan.participants.now().order_by("pk")
    letter = PlanLetter(
        **framed(about, to, by=by, day=day),
        kind="own_copy",
        made_on=plan.starts_on,
        aim=plan.goals,
        wishes="",
        steps=tuple(
            Step(
                what=f"{one.what} ({one.extent})",
                who=str(one.participant or ""),
                due_on=one.due_on,
                is_done=one.outcome == MeasureOutcome.DONE,
            )
            for one in plan.measures.select_related("participant").order_by("due_on", "pk")
        ),
        taking_part=tuple(f"{one}: {one.contributes}" for one in participants),
        coordinator=plan.coordinator.name if plan.coordinator and found.tells_place else "",
        review_on=plan.next_revision_on,
        consented_on=plan.consented_on,
        resources=plan.resources,
        needs=plan.needs,
        own_part=plan.own_part,
        carried_out=plan.carried_out,
        cooperation=plan.cooperation,
    )
    if not found.tells_place:
        refuse_places([letter], plan.household)
    return letter, to
