"""The person's own copy of a plan: looked at, and given."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.plan_copies import copy_of, give_copy
from cases.forms.person_plans import CopyForm
from cases.letters import Letter
from cases.views.letters import looked_at
from cases.views.plan_acts import common, to_act, who
from cases.views.shell import ActPage


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, key: UUID, plan_id: int) -> HttpResponse:
    found = to_act(request, key, plan_id)
    form = CopyForm(request.POST or None, **common(found))
    page = ActPage(
        title=_("Give the person a copy of the plan"),
        submit=_("Keep and send the copy"),
        done=_("The copy is kept, and on its way to the person where letters go."),
        lead=_("It goes to the person alone. Of a child it is kept, to be handed over."),
        template="cases/person_plans/copy.html",
    )

    def letter() -> Letter:
        told = form.cleaned_data
        return copy_of(found.plan, language=told["language"], by=found.one.employee, at=found.one.at, is_draft=True)[0]

    def do() -> None:
        give_copy(plan_id=plan_id, language=form.cleaned_data["language"], **who(found, form))

    return looked_at(request, found.one, form, page, letter, do, then=found.page)
