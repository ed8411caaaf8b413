from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self
from uuid import uuid4

import pgtrigger
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from people.constraints import DateRange, NoOverlap, for_the_rule_alone, period_is_forwards
from people.history import tracked
from people.models.municipality import Municipality
from people.models.person import Person
from people.references import new_ref

if TYPE_CHECKING:
    from people.decision import Sight
    from people.models.employee import Employee


class HouseholdQuerySet(models.QuerySet["Household"]):
    def visible_to(self, employee: Employee, *, at: datetime) -> models.QuerySet[Household]:
        """The households this employee may see in lists now: the only door to lists."""
        from people.access import visible_households

        return visible_households(self, employee, at=at)

    def hidden_from(self, employee: Employee, *, at: datetime) -> models.QuerySet[Household]:
        """Those of the employee's own units that `visible_to` leaves out: counted, never listed."""
        from people.access import hidden_households

        return hidden_households(self, employee, at=at)


@tracked(exclude=["version"])
class Household(models.Model):
    """People who shall live together (husstand). Its municipality never changes.

    `version` grows by one with every act, so that a form built on an older sight of the household is recognised.
    A household formed by a split carries its parent's residences up to `split_on` by derivation, never by copies.
    """

    ref = models.CharField(max_length=64, unique=True, default=new_ref, db_collation="C")
    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="households")
    opened_on = models.DateField(null=True, blank=True)
    split_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    split_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    #: how much of it the employee who opened it sees; set by the doors of `people.access`
    sight: Sight

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        # what an exception can give (people.models.grant.GrantKind)
        permissions = [
            ("open_on_duty", "Open on duty"),
            ("open_as_substitute", "Open as a substitute"),
            ("open_by_phone", "Open when the household rings"),
            ("open_for_meeting", "Open before a meeting"),
            ("open_in_emergency", "Open through the emergency door"),
            ("read_on_agenda", "Read on an agenda"),
            ("read_in_plan", "Read as a participant in the plan"),
            ("read_in_sample", "Read in an inspection's sample"),
            ("read_special_in_sample", "Read with special notes in an inspection's sample"),
            ("read_as_named", "Read because an inspector named it"),
        ]
        constraints = [
            models.UniqueConstraint(name="household_with_municipality", fields=["id", "municipality"]),
            models.CheckConstraint(
                name="household_split_has_both_parent_and_day",
                condition=Q(split_from__isnull=True, split_on__isnull=True)
                | Q(split_from__isnull=False, split_on__isnull=False),
            ),
            models.CheckConstraint(name="household_is_not_its_own_parent", condition=~Q(split_from=F("id"))),
        ]
        # few were: whether one was, and when, is asked of all that is counted, and of what each carries with it
        indexes = [
            models.Index(name="household_split", fields=["id", "split_on"], condition=Q(split_on__isnull=False)),
            models.Index(
                name="household_formed",
                fields=["municipality", "id"],
                include=["split_from", "split_on"],
                condition=Q(split_from__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.ref


class MemberRole(models.TextChoices):
    APPLICANT = "applicant", _("Applicant")
    PARTNER = "partner", _("Partner")
    CHILD = "child", _("Child")
    CHILD_VISIT = "child_visit", _("Child who visits")
    OTHER = "other", _("Other member")


class MemberQuerySet(models.QuerySet["Member"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


_PERIOD = (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS)
_IS_CHILD = Case(When(role="child", then=Value(1)), default=Value(0), output_field=models.IntegerField())

_TWO_HOMES_AND_BORN = """
    PERFORM 1 FROM people_person WHERE id = NEW.person_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT 1 FROM people_person p WHERE p.id = NEW.person_id AND NEW.starts_on < p.born_on) THEN
        RAISE EXCEPTION 'membership before birth'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'member_not_before_birth';
    END IF;
    IF NEW.role = 'child' AND EXISTS (
        SELECT 1 FROM people_member a JOIN people_member b ON b.person_id = a.person_id AND b.id > a.id
        WHERE a.person_id = NEW.person_id AND NEW.id NOT IN (a.id, b.id) AND a.role = 'child' AND b.role = 'child'
          AND NOT isempty(daterange(a.starts_on, a.ends_on) * daterange(b.starts_on, b.ends_on)
                          * daterange(NEW.starts_on, NEW.ends_on))
    ) THEN
        RAISE EXCEPTION 'a third household' USING ERRCODE = 'exclusion_violation',
            CONSTRAINT = 'member_child_in_at_most_two_households';
    END IF;
    RETURN NULL;
"""


@tracked()
class Member(models.Model):
    """One person's time in one household in one role (medlem), half-open."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="members", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=MemberRole)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("member_ends_after_it_starts"),
            models.CheckConstraint(name="member_role_is_known", condition=Q(role__in=MemberRole.values)),
            NoOverlap(
                name="member_once_in_a_household_a_day",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    (for_the_rule_alone("person"), RangeOperators.EQUAL),
                    _PERIOD,
                ],
                violation_error_message=_("This person is already a member of the household in that period."),
            ),
            NoOverlap(
                name="member_adult_in_one_household_a_day",
                expressions=[("person", RangeOperators.EQUAL), _PERIOD],
                condition=~Q(role__in=["child", "child_visit"]),
                violation_error_message=_(
                    "This person is already an adult member of another household in that period."
                ),
            ),
            NoOverlap(
                name="member_child_is_a_child_everywhere",
                expressions=[("person", RangeOperators.EQUAL), (_IS_CHILD, RangeOperators.NOT_EQUAL), _PERIOD],
                condition=~Q(role="child_visit"),
                violation_error_message=_(
                    "This person is a child in one household and an adult in another in that period."
                ),
            ),
        ]
        indexes = [
            models.Index(
                name="member_of_household", fields=["household", "starts_on"], include=["ends_on", "role", "person"]
            ),
            models.Index(
                name="member_child",
                fields=["household", "starts_on"],
                include=["ends_on", "person"],
                condition=Q(role="child"),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="two_homes_and_born",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_TWO_HOMES_AND_BORN,
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.household_id}"


#: Rules a trigger guards, with the sentence a refused person reads.
TRIGGER_MESSAGES = {
    "member_not_before_birth": _("The membership begins before the person was born."),
    "member_child_in_at_most_two_households": _("A child can be a member of at most two households a day."),
}
