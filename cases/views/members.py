"""Members in and out, births, splits and joins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.forms import CheckboxInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.actions.households import CannotJoin, Situation, SplitReason, join_households, split_household
from cases.actions.members import add_member as let_in
from cases.actions.members import end_member as let_out
from cases.actions.members import record_birth as be_born
from cases.forms.members import BirthForm, EndMemberForm, JoinForm, MemberForm, SplitForm
from cases.questions.colleagues import other_units
from cases.views.shell import ActPage, Opened, answer, opened
from housing.models import ResidenceKind
from people.access import persons_named_after_leaving
from people.act_forms import ActForm
from people.actions.persons import NeedsConfirmation
from people.models import Household, Member, MemberRole, Person
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def add_member(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    page = ActPage(title=_("Add a member"), submit=_("Add the member"), done=_("The member is added."))
    initial = {"starts_on": one.today, "role": MemberRole.CHILD}
    form = MemberForm(request.POST or None, today=one.today, version=one.household.version, initial=initial)

    def do() -> None:
        told = form.cleaned_data
        let_in(
            household_id=one.household.pk,
            member=form.new_member(MemberRole(told["role"])),
            starts_on=told["starts_on"],
            accepted_warnings=told["accepted"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, _asking(form, do), then=one.url("members"), back=one.url("members"))


@require_http_methods(_METHODS)
def record_birth(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    page = ActPage(title=_("Record a birth"), submit=_("Save the birth"), done=_("The birth is saved."))
    form = BirthForm(request.POST or None, today=one.today, version=one.household.version)

    def do() -> None:
        told = form.cleaned_data
        be_born(
            household_id=one.household.pk,
            child=form.new_member(MemberRole.CHILD),
            accepted_warnings=told["accepted"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, _asking(form, do), then=one.url("members"), back=one.url("members"))


@require_http_methods(_METHODS)
def end_member(request: HttpRequest, key: UUID, member_id: int) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    present = Q(ends_on__isnull=True) | Q(ends_on__gt=one.today)
    named = Q(person__in=persons_named_after_leaving(Person.objects.all(), one.employee, at=one.at))
    member = get_object_or_404(one.household.members.filter(present | named).select_related("person"), pk=member_id)
    page = ActPage(
        title=_("End a membership"),
        submit=_("End the membership"),
        done=_("The membership is ended."),
        lead=str(member.person),
    )
    initial = {"on": one.today}
    form = EndMemberForm(request.POST or None, today=one.today, version=one.household.version, initial=initial)

    def do() -> None:
        told = form.cleaned_data
        let_out(
            household_id=one.household.pk,
            member_id=member.pk,
            on=told["on"],
            reason=told["reason"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, then=one.url("members"), back=one.url("members"))


@require_http_methods(_METHODS)
def split(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    page = ActPage(
        title=_("Split the household"),
        submit=_("Split the household"),
        done=_("The household is split."),
        lead=_(
            "The stay of each part goes on with its first night. Who may see the one does not see the other by that."
        ),
    )
    owner = one.situation.owner
    form = SplitForm(
        request.POST or None,
        today=one.today,
        version=one.household.version,
        members=one.situation.members,
        units=other_units(one.household, one.situation.unit),
        owner=owner.employee.name if owner else "",
        initial={"on": one.today},
    )

    def do() -> None:
        told = form.cleaned_data
        kind = told["situation"]
        split_household(
            household_id=one.household.pk,
            leaving=form.leaving(),
            on=told["on"],
            because=SplitReason(told["because"]),
            keeps_owner=told.get("keeps_owner", False),
            unit_id=told["unit"],
            reason=told["reason"],
            situation=Situation(ResidenceKind(kind)) if kind else None,
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, then=one.url("members"), back=one.url("members"))


@require_http_methods(_METHODS)
def join(request: HttpRequest, key: UUID) -> HttpResponse:
    """The household with the longest clock goes on; the other's case is closed."""
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    page = ActPage(
        title=_("Join with another household"),
        submit=_("Join the households"),
        done=_("The households are joined."),
        lead=_("The one that has been longest in temporary accommodation goes on; the other's case is closed."),
        is_danger=True,
    )
    form = JoinForm(request.POST or None, today=one.today, version=one.household.version, initial={"on": one.today})

    def do() -> None:
        told = form.cleaned_data
        join_households(
            household_id=one.household.pk,
            other_id=_other(one, told["other"]).pk,
            on=told["on"],
            reason=told["reason"],
            version=told["version"],
            by=one.employee,
            at=one.at,
        )

    return answer(request, one, form, page, do, then=one.url("members"), back=one.url("members"))


def _other(one: Opened, number: str) -> Household:
    """The household that somebody with this national id is an adult in, among those the employee may see.

    :raises CannotJoin: when there is none, or none that may be told of
    """
    members = Member.objects.on(one.today).filter(person__in=Person.objects.with_number(number))
    adults = members.exclude(role__in=[MemberRole.CHILD, MemberRole.CHILD_VISIT])
    visible = Household.objects.visible_to(one.employee, at=one.at)
    found = visible.filter(pk__in=adults.values("household")).exclude(pk=one.household.pk).first()
    if found is None:
        raise CannotJoin(_("No other household of yours has a grown-up with this national id."), field="other")
    return found


def _asking(form: ActForm, do: Callable[[], Any]) -> Callable[[], None]:
    """Carry out, and when there is something to look at twice show each thing and a box to tick."""

    def carried_out() -> None:
        try:
            do()
        except NeedsConfirmation as asked:
            ask(form, asked)
            raise

    return carried_out


def ask(form: Any, asked: NeedsConfirmation) -> None:
    """Put the warnings on the form, with the box that confirms them in sight."""
    form.fields["accepted"].widget = CheckboxInput()
    for warning in asked.warnings:
        form.add_error(None, warning)
