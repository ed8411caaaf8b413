"""The municipality's own texts in its letters: what stands where, new ones from a day on, and how they look."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.letter_frames import sample_letterhead
from cases.actions.standard_texts import refuse_faults, set_logo, withdraw_standard_text, write_standard_text
from cases.forms.cases import NothingForm
from cases.forms.standard_texts import LogoForm, SampleForm, TextForm
from cases.letters import LETTER_LANGUAGES
from cases.letters.samples import SAMPLES, sample
from cases.models import StandardText, TextPlace
from cases.questions.law import choices_of
from cases.questions.standard_texts import places_of
from cases.views.letters import draft
from cases.views.shell import ActPage, signed_in
from cases.views.units import chosen_unit
from people.act_forms import ActForm, perform, refuse
from people.models import Language, Unit
from people.notices import notify
from people.refusals import Refusal
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def standard_texts(request: HttpRequest) -> HttpResponse:
    """What stands in each place today, in one language, and what is to come."""
    chosen, today, _at = _opened(request)
    language = _language(request.GET.get("language", LETTER_LANGUAGES[0]))
    context = {
        "chosen": chosen,
        "municipality": chosen.unit.municipality,
        "language": language,
        "languages": [(code, Language(code).label) for code in LETTER_LANGUAGES],
        "places": places_of(chosen.unit.municipality, language=language, on=today),
        "sample": SampleForm(today=today, initial={"on": today, "language": language}),
    }
    return render(request, "cases/letters/standard_texts.html", context)


@require_http_methods(_METHODS)
def write(request: HttpRequest, place: str, language: str) -> HttpResponse:
    """A new text for one place; looked at in a sample letter before it is saved."""
    chosen, today, at = _opened(request)
    if place not in TextPlace.values or place == TextPlace.LOGO:
        raise Http404
    where, tongue = TextPlace(place), _language(language)
    form = TextForm(request.POST or None, today=today, place=where, language=tongue, initial={"starts_on": today})
    page = ActPage(title=str(where.label), submit=_("Save the text"), done=_("The text is saved."))

    def do() -> None:
        municipality = chosen.unit.municipality_id
        write_standard_text(municipality_id=municipality, new=form.new_text(), by=signed_in(request), at=at)

    if request.method == "POST" and "preview" in request.POST and form.is_valid():
        try:
            refuse_faults(form.new_text(), on=today)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            return _shown(request, chosen.unit, form, at=at)
    back = _list(chosen.query, tongue)
    return _answer(request, form, page, do, back=back, at=at, can_look=True)


@require_http_methods(_METHODS)
def logo(request: HttpRequest) -> HttpResponse:
    chosen, today, at = _opened(request)
    form = LogoForm(request.POST or None, request.FILES or None, today=today, initial={"starts_on": today})
    page = ActPage(title=_("Logo"), submit=_("Save the logo"), done=_("The logo is saved."))

    def do() -> None:
        set_logo(
            municipality_id=chosen.unit.municipality_id,
            file=form.cleaned_data["file"],
            starts_on=form.cleaned_data["starts_on"],
            by=signed_in(request),
            at=at,
        )

    back = _list(chosen.query, LETTER_LANGUAGES[0])
    return _answer(request, form, page, do, back=back, at=at, takes_file=True)


@require_http_methods(_METHODS)
def withdraw(request: HttpRequest, text_id: int) -> HttpResponse:
    chosen, today, at = _opened(request)
    found = get_object_or_404(StandardText, pk=text_id, municipality=chosen.unit.municipality, starts_on__gt=today)
    form = NothingForm(request.POST or None, today=today)
    page = ActPage(
        title=_("Take back a text"), submit=_("Take it back"), done=_("The text is taken back."), lead=found.text
    )

    def do() -> None:
        withdraw_standard_text(text_id=found.pk, by=signed_in(request), at=at)

    back = _list(chosen.query, found.language or LETTER_LANGUAGES[0])
    return _answer(request, form, page, do, back=back, at=at)


@require_safe
def sample_letter(request: HttpRequest) -> HttpResponse:
    """A sample letter with the texts of a day."""
    chosen, today, _at = _opened(request)
    usual = {"kind": SAMPLES[0], "language": LETTER_LANGUAGES[0], "on": today.isoformat()}
    form = SampleForm({**usual, **request.GET.dict()}, today=today)
    if not form.is_valid():
        raise Http404
    kind, language, day = (form.cleaned_data[name] for name in ("kind", "language", "on"))
    sender = sample_letterhead(chosen.unit, kind=kind, language=language, by=signed_in(request), day=day)
    return draft(sample(kind, language, sender, on=day, choices=choices_of(chosen.unit.municipality_id)))


def _opened(request: HttpRequest) -> Any:
    at = timezone.now()
    return chosen_unit(request, Permission.LEAD, at=at), localdate(at), at


def _shown(request: HttpRequest, unit: Unit, form: TextForm, *, at: datetime) -> HttpResponse:
    """The text as it would stand in a letter of its kind, on its first day."""
    new = form.new_text()
    kind = new.letter_kind if new.letter_kind in SAMPLES else SAMPLES[0]
    sender = sample_letterhead(
        unit, kind=kind, language=new.language, by=signed_in(request), day=new.starts_on, tried=(new.place, new.text)
    )
    return draft(sample(kind, new.language, sender, on=new.starts_on, choices=choices_of(unit.municipality_id)))


def _answer(
    request: HttpRequest, form: ActForm, page: ActPage, do: Any, *, back: str, at: datetime, **more: Any
) -> HttpResponse:
    def carried_out() -> str:
        do()
        return back

    if request.method == "POST" and not form.errors and form.is_valid():
        response = perform(request, form, carried_out, at=at)
        if response is not None:
            notify(request, page.done)
            return response
    context = {"form": form, "page": page, "back": back, **more}
    return render(request, "cases/letters/write_text.html", context)


def _language(code: str) -> str:
    if code not in LETTER_LANGUAGES:
        raise Http404
    return code


def _list(query: str, language: str) -> str:
    return f"{reverse('cases:standard_texts')}{query}{'&' if query else '?'}language={language}"
