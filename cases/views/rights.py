"""A person's rights over their own data: seen, corrected, sealed."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.rights import (
    Handed,
    answer_access,
    decide_correction,
    households_of,
    refusal_letter,
    register_access,
    register_correction,
)
from cases.forms.rights import (
    AnswerAccessForm,
    AskedForm,
    CorrectionForm,
    DecideCorrectionForm,
    LiftForm,
    SealForm,
)
from cases.letters import LETTER_LANGUAGES
from cases.models import AccessRequest, Channel, CorrectionOutcome, CorrectionRequest
from cases.questions.access_package import package_of
from cases.questions.rights import asked_rows, lines_of, persons_of, seals_for
from cases.views.shell import ActPage, Opened, answer, opened, signed_in
from people import readings
from people.access import persons_named_after_leaving, require
from people.act_forms import perform, refuse
from people.actions.seals import lift_seal
from people.actions.seals import seal as close_off
from people.exporting import File, export
from people.models import ExportKind, Person, SealBasis
from people.models.reading import Showing
from people.notices import notify
from people.refusals import REFUSABLE, refusal_of
from people.roles import Permission
from people.sessions import require_fresh

_METHODS = ["GET", "HEAD", "POST"]
_RIGHTS = Permission.ANSWER_RIGHTS


@require_safe
def rights(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key)
    rows = asked_rows(one.household, one.employee, at=one.at)
    may_answer = _RIGHTS in one.permitted
    return render(request, "cases/rights/rights.html", one.context(rows=rows, may_answer=may_answer))


@require_http_methods(_METHODS)
def ask_access(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, _RIGHTS)
    form = AskedForm(request.POST or None, **_given(one), persons=persons_of(one.household, one.employee, at=one.at))
    page = ActPage(
        title=_("Register a request for access"),
        submit=_("Register the request"),
        done=_("The request is registered, and its clock runs."),
        lead=_(
            "Somebody asks to see what is kept on them. Each household they are or were in answers for its own part."
        ),
    )

    def do() -> None:
        register_access(**_asked(one, form))

    return answer(request, one, form, page, do, back=one.url("rights"), then=one.url("rights"))


@require_http_methods(_METHODS)
def ask_correction(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, _RIGHTS)
    persons = persons_of(one.household, one.employee, at=one.at)
    form = CorrectionForm(request.POST or None, **_given(one), persons=persons, lines=lines_of(one.household))
    page = ActPage(
        title=_("Register a request for correction"),
        submit=_("Register the request"),
        done=_("The request is registered, and its clock runs."),
    )

    def do() -> None:
        told = form.cleaned_data
        register_correction(**_asked(one, form), about=told["about"], disputed_id=told["disputed"])

    return answer(request, one, form, page, do, back=one.url("rights"), then=one.url("rights"))


@require_http_methods(_METHODS)
def answer_asked(request: HttpRequest, key: UUID, access_id: int) -> HttpResponse:
    """The texts to be read through, and the button that makes the package and hands it over as one file."""
    one = opened(request, key, _RIGHTS)
    require_fresh(request, at=one.at)
    asked = _of(AccessRequest, one, access_id)
    package = package_of(asked.person, households_of(asked, on=one.today), tells_places=one.household.sight.whereabouts)
    texts = [(cell.text_id, f"{section.title}, {cell.label}: {cell.words}") for section, cell in package.texts]
    form = AnswerAccessForm(request.POST or None, today=one.today, version=one.household.version, texts=texts)
    if request.method == "POST" and asked.answered_at is None and form.is_valid():
        try:
            return _file(request, one, asked, form)
        except REFUSABLE as error:
            refusal = refusal_of(error)
            if refusal is None:
                raise
            refuse(form, refusal)
    context = one.context(form=form, asked=asked, package=package, back=one.url("rights"))
    return render(request, "cases/rights/answer_access.html", context)


@require_http_methods(_METHODS)
def correction(request: HttpRequest, key: UUID, correction_id: int) -> HttpResponse:
    """What is to be corrected, and the decision on it."""
    one = opened(request, key, _RIGHTS)
    found = _of(CorrectionRequest, one, correction_id)
    form = DecideCorrectionForm(
        request.POST or None, today=one.today, version=one.household.version, lines=lines_of(one.household)
    )
    page = ActPage(
        title=_("Correction asked for"),
        submit=_("Decide"),
        done=_("The correction is decided on."),
        template="cases/rights/correction.html",
    )

    def do() -> None:
        told = form.cleaned_data
        decide_correction(
            correction_id=found.pk,
            outcome=CorrectionOutcome(told["outcome"]),
            corrected_by_id=told["corrected_by"],
            refusal=told["refusal"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    here, back = one.url("correction", found.pk), one.url("rights")
    return answer(request, one, form, page, do, back=back, then=here, correction=found, languages=LETTER_LANGUAGES)


@require_safe
def correction_letter(request: HttpRequest, key: UUID, correction_id: int, language: str) -> HttpResponse:
    """The letter of a refusal, in one of the languages that letters have."""
    one = opened(request, key, _RIGHTS)
    found = _of(CorrectionRequest, one, correction_id)
    if found.outcome != CorrectionOutcome.REFUSED or language not in LETTER_LANGUAGES:
        raise Http404
    readings.showing(Showing.PRINT)
    headers = {"Content-Disposition": f'attachment; filename="R-{found.pk}.pdf"'}
    return HttpResponse(refusal_letter(found, language=language), content_type="application/pdf", headers=headers)


@require_http_methods(_METHODS)
def seal(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, _RIGHTS)
    form = SealForm(request.POST or None, today=one.today, version=one.household.version)
    page = ActPage(
        title=_("Seal the household's data"),
        submit=_("Seal the data"),
        done=_("The data is sealed."),
        lead=_(
            "Nobody sees it any more, you too, until the leader of the unit lifts the seal. Nothing is erased, and "
            "figures count it as before."
        ),
        is_danger=True,
    )

    def do() -> None:
        told = form.cleaned_data
        close_off(
            household_id=one.household.pk,
            basis=SealBasis(told["basis"]),
            reason=told["reason"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, back=one.url("rights"), then=reverse("cases:my_day"))


@require_safe
def seals(request: HttpRequest) -> HttpResponse:
    """The seals that the leader may lift; of each household its number alone."""
    employee, at = signed_in(request), timezone.now()
    require(employee, Permission.UNMASK, at=at)
    listed = list(seals_for(employee, at=at))
    readings.note_shown(row.household_id for row in listed)
    return render(request, "cases/rights/seals.html", {"seals": listed, "today": localdate(at)})


@require_http_methods(_METHODS)
def lift(request: HttpRequest, seal_id: int) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    found = next((row for row in seals_for(employee, at=at) if row.pk == seal_id), None)
    if found is None:
        raise Http404
    form, back = LiftForm(request.POST or None, today=localdate(at)), reverse("cases:seals")

    def do() -> str:
        lift_seal(seal_id=seal_id, reason=form.cleaned_data["reason"], by=employee, at=at)
        return back

    if request.method == "POST" and form.is_valid() and (done := perform(request, form, do, at=at)) is not None:
        notify(request, _("The seal is lifted."))
        return done
    context = {
        "title": _("Lift the seal"),
        "text": _("Those who saw the household before see it again."),
        "form": form,
        "submit_label": _("Lift the seal"),
        "back_url": back,
    }
    return render(request, "components/confirm_page.html", context)


def _file(request: HttpRequest, one: Opened, asked: AccessRequest, form: AnswerAccessForm) -> HttpResponse:
    """:raises Refusal: when it is answered already, or the day's number of exports is reached"""
    told = form.cleaned_data

    def make() -> File:
        given = answer_access(
            request_id=asked.pk,
            language=told["language"],
            withheld=told.get("withheld", []),
            version=told["version"],
            by=one.employee,
            at=one.at,
        )
        return File(
            name=f"I-{asked.pk}.zip",
            media_type="application/zip",
            content=_zipped(given, f"I-{asked.pk}"),
            rows=given.rows,
            households=given.households,
        )

    reason = f"Access request I-{asked.pk}"
    return export(request, make, kind=ExportKind.ACCESS, reason=reason, at=one.at)


def _zipped(given: Handed, name: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.pdf", given.pdf)
        archive.writestr(f"{name}.json", given.json)
    return file.getvalue()


def _given(one: Opened) -> dict[str, Any]:
    return {"today": one.today, "version": one.household.version, "initial": {"received_on": one.today}}


def _asked(one: Opened, form: AskedForm) -> dict[str, Any]:
    told = form.cleaned_data
    return {
        "household_id": one.household.pk,
        "person_id": told["person"],
        "channel": Channel(told["channel"]),
        "received_on": told["received_on"],
        "version": told["version"],
        "by": one.employee,
        "at": one.at,
    }


def _of(model: Any, one: Opened, pk: int) -> Any:
    """One request of the household, by somebody who may be named to the employee."""
    told = persons_named_after_leaving(Person.objects.all(), one.employee, at=one.at)
    return get_object_or_404(model.objects.select_related("person"), pk=pk, household=one.household, person__in=told)
