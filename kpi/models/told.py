from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kpi.models.catalogue import CatalogueRow, Objective, Strategy
from people.history import tracked
from people.models import Employee, Municipality

#: The years that one may tell of.
_POSSIBLE_YEAR = Q(year__gte=1990, year__lte=2200)


class Told(models.Model):
    """What somebody told of a municipality, and when."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class OfRow(Told):
    """What is told of one row of the catalogue."""

    row = models.ForeignKey(CatalogueRow, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.row_id}"


@tracked()
class ChosenStrategy(Told):
    """The strategy that a municipality follows (valgt strategi): its main indicators stand on the front page."""

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="strategy_chosen_once", fields=["municipality"]),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id} {self.strategy_id}"


@tracked()
class Answer(OfRow):
    """The municipality's own answer to one row for one year (egenrapportert svar): yes or no, a number, or words."""

    year = models.PositiveSmallIntegerField(_("year"))
    is_yes = models.BooleanField(null=True, blank=True)
    number = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    text = models.TextField(max_length=1000, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="answer_once_a_year", fields=["municipality", "row", "year"]),
            models.CheckConstraint(name="answer_year_is_possible", condition=_POSSIBLE_YEAR),
            models.CheckConstraint(
                name="answer_is_one_thing",
                condition=Q(is_yes__isnull=False, number__isnull=True, text="")
                | Q(is_yes__isnull=True, number__isnull=False, text="")
                | (Q(is_yes__isnull=True, number__isnull=True) & ~Q(text="")),
                violation_error_message=_("Answer with yes or no, a number, or words: one of them."),
            ),
            models.CheckConstraint(
                name="answer_number_is_not_negative", condition=Q(number__isnull=True) | Q(number__gte=0)
            ),
        ]

    @property
    def value(self) -> Decimal | None:
        """The number, or 1 of yes and 0 of no; None of words."""
        return self.number if self.is_yes is None else Decimal(int(self.is_yes))


@tracked()
class RegisterValue(OfRow):
    """The municipality's value of one row from another register (registerverdi): typed in, or from a file.

    A share keeps its parts where the register tells them.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    numerator = models.PositiveIntegerField(null=True, blank=True)
    denominator = models.PositiveIntegerField(null=True, blank=True)
    register = models.CharField(_("register"), max_length=100)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="register_value_once_a_year", fields=["municipality", "row", "year"]),
            models.CheckConstraint(name="register_value_year_is_possible", condition=_POSSIBLE_YEAR),
            models.CheckConstraint(name="register_value_is_not_negative", condition=Q(value__gte=0)),
            models.CheckConstraint(
                name="register_value_tells_its_register",
                condition=~Q(register=""),
                violation_error_message=_("Write which register the value is from."),
            ),
            models.CheckConstraint(
                name="register_value_has_both_parts_or_none",
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False, denominator__gt=0),
            ),
        ]

    @property
    def decimals(self) -> int:
        """One where it is not whole."""
        return 1 if self.value % 1 else 0


@tracked()
class LocalTarget(OfRow):
    """What a municipality means to reach itself of one row (eget mål): a value in the row's unit, and by when."""

    value = models.DecimalField(_("target"), max_digits=14, decimal_places=2)
    deadline = models.DateField(_("deadline"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="local_target_once", fields=["municipality", "row"]),
            models.CheckConstraint(name="local_target_is_not_negative", condition=Q(value__gte=0)),
        ]


@tracked()
class ChosenIndicator(OfRow):
    """An indicator that a municipality has chosen for an objective (valgt indikator) which its strategy gives none."""

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="indicator_chosen_once", fields=["municipality", "objective", "row"]),
        ]
