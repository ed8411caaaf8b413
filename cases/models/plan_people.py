from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.individual_plan import IndividualPlan
from people.history import tracked
from people.models import Employee


class ConsentPart(models.TextChoices):
    """What somebody says yes to, each for itself."""

    PLAN = "plan", _("That the plan is made")
    COORDINATION = "coordination", _("That services talk together about the plan")
    GROUP = "group", _("That the responsibility group meets about the person")
    SHARING = "sharing", _("That a named participant is told what is confidential")


class ParticipantKind(models.TextChoices):
    SERVICE = "service", _("A service")
    NEXT_OF_KIN = "next_of_kin", _("Next of kin")
    VOLUNTEER = "volunteer", _("A volunteer")
    OTHER = "other", pgettext_lazy("participant", "Somebody else")


class PlanParticipantQuerySet(models.QuerySet["PlanParticipant"]):
    def now(self) -> Self:
        return self.filter(left_on__isnull=True)


@tracked()
class PlanParticipant(models.Model):
    """Somebody who takes part in a plan (deltaker), with what they contribute; only while the person consents to it.

    With an employee, that one may read their own part until they take part no more.
    """

    plan = models.ForeignKey(IndividualPlan, on_delete=models.PROTECT, related_name="participants")
    kind = models.CharField(_("who takes part"), max_length=12, choices=ParticipantKind)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_parts")
    name = models.CharField(_("name"), max_length=100)
    service = models.CharField(_("service"), max_length=100, blank=True)
    contributes = models.CharField(_("what they contribute"), max_length=500)
    is_in_group = models.BooleanField(_("in the responsibility group"), default=False)
    joined_on = models.DateField(_("takes part from"))
    left_on = models.DateField(_("took part until"), null=True, blank=True)

    objects = PlanParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="plan_participant_kind_is_known", condition=Q(kind__in=ParticipantKind.values)),
            models.CheckConstraint(
                name="plan_participant_says_who_and_what",
                condition=~Q(name="") & ~Q(contributes=""),
                violation_error_message=_("Write who it is and what they contribute."),
            ),
            models.CheckConstraint(
                name="plan_participant_leaves_after_joining",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                violation_error_message=_("Nobody stops taking part before they began."),
            ),
            models.UniqueConstraint(
                name="plan_participant_once_a_plan",
                fields=["plan", "employee"],
                condition=Q(left_on__isnull=True, employee__isnull=False),
                violation_error_message=_("This person takes part already."),
            ),
        ]
        indexes = [models.Index(name="plan_participant_by_employee", fields=["employee"])]

    def __str__(self) -> str:
        return f"{self.name}, {self.service}" if self.service else self.name


class PlanConsentQuerySet(models.QuerySet["PlanConsent"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_on__isnull=True)


class ConsentWay(models.TextChoices):
    WRITTEN = "written", _("In writing")
    ORAL = "oral", _("By word of mouth")
    REPRESENTATIVE = "representative", _("By guardian or parent")


@tracked()
class PlanConsent(models.Model):
    """The person's yes to one part of the plan (samtykke): dated, and withdrawn at any time.

    `participant` is the one who may be told what is confidential, of the part `sharing` alone.
    """

    plan = models.ForeignKey(IndividualPlan, on_delete=models.PROTECT, related_name="consents")
    part = models.CharField(_("what is consented to"), max_length=12, choices=ConsentPart)
    participant = models.ForeignKey(
        PlanParticipant, on_delete=models.PROTECT, null=True, blank=True, related_name="consents"
    )
    way = models.CharField(_("how"), max_length=15, choices=ConsentWay)
    given_on = models.DateField(_("given"))
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)

    objects = PlanConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="plan_consent_part_is_known", condition=Q(part__in=ConsentPart.values)),
            models.CheckConstraint(name="plan_consent_way_is_known", condition=Q(way__in=ConsentWay.values)),
            models.CheckConstraint(
                name="plan_consent_names_whom_it_shares_with",
                condition=Q(part="sharing", participant__isnull=False)
                | (~Q(part="sharing") & Q(participant__isnull=True)),
                violation_error_message=_("Consent to share names who is told."),
            ),
            models.CheckConstraint(
                name="plan_consent_withdrawn_after_it_is_given",
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                violation_error_message=_("Consent cannot be withdrawn before it was given."),
            ),
            models.UniqueConstraint(
                name="plan_consent_stands_once_a_part",
                fields=["plan", "part", "participant"],
                condition=Q(withdrawn_on__isnull=True),
                nulls_distinct=False,
                violation_error_message=_("The person has consented to this already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.part} {self.given_on}"
