"""What every page of the stock starts from: who asks, where they keep dwellings, and how a form is answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate

from people.access import units_with
from people.act_forms import ActForm, perform
from people.components import Crumb
from people.models import Employee, Municipality
from people.notices import notify
from people.roles import Permission


class Keeper:
    """Who keeps dwellings, at a moment, and where.

    :raises PermissionDenied: for somebody who keeps none anywhere
    """

    def __init__(self, request: HttpRequest) -> None:
        assert isinstance(request.user, Employee)
        self.request, self.employee, self.at = request, request.user, timezone.now()
        if not self.municipalities:
            raise PermissionDenied

    @property
    def today(self) -> date:
        return localdate(self.at)

    @cached_property
    def municipalities(self) -> list[str]:
        units = units_with(self.employee, Permission.MANAGE_DWELLINGS, at=self.at)
        return sorted(set(units.values_list("municipality", flat=True)))

    @property
    def municipality(self) -> Municipality:
        """Where something new of theirs belongs."""
        return Municipality.objects.get(pk=self.municipalities[0])

    def own(self, municipality_id: str) -> None:
        """:raises Http404: unless they keep dwellings there"""
        if municipality_id not in self.municipalities:
            raise Http404

    @property
    def who(self) -> dict[str, Any]:
        """What an act is told of who does it and when."""
        return {"by": self.employee, "at": self.at}

    def answer(
        self,
        form: ActForm,
        do: Callable[[], str],
        *,
        title: str,
        done: str,
        back: str,
        crumbs: list[Crumb],
        template: str = "housing/stock/form.html",
        **more: Any,
    ) -> HttpResponse:
        """Show the form, or carry the act out and go where `do` says."""
        if self.request.method == "POST" and form.is_valid():
            response = perform(self.request, form, do, at=self.at)
            if response is not None:
                notify(self.request, done)
                return response
        context = {"form": form, "title": title, "back": back, "crumbs": crumbs, **more}
        return render(self.request, template, context)
