"""What a person's own plan says: the plan, who takes part, what is to be done, and how it went."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Field, Given, Purpose, fields

K2, K3, K4, K5, K6 = DataClass


def _part(model: str, title: str | Promise, day: str, *told: Field, of: str = "plan") -> Entry:
    """Something in a plan: given to the plan's person alone, and to nobody else of the household."""
    way = "plan" if of == "plan" else f"{of}__plan"
    return Entry(
        model=f"cases.{model}",
        title=title,
        person=f"{way}__person",
        household=f"{way}__household",
        period=(day,),
        purpose=Purpose.FOLLOW_UP,
        fate=Fate.DELETED,
        fields=(*told, *fields((K3, Given.SYSTEM, "id"), (K3, Given.LINK, of))),
    )


PLANNED = (
    _part(
        "GroupMeeting",
        _("Meetings of your responsibility group"),
        "held_on",
        *fields((K3, Given.AS_IT_IS, "held_on next_on"), (K4, Given.TEXT, "present minutes"), (K3, Given.STAFF, "by")),
        of="group",
    ),
    _part(
        "ResponsibilityGroup",
        _("Your responsibility group"),
        "formed_on",
        *fields((K3, Given.AS_IT_IS, "formed_on ended_on"), (K4, Given.TEXT, "led_by")),
    ),
    _part(
        "PlanVersion",
        _("Your plan as it stood"),
        "at",
        *fields((K3, Given.AS_IT_IS, "number at"), (K4, Given.TEXT, "because content"), (K3, Given.STAFF, "by")),
    ),
    _part(
        "PlanEvaluation",
        _("How your plan has worked"),
        "held_on",
        *fields((K3, Given.AS_IT_IS, "held_on goals"), (K4, Given.TEXT, "person_says we_say"), (K3, Given.STAFF, "by")),
    ),
    _part(
        "PlanMeasure",
        _("What is to be done in your plan"),
        "begins_on",
        *fields(
            (K3, Given.AS_IT_IS, "responsible begins_on due_on finished_on outcome"),
            (K4, Given.TEXT, "what extent why"),
            (K3, Given.LINK, "participant"),
        ),
    ),
    _part(
        "PlanConsent",
        _("What you have consented to"),
        "given_on",
        *fields((K3, Given.AS_IT_IS, "part way given_on withdrawn_on"), (K3, Given.LINK, "participant")),
    ),
    _part(
        "PlanParticipant",
        _("Who takes part in your plan"),
        "joined_on",
        *fields(
            (K3, Given.AS_IT_IS, "kind is_in_group joined_on left_on"),
            (K4, Given.TEXT, "name service contributes"),
            (K3, Given.STAFF, "employee"),
        ),
    ),
    Entry(
        model="cases.IndividualPlan",
        title=_("Your own plans"),
        person="person",
        household="household",
        period=("offered_on",),
        purpose=Purpose.FOLLOW_UP,
        fate=Fate.DELETED,
        fields=fields(
            (K4, Given.AS_IT_IS, "kind right"),
            (K3, Given.AS_IT_IS, "state offered_on refused_on consented_on starts_on ends_on next_revision_on"),
            (K3, Given.AS_IT_IS, "revision ended_on ended_because"),
            (K4, Given.TEXT, "goals resources needs own_part carried_out cooperation refused_because"),
            (K3, Given.STAFF, "offered_by coordinator"),
            (K3, Given.LINK, "household person"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.ChildCoordinator",
        title=_("Your children's coordinator"),
        person="person",
        household="household",
        period=("starts_on", "ends_on"),
        purpose=Purpose.FOLLOW_UP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "starts_on ends_on phone"),
            (K3, Given.TEXT, "name service"),
            (K3, Given.LINK, "household person"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
)
