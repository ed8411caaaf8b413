"""Who acts for a member, who gets letters and in which language, and that somebody has died."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.deaths import register_death, take_back_death
from cases.actions.letter_languages import set_letter_language
from cases.actions.representatives import end_representative, register_representative, represented
from cases.forms.represented import (
    DeathForm,
    EndRepresentativeForm,
    LetterLanguageForm,
    RepresentativeForm,
    TakeBackDeathForm,
)
from cases.questions.recipients import representatives_of, to_whom
from cases.views.shell import ActPage, Opened, answer, opened
from people.access import persons_named_after_leaving
from people.models import Member, Person
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def letters_to(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who gets a letter that leaves today, and what stops one."""
    one = opened(request, key)
    return render(request, "cases/letters_to.html", one.context(to=to_whom(one.household, on=one.today)))


@require_http_methods(_METHODS)
def add(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    page = ActPage(
        title=_("Register a representative"),
        submit=_("Save the representative"),
        done=_("The representative is saved."),
        lead=_("A guardian, an agent with power of attorney, or whoever has parental responsibility."),
        template="cases/receive_paper.html",
    )
    papers = one.household.received_papers.without_content().filter(note=None).order_by("-received_on", "-pk")
    if not one.household.sight.special:
        papers = papers.filter(is_special=False)
    if not one.household.sight.whereabouts:
        papers = papers.filter(tells_place=False)
    form = RepresentativeForm(
        request.POST or None,
        request.FILES or None,
        today=one.today,
        version=one.household.version,
        initial={"starts_on": one.today},
        persons=represented(one.household, on=one.today),
        papers=list(papers),
    )

    def do() -> None:
        register_representative(
            household_id=one.household.pk,
            person_id=form.cleaned_data["person"],
            new=form.new_representative(),
            version=form.cleaned_data["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, back=one.url("members"), then=one.url("members"))


@require_http_methods(_METHODS)
def end(request: HttpRequest, key: UUID, representative_id: int) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    named = persons_named_after_leaving(Person.objects.all(), one.employee, at=one.at)
    rows = representatives_of(one.household, on=one.today, people=named)
    row = next((row for row in rows if row.pk == representative_id), None)
    if row is None:
        raise Http404
    page = ActPage(
        title=_("End a representative"),
        submit=_("End it"),
        done=_("The representative is ended."),
        lead=_("%(name)s, %(kind)s for %(person)s. Letters from that day do not go to them.")
        % {"name": row.name, "kind": row.get_kind_display().lower(), "person": row.person},
    )
    initial = {"on": one.today}
    form = EndRepresentativeForm(request.POST or None, today=one.today, version=one.household.version, initial=initial)

    def do() -> None:
        told = form.cleaned_data
        end_representative(
            household_id=one.household.pk,
            representative_id=row.pk,
            on=told["on"],
            reason=told["reason"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, back=one.url("members"), then=one.url("members"))


@require_http_methods(_METHODS)
def language(request: HttpRequest, key: UUID, member_id: int) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    person = _member(one, member_id).person
    page = ActPage(
        title=_("Language of letters"),
        submit=_("Save the language"),
        done=_("The language is saved."),
        lead=str(person),
    )
    initial = {
        "letter_language": person.letter_language,
        "needs_interpreter": person.needs_interpreter,
        "spoken": person.language,
    }
    form = LetterLanguageForm(request.POST or None, today=one.today, version=one.household.version, initial=initial)

    def do() -> None:
        told = form.cleaned_data
        set_letter_language(
            household_id=one.household.pk,
            person_id=person.pk,
            letter_language=told["letter_language"],
            needs_interpreter=told["needs_interpreter"],
            spoken=told["spoken"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, back=one.url("members"), then=one.url("members"))


@require_http_methods(_METHODS)
def death(request: HttpRequest, key: UUID, member_id: int) -> HttpResponse:
    """Register a death; of somebody registered dead, take it back."""
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    member = _member(one, member_id)
    return _taken_back(request, one, member) if member.person.died_on else _registered(request, one, member)


def _registered(request: HttpRequest, one: Opened, member: Member) -> HttpResponse:
    page = ActPage(
        title=_("Register a death"),
        submit=_("Register the death"),
        done=_("The death is registered. No letter goes to them any more."),
        lead=_(
            "%(person)s. Guardian and agent fall away. If another adult stays, the membership ends that day. "
            "The estate can be registered as a representative afterwards."
        )
        % {"person": member.person},
        is_danger=True,
    )
    form = DeathForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        told = form.cleaned_data
        register_death(
            household_id=one.household.pk,
            person_id=member.person_id,
            died_on=told["died_on"],
            reason=told["reason"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, back=one.url("members"), then=one.url("members"))


def _taken_back(request: HttpRequest, one: Opened, member: Member) -> HttpResponse:
    page = ActPage(
        title=_("Take back a registered death"),
        submit=_("Take it back"),
        done=_("No death is registered any more."),
        lead=_("%(person)s. What followed from it, such as a membership that ended, is put right by itself.")
        % {"person": member.person},
    )
    form = TakeBackDeathForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        told = form.cleaned_data
        take_back_death(
            household_id=one.household.pk,
            person_id=member.person_id,
            reason=told["reason"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, back=one.url("members"), then=one.url("members"))


def _member(one: Opened, member_id: int) -> Member:
    """A member of today, or one who died; who has left otherwise is followed elsewhere."""
    members = one.household.members.select_related("person")
    found = get_object_or_404(members, pk=member_id)
    is_here = found.ends_on is None or found.ends_on > one.today or found.person.died_on == found.ends_on
    return found if is_here else get_object_or_404(members.none())
