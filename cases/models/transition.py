from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE, ConcurrentTransitionMixin, FSMField, transition

from housing.models import Dwelling, ResidenceKind
from people.encrypted_fields import EncryptedTextField
from people.history import tracked
from people.models import Employee, Household, InAMunicipality, Person


class TransitionKind(models.TextChoices):
    """What somebody comes from, or comes of."""

    RELEASE = "release", _("Release from prison")
    DISCHARGE = "discharge", _("Discharge from an institution")
    LEAVES_CHILD_WELFARE = "leaves_child_welfare", _("Leaves a child welfare home")
    AFTERCARE = "aftercare", _("Aftercare from child welfare ends")
    YOUTH_MET_BEFORE_18 = "youth_met_before_18", _("Young person met before turning 18")
    LEAVES_CRISIS_CENTRE = "leaves_crisis_centre", _("Leaves a crisis centre")
    LEAVES_RECEPTION_CENTRE = "leaves_reception_centre", _("Leaves a reception centre")


class TransitionStatus(models.TextChoices):
    PLANNED = "planned", _("Planned, no home waits")
    PREPARED = "prepared", _("A home waits")
    ARRIVED = "arrived", _("Out, without a home")
    HOUSED = "housed", _("Housed")
    FELL_AWAY = "fell_away", _("Fell away")


class HomeWaiting(models.TextChoices):
    """The home somebody comes out to."""

    OWN_HOME = "own_home", _("A home they have kept")
    MUNICIPAL = "municipal", _("A municipal dwelling")
    PRIVATE = "private", _("A private tenancy")
    BOUGHT = "bought", _("A home they buy")
    CARE_HOME = "care_home", _("A care home")
    FAMILY = "family", _("Lasting, with close family")


#: Statuses of one that is still worked on.
OPEN_TRANSITIONS = (TransitionStatus.PLANNED, TransitionStatus.PREPARED, TransitionStatus.ARRIVED)
#: Those who are still where they come from.
TO_COME = (TransitionStatus.PLANNED, TransitionStatus.PREPARED)
#: Kinds that concern one young person, who is named.
OF_THE_YOUNG = (
    TransitionKind.LEAVES_CHILD_WELFARE,
    TransitionKind.AFTERCARE,
    TransitionKind.YOUTH_MET_BEFORE_18,
)
#: Where a household lives before it comes out, by kind; the others come from no place of their own.
COMES_FROM: dict[TransitionKind, tuple[ResidenceKind, ...]] = {
    TransitionKind.RELEASE: (ResidenceKind.PRISON,),
    TransitionKind.DISCHARGE: (ResidenceKind.INSTITUTION,),
    TransitionKind.LEAVES_CHILD_WELFARE: (ResidenceKind.INSTITUTION,),
    TransitionKind.LEAVES_CRISIS_CENTRE: (ResidenceKind.CRISIS_CENTRE,),
    TransitionKind.LEAVES_RECEPTION_CENTRE: (ResidenceKind.RECEPTION_CENTRE,),
}


class TransitionQuerySet(models.QuerySet["Transition"]):
    def open(self) -> Self:
        return self.filter(status__in=OPEN_TRANSITIONS)

    def to_come(self) -> Self:
        return self.filter(status__in=TO_COME)


@tracked(exclude=["municipality"])
class Transition(ConcurrentTransitionMixin, InAMunicipality):
    """Somebody comes out of a place, or of age, and needs a home that day (overgang til bolig), known ahead.

    `arrived`, `housed` and their days follow from where the household lives, but for who comes home to a home they
    kept or to family, or comes of age: that is told.
    A place reserved in a dwelling is a hold on it (`DwellingVoid`). Of a discharge the
    municipality pays from the later of `ready_on` and `notice_on`. `refund`: of a unit that preventive detention
    (forvaring) is on condition of, in kroner.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="transitions")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("whom it concerns")
    )
    kind = models.CharField(_("what they come from"), max_length=25, choices=TransitionKind)
    status = FSMField(max_length=10, choices=TransitionStatus, default=TransitionStatus.PLANNED, protected=True)
    known_on = models.DateField(_("known to us"))
    expected_on = models.DateField(_("expected day"))
    #: encrypted: of somebody with a protected address it tells where they are
    origin = EncryptedTextField(_("from"), place="cases_transition.origin", blank=True)
    coordinator = models.CharField(_("coordinator there"), max_length=200, blank=True)
    pathway = models.TextField(_("what is agreed"), blank=True)
    ready_on = models.DateField(_("declared ready for discharge"), null=True, blank=True)
    notice_on = models.DateField(_("notice received"), null=True, blank=True)
    is_conditional = models.BooleanField(_("detention on condition of a municipal unit"), default=False)
    refund_applied_on = models.DateField(_("refund applied for"), null=True, blank=True)
    refund_paid_on = models.DateField(_("refund paid"), null=True, blank=True)
    refund = models.PositiveIntegerField(_("refund, kroner"), null=True, blank=True)
    home = models.CharField(_("home that waits"), max_length=10, choices=HomeWaiting, blank=True)
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    home_note = models.CharField(_("about the home"), max_length=300, blank=True)
    left_on = models.DateField(_("came out"), null=True, blank=True)
    housed_on = models.DateField(_("moved in"), null=True, blank=True)
    returned_to_abuser = models.BooleanField(_("moved back to the abuser"), null=True, blank=True)
    ended_on = models.DateField(_("fell away on"), null=True, blank=True)
    ended_because = models.CharField(_("why it fell away"), max_length=300, blank=True)
    registered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    objects = TransitionQuerySet.as_manager()

    class Meta(InAMunicipality.Meta):
        constraints = [
            models.CheckConstraint(name="transition_kind_is_known", condition=Q(kind__in=TransitionKind.values)),
            models.CheckConstraint(name="transition_status_is_known", condition=Q(status__in=TransitionStatus.values)),
            models.CheckConstraint(name="transition_home_is_known", condition=Q(home__in=["", *HomeWaiting.values])),
            models.CheckConstraint(
                name="transition_expected_when_it_is_known",
                condition=Q(expected_on__gte=F("known_on")),
                violation_error_message=_("They cannot come before we knew of it."),
            ),
            models.CheckConstraint(
                name="transition_of_the_young_says_whom",
                condition=~Q(kind__in=OF_THE_YOUNG) | Q(person__isnull=False),
                violation_error_message=_("Say whom it concerns."),
            ),
            models.CheckConstraint(
                name="transition_ready_only_for_discharge",
                condition=Q(kind="discharge") | Q(ready_on__isnull=True, notice_on__isnull=True),
                violation_error_message=_("Only a patient is declared ready for discharge."),
            ),
            models.CheckConstraint(
                name="transition_refund_only_for_detention",
                condition=Q(is_conditional=True, kind="release")
                | Q(
                    is_conditional=False,
                    refund__isnull=True,
                    refund_applied_on__isnull=True,
                    refund_paid_on__isnull=True,
                ),
                violation_error_message=_("A refund is for a unit that detention is on condition of."),
            ),
            models.CheckConstraint(
                name="transition_refund_is_applied_for_first",
                condition=Q(refund_paid_on__isnull=True)
                | Q(refund_applied_on__isnull=False, refund_paid_on__gte=F("refund_applied_on"), refund__isnull=False),
                violation_error_message=_("A refund is applied for before it is paid, and has its amount."),
            ),
            models.CheckConstraint(
                name="transition_prepared_names_the_home",
                condition=~Q(status="prepared") | ~Q(home=""),
                violation_error_message=_("Say which home waits."),
            ),
            models.CheckConstraint(
                name="transition_dwelling_is_a_municipal_home",
                condition=Q(dwelling__isnull=True) | Q(home="municipal"),
                violation_error_message=_("Only a municipal dwelling is reserved."),
            ),
            models.CheckConstraint(
                name="transition_arrived_has_its_day",
                condition=~Q(status="arrived") | Q(left_on__isnull=False, housed_on__isnull=True),
            ),
            models.CheckConstraint(
                name="transition_housed_has_its_day",
                condition=~Q(status="housed") | Q(housed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="transition_housed_after_coming_out",
                condition=Q(housed_on__isnull=True) | Q(left_on__isnull=True) | Q(housed_on__gte=F("left_on")),
            ),
            models.CheckConstraint(
                name="transition_return_only_from_a_crisis_centre",
                condition=Q(returned_to_abuser__isnull=True) | Q(kind="leaves_crisis_centre"),
                violation_error_message=_("That is asked of who leaves a crisis centre only."),
            ),
            models.CheckConstraint(
                name="transition_fell_away_says_when_and_why",
                condition=Q(status="fell_away", ended_on__isnull=False) & ~Q(ended_because="")
                | ~Q(status="fell_away") & Q(ended_on__isnull=True, ended_because=""),
                violation_error_message=_("Say why it fell away."),
            ),
            models.UniqueConstraint(
                name="transition_one_open_a_person",
                fields=["household", "person"],
                condition=Q(status__in=["planned", "prepared", "arrived"]),
                nulls_distinct=False,
                violation_error_message=_("They are planned for already: change that plan, or say that it fell away."),
            ),
        ]
        indexes = [
            models.Index(
                name="transition_to_come",
                fields=["expected_on"],
                condition=Q(status__in=["planned", "prepared", "arrived"]),
            ),
            models.Index(name="transition_by_household", fields=["household", "expected_on"]),
            models.Index(
                name="transition_from_crisis_centre",
                fields=["municipality", "left_on"],
                include=["household", "status", "returned_to_abuser"],
                condition=Q(kind="leaves_crisis_centre"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.kind} {self.expected_on}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_TRANSITIONS

    @property
    def is_told(self) -> bool:
        """Whether somebody tells that they came: where the household lives may never change."""
        return self.home in (HomeWaiting.OWN_HOME, HomeWaiting.FAMILY) or self.kind not in COMES_FROM

    @property
    def pays_from(self) -> date | None:
        """The first day the municipality pays for a patient who stays on, where that is known."""
        days = [day for day in (self.ready_on, self.notice_on) if day is not None]
        return max(days) if len(days) == 2 else None

    @transition(field=status, source=TransitionStatus.PLANNED, target=TransitionStatus.PREPARED)
    def prepare(self, *, home: str, dwelling: Dwelling | None, note: str) -> None:
        """A home waits, and is held where it is ours."""
        self.home, self.dwelling, self.home_note = home, dwelling, note

    @transition(field=status, source=TransitionStatus.PREPARED, target=TransitionStatus.PLANNED)
    def lose_place(self) -> None:
        """The home that waited does so no longer."""
        self.home, self.dwelling, self.home_note = "", None, ""

    @transition(field=status, source=[*TO_COME], target=TransitionStatus.ARRIVED)
    def arrive(self, *, on: date) -> None:
        """Out, and in no home."""
        self.left_on = on

    @transition(field=status, source=[*OPEN_TRANSITIONS], target=TransitionStatus.HOUSED)
    def house(self, *, on: date, left_on: date | None) -> None:
        """In a home."""
        self.housed_on, self.left_on = on, left_on

    @transition(
        field=status,
        source=[TransitionStatus.ARRIVED, TransitionStatus.HOUSED],
        target=RETURN_VALUE(TransitionStatus.PLANNED, TransitionStatus.PREPARED),
    )
    def wait_again(self) -> TransitionStatus:
        """The coming out was a slip and is undone: waits as before."""
        self.left_on, self.housed_on = None, None
        return TransitionStatus.PREPARED if self.home else TransitionStatus.PLANNED

    @transition(field=status, source=TransitionStatus.HOUSED, target=TransitionStatus.ARRIVED)
    def lose_home(self, *, left_on: date) -> None:
        """The moving in was a slip and is undone; out they are."""
        self.left_on, self.housed_on = left_on, None

    @transition(field=status, source=[*OPEN_TRANSITIONS], target=TransitionStatus.FELL_AWAY)
    def fall_away(self, *, on: date, because: str) -> None:
        """They do not come, or need no home of us."""
        self.ended_on, self.ended_because = on, because
