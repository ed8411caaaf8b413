"""Who must not deal with which case: one's own word for it, and a leader's or unit administrator's for others."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.disqualifications import declare_own, disqualify, end_disqualification
from cases.forms.sharing import DeclareForm, DisqualifyForm, EndDisqualificationForm
from cases.questions.colleagues import disqualifications_at, employees_at, units_that_keep_apart
from cases.views.shell import ActPage, answer, opened, signed_in
from people.act_forms import perform
from people.models import Relation
from people.notices import notify
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def declare(request: HttpRequest, key: UUID) -> HttpResponse:
    """An employee's own word; the household is then gone for them, and the first page comes instead."""
    one = opened(request, key, Permission.VIEW_SUMMARY)
    page = ActPage(
        title=_("I must not deal with this case"),
        submit=_("Take me off the case"),
        done=_("You are kept from the case. You see it no more, and the leader has been told if it was yours."),
        lead=_("You will not see the household again. A leader or unit administrator can end it."),
        is_danger=True,
    )
    persons = [(member.person_id, str(member.person)) for member in one.situation.members]
    initial = {"person": persons[0][0]} if len(persons) == 1 else {}
    form = DeclareForm(request.POST or None, today=one.today, persons=persons, initial=initial)

    def do() -> None:
        told = form.cleaned_data
        declare_own(
            key=one.household.key,
            person_id=told["person"],
            relation=Relation(told["relation"]),
            reason=told["reason"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, then=reverse("cases:my_day"))


@require_http_methods(_METHODS)
def disqualifications(request: HttpRequest) -> HttpResponse:
    """Those of the employees of one's units, without whom it is about; and the form for one more."""
    by, at = signed_in(request), timezone.now()
    units = units_that_keep_apart(by, at=at)
    if not units:
        raise PermissionDenied
    form = DisqualifyForm(request.POST or None, today=localdate(at), employees=employees_at(units, at=at))

    def do() -> str:
        told = form.cleaned_data
        disqualify(
            employee_id=told["employee"],
            national_id=told["national_id"],
            relation=Relation(told["relation"]),
            reason=told["reason"],
            by=by,
            at=at,
        )
        return reverse("cases:disqualifications")

    if request.method == "POST" and form.is_valid() and (done := perform(request, form, do, at=at)) is not None:
        notify(request, _("The employee is kept from the case."))
        return done
    context = {"form": form, "rows": disqualifications_at(units, at=at)}
    return render(request, "cases/disqualifications/list.html", context)


@require_http_methods(_METHODS)
def end(request: HttpRequest, disqualification_id: int) -> HttpResponse:
    by, at = signed_in(request), timezone.now()
    kept = get_object_or_404(disqualifications_at(units_that_keep_apart(by, at=at), at=at), pk=disqualification_id)
    form = EndDisqualificationForm(request.POST or None, today=localdate(at), initial={"on": localdate(at)})

    def do() -> str:
        end_disqualification(disqualification_id=kept.pk, on=form.cleaned_data["on"], by=by, at=at)
        return reverse("cases:disqualifications")

    if request.method == "POST" and form.is_valid() and (done := perform(request, form, do, at=at)) is not None:
        notify(request, _("The employee may deal with the case again."))
        return done
    return render(request, "cases/disqualifications/end.html", {"form": form, "kept": kept})
