"""Signing in and out by local users; lock-out after too many tries is django-axes'."""

from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _


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


class SignOut(LogoutView):
    template_name = "people/signed_out.html"
    next_page = None


def locked_out(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Too many wrong passwords: says so and when to try again."""
    return render(request, "errors/429.html", status=429)
