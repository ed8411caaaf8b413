"""A household's pages: how it stands, where it has lived, what has been done, who is in it, its plan."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cases.questions.checklist import checklist, next_act
from cases.questions.journal import JournalKind, journal_facts, journal_lines
from cases.questions.recipients import representatives_of
from cases.questions.requests import clocks_of
from cases.questions.running import running_of
from cases.timeline import lived_facts, stays_of
from cases.views.decisions import STAGE_COLORS
from cases.views.menu import menu_of
from cases.views.opening import closed
from cases.views.shell import opened
from people.access import NotOpened, persons_named_after_leaving, persons_not_withheld
from people.components import Page
from people.models import Person
from people.roles import Permission

LATEST = 5
JOURNAL_PAGE = 50


@require_safe
def household(request: HttpRequest, key: UUID) -> HttpResponse:
    try:
        one = opened(request, key)
    except NotOpened:
        return closed(request, opened(request, key, Permission.VIEW_SUMMARY))
    clocks = clocks_of(one.situation.unanswered, at=one.at)
    context = one.context(
        "overview",
        waiting=[(asked, clocks[asked.pk]) for asked in one.situation.unanswered],
        next_act=next_act(one.situation) if one.may_change else None,
        running=running_of(one.household, on=one.today),
        checks=checklist(one.situation, permitted=one.permitted),
        menu=menu_of(one),
        latest=journal_facts(one.household, limit=LATEST),
    )
    return render(request, "cases/household.html", context)


@require_safe
def lived(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key)
    facts = lived_facts(one.household, day=one.today, may_change=one.may_change and one.situation.is_open)
    context = one.context("lived", facts=facts, stays=stays_of(one.household, day=one.today))
    return render(request, "cases/lived.html", context)


class JournalForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Everything")), *JournalKind.choices])


@require_safe
def journal(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key)
    form = JournalForm(request.GET)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    after = request.GET.get("after") or request.GET.get("before") or "0"
    offset = int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0
    facts = journal_facts(one.household, limit=JOURNAL_PAGE, offset=offset, kind=kind)
    last, total = offset + len(facts), journal_lines(one.household, kind=kind).count()
    page = Page(
        rows=facts,
        first=offset + 1,
        last=last,
        total=total,
        previous=str(max(offset - JOURNAL_PAGE, 0)) if offset else None,
        next=str(last) if last < total else None,
    )
    return render(request, "cases/journal.html", one.context("journal", form=form, page=page))


@require_safe
def members(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key)
    told = persons_not_withheld(Person.objects.all(), one.employee, at=one.at)
    named = persons_named_after_leaving(Person.objects.all(), one.employee, at=one.at)
    left = one.household.members.filter(ends_on__lte=one.today, person__in=told)
    former = left.annotate(is_named=Exists(named.filter(pk=OuterRef("person")))).select_related("person")
    acting = representatives_of(one.household, on=one.today, people=named)
    context = one.context("members", former=former.order_by("-ends_on", "pk"), acting=acting)
    return render(request, "cases/members.html", context)


@require_safe
def plan(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key)
    earlier = one.household.plans.filter(ended_on__isnull=False).order_by("-made_on", "-pk")
    return render(request, "cases/plan.html", one.context("plan", earlier=earlier))


@require_safe
def decisions(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was decided, and the papers that somebody brought; those of a note stand with the note."""
    one = opened(request, key)
    papers = one.household.received_papers.without_content().filter(note=None).order_by("-received_on", "-pk")
    rows = [(found, found.stage_on(one.today)) for found in one.situation.decisions]
    made = [{"decision": found, "label": stage.label, "color": STAGE_COLORS.get(stage, "")} for found, stage in rows]
    return render(request, "cases/decisions.html", one.context("decisions", papers=papers, made=made))
