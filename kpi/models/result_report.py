from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kpi.models.catalogue import Objective
from people.history import tracked
from people.models import Employee, Municipality


@tracked()
class ReportComment(models.Model):
    """What is said of one objective in a year's result report (kommentar i resultatrapporten).

    A deviation has a measure, and a measure a
    person who answers for it and a day. Names nobody who is helped.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="report_comments")
    year = models.PositiveSmallIntegerField(_("year"))
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="+", verbose_name=_("objective"))
    text = models.TextField(_("comment"), max_length=4000, blank=True)
    deviation = models.TextField(_("deviation"), max_length=2000, blank=True)
    measure = models.TextField(_("measure"), max_length=2000, blank=True)
    responsible = models.ForeignKey(
        Employee,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who answers for the measure"),
    )
    due_on = models.DateField(_("the measure is done by"), null=True, blank=True)
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="report_comment_once_an_objective", fields=["municipality", "year", "objective"]
            ),
            models.CheckConstraint(name="report_comment_year_is_possible", condition=Q(year__gte=1990, year__lte=2200)),
            models.CheckConstraint(
                name="report_comment_deviation_has_a_measure",
                condition=Q(deviation="") | ~Q(measure=""),
                violation_error_message=_("Say what is done about the deviation."),
            ),
            models.CheckConstraint(
                name="report_comment_measure_has_a_person_and_a_day",
                condition=Q(measure="", responsible__isnull=True, due_on__isnull=True)
                | (~Q(measure="") & Q(responsible__isnull=False, due_on__isnull=False)),
                violation_error_message=_("Say who answers for the measure, and by which day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.year} {self.objective_id}"
