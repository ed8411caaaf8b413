"""Signing in and out, by a provider of identity or a local password, and proving again who one is.

Too many wrong passwords are django-axes' to lock out.
"""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import oidc, sessions
from people.actions.sign_ins import ACTOR, CannotSignIn, recognise
from people.forms.sign_in import PasswordAgainForm
from people.identity_providers import IdentityProvider
from people.models import Employee
from people.oidc import Answer, Reason, Refused

log = logging.getLogger("varig.sign_in")


class SignInForm(AuthenticationForm):
    """User name and password; the same sentence whichever of them is wrong."""

    error_messages = {
        "invalid_login": _("The user name or the password is wrong. Check both and try again."),
        "inactive": _("The user name or the password is wrong. Check both and try again."),
    }


class SignIn(LoginView):
    """The ways in: each provider, and the local form where there are local passwords."""

    template_name = "people/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.VARIG_LOCAL_PASSWORDS:
            raise Http404
        return super().post(request, *args, **kwargs)

    def get_form(self, form_class: type[AuthenticationForm] | None = None) -> AuthenticationForm:
        form = super().get_form(form_class)
        if settings.VARIG_PROVIDERS:
            del form.fields["username"].widget.attrs["autofocus"]  # the first way in is a provider's button
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ways = {"providers": settings.VARIG_PROVIDERS.values(), "has_passwords": settings.VARIG_LOCAL_PASSWORDS}
        return super().get_context_data(**ways, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        login(self.request, form.get_user())
        sessions.begin(self.request.session, at=timezone.now())
        return HttpResponseRedirect(self.get_success_url())


@login_not_required
@require_POST
def sign_in_by(request: HttpRequest, provider: str) -> HttpResponse:
    """Off to the provider."""
    return _go_to_provider(request, provider, is_proof=False)


@login_not_required
@require_safe
def sign_in_answer(request: HttpRequest, provider: str) -> HttpResponse:
    """Back from the provider: signed in, known anew, or told why not."""
    at = timezone.now()
    try:
        answer = oidc.answer_to(request, provider, at=at)
        try:
            by = Employee.objects.get(username=ACTOR)
            employee = recognise(provider=answer.provider, claims=answer.claims, by=by, at=at)
        except CannotSignIn:
            raise Refused(Reason.UNKNOWN, subject=str(answer.claims["sub"])) from None
        if answer.is_proof and employee != request.user:
            raise Refused(Reason.SOMEBODY_ELSE)
    except Refused as refusal:
        return _refused(request, provider, refusal)
    if answer.is_proof:
        sessions.prove(request.session, at=at)
    else:
        login(request, employee, backend="people.backends.FromProvider")
        sessions.begin(request.session, at=at, provider=provider, way_out=_way_out(request, answer))
    return redirect(answer.next)


@require_http_methods(["GET", "POST"])
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Whoever is signed in says once more who they are, as they did before, and goes on to where they were going."""
    provider = settings.VARIG_PROVIDERS.get(sessions.provider_of(request.session))
    if provider is not None and request.method == "POST":
        return _go_to_provider(request, provider.id, is_proof=True)
    form = PasswordAgainForm(request.POST or None, request=request)
    if provider is None and form.is_valid():
        sessions.prove(request.session, at=timezone.now())
        return redirect(_next_page(request))
    context = {"form": form, "provider": provider, "next": _next_page(request)}
    return render(request, "people/sign_in_again.html", context)


class SignOut(LogoutView):
    """Ends the session here, and then the provider's own where it has an address for that."""

    template_name = "people/signed_out.html"
    next_page = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        way_out = sessions.way_out_of(request.session)
        if not way_out:
            return super().post(request, *args, **kwargs)
        provider = settings.VARIG_PROVIDERS.get(sessions.provider_of(request.session))
        logout(request)
        return _leave_for(request, way_out, provider)


@login_not_required
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """Back from having signed out at the provider."""
    return render(request, "people/signed_out.html")


def locked_out(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Too many wrong passwords: says so and when to try again."""
    return render(request, "errors/429.html", status=429)


def _go_to_provider(request: HttpRequest, provider: str, *, is_proof: bool) -> HttpResponse:
    try:
        address = oidc.ask(request, provider, next_page=_next_page(request), is_proof=is_proof, at=timezone.now())
    except Refused as refusal:
        return _refused(request, provider, refusal)
    return _leave_for(request, address, settings.VARIG_PROVIDERS[provider])


def _leave_for(request: HttpRequest, address: str, provider: IdentityProvider | None) -> HttpResponse:
    """A page that goes on by itself. A redirect would not do: our policy lets no form's answer leave this site."""
    page = render(request, "people/go_on.html", {"address": address, "provider": provider})
    page["Refresh"] = f"0; url={address}"
    return page


def _refused(request: HttpRequest, provider: str, refusal: Refused) -> HttpResponse:
    log.warning("Sign-in by %s refused: %s", provider, refusal)
    context = {
        "provider": settings.VARIG_PROVIDERS[provider],
        "reason": refusal.reason,
        "subject": refusal.subject,
        "is_signed_in": request.user.is_authenticated,
    }
    status = 503 if refusal.reason is Reason.UNREACHABLE else 403
    return render(request, "people/sign_in_refused.html", context, status=status)


def _way_out(request: HttpRequest, answer: Answer) -> str:
    back = {
        "client_id": answer.provider.client_id,
        "post_logout_redirect_uri": request.build_absolute_uri(reverse("people:signed_out")),
    }
    return f"{answer.way_out}?{urlencode(back)}" if answer.way_out else ""


def _next_page(request: HttpRequest) -> str:
    """Where one was going, when that is a page of ours; else the first page."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else "/"
