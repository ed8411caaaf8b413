"""The units that follow a household together, and those that share every case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.actions.assignments import ON_CASE_OR_LEADING
from cases.forms.sharing import EndSharingForm, PracticeForm, ShareForm
from cases.questions.colleagues import units_beside, units_to_share_with
from cases.views.shell import ActPage, answer, opened, signed_in
from people.access import require, units_with
from people.act_forms import perform
from people.actions.sharing import begin_practice, end_practice
from people.actions.sharing import end_sharing as unit_leaves
from people.actions.sharing import share as share_case
from people.models import SharingBasis, SharingPractice
from people.notices import notify
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def share(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, ON_CASE_OR_LEADING)
    page = ActPage(
        title=_("Units that share the case"),
        submit=_("Share the case"),
        done=_("The case is shared."),
        lead=_("Employees of a unit that shares the case see it as those of your own unit do."),
        template="cases/sharing/share.html",
    )
    form = ShareForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        units=units_to_share_with(one.household, on=one.today),
        initial={"starts_on": one.today},
    )

    def do() -> None:
        told = form.cleaned_data
        share_case(
            household_id=one.household.pk,
            unit_id=told["unit"],
            basis=SharingBasis(told["basis"]),
            reason=told["reason"],
            starts_on=told["starts_on"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    shared = one.household.co_responsibilities.on(one.today).select_related("unit").order_by("starts_on", "pk")
    return answer(request, one, form, page, do, then=one.url("share"), shared=shared)


@require_http_methods(_METHODS)
def end_sharing(request: HttpRequest, key: UUID, sharing_id: int) -> HttpResponse:
    one = opened(request, key, ON_CASE_OR_LEADING)
    shared = get_object_or_404(one.household.co_responsibilities.select_related("unit"), pk=sharing_id)
    page = ActPage(
        title=_("No longer share the case"),
        submit=_("End the sharing"),
        done=_("The case is no longer shared with the unit."),
        lead=shared.unit.name,
    )
    form = EndSharingForm(
        request.POST or None, today=one.today, version=one.household.version, initial={"on": one.today}
    )

    def do() -> None:
        told = form.cleaned_data
        unit_leaves(
            sharing_id=shared.pk,
            on=told["on"],
            reason=told["reason"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, back=one.url("share"), then=one.url("share"))


@require_http_methods(_METHODS)
def practices(request: HttpRequest) -> HttpResponse:
    """What the units that one leads share with others as a rule."""
    by, at = signed_in(request), timezone.now()
    require(by, Permission.LEAD, at=at)
    units = units_with(by, Permission.LEAD, at=at).order_by("name", "pk")
    form = PracticeForm(
        request.POST or None,
        today=localdate(at),
        units=list(units.values_list("pk", "name")),
        others=units_beside(units),
    )

    def do() -> str:
        told = form.cleaned_data
        begin_practice(
            unit_id=told["unit"],
            with_unit_id=told["with_unit"],
            basis=SharingBasis(told["basis"]),
            reason=told["reason"],
            by=by,
            at=at,
        )
        return reverse("cases:practices")

    if request.method == "POST" and form.is_valid() and (done := perform(request, form, do, at=at)) is not None:
        notify(request, _("Every case is shared from today."))
        return done
    rows = SharingPractice.objects.on(localdate(at)).filter(unit__in=units).select_related("unit", "with_unit")
    return render(request, "cases/sharing/practices.html", {"form": form, "rows": rows.order_by("starts_on", "pk")})


@require_POST
def end_of_practice(request: HttpRequest, practice_id: int) -> HttpResponse:
    end_practice(practice_id=practice_id, by=signed_in(request), at=timezone.now())
    notify(request, _("New cases are no longer shared. Those shared before go on until each is ended."))
    return redirect("cases:practices")
