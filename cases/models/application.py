from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from cases.models.allotment import ASSESSED, Criterion, PriorityMode
from cases.models.decision import Decision
from cases.models.request import Request
from people.constraints import DateRange, NoOverlap, last_day, period_is_forwards
from people.history import tracked
from people.models import Employee, Household, InAMunicipality, Unit


class ApplicationKind(models.TextChoices):
    NEW = "new", _("New: has no municipal dwelling")
    SWAP = "swap", _("Swap to another municipal dwelling")
    RENEWAL = "renewal", _("Renewal of the lease")


class MainReason(models.TextChoices):
    """Why a dwelling is needed, as KOSTRA counts it."""

    REFUGEE = "refugee", _("Refugee, while the municipality receives the integration grant")
    MENTAL_OR_DRUGS = "mental_or_drugs", _("Mental illness or drugs")
    ADAPTED_HOME = "adapted_home", _("Need for an adapted home")
    OTHER = "other", _("Another reason")


class SupportNeed(models.TextChoices):
    """How much staff the home must have (bemanning)."""

    NONE = "none", _("No staff")
    DAY = "day", _("Staff by day")
    ROUND_THE_CLOCK = "round_the_clock", _("Staff round the clock")


class ApplicationStatus(models.TextChoices):
    RECEIVED = "received", _("Received, not decided")
    GRANTED = "granted", _("Granted, waits for a dwelling")
    HOUSED = "housed", _("Has got a dwelling")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed")


#: Statuses of one that is still worked on or waits.
OPEN_APPLICATIONS = (ApplicationStatus.RECEIVED, ApplicationStatus.GRANTED)
_DECIDED = ["granted", "housed", "refused"]


class HousingApplicationQuerySet(models.QuerySet["HousingApplication"]):
    def open(self) -> Self:
        return self.filter(status__in=OPEN_APPLICATIONS)

    def waiting(self, day: date) -> Self:
        """The waiting list of a day (venteliste): a decision in their favour, and no dwelling yet.

        By the dates, so that it answers for days gone by. Those who pause are on it.
        """
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), granted_on__lte=day)

    def paused(self, day: date) -> Self:
        return self.filter(Exists(ApplicationPause.objects.on(day).filter(application=OuterRef("pk"))))

    def not_paused(self, day: date) -> Self:
        return self.exclude(pk__in=ApplicationPause.objects.on(day).values("application"))


@tracked(exclude=["municipality"])
class HousingApplication(ConcurrentTransitionMixin, InAMunicipality):
    """An application for a municipal dwelling (soknad om kommunal bolig), with what is needed and wished.

    It waits from the first day of a decision in its favour (`granted_on`) until `ended_on`, the day it got a dwelling,
    was refused, withdrawn or lapsed. `confirmed_on` is the last day that the household said it still holds.
    Units: `area_least` square metres, `rent_most` kroner a month, `floor_most` the highest floor without a lift.
    `refused_earlier`: the days of refusals that a later decision turned round, as after an appeal.
    `override` takes the place of the computed points or group while the rules count that way.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="applications")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    kind = models.CharField(_("kind of application"), max_length=10, choices=ApplicationKind)
    status = FSMField(max_length=10, choices=ApplicationStatus, default=ApplicationStatus.RECEIVED, protected=True)
    received_on = models.DateField(_("received on"))
    confirmed_on = models.DateField(_("last confirmed"))
    granted_on = models.DateField(_("waits from"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_because = models.CharField(_("why it ended"), max_length=300, blank=True)
    refused_earlier = ArrayField(models.DateField(), verbose_name=_("refused earlier"), default=list, blank=True)
    #: left out where nobody has told it, as of one made from a decision alone
    main_reason = models.CharField(_("main reason"), max_length=20, choices=MainReason, blank=True)
    rooms_least = models.PositiveSmallIntegerField(_("rooms at least"), null=True, blank=True)
    area_least = models.PositiveSmallIntegerField(_("area at least, square metres"), null=True, blank=True)
    rent_most = models.PositiveIntegerField(_("rent at most, kroner a month"), null=True, blank=True)
    floor_most = models.PositiveSmallIntegerField(_("highest floor without a lift"), null=True, blank=True)
    needs_accessible = models.BooleanField(_("needs a home accessible by wheelchair"), default=False)
    needs_small_house = models.BooleanField(_("needs a small house"), default=False)
    not_colocated = models.BooleanField(_("must not live together with others in the same situation"), default=False)
    support = models.CharField(_("staff needed"), max_length=20, choices=SupportNeed, default=SupportNeed.NONE)
    has_pets = models.BooleanField(_("has pets"), default=False)
    wished_place = models.CharField(_("where they wish to live"), max_length=100, blank=True)
    wishes = models.TextField(_("other wishes"), blank=True)
    needs_because = models.TextField(_("why it is needed"), blank=True)
    assessed = ArrayField(
        models.CharField(max_length=15, choices=[(code.value, code.label) for code in ASSESSED]),
        verbose_name=_("assessed"),
        default=list,
        blank=True,
    )
    override = models.SmallIntegerField(_("set by hand"), null=True, blank=True)
    override_mode = models.CharField(max_length=10, choices=PriorityMode, blank=True)
    override_because = models.CharField(_("why it was set by hand"), max_length=300, blank=True)
    override_on = models.DateField(_("set by hand on"), null=True, blank=True)
    override_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = HousingApplicationQuerySet.as_manager()

    class Meta(InAMunicipality.Meta):
        constraints = [
            models.CheckConstraint(name="application_kind_is_known", condition=Q(kind__in=ApplicationKind.values)),
            models.CheckConstraint(
                name="application_status_is_known", condition=Q(status__in=ApplicationStatus.values)
            ),
            models.CheckConstraint(
                name="application_main_reason_is_known", condition=Q(main_reason__in=["", *MainReason.values])
            ),
            models.CheckConstraint(name="application_support_is_known", condition=Q(support__in=SupportNeed.values)),
            models.CheckConstraint(
                name="application_assessed_is_known",
                condition=Q(assessed__contained_by=[code.value for code in ASSESSED]),
            ),
            models.CheckConstraint(
                name="application_granted_when_it_waits",
                condition=(~Q(status__in=["granted", "housed"]) | Q(granted_on__isnull=False))
                & (~Q(status="received") | Q(granted_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="application_decided_names_its_decision",
                condition=~Q(status__in=_DECIDED) | Q(decision__isnull=False),
                violation_error_message=_("An application is granted or refused by a decision."),
            ),
            models.CheckConstraint(
                name="application_ended_has_its_day",
                condition=Q(status__in=OPEN_APPLICATIONS, ended_on__isnull=True, ended_because="")
                | (~Q(status__in=OPEN_APPLICATIONS) & Q(ended_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="application_given_up_says_why",
                condition=~Q(status__in=["withdrawn", "lapsed"]) | ~Q(ended_because=""),
                violation_error_message=_("Say why the application ends."),
            ),
            models.CheckConstraint(
                name="application_ends_after_it_came",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("received_on")),
                violation_error_message=_("The application cannot end before it was received."),
            ),
            models.CheckConstraint(
                name="application_confirmed_after_it_came",
                condition=Q(confirmed_on__gte=F("received_on")),
                violation_error_message=_("It cannot be confirmed before it was received."),
            ),
            models.CheckConstraint(
                name="application_asks_for_a_room_or_more",
                condition=(Q(rooms_least__isnull=True) | Q(rooms_least__gte=1))
                & (Q(area_least__isnull=True) | Q(area_least__gte=1)),
                violation_error_message=_("Ask for one room and one square metre or more."),
            ),
            models.CheckConstraint(
                name="application_override_is_reasoned",
                condition=Q(
                    override__isnull=True,
                    override_mode="",
                    override_because="",
                    override_on__isnull=True,
                    override_by__isnull=True,
                )
                | (
                    Q(
                        override__isnull=False,
                        override_mode__in=PriorityMode.values,
                        override_on__isnull=False,
                        override_by__isnull=False,
                    )
                    & ~Q(override_because="")
                ),
                violation_error_message=_("Say why the priority is set by hand."),
            ),
            models.UniqueConstraint(
                name="application_one_open_a_household",
                fields=["household"],
                condition=Q(status__in=["received", "granted"]),
                violation_error_message=_("The household already has an application that is not ended."),
            ),
        ]
        indexes = [
            models.Index(name="application_waiting", fields=["granted_on"], condition=Q(status="granted")),
            models.Index(name="application_by_unit", fields=["unit", "received_on"]),
            models.Index(
                name="application_received",
                fields=["municipality", "received_on"],
                include=["household", "kind", "unit"],
            ),
            models.Index(
                name="application_refused",
                fields=["municipality", "ended_on"],
                include=["household", "kind", "unit"],
                condition=Q(status="refused"),
            ),
            models.Index(
                name="application_refused_earlier",
                fields=["municipality"],
                include=["refused_earlier", "household", "kind", "unit", "id"],
                condition=~Q(refused_earlier=[]),
            ),
            models.Index(
                F("municipality"),
                last_day("ended_on"),
                name="application_granted",
                include=["ended_on", "granted_on", "household", "unit", "main_reason", "id"],
                condition=Q(kind="new", granted_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind} {self.status}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_APPLICATIONS

    @property
    def assesses(self) -> list[Criterion]:
        return [Criterion(code) for code in self.assessed]

    @transition(
        field=status,
        source=[ApplicationStatus.RECEIVED, ApplicationStatus.REFUSED],
        target=ApplicationStatus.GRANTED,
    )
    def grant(self, decision: Decision) -> None:
        """Decided in its favour: on the waiting list from the decision's first day. That it was refused stays so."""
        self.refused_earlier = [*self.refused_earlier, *([self.ended_on] if self.ended_on else [])]
        self.decision = decision
        self.granted_on = decision.starts_on
        self.ended_on = None
        self.ended_because = ""

    @transition(
        field=status,
        source=[ApplicationStatus.RECEIVED, ApplicationStatus.GRANTED],
        target=ApplicationStatus.REFUSED,
    )
    def refuse(self, decision: Decision, *, on: date) -> None:
        """Refused or dismissed by a decision, from the start or by one that changes an earlier one."""
        self.decision = decision
        self.ended_on = on

    @transition(field=status, source=ApplicationStatus.GRANTED, target=ApplicationStatus.HOUSED)
    def house(self, *, on: date) -> None:
        """Moved into one of the municipality's dwellings."""
        self.ended_on = on

    @transition(field=status, source=ApplicationStatus.HOUSED, target=ApplicationStatus.GRANTED)
    def wait_again(self) -> None:
        """The moving in was a slip and is undone: waits as before."""
        self.ended_on = None

    @transition(
        field=status,
        source=[ApplicationStatus.RECEIVED, ApplicationStatus.GRANTED],
        target=ApplicationStatus.WITHDRAWN,
    )
    def withdraw(self, *, on: date, because: str) -> None:
        """The household wants it no more."""
        self.ended_on = on
        self.ended_because = because

    @transition(
        field=status,
        source=[ApplicationStatus.RECEIVED, ApplicationStatus.GRANTED],
        target=ApplicationStatus.LAPSED,
    )
    def lapse(self, *, on: date, because: str) -> None:
        """Nobody answers for it any more, or its decision was brought to an end."""
        self.ended_on = on
        self.ended_because = because

    @transition(
        field=status,
        source=[ApplicationStatus.GRANTED, ApplicationStatus.REFUSED],
        target=ApplicationStatus.RECEIVED,
    )
    def lose_decision(self) -> None:
        """Its decision was annulled: to be decided anew."""
        self.decision = None
        self.granted_on = None
        self.ended_on = None
        self.ended_because = ""

    @transition(
        field=status,
        source=[ApplicationStatus.WITHDRAWN, ApplicationStatus.LAPSED],
        target=ApplicationStatus.RECEIVED,
    )
    def take_up(self) -> None:
        """Taken up again as it stood; a decision in its favour that still holds puts it back on the list."""
        self.granted_on = None
        self.ended_on = None
        self.ended_because = ""


class PauseReason(models.TextChoices):
    OWN_WISH = "own_wish", _("The household asks for it")
    CANNOT_MOVE = "cannot_move", _("Cannot move in this time")
    AWAY = "away", _("Away for a while")
    NO_CONTACT = "no_contact", _("Cannot be reached")
    OTHER = "other", _("Another reason")


class ApplicationPauseQuerySet(models.QuerySet["ApplicationPause"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


@tracked()
class ApplicationPause(models.Model):
    """Time in which an application is not matched with dwellings (pause), half-open; it keeps its place by date."""

    application = models.ForeignKey(HousingApplication, on_delete=models.PROTECT, related_name="pauses")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=15, choices=PauseReason)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ApplicationPauseQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("application_pause_ends_after_it_starts"),
            models.CheckConstraint(
                name="application_pause_reason_is_known", condition=Q(reason__in=PauseReason.values)
            ),
            NoOverlap(
                name="application_pause_one_at_a_time",
                expressions=[
                    ("application", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The application pauses in that period already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.starts_on}"
