from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from housing.models.multirange import DateMultirangeField
from housing.night_dates import IS_SIMPLE, NIGHT_DATES
from people.models import Household, Municipality, Unit

#: `ends_on` of a spell that has not ended.
OPEN = date.max


class SpellState(models.TextChoices):
    HOMELESS = "homeless", _("Homeless")
    TEMPORARY = "temporary", _("In temporary accommodation")
    PERMANENT = "permanent", _("In a permanent home")
    INSTITUTION = "institution", _("In an institution")
    OTHER = "other", _("Elsewhere")


class SpellQuerySet(models.QuerySet["Spell"]):
    def stays(self) -> Self:
        return self.filter(state=SpellState.TEMPORARY)

    def on(self, day: date) -> Self:
        """Spells whose span covers the night of that day; a stay's night may still fall in a tolerated break."""
        return self.filter(starts_on__lte=day, ends_on__gt=day)

    def open(self) -> Self:
        return self.filter(ends_on=OPEN)


def _sql(expression: str) -> RawSQL:
    return RawSQL(expression, ())  # noqa: S611 - a constant of ours


def _date(name: str) -> models.GeneratedField:
    return models.GeneratedField(expression=_sql(NIGHT_DATES[name]), output_field=models.DateField(), db_persist=True)


class Spell(models.Model):
    """A maximal run of residences in one state (opphold), derived by `housing/sql/spells.sql`, never written by hand.

    Every column is a date on which some answer flips, or a set of nights; none holds an age or a number of days.
    Dates that the database makes of those sets by itself: `housing.night_dates`.
    `nights`, `family_in` and `young_in` are for temporary spells; nights before a split belong to the old household.
    `home_on`: first permanent home at or after the end; `gone_on`: first care home, moving away or death there;
    `returned_on`: first homeless residence after `home_on`.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="spells", db_index=False)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    state = models.CharField(max_length=12, choices=SpellState)
    starts_on = models.DateField()
    ends_on = models.DateField()
    limit_on = models.DateField(null=True)
    previous_state = models.CharField(max_length=12, null=True)
    next_state = models.CharField(max_length=12, null=True)
    homeless_since = models.DateField(null=True)
    home_on = models.DateField(null=True)
    gone_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    nights = DateMultirangeField()
    family_in = DateMultirangeField()
    young_in = DateMultirangeField()
    nights_from = _date("nights_from")
    nights_to = _date("nights_to")
    break_from = _date("break_from")
    break_to = _date("break_to")
    family_from = _date("family_from")
    family_to = _date("family_to")
    young_from = _date("young_from")
    young_to = _date("young_to")
    is_simple = models.GeneratedField(expression=_sql(IS_SIMPLE), output_field=models.BooleanField(), db_persist=True)

    objects = SpellQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="spell_once", fields=["household", "state", "starts_on"]),
            models.CheckConstraint(name="spell_ends_after_it_starts", condition=Q(ends_on__gt=models.F("starts_on"))),
        ]
        indexes = [
            models.Index(name="spell_figures", fields=["municipality", "state", "ends_on"], include=["starts_on"]),
            # not the sets of nights: a stay of a hundred short nights would outgrow an index row
            models.Index(
                name="spell_stays",
                fields=["municipality", "ends_on"],
                include=[
                    *("household", "limit_on", "is_simple", *NIGHT_DATES),
                    *("home_on", "gone_on", "returned_on"),
                ],
                condition=Q(state="temporary"),
            ),
            models.Index(
                name="spell_not_simple",
                fields=["municipality", "ends_on"],
                condition=Q(state="temporary", is_simple=False),
            ),
            models.Index(
                name="spell_homes",
                fields=["municipality", "starts_on"],
                include=["household", "homeless_since"],
                condition=Q(state="permanent", homeless_since__isnull=False),
            ),
            models.Index(
                name="spell_worklist",
                fields=["unit", "limit_on", "id"],
                condition=Q(state="temporary", ends_on=OPEN),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.state} {self.starts_on}"
