"""Providers' invoices: taking one in, what is wrong with it, and what is paid."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from housing.actions.invoices import accept_in_order, judge, remove_invoice, take_invoice
from housing.forms.invoices import InvoiceActForm, InvoiceForm, JudgeForm
from housing.invoicing import InvoiceSeen, invoices_of, seen_by
from housing.models import ProviderInvoice, Verdict
from housing.views.shell import (
    act_page,
    crumbs,
    of_provider,
    own_municipalities,
    provider_for,
    signed_in,
    tabs_of,
    url_of,
)
from people.access import require
from people.act_forms import perform
from people.components import Crumb
from people.notices import notify
from people.roles import Permission

_ACT = require_http_methods(["GET", "HEAD", "POST"])
#: Invoices of a page: more than a municipality gets in a quarter.
_SHOWN = 200


@require_safe
def invoices(request: HttpRequest) -> HttpResponse:
    """All of one's municipalities' providers', those that wait for somebody first."""
    at = timezone.now()
    require(signed_in(request), Permission.MANAGE_PROVIDERS, at=at)
    found = sorted(invoices_of(own_municipalities(request, at))[:_SHOWN], key=lambda one: not vars(one)["undecided"])
    return render(request, "housing/invoices/list.html", {"invoices": found, "crumbs": []})


@require_safe
def of_one(request: HttpRequest, provider_id: int) -> HttpResponse:
    at = timezone.now()
    one = provider_for(request, provider_id, at)
    found = invoices_of([one.municipality_id]).filter(provider=one)
    context = {"provider": one, "invoices": found, "tabs": tabs_of(one, "provider_invoices"), "crumbs": crumbs()}
    return render(request, "housing/invoices/of_provider.html", context)


@_ACT
def take(request: HttpRequest, provider_id: int) -> HttpResponse:
    at = timezone.now()
    one = provider_for(request, provider_id, at)
    form = InvoiceForm(request.POST or None, request.FILES or None, today=localdate(at))

    def do() -> str:
        told, sheet = form.cleaned_data, form.cleaned_data["file"]
        made = take_invoice(
            provider_id=one.pk,
            number=told["number"],
            issued_on=told["issued_on"],
            due_on=told["due_on"],
            lines=sheet.lines,
            by=signed_in(request),
            at=at,
        )
        if sheet.left_out:
            notify(request, _("Left out of what was taken in: %(columns)s.") % {"columns": ", ".join(sheet.left_out)})
        return reverse("housing:invoice", args=[made.pk])

    title, back = _("Take in an invoice"), url_of(one, "provider_invoices")
    return act_page(request, form, do, at, title=title, back=back, takes_files=True, crumbs=of_provider(one))


@require_safe
def invoice(request: HttpRequest, invoice_id: int) -> HttpResponse:
    at = timezone.now()
    found = _invoice(request, invoice_id, at)
    return _page(request, seen_by(found, signed_in(request), at=at), InvoiceActForm(today=localdate(at)))


@_ACT
def line(request: HttpRequest, invoice_id: int, line_id: int) -> HttpResponse:
    at = timezone.now()
    found = _invoice(request, invoice_id, at)
    one = get_object_or_404(found.lines, pk=line_id)
    [seen] = [seen for seen in seen_by(found, signed_in(request), at=at).lines if seen.line.pk == one.pk]
    suggested = one.verdict or (Verdict.ACCEPTED if seen.checked.is_in_order else Verdict.DISPUTED)
    initial = {"verdict": suggested, "because": one.because}
    form = JudgeForm(request.POST or None, today=localdate(at), initial=initial)

    def do() -> str:
        verdict, because = Verdict(form.cleaned_data["verdict"]), form.cleaned_data["because"]
        judge(invoice_id=found.pk, line_id=one.pk, verdict=verdict, because=because, by=signed_in(request), at=at)
        return reverse("housing:invoice", args=[found.pk])

    if request.method == "POST" and form.is_valid() and (answer := perform(request, form, do, at=at)):
        return answer
    context = {"form": form, "invoice": found, "seen": seen, "crumbs": _crumbs(found, is_line=True)}
    return render(request, "housing/invoices/line.html", context)


@require_http_methods(["POST"])
def accept(request: HttpRequest, invoice_id: int) -> HttpResponse:
    """Accept all that is in order."""
    at = timezone.now()
    found = _invoice(request, invoice_id, at)
    form = InvoiceActForm(request.POST, today=localdate(at))

    def do() -> str:
        count = accept_in_order(invoice_id=found.pk, by=signed_in(request), at=at)
        told = ngettext("%(count)s line accepted.", "%(count)s lines accepted.", count)
        notify(request, told % {"count": count})
        return reverse("housing:invoice", args=[found.pk])

    if form.is_valid() and (answer := perform(request, form, do, at=at)):
        return answer
    return _page(request, seen_by(found, signed_in(request), at=at), form)


@_ACT
def remove(request: HttpRequest, invoice_id: int) -> HttpResponse:
    at = timezone.now()
    found = _invoice(request, invoice_id, at)
    form = InvoiceActForm(request.POST or None, today=localdate(at))

    def do() -> str:
        provider = remove_invoice(invoice_id=found.pk, by=signed_in(request), at=at)
        return url_of(provider, "provider_invoices")

    if request.method == "POST" and form.is_valid() and (answer := perform(request, form, do, at=at)):
        return answer
    context = {
        "title": _("Take the invoice out"),
        "text": _("For an invoice that was taken in by mistake. Its lines go with it."),
        "form": form,
        "submit_label": _("Take it out"),
        "back_url": reverse("housing:invoice", args=[found.pk]),
        "is_danger": True,
    }
    return render(request, "components/confirm_page.html", context)


def _page(request: HttpRequest, seen: InvoiceSeen, form: InvoiceActForm) -> HttpResponse:
    context = {
        "seen": seen,
        "invoice": seen.invoice,
        "form": form,
        "can_remove": not any(one.line.verdict for one in seen.lines),
        "crumbs": _crumbs(seen.invoice),
    }
    return render(request, "housing/invoices/invoice.html", context)


def _invoice(request: HttpRequest, invoice_id: int, at: datetime) -> ProviderInvoice:
    """:raises Http404: unless it is of a provider that the employee keeps"""
    known = ProviderInvoice.objects.select_related("provider")
    found: ProviderInvoice = get_object_or_404(
        known, pk=invoice_id, provider__municipality__in=own_municipalities(request, at)
    )
    return found


def _crumbs(found: ProviderInvoice, *, is_line: bool = False) -> list[Crumb]:
    way = [
        *crumbs(Crumb(found.provider.name, url_of(found.provider))),
        Crumb(_("Invoices"), url_of(found.provider, "provider_invoices")),
    ]
    return [*way, Crumb(found.number, reverse("housing:invoice", args=[found.pk]))] if is_line else way
