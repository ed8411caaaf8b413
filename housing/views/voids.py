"""Taking a dwelling out of letting, changing that, and saying that it is ready again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from housing.actions.voids import begin_void, change_void, end_void, remove_void
from housing.forms.plan import ReadyForm, RemoveForm, VoidForm
from housing.models import Dwelling, DwellingVoid
from housing.views.plan import crumbs, dwelling_for
from people.access import units_with
from people.act_forms import ActForm, perform
from people.components import Crumb
from people.models import Employee
from people.roles import Permission


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, dwelling_id: int) -> HttpResponse:
    employee, at = _signed_in(request), timezone.now()
    dwelling = _kept_by(employee, dwelling_for(employee, dwelling_id, at), at)
    form = VoidForm(request.POST or None, today=localdate(at))

    def do() -> str:
        begin_void(dwelling_id=dwelling.pk, by=employee, at=at, **form.facts())
        return _url(dwelling)

    return _act_page(request, form, do, at, dwelling, title=_("Take out of letting"))


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, void_id: int) -> HttpResponse:
    employee, at = _signed_in(request), timezone.now()
    void = _void(employee, void_id, at)
    form = VoidForm(request.POST or None, today=localdate(at), void=void)

    def do() -> str:
        change_void(void_id=void.pk, by=employee, at=at, **form.facts())
        return _url(void.dwelling)

    return _act_page(request, form, do, at, void.dwelling, title=_("Change why it cannot be let"))


@require_http_methods(["GET", "POST"])
def ready(request: HttpRequest, void_id: int) -> HttpResponse:
    employee, at = _signed_in(request), timezone.now()
    void = _void(employee, void_id, at)
    form = ReadyForm(request.POST or None, today=localdate(at), initial={"cost": void.cost})

    def do() -> str:
        told = form.cleaned_data
        end_void(void_id=void.pk, on=told["on"], cost=told["cost"], by=employee, at=at)
        return _url(void.dwelling)

    return _act_page(request, form, do, at, void.dwelling, title=_("Ready to be let"))


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, void_id: int) -> HttpResponse:
    employee, at = _signed_in(request), timezone.now()
    void = _void(employee, void_id, at)
    form = RemoveForm(request.POST or None, today=localdate(at))

    def do() -> str:
        remove_void(void_id=void.pk, by=employee, at=at)
        return _url(void.dwelling)

    if request.method == "POST" and form.is_valid() and (answer := perform(request, form, do, at=at)):
        return answer
    context = {
        "form": form,
        "title": _("Remove it"),
        "text": _("It was written by mistake: the days count as if it had never been there."),
        "submit_label": _("Remove it"),
        "back_url": _url(void.dwelling),
        "is_danger": True,
        "crumbs": _crumbs(void.dwelling),
    }
    return render(request, "components/confirm_page.html", context)


def _act_page(
    request: HttpRequest, form: ActForm, do: Callable[[], str], at: datetime, dwelling: Dwelling, *, title: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and (answer := perform(request, form, do, at=at)):
        return answer
    context = {
        "form": form,
        "title": title,
        "dwelling": dwelling,
        "back": _url(dwelling),
        "crumbs": _crumbs(dwelling),
    }
    return render(request, "housing/plan/void.html", context)


def _void(employee: Employee, void_id: int, at: datetime) -> DwellingVoid:
    """:raises Http404: also of one that is held for a household: only its offer or its lease ends that"""
    found: DwellingVoid = get_object_or_404(DwellingVoid.objects.select_related("dwelling"), pk=void_id)
    if found.held_for_id is not None:
        raise Http404
    _kept_by(employee, dwelling_for(employee, found.dwelling_id, at), at)
    return found


def _kept_by(employee: Employee, dwelling: Dwelling, at: datetime) -> Dwelling:
    units = units_with(employee, Permission.MANAGE_DWELLINGS, at=at)
    if not units.filter(municipality=dwelling.municipality_id).exists():
        raise PermissionDenied
    return dwelling


def _crumbs(dwelling: Dwelling) -> list[Crumb]:
    return [*crumbs(), Crumb(str(dwelling), _url(dwelling))]


def _url(dwelling: Dwelling) -> str:
    return reverse("housing:dwelling_days", args=[dwelling.pk])


def _signed_in(request: HttpRequest) -> Employee:
    assert isinstance(request.user, Employee)
    return request.user
