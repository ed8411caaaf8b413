"""Keys by which other systems fetch published figures: given, shown once, withdrawn."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from housing.states import add_months
from kpi.actions.tokens import LONGEST_MONTHS, give_token, withdraw_token
from kpi.forms.tokens import GiveTokenForm, WithdrawTokenForm
from kpi.models import ApiToken
from kpi.questions.tokens import municipalities_of, tokens_of
from people.act_forms import perform
from people.components import Crumb
from people.models import Employee
from people.notices import notify
from people.sessions import fresh_sign_in


@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def api_tokens(request: HttpRequest) -> HttpResponse:
    """The keys, and a form that gives one. Its secret stands once, in the answer that gave it."""
    employee, at = request.user, timezone.now()
    assert isinstance(employee, Employee)
    municipalities = [(one.number, one.name) for one in municipalities_of(employee, at=at)]
    if not municipalities:
        raise PermissionDenied
    today, secret = localdate(at), ""
    form = GiveTokenForm(
        request.POST or None,
        today=today,
        municipalities=municipalities,
        initial={"expires_on": add_months(today, LONGEST_MONTHS)},
    )

    def give() -> str:
        nonlocal secret
        told = form.cleaned_data
        secret = give_token(
            municipality=told["municipality"], name=told["name"], expires_on=told["expires_on"], by=employee, at=at
        )
        return reverse("kpi:api_tokens")

    if request.method == "POST" and form.is_valid():
        answer = perform(request, form, give, at=at)
        if answer is not None and not secret:
            # sent twice: the secret stood in the first answer
            return answer
    tokens = [(one, one.is_live(at=at)) for one in tokens_of(employee, at=at)]
    context = {
        "form": form,
        "secret": secret,
        "address": request.build_absolute_uri(reverse("kpi:api:openapi-json")),
        "tokens": tokens,
        "crumbs": [Crumb(_("Access"), reverse("people:access_hub"))],
    }
    return render(request, "kpi/api/tokens.html", context)


@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token_id: int) -> HttpResponse:
    employee, at = request.user, timezone.now()
    assert isinstance(employee, Employee)
    if not municipalities_of(employee, at=at).exists():
        raise PermissionDenied
    token: ApiToken | None = tokens_of(employee, at=at).filter(pk=token_id).first()
    if token is None:
        raise Http404
    form = WithdrawTokenForm(request.POST or None, today=localdate(at))

    def end() -> str:
        withdraw_token(token_id=token_id, by=employee, at=at)
        notify(request, _("The key opens nothing any more."))
        return reverse("kpi:api_tokens")

    if request.method == "POST" and form.is_valid():
        answer = perform(request, form, end, at=at)
        if answer is not None:
            return answer
    context = {
        "form": form,
        "title": _("Withdraw the key of %(name)s") % {"name": token.name},
        "text": _("The system that uses it gets no more figures from now on."),
        "submit_label": _("Withdraw the key"),
        "back_url": reverse("kpi:api_tokens"),
        "is_danger": True,
    }
    return render(request, "components/confirm_page.html", context)
