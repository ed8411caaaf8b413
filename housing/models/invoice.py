from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from housing.models.provider import Provider, Room
from people.constraints import period_is_forwards
from people.history import tracked
from people.models import Employee


@tracked()
class ProviderInvoice(models.Model):
    """What a provider charges for nights (faktura fra tilbyder): its number, its day, and the nights it is for.

    `starts_on` and `ends_on` are those of its lines, half-open: the nights that it is held against.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="invoices")
    number = models.CharField(_("invoice number"), max_length=40)
    issued_on = models.DateField(_("dated"))
    due_on = models.DateField(_("to be paid by"), null=True, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="invoice_once_a_provider",
                fields=["provider", "number"],
                violation_error_message=_("This provider's invoice with that number is here already."),
            ),
            models.CheckConstraint(name="invoice_has_a_number", condition=~Q(number="")),
            period_is_forwards("invoice_ends_after_it_starts"),
            models.CheckConstraint(
                name="invoice_due_after_its_day",
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("issued_on")),
                violation_error_message=_("It cannot be due before its own day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.number}"


class Verdict(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    DISPUTED = "disputed", _("Disputed")


@tracked()
class InvoiceLine(models.Model):
    """A line of an invoice: a room, its nights and what they cost (fakturalinje). Kroner.

    It names a room and never a person: whose nights they are is found by room and day when it is looked at, so that a
    correction of where somebody lived is seen at once. `room` is the provider's room of that name, empty when it has
    none. What becomes of the line is a person's verdict; a disputed one says why.
    """

    invoice = models.ForeignKey(ProviderInvoice, on_delete=models.PROTECT, related_name="lines")
    place = models.PositiveIntegerField(_("line"))
    room_name = models.CharField(_("room"), max_length=50)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="invoice_lines")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    price_a_night = models.DecimalField(_("price a night"), max_digits=9, decimal_places=2)
    amount = models.DecimalField(_("amount"), max_digits=11, decimal_places=2)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, blank=True)
    because = models.CharField(_("why"), max_length=300, blank=True)
    judged_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="invoice_line_once_a_place", fields=["invoice", "place"]),
            models.CheckConstraint(name="invoice_line_names_a_room", condition=~Q(room_name="")),
            period_is_forwards("invoice_line_ends_after_it_starts"),
            models.CheckConstraint(
                name="invoice_line_costs_something",
                condition=Q(price_a_night__gte=Decimal(0), amount__gte=Decimal(0)),
                violation_error_message=_("A price is never below zero."),
            ),
            models.CheckConstraint(
                name="invoice_line_verdict_is_known", condition=Q(verdict__in=["", *Verdict.values])
            ),
            models.CheckConstraint(
                name="invoice_line_is_disputed_with_a_reason",
                condition=~Q(verdict=Verdict.DISPUTED) | ~Q(because=""),
                violation_error_message=_("Say what is wrong with the line."),
            ),
            models.CheckConstraint(
                name="invoice_line_is_judged_by_somebody",
                condition=Q(verdict="", judged_by__isnull=True, judged_at__isnull=True)
                | (~Q(verdict="") & Q(judged_by__isnull=False, judged_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(name="invoice_line_by_room", fields=["room", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.invoice_id} {self.place}"
