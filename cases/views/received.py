"""Papers that somebody brought or sent: taking one in, and fetching it as a file."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.received import keep_paper
from cases.forms.received import ReceivedPaperForm
from cases.models import Note, ReceivedPaper
from cases.views.shell import ActPage, answer, opened
from people import readings
from people.access import household_for
from people.masking import require_whereabouts
from people.models.reading import Showing
from people.roles import Permission
from people.uploads import MediaType, attachment


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    page = ActPage(
        title=_("Take in a paper"),
        submit=_("Save the paper"),
        done=_("The paper is saved."),
        lead=_(
            "It is kept with the household and never changes. Left out: the file's name, and where a picture was taken."
        ),
        template="cases/receive_paper.html",
    )
    initial = {"received_on": one.today}
    form = ReceivedPaperForm(
        request.POST or None,
        request.FILES or None,
        today=one.today,
        version=one.household.version,
        initial=initial,
    )

    def do() -> None:
        told = form.cleaned_data
        keep_paper(
            household_id=one.household.pk,
            file=told["file"],
            about=told["about"],
            received_on=told["received_on"],
            is_special=told["is_special"],
            tells_place=told["tells_place"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, back=one.url("decisions"), then=one.url("decisions"))


@require_safe
def paper(request: HttpRequest, key: UUID, paper_id: int) -> HttpResponse:
    """The file as it was taken in, to those who may see what it is about."""
    one = opened(request, key)
    found = get_object_or_404(ReceivedPaper, pk=paper_id, household=one.household)
    if found.is_special or Note.objects.special().filter(files=found).exists():
        household_for(one.employee, Permission.VIEW_SPECIAL, key=key, at=one.at)
    if found.tells_place:
        require_whereabouts(one.household)
    readings.showing(Showing.PRINT)
    name = f"received-{found.pk}.{found.media_type}"
    return attachment(bytes(found.content), mime=MediaType(found.media_type).mime, name=name)
