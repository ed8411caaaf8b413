"""The units that follow a household together."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.assignments import ON_CASE_OR_LEADING
from cases.forms.sharing import EndSharingForm, ShareForm
from cases.questions.colleagues import units_to_share_with
from cases.views.shell import ActPage, answer, opened
from people.actions.sharing import end_sharing as unit_leaves
from people.actions.sharing import share as share_case
from people.models import SharingBasis

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
