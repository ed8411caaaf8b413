from __future__ import annotations

from datetime import date, datetime
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from cases.models.case import Case
from housing.models import Provider, Room
from people.constraints import period_is_forwards
from people.history import tracked
from people.models import Employee, Household, Language, Unit


class DecisionStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ORAL = "oral", _("Given by word of mouth, to be written down")
    ISSUED = "issued", _("Issued")


class DecisionKind(models.TextChoices):
    TEMPORARY = "temporary", _("Temporary accommodation")


_ISSUED_IS_FINAL = """
    RAISE EXCEPTION 'an issued decision never changes'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_issued_never_changes';
"""


class DecisionQuerySet(models.QuerySet["Decision"]):
    def given(self) -> Self:
        """Those that the household has been given, in writing or by word of mouth."""
        return self.filter(status__in=[DecisionStatus.ORAL, DecisionStatus.ISSUED])

    def unwritten(self) -> Self:
        return self.filter(status=DecisionStatus.ORAL)

    def covering(self, day: date) -> Self:
        """Those given that grant the night of that day."""
        return self.given().filter(starts_on__lte=day, ends_on__gt=day)


@tracked()
class Decision(ConcurrentTransitionMixin, models.Model):
    """An administrative decision (vedtak), here on temporary accommodation after sosialtjenesteloven section 27.

    The granted period is half-open. A decision given by word of mouth stands from `told_at` and must be written down;
    an issued one never changes: the database refuses.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="decisions")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=DecisionKind, default=DecisionKind.TEMPORARY)
    status = FSMField(max_length=8, choices=DecisionStatus, default=DecisionStatus.DRAFT, protected=True)
    #: none where the place is undisclosed
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    price_a_night = models.PositiveIntegerField(_("price a night"), default=0)
    facts = models.TextField(_("facts"), blank=True)
    considerations = models.TextField(_("main considerations"), blank=True)
    start_reason = models.TextField(_("reason for the start date"), blank=True)
    child_interest = models.TextField(_("the child's best interest"), blank=True)
    user_view = models.TextField(_("what the user thinks"), blank=True)
    has_children = models.BooleanField(default=False)
    language = models.CharField(_("language of the letter"), max_length=2, choices=Language, default=Language.BOKMAL)
    drafted_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("decision_ends_after_it_starts"),
            models.CheckConstraint(name="decision_status_is_known", condition=Q(status__in=DecisionStatus.values)),
            models.CheckConstraint(name="decision_kind_is_known", condition=Q(kind__in=DecisionKind.values)),
            models.CheckConstraint(name="decision_language_is_known", condition=Q(language__in=Language.values)),
            models.CheckConstraint(
                name="decision_room_only_at_its_provider",
                condition=Q(room__isnull=True) | Q(provider__isnull=False),
                violation_error_message=_("A decision names a room with its provider."),
            ),
            models.CheckConstraint(
                name="decision_issued_is_reasoned_and_signed",
                condition=~Q(status="issued")
                | (
                    Q(issued_at__isnull=False, issued_by__isnull=False)
                    & ~Q(facts="")
                    & ~Q(considerations="")
                    & ~Q(start_reason="")
                    & ~Q(user_view="")
                    & (Q(has_children=False) | ~Q(child_interest=""))
                ),
                violation_error_message=_("The decision lacks a part that it must have before it is issued."),
            ),
            models.CheckConstraint(
                name="decision_oral_says_when",
                condition=~Q(status="oral") | Q(told_at__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_written_after_it_was_told",
                condition=Q(told_at__isnull=True) | Q(issued_at__isnull=True) | Q(issued_at__gte=F("told_at")),
            ),
        ]
        indexes = [models.Index(name="decision_by_household", fields=["household", "starts_on"])]
        triggers = [
            pgtrigger.Trigger(
                name="issued_is_final",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__status="issued"),
                func=_ISSUED_IS_FINAL,
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.status}"

    @transition(field=status, source=DecisionStatus.DRAFT, target=DecisionStatus.ORAL)
    def tell(self, *, at: datetime) -> None:
        self.told_at = at

    @transition(field=status, source=[DecisionStatus.DRAFT, DecisionStatus.ORAL], target=DecisionStatus.ISSUED)
    def issue(self, *, by: Employee, at: datetime) -> None:
        self.issued_by = by
        self.issued_at = at


#: Rules a trigger guards, with the sentence a refused person reads.
TRIGGER_MESSAGES = {"decision_issued_never_changes": _("An issued decision never changes.")}
