"""What is destroyed when its time has come: the rule, the list, the second person, the protocol."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.destruction import approve, municipalities_of, propose, set_rule, withdraw
from cases.forms.cases import NothingForm
from cases.forms.destruction import RuleForm
from cases.models import DestructionList, RetentionRule
from cases.views.shell import signed_in
from people import readings
from people.act_forms import ActForm, perform
from people.notices import notify
from people.sessions import fresh_sign_in

_METHODS = ["GET", "HEAD", "POST"]
_LISTED = 200


@require_safe
def destruction(request: HttpRequest) -> HttpResponse:
    """Each municipality where the employee may destroy: its rule, the list that waits, and those carried out."""
    employee, at = signed_in(request), timezone.now()
    places = list(municipalities_of(employee, at=at))
    if not places:
        raise PermissionDenied
    rules = RetentionRule.objects.on(localdate(at)).filter(municipality__in=places)
    by_place = {rule.municipality_id: rule for rule in rules}
    lists = DestructionList.objects.filter(municipality__in=places).select_related("proposed_by", "approved_by")
    context = {
        "places": [
            {
                "municipality": place,
                "rule": by_place.get(place.pk),
                "lists": [one for one in lists.order_by("-pk") if one.municipality_id == place.pk],
            }
            for place in places
        ],
    }
    return render(request, "cases/destruction/destruction.html", context)


@require_safe
def destruction_list(request: HttpRequest, list_id: int) -> HttpResponse:
    """What stands on a list, by number and day alone."""
    employee, at = signed_in(request), timezone.now()
    found = DestructionList.objects.select_related("rule", "proposed_by", "approved_by", "municipality").filter(
        pk=list_id, municipality__in=municipalities_of(employee, at=at)
    )
    one = found.first()
    if one is None:
        raise Http404
    items = one.items.select_related("household").order_by("closed_on", "pk")
    listed = list(items[:_LISTED])
    readings.note_shown(item.household_id for item in listed)
    context = {
        "list": one,
        "items": listed,
        "count": items.count(),
        "may_approve": one.approved_at is None and one.proposed_by_id != employee.pk,
    }
    return render(request, "cases/destruction/list.html", context)


@fresh_sign_in
@require_http_methods(_METHODS)
def retention_rule(request: HttpRequest, municipality: str) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    form = RuleForm(request.POST or None, today=localdate(at))

    def do() -> str:
        told = form.cleaned_data
        set_rule(municipality=municipality, years=told["years"], basis=told["basis"], by=employee, at=at)
        return reverse("cases:destruction")

    words = (_("Set the rule"), _("From today, and instead of the rule before."), _("The rule is set."))
    return _confirmed(request, form, do, words, back=reverse("cases:destruction"))


@require_http_methods(_METHODS)
def propose_destruction(request: HttpRequest, municipality: str) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    form = NothingForm(request.POST or None, today=localdate(at))

    def do() -> str:
        made = propose(municipality=municipality, by=employee, at=at)
        return reverse("cases:destruction_list", args=[made.pk])

    text = _("The list has every household that the rule lets be destroyed. Nothing is destroyed by proposing it.")
    words = (_("Propose a list"), text, _("The list is proposed. Somebody else must approve it."))
    return _confirmed(request, form, do, words, back=reverse("cases:destruction"))


@fresh_sign_in
@require_http_methods(_METHODS)
def approve_destruction(request: HttpRequest, list_id: int) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    form, back = (
        NothingForm(request.POST or None, today=localdate(at)),
        reverse("cases:destruction_list", args=[list_id]),
    )

    def do() -> str:
        approve(list_id=list_id, by=employee, at=at)
        return back

    text = _("What is on the list is then destroyed by operations, and cannot be brought back.")
    words = (_("Approve the list"), text, _("The list is approved. Operations carry it out."))
    return _confirmed(request, form, do, words, back=back, is_danger=True)


@require_http_methods(_METHODS)
def withdraw_destruction(request: HttpRequest, list_id: int) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    form, back = NothingForm(request.POST or None, today=localdate(at)), reverse("cases:destruction")

    def do() -> str:
        withdraw(list_id=list_id, by=employee, at=at)
        return back

    words = (_("Withdraw the list"), _("Nothing on it is destroyed."), _("The list is withdrawn."))
    return _confirmed(request, form, do, words, back=back)


def _confirmed(
    request: HttpRequest,
    form: ActForm,
    do: Callable[[], str],
    words: tuple[str, str, str],
    *,
    back: str,
    is_danger: bool = False,
) -> HttpResponse:
    """A page with one act for who may destroy somewhere; `words`: its name, what it does, what it says when done.

    :raises PermissionDenied: for everybody else
    """
    name, text, done = words
    if not municipalities_of(signed_in(request), at=timezone.now()).exists():
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        answer = perform(request, form, do, at=timezone.now())
        if answer is not None:
            notify(request, done)
            return answer
    context = {
        "title": name,
        "text": text,
        "form": form,
        "submit_label": name,
        "back_url": back,
        "is_danger": is_danger,
    }
    return render(request, "components/confirm_page.html", context)
