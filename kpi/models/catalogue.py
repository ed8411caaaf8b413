from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from people.history import tracked


class Way(models.TextChoices):
    """How a row's value is got."""

    COMPUTED = "C", _("Counted from the households' journeys")
    HOUSING = "H", _("Counted from the dwellings, the loans and the grants")
    SELF = "S", _("The municipality answers itself")
    IMPORTED = "I", _("Taken from another register")


class Direction(models.TextChoices):
    UP = "up", _("Higher is better")
    DOWN = "down", _("Lower is better")
    NEITHER = "neither", _("Neither is better")


class TargetKind(models.TextChoices):
    ABSOLUTE = "absolute", _("A number")
    RELATIVE = "relative", _("A change in per cent")
    POINTS = "points", _("A change in percentage points")
    TREND = "trend", _("A direction")
    QUALITATIVE = "qualitative", _("In words")


class LocalReading(models.TextChoices):
    """What a national target means for one municipality."""

    OWN_ANSWER = "own_answer", _("The municipality's own yes or no")
    OWN_TARGET = "own_target", _("A target of the municipality's own")
    SAME_SHARE = "same_share", _("The same share")


class AnswerKind(models.TextChoices):
    YES_NO = "yes_no", _("Yes or no")
    NUMBER = "number", _("Number")
    TEXT = "text", _("Words")


class PublishedUnit(models.TextChoices):
    """What a published value is counted in."""

    PERCENT = "percent", _("Per cent")
    HOUSEHOLDS = "households", _("Households")
    PEOPLE = "people", _("People")
    MUNICIPALITIES = "municipalities", _("Municipalities")
    DWELLINGS = "dwellings", _("Dwellings")
    LOANS = "loans", _("Loans")
    KRONER = "kroner", _("Kroner")
    POSITIONS = "positions", _("Full-time positions")
    NIGHTS = "nights", _("Nights")
    DAYS = "days", _("Days")
    NUMBER = "number", _("Number")
    WORDS = "words", _("Words")


def _in_language(row: models.Model, field: str) -> str:
    """The field's text in the language of the page; what has none is said in bokmål."""
    language = (get_language() or "nb")[:2]
    return str(getattr(row, f"{field}_{language}", "") or getattr(row, f"{field}_nb"))


class Worded(models.Model):
    """What is said in bokmål, nynorsk and English."""

    wording_nb = models.CharField(max_length=300)
    wording_nn = models.CharField(max_length=300)
    wording_en = models.CharField(max_length=300)

    class Meta:
        abstract = True

    @property
    def wording(self) -> str:
        return _in_language(self, "wording")


@tracked()
class Strategy(Worded):
    """A national strategy, or the product's own set (strategi): it has objectives, and they have indicators.

    One without years is no strategy of the state's, but figures kept beside them.
    """

    key = models.SlugField(max_length=40, unique=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("strategy")
        ordering: ClassVar = [F("starts_on").asc(nulls_last=True), "key"]
        constraints = [
            models.CheckConstraint(
                name="strategy_ends_after_it_starts",
                condition=Q(starts_on__isnull=True, ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="strategy_is_named", condition=~Q(wording_nb="") & ~Q(wording_nn="") & ~Q(wording_en="")
            ),
        ]

    def __str__(self) -> str:
        return self.wording

    @property
    def is_national(self) -> bool:
        return self.starts_on is not None


@tracked()
class Objective(Worded):
    """What a strategy is to reach (målsetting), under its main goal and its effort area.

    `number` is what `Indicator.goal` calls it; of the product's own set, a heading.
    """

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="objectives")
    number = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    main_goal_nb = models.CharField(max_length=300, blank=True)
    main_goal_nn = models.CharField(max_length=300, blank=True)
    main_goal_en = models.CharField(max_length=300, blank=True)
    effort_nb = models.CharField(max_length=200, blank=True)
    effort_nn = models.CharField(max_length=200, blank=True)
    effort_en = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("objective")
        ordering: ClassVar = ["strategy", "position"]
        constraints = [
            models.UniqueConstraint(name="objective_number_once_in_a_strategy", fields=["strategy", "number"]),
            models.CheckConstraint(
                name="objective_is_worded", condition=~Q(wording_nb="") & ~Q(wording_nn="") & ~Q(wording_en="")
            ),
        ]

    def __str__(self) -> str:
        return self.wording

    @property
    def main_goal(self) -> str:
        return _in_language(self, "main_goal")

    @property
    def effort(self) -> str:
        return _in_language(self, "effort")


@tracked()
class CatalogueRow(Worded):
    """One indicator of a strategy (styringsparameter): what it says, what it is to reach, and how it is got.

    `unit` is that of the published values; a municipality's own value is in the unit of the figure `computed_by`, or
    what `answer_kind` says. A row that is counted and names no figure says why in `why_not_computed`.
    """

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="rows")
    code = models.CharField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField()
    is_support = models.BooleanField(default=False)
    #: its place among the strategy's main indicators, None outside them
    main_position = models.PositiveSmallIntegerField(null=True, blank=True)
    factor_nb = models.CharField(max_length=300, blank=True)
    factor_nn = models.CharField(max_length=300, blank=True)
    factor_en = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=14, choices=PublishedUnit)
    direction = models.CharField(max_length=8, choices=Direction)
    target_kind = models.CharField(max_length=12, choices=TargetKind, blank=True)
    target_value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    #: the year a relative target is reckoned from
    target_from = models.PositiveSmallIntegerField(null=True, blank=True)
    is_yearly = models.BooleanField(default=False)
    deadline = models.DateField(null=True, blank=True)
    target_nb = models.CharField(max_length=300, blank=True)
    target_nn = models.CharField(max_length=300, blank=True)
    target_en = models.CharField(max_length=300, blank=True)
    local_reading = models.CharField(max_length=10, choices=LocalReading)
    answer_kind = models.CharField(max_length=8, choices=AnswerKind, blank=True)
    register = models.CharField(max_length=100, blank=True)
    owner = models.CharField(max_length=60, blank=True)
    is_owner_inferred = models.BooleanField(default=False)
    how = ArrayField(models.CharField(max_length=1, choices=Way))
    computed_by = models.CharField(max_length=40, blank=True)
    why_not_computed_nb = models.CharField(max_length=300, blank=True)
    why_not_computed_nn = models.CharField(max_length=300, blank=True)
    why_not_computed_en = models.CharField(max_length=300, blank=True)
    note_nb = models.CharField(max_length=400, blank=True)
    note_nn = models.CharField(max_length=400, blank=True)
    note_en = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("indicator")
        ordering: ClassVar = ["objective", "position"]
        constraints = [
            models.CheckConstraint(
                name="catalogue_row_is_worded", condition=~Q(wording_nb="") & ~Q(wording_nn="") & ~Q(wording_en="")
            ),
            models.UniqueConstraint(name="catalogue_row_has_its_place", fields=["objective", "position"]),
            models.CheckConstraint(name="catalogue_row_unit_is_known", condition=Q(unit__in=PublishedUnit.values)),
            models.CheckConstraint(
                name="catalogue_row_direction_is_known", condition=Q(direction__in=Direction.values)
            ),
            models.CheckConstraint(
                name="catalogue_row_local_reading_is_known", condition=Q(local_reading__in=LocalReading.values)
            ),
            models.CheckConstraint(
                name="catalogue_row_target_has_a_value",
                condition=Q(target_kind__in=["absolute", "relative", "points"], target_value__isnull=False)
                | Q(target_kind__in=["", "trend", "qualitative"], target_value__isnull=True),
            ),
            models.CheckConstraint(
                name="catalogue_row_is_got_somehow",
                condition=Q(how__len__gte=1, how__contained_by=list(Way.values)),
            ),
            models.CheckConstraint(
                name="catalogue_row_is_answered_in_a_kind",
                condition=Q(how__contains=["S"], answer_kind__in=AnswerKind.values)
                | (~Q(how__contains=["S"]) & Q(answer_kind="")),
            ),
            models.CheckConstraint(
                name="catalogue_row_is_computed_or_says_why",
                condition=Q(how__overlap=["C", "H"]) & (~Q(computed_by="") | ~Q(why_not_computed_nb=""))
                | (~Q(how__overlap=["C", "H"])),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.wording}"

    @property
    def factor(self) -> str:
        return _in_language(self, "factor")

    @property
    def target(self) -> str:
        """The target in words."""
        return _in_language(self, "target")

    @property
    def note(self) -> str:
        return _in_language(self, "note")

    @property
    def why_not_computed(self) -> str:
        return _in_language(self, "why_not_computed")

    @property
    def is_answered(self) -> bool:
        return Way.SELF in self.how

    @property
    def is_imported(self) -> bool:
        return Way.IMPORTED in self.how


@tracked()
class PublishedValue(models.Model):
    """A value of a row that its source prints (publisert verdi), of the whole country.

    Without a value and without words it is what the source itself calls not known. A share keeps its parts where the
    source prints them.
    """

    row = models.ForeignKey(CatalogueRow, on_delete=models.PROTECT, related_name="published")
    year = models.PositiveSmallIntegerField()
    is_baseline = models.BooleanField(default=False)
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    text = models.CharField(max_length=200, blank=True)
    numerator = models.PositiveIntegerField(null=True, blank=True)
    denominator = models.PositiveIntegerField(null=True, blank=True)
    register = models.CharField(max_length=100, blank=True)
    note_nb = models.CharField(max_length=400, blank=True)
    note_nn = models.CharField(max_length=400, blank=True)
    note_en = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("published value")
        ordering: ClassVar = ["row", "year"]
        constraints = [
            models.UniqueConstraint(name="published_value_once_a_year", fields=["row", "year"]),
            models.UniqueConstraint(name="published_value_one_baseline", fields=["row"], condition=Q(is_baseline=True)),
            models.CheckConstraint(name="published_value_year_is_one", condition=Q(year__gte=1990, year__lte=2200)),
            models.CheckConstraint(
                name="published_value_is_of_somebody", condition=Q(denominator__isnull=True) | Q(denominator__gt=0)
            ),
            models.CheckConstraint(
                name="published_value_is_a_number_or_words", condition=Q(value__isnull=True) | Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.row_id} {self.year}"

    @property
    def is_known(self) -> bool:
        return self.value is not None or bool(self.text)

    @property
    def decimals(self) -> int:
        """As many as its source prints, one at most."""
        return 1 if self.value is not None and self.value % 1 else 0

    @property
    def note(self) -> str:
        return _in_language(self, "note")
