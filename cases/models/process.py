from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.history import tracked
from people.models import Employee, Household, Municipality


class ProcessGroup(models.TextChoices):
    """Whom a work process is for (målgruppe)."""

    FAMILY = "family", _("Family with children")
    YOUNG = "young", _("Young")
    DRUGS_OR_MENTAL = "drugs_or_mental", _("Drugs or mental illness")
    REFUGEE = "refugee", _("Refugee")
    RELEASED = "released", _("Released from prison")
    VIOLENCE = "violence", _("Exposed to violence")


#: That a household is of these tells of drugs, prison or violence (K4).
SPECIAL_GROUPS = frozenset({ProcessGroup.DRUGS_OR_MENTAL, ProcessGroup.RELEASED, ProcessGroup.VIOLENCE})


@tracked()
class ProcessTemplate(models.Model):
    """One version of a municipality's work process for a target group (mal for arbeidsprosess), from a day."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(_("for"), max_length=20, choices=ProcessGroup)
    valid_from = models.DateField(_("from"))
    #: None: as it came with the product
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="process_template_group_is_known", condition=Q(group__in=ProcessGroup.values)),
            models.UniqueConstraint(
                name="process_template_one_from_a_day",
                fields=["municipality", "group", "valid_from"],
                violation_error_message=_("There is a version from that day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.valid_from}"


@tracked()
class ProcessStep(models.Model):
    """One step of a template (trinn i arbeidsprosess). `code` is what makes it the same step in another version."""

    template = models.ForeignKey(ProcessTemplate, on_delete=models.PROTECT, related_name="steps")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    what = models.CharField(_("what"), max_length=200)
    who = models.CharField(_("who"), max_length=100)
    days = models.PositiveSmallIntegerField(_("days from the start"))
    paragraph = models.CharField(_("paragraph"), max_length=100, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(
                name="process_step_says_what_and_who", condition=~Q(code="") & ~Q(what="") & ~Q(who="")
            ),
            models.CheckConstraint(name="process_step_days_are_within_three_years", condition=Q(days__lte=1096)),
            models.UniqueConstraint(name="process_step_order_once", fields=["template", "order"]),
            models.UniqueConstraint(name="process_step_code_once", fields=["template", "code"]),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.template_id}"


class ProcessEnd(models.TextChoices):
    DONE = "done", _("Every step is done")
    NOT_NEEDED = "not_needed", _("No longer needed")
    WRONG_GROUP = "wrong_group", _("Another process fits better")


class AppliedProcessQuerySet(models.QuerySet["AppliedProcess"]):
    def live(self) -> Self:
        return self.filter(ended_on__isnull=True)


@tracked()
class AppliedProcess(models.Model):
    """A work process that runs for a household (arbeidsprosess i sak), by one version of its template."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="processes")
    template = models.ForeignKey(ProcessTemplate, on_delete=models.PROTECT, related_name="applied")
    #: the template's
    group = models.CharField(_("for"), max_length=20, choices=ProcessGroup)
    starts_on = models.DateField(_("from"))
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    ended_because = models.CharField(_("why it ended"), max_length=15, choices=ProcessEnd, blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    objects = AppliedProcessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="applied_process_group_is_known", condition=Q(group__in=ProcessGroup.values)),
            models.UniqueConstraint(
                name="applied_process_live_once_a_group",
                fields=["household", "group"],
                condition=Q(ended_on__isnull=True),
                violation_error_message=_("This work process runs already."),
            ),
            models.CheckConstraint(
                name="applied_process_ended_says_why",
                condition=Q(ended_on__isnull=True, ended_because="")
                | Q(ended_on__isnull=False, ended_because__in=ProcessEnd.values),
            ),
            models.CheckConstraint(
                name="applied_process_ends_after_it_begins",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.household_id}"

    @property
    def is_special(self) -> bool:
        return self.group in SPECIAL_GROUPS


class AppliedStepQuerySet(models.QuerySet["AppliedStep"]):
    def open(self) -> Self:
        return self.filter(done_on__isnull=True, skipped_on__isnull=True)


@tracked()
class AppliedStep(models.Model):
    """One step of a process that runs (trinn i sak). One without a template's step was added in this case.

    `adjusted_because` says why it differs from the template; a step adjusted so stays when the case is moved to a new
    version.
    """

    process = models.ForeignKey(AppliedProcess, on_delete=models.PROTECT, related_name="steps")
    step = models.ForeignKey(ProcessStep, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField()
    what = models.CharField(_("what"), max_length=200)
    who = models.CharField(_("who"), max_length=100)
    paragraph = models.CharField(_("paragraph"), max_length=100, blank=True)
    due_on = models.DateField(_("by"))
    done_on = models.DateField(_("done"), null=True, blank=True)
    skipped_on = models.DateField(_("left out"), null=True, blank=True)
    adjusted_because = models.CharField(_("why it differs"), max_length=300, blank=True)

    objects = AppliedStepQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(name="applied_step_says_what_and_who", condition=~Q(what="") & ~Q(who="")),
            models.CheckConstraint(
                name="applied_step_is_done_or_left_out",
                condition=Q(done_on__isnull=True) | Q(skipped_on__isnull=True),
                violation_error_message=_("The step is done, or left out, already."),
            ),
            models.CheckConstraint(
                name="applied_step_of_its_own_or_left_out_says_why",
                condition=Q(step__isnull=False, skipped_on__isnull=True) | ~Q(adjusted_because=""),
            ),
            models.UniqueConstraint(
                name="applied_step_of_a_template_once",
                fields=["process", "step"],
                condition=Q(step__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order} {self.process_id}"

    @property
    def is_open(self) -> bool:
        return self.done_on is None and self.skipped_on is None
