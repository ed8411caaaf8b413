"""A person's plan in words: its nine points, and its whole text as a version keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import ConsentPart, IndividualPlan
from cases.plan_points import PlanFacts, PlanPoint, points_met
from cases.wording import day_in_words

POINT_WORDS: dict[PlanPoint, str | Promise] = {
    PlanPoint.GOALS: gettext_lazy("What the person wants, can, and needs help with"),
    PlanPoint.TAKES_PART: gettext_lazy("Who takes part"),
    PlanPoint.COORDINATOR: gettext_lazy("Who coordinates"),
    PlanPoint.CONTRIBUTIONS: gettext_lazy("What each contributes, the person too"),
    PlanPoint.MEASURES: gettext_lazy("What is done, how much, and who answers for it"),
    PlanPoint.CARRIED_OUT: gettext_lazy("How it is carried out"),
    PlanPoint.PERIOD: gettext_lazy("The period, and when it is looked at again"),
    PlanPoint.CONSENT: gettext_lazy("Consent, also to share with each who takes part"),
    PlanPoint.COOPERATION: gettext_lazy("Working together with others"),
}


@dataclass(frozen=True, kw_only=True)
class PointLine:
    """One of the nine points, and whether the plan has it."""

    label: str
    is_met: bool


def points_of(plan: IndividualPlan) -> list[PointLine]:
    """The nine points of the regulation for a plan as it stands now."""
    met = points_met(_facts(plan))
    return [PointLine(label=str(POINT_WORDS[point]), is_met=is_met) for point, is_met in met.items()]


def whole_text(plan: IndividualPlan) -> str:
    """The plan as it stands, in plain lines."""
    return "\n".join(_lines(plan))


def _facts(plan: IndividualPlan) -> PlanFacts:
    taking_part = list(plan.participants.now())
    consents = list(plan.consents.standing())
    shared = {one.participant_id for one in consents if one.part == ConsentPart.SHARING}
    return PlanFacts(
        goals=plan.goals,
        resources=plan.resources,
        needs=plan.needs,
        own_part=plan.own_part,
        carried_out=plan.carried_out,
        cooperation=plan.cooperation,
        has_coordinator=plan.coordinator_id is not None,
        has_period=plan.starts_on is not None,
        has_revision=plan.next_revision_on is not None,
        is_consented=any(one.part == ConsentPart.PLAN for one in consents),
        contributions=tuple(one.contributes for one in taking_part),
        shared=tuple(one.pk in shared for one in taking_part),
        measures=plan.measures.count(),
    )


def _lines(plan: IndividualPlan) -> Iterator[str]:
    words = (
        (_("What the person wants"), plan.goals),
        (_("What the person can and has"), plan.resources),
        (_("What the person needs help with"), plan.needs),
        (_("What the person does"), plan.own_part),
        (_("How it is carried out"), plan.carried_out),
        (_("Working together with others"), plan.cooperation),
        (_("Coordinator"), plan.coordinator.name if plan.coordinator else ""),
    )
    yield from (f"{label}: {text}" for label, text in words if text)
    for one in plan.participants.now().order_by("pk"):
        yield _("Takes part: %(who)s. %(what)s") % {"who": one, "what": one.contributes}
    for measure in plan.measures.select_related("participant").order_by("due_on", "pk"):
        told = {"what": measure.what, "who": measure.who, "extent": measure.extent, "day": day_in_words(measure.due_on)}
        line = _("Measure: %(what)s. %(who)s, %(extent)s, by %(day)s") % told
        done = (
            f" ({measure.get_outcome_display()}{': ' + measure.why if measure.why else ''})" if measure.outcome else ""
        )
        yield line + done
    if plan.ends_on:
        yield _("The period ends: %(day)s") % {"day": day_in_words(plan.ends_on)}
    if plan.next_revision_on:
        yield _("Looked at again: %(day)s") % {"day": day_in_words(plan.next_revision_on)}
