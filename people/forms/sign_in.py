from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people.models import Employee


class PasswordAgainForm(forms.Form):
    """The password of whoever is signed in; wrong ones count towards the lock-out as at sign-in."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Write your password.")},
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self._request = request
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """:raises ValidationError: unless it is the password of whoever is signed in"""
        employee, password = self._request.user, str(self.cleaned_data["password"])
        assert isinstance(employee, Employee)
        if authenticate(self._request, username=employee.username, password=password) != employee:
            raise ValidationError(_("The password is wrong. Try again."))
        return password
