"""Stays over three months and near it: the list, the leader's review of one, the month's sign-off."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.reviews import review_breach, sign_month
from cases.forms.breaches import ReviewForm, SignMonthForm
from cases.models import BreachReason
from cases.questions.breaches import breaches as long_stays
from cases.questions.breaches import review_in_force, signed_months, tally
from cases.questions.standing import standings
from cases.views.shell import ActPage, answer, opened, signed_in
from cases.views.units import chosen_unit
from people.access import units_with
from people.act_forms import perform
from people.hidden import left_out_of
from people.models import Unit
from people.notices import notify
from people.roles import Permission


@require_safe
def breaches(request: HttpRequest) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    months = _months(localdate(at))
    signed = signed_months(chosen.unit, months)
    context = {
        "chosen": chosen,
        "breaches": long_stays(chosen.unit, employee, at=at),
        "may_review": units_with(employee, Permission.REVIEW_BREACHES, at=at).filter(pk=chosen.unit.pk).exists(),
        "is_unsigned": len(signed) < len(months),
        "months": [(month, signed.get(month)) for month in months],
    }
    return render(request, "cases/breaches/breaches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, Permission.REVIEW_BREACHES)
    standing = standings([one.household.pk], by=one.employee, at=one.at)[one.household.pk]
    newest = review_in_force(one.household, standing.first_night) if standing.first_night else None
    initial = {"reason": newest.reason, "measure": newest.measure, "deadline": newest.deadline} if newest else {}
    form = ReviewForm(request.POST or None, today=one.today, version=one.household.version, initial=initial)

    def do() -> None:
        sent = form.cleaned_data
        review_breach(
            household_id=one.household.pk,
            reason=BreachReason(sent["reason"]),
            measure=sent["measure"],
            deadline=sent["deadline"],
            by=one.employee,
            at=one.at,
            version=sent["version"],
        )

    page = ActPage(
        title=_("Review a long stay"),
        submit=_("Save the review"),
        done=_("The review is saved."),
        template="cases/breaches/review.html",
    )
    back = _list_of(request.GET.get("unit", ""))
    return answer(request, one, form, page, do, back=back, then=back, standing=standing, newest=newest)


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    unit, today = chosen_unit(request, Permission.REVIEW_BREACHES, at=at).unit, localdate(at)
    figures = tally(unit, today=today, left_out=left_out_of(unit, employee, at=at))
    form = SignMonthForm(request.POST or None, today=today, months=_months(today))
    back = _list_of(unit.ref)

    def do() -> str:
        sign_month(
            unit_id=unit.pk,
            month=form.cleaned_data["month"],
            over=figures.over,
            soon=figures.soon,
            without_measure=figures.without_measure,
            note=form.cleaned_data["note"],
            by=employee,
            at=at,
        )
        return back

    if request.method == "POST" and form.is_valid() and (signed := perform(request, form, do, at=at)) is not None:
        notify(request, _("The month is signed."))
        return signed
    return render(request, "cases/breaches/sign.html", _sign_page(unit, figures, form, back))


def _sign_page(unit: Unit, figures: object, form: SignMonthForm, back: str) -> dict[str, object]:
    return {
        "title": _("Sign the month"),
        "submit_label": _("Sign the month"),
        "unit": unit,
        "figures": figures,
        "form": form,
        "back_url": back,
    }


def _list_of(unit_ref: str) -> str:
    return reverse("cases:breaches") + (f"?{urlencode({'unit': unit_ref})}" if unit_ref else "")


def _months(today: date) -> list[date]:
    """This month and the one before: those that can be signed."""
    this = today.replace(day=1)
    return [this, (this - timedelta(days=1)).replace(day=1)]
