"""Signing in and out by local users, and proving again who one is; too many tries are django-axes' to lock out."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from people import sessions
from people.forms.sign_in import PasswordAgainForm


class SignInForm(AuthenticationForm):
    """User name and password; the same sentence whichever of them is wrong."""

    error_messages = {
        "invalid_login": _("The user name or the password is wrong. Check both and try again."),
        "inactive": _("The user name or the password is wrong. Check both and try again."),
    }


class SignIn(LoginView):
    template_name = "people/sign_in.html"
    form_class = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        login(self.request, form.get_user())
        sessions.begin(self.request.session, at=timezone.now())
        return HttpResponseRedirect(self.get_success_url())


@require_http_methods(["GET", "POST"])
def sign_in_again(request: HttpRequest) -> HttpResponse:
    """Whoever is signed in says once more who they are, and goes on to where they were going."""
    form = PasswordAgainForm(request.POST or None, request=request)
    if form.is_valid():
        sessions.prove(request.session, at=timezone.now())
        return redirect(where_next(request))
    return render(request, "people/sign_in_again.html", {"form": form, "next": where_next(request)})


class SignOut(LogoutView):
    template_name = "people/signed_out.html"
    next_page = None


def where_next(request: HttpRequest) -> str:
    """Where one was going, when that is a page of ours; else the first page."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else "/"


def locked_out(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Too many wrong passwords: says so and when to try again."""
    return render(request, "errors/429.html", status=429)
