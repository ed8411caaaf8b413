from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from people.constraints import period_is_forwards
from people.history import tracked
from people.models import Employee, Household, Person


class PlanKind(models.TextChoices):
    INDIVIDUAL = "individual", _("Individual plan")
    ACTION = "action", _("Action plan")
    SAFETY = "safety", _("Safety plan")


class PlanState(models.TextChoices):
    OFFERED = "offered", pgettext_lazy("plan", "Offered, not answered")
    REFUSED = "refused", pgettext_lazy("plan", "Declined by the person")
    CONSENTED = "consented", _("The person wants it, not begun")
    ACTIVE = "active", pgettext_lazy("plan", "Runs")
    ENDED = "ended", pgettext_lazy("plan", "Ended")


#: States of a plan that somebody waits for or lives by.
LIVE_PLANS = (PlanState.OFFERED, PlanState.CONSENTED, PlanState.ACTIVE)


class PlanRight(models.TextChoices):
    """Why somebody is offered a plan."""

    COORDINATED = "coordinated", _("Needs lasting services from several")
    CHILD = "child", _("A child or a family needs coordinated services")
    ASKED = "asked", _("The person asked for it")
    SAFETY = "safety", _("Needs to be safe from somebody")
    SIMPLER = "simpler", _("A simpler plan is enough")


class PlanEnd(models.TextChoices):
    REACHED = "reached", _("The goals are reached")
    NOT_NEEDED = "not_needed", _("No longer needed")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("The person wants it no more")
    REPLACED = "replaced", _("Another plan takes its place")
    MOVED = "moved", _("Moved to another municipality")
    LEFT = "left", _("The person has left the household")
    DECEASED = "deceased", _("The person has died")


class IndividualPlanQuerySet(models.QuerySet["IndividualPlan"]):
    def live(self) -> Self:
        return self.filter(state__in=LIVE_PLANS)

    def on(self, day: date) -> Self:
        """Those that ran on a day: begun, and not ended."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), starts_on__lte=day)

    def seen_with(self, *, special: bool) -> Self:
        """A safety plan only by who may see what is special."""
        return self if special else self.exclude(kind=PlanKind.SAFETY)


@tracked()
class IndividualPlan(ConcurrentTransitionMixin, models.Model):
    """One person's plan over several services (individuell plan), or a simpler one: tiltaksplan, trygghetsplan.

    Offered, consented to and begun; each revision is a version of its own. An individual plan is one a person wherever
    the person lives, and nothing in it is begun before its person says yes. `goals`, `resources` and `needs` are the
    person's own words. A safety plan is of a special class, and belongs to its household alone.
    Half-open: `ends_on` is the first day after the period planned for, `ended_on` the first day it runs no more.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="individual_plans")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="individual_plans")
    kind = models.CharField(_("kind of plan"), max_length=12, choices=PlanKind)
    state = FSMField(max_length=10, choices=PlanState, default=PlanState.OFFERED, protected=True)
    right = models.CharField(_("why it is offered"), max_length=12, choices=PlanRight)
    offered_on = models.DateField(_("offered"))
    offered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    refused_on = models.DateField(_("declined"), null=True, blank=True)
    refused_because = models.CharField(_("why it was declined"), max_length=300, blank=True)
    consented_on = models.DateField(_("consented"), null=True, blank=True)
    coordinator = models.ForeignKey(
        Employee,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="coordinated_plans",
        verbose_name=_("coordinator"),
    )
    goals = models.TextField(_("what the person wants"), blank=True)
    resources = models.TextField(_("what the person can and has"), blank=True)
    needs = models.TextField(_("what the person needs help with"), blank=True)
    own_part = models.TextField(_("what the person does"), blank=True)
    carried_out = models.TextField(_("how it is carried out"), blank=True)
    cooperation = models.TextField(_("working together with others"), blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    next_revision_on = models.DateField(_("looked at again"), null=True, blank=True)
    revision = models.PositiveSmallIntegerField(_("version"), default=0)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_because = models.CharField(_("why it ended"), max_length=20, choices=PlanEnd, blank=True)

    objects = IndividualPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="person_plan_kind_is_known", condition=Q(kind__in=PlanKind.values)),
            models.CheckConstraint(name="person_plan_state_is_known", condition=Q(state__in=PlanState.values)),
            models.CheckConstraint(name="person_plan_right_is_known", condition=Q(right__in=PlanRight.values)),
            models.CheckConstraint(
                name="person_plan_end_is_known", condition=Q(ended_because__in=["", *PlanEnd.values])
            ),
            models.CheckConstraint(
                name="person_plan_refused_says_when",
                condition=Q(state="refused", refused_on__isnull=False)
                | (~Q(state="refused") & Q(refused_on__isnull=True, refused_because="")),
            ),
            models.CheckConstraint(
                name="person_plan_refused_after_it_is_offered",
                condition=Q(refused_on__isnull=True) | Q(refused_on__gte=F("offered_on")),
                violation_error_message=_("It cannot be declined before it was offered."),
            ),
            models.CheckConstraint(
                name="person_plan_consented_after_it_is_offered",
                condition=Q(consented_on__isnull=True) | Q(consented_on__gte=F("offered_on")),
                violation_error_message=_("Nobody says yes before the plan is offered."),
            ),
            models.CheckConstraint(
                name="person_plan_begins_with_consent",
                condition=~Q(kind="individual") | ~Q(state__in=["consented", "active"]) | Q(consented_on__isnull=False),
                violation_error_message=_("The plan begins when the person has said yes."),
            ),
            models.CheckConstraint(
                name="person_plan_active_has_first_day_and_version",
                condition=~Q(state="active")
                | Q(starts_on__isnull=False, next_revision_on__isnull=False, revision__gt=0),
                violation_error_message=_("Say when the plan begins and when it is looked at again."),
            ),
            models.CheckConstraint(
                name="person_plan_active_has_a_coordinator",
                condition=~Q(state="active", kind="individual") | Q(coordinator__isnull=False),
                violation_error_message=_("Choose who coordinates the plan."),
            ),
            period_is_forwards("person_plan_ends_after_it_starts"),
            models.CheckConstraint(
                name="person_plan_ended_says_when_and_why",
                condition=(Q(state="ended", ended_on__isnull=False) & ~Q(ended_because=""))
                | (~Q(state="ended") & Q(ended_on__isnull=True, ended_because="")),
                violation_error_message=_("Say when the plan ended and why."),
            ),
            models.CheckConstraint(
                name="person_plan_ended_after_it_is_offered",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("offered_on")),
                violation_error_message=_("The plan cannot end before it was offered."),
            ),
            models.UniqueConstraint(
                name="person_plan_one_live_a_person",
                fields=["person", "kind"],
                condition=Q(state__in=["offered", "consented", "active"], kind__in=["individual", "action"]),
                violation_error_message=_("This person has such a plan already. There is never more than one."),
            ),
            models.UniqueConstraint(
                name="person_plan_one_safety_plan_in_a_household",
                fields=["household", "person"],
                condition=Q(state__in=["offered", "consented", "active"], kind="safety"),
                violation_error_message=_("This person has a safety plan here already."),
            ),
        ]
        indexes = [
            models.Index(name="person_plan_by_household", fields=["household", "state"]),
            models.Index(name="person_plan_by_revision", fields=["next_revision_on"], condition=Q(state="active")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id} {self.state}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_PLANS

    @property
    def needs_consent(self) -> bool:
        """An individual plan is nothing without its person's yes; a simpler one is made with the person as it is."""
        return self.kind == PlanKind.INDIVIDUAL

    def may_begin(self) -> bool:
        return not self.needs_consent or self.consented_on is not None

    @transition(field=state, source=PlanState.OFFERED, target=PlanState.REFUSED)
    def refuse(self, *, on: date, because: str) -> None:
        """The person does not want it."""
        self.refused_on = on
        self.refused_because = because

    @transition(field=state, source=PlanState.OFFERED, target=PlanState.CONSENTED)
    def consent(self, *, on: date) -> None:
        """The person wants it."""
        self.consented_on = on

    @transition(
        field=state,
        source=[PlanState.OFFERED, PlanState.CONSENTED],
        target=PlanState.ACTIVE,
        conditions=[may_begin],  # type: ignore[list-item]
    )
    def begin(self, *, on: date, next_revision_on: date) -> None:
        """It runs from a day: its first version. A simpler plan may begin as it is offered."""
        self.starts_on = on
        self.next_revision_on = next_revision_on
        self.revision = 1

    @transition(field=state, source=PlanState.ACTIVE, target=PlanState.ACTIVE)
    def revise(self, *, next_revision_on: date) -> None:
        """Looked at again with the person: a version more."""
        self.next_revision_on = next_revision_on
        self.revision += 1

    @transition(
        field=state,
        source=[PlanState.OFFERED, PlanState.CONSENTED, PlanState.ACTIVE],
        target=PlanState.ENDED,
    )
    def end(self, *, on: date, because: PlanEnd | str) -> None:
        """It runs no more."""
        self.ended_on = on
        self.ended_because = because
