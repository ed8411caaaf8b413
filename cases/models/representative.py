from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.received import ReceivedPaper
from people.constraints import DateRange, NoOverlap, for_the_rule_alone, period_is_forwards
from people.encrypted_fields import EncryptedTextField
from people.history import tracked
from people.models import Employee, Household, Person


class RepresentativeKind(models.TextChoices):
    """Guardian (verge), agent (fullmektig), holder of parental responsibility (foreldreansvar), estate (dødsbo)."""

    GUARDIAN = "guardian", _("Guardian")
    AGENT = "agent", _("Agent by power of attorney")
    PARENT = "parent", _("Has parental responsibility")
    ESTATE = "estate", _("For the estate")


class RepresentativeScope(models.TextChoices):
    """What a mandate reaches (mandat): vergemålsloven section 21."""

    PERSONAL = "personal", _("Personal matters")
    ECONOMIC = "economic", _("Economic matters")
    BOTH = "both", _("Personal and economic matters")


class RepresentativeQuerySet(models.QuerySet["Representative"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


@tracked()
class Representative(models.Model):
    """Who acts for a member of the household in a half-open period (representant): guardian, agent, parent.

    An agent who is not a lawyer shows a power of attorney (fullmakt): forvaltningsloven section 12. `limits` is what it
    is limited to, in words. Without `gets_letters` somebody has decided that letters do not go to them.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="representatives")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="representatives")
    kind = models.CharField(_("kind"), max_length=10, choices=RepresentativeKind)
    scope = models.CharField(_("reach"), max_length=10, choices=RepresentativeScope, default=RepresentativeScope.BOTH)
    name = models.CharField(_("name"), max_length=200)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    phone = EncryptedTextField(_("telephone"), blank=True, place="cases_representative.phone")
    address = EncryptedTextField(_("address"), blank=True, place="cases_representative.address")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    gets_letters = models.BooleanField(_("letters go to them"), default=True)
    is_lawyer = models.BooleanField(default=False)
    paper = models.ForeignKey(ReceivedPaper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    limits = models.CharField(_("limited to"), max_length=300, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=300, blank=True)
    registered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        constraints = [
            period_is_forwards("representative_ends_after_it_starts"),
            models.CheckConstraint(
                name="representative_kind_is_known", condition=Q(kind__in=RepresentativeKind.values)
            ),
            models.CheckConstraint(
                name="representative_scope_is_known", condition=Q(scope__in=RepresentativeScope.values)
            ),
            models.CheckConstraint(name="representative_is_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="representative_agent_shows_power_of_attorney",
                condition=~Q(kind="agent") | Q(is_lawyer=True) | Q(paper__isnull=False),
                violation_error_message=_("An agent who is not a lawyer shows a power of attorney."),
            ),
            models.CheckConstraint(
                name="representative_for_an_estate_gets_no_letters",
                condition=~Q(kind="estate") | Q(gets_letters=False),
            ),
            models.CheckConstraint(
                name="representative_end_reason_has_an_end",
                condition=Q(end_reason="") | Q(ends_on__isnull=False),
            ),
            NoOverlap(
                name="representative_once_at_a_time",
                expressions=[
                    ("household", RangeOperators.EQUAL),
                    (for_the_rule_alone("person"), RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("name", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This representative is registered already in that period."),
            ),
        ]
        indexes = [models.Index(name="representative_by_household", fields=["household", "starts_on"])]

    def __str__(self) -> str:
        return self.name
