"""Registering a household in three pages; what is typed stays in the session until the household is written."""

from __future__ import annotations

from typing import Any

from django.forms import CheckboxInput
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.registration import register_household
from cases.forms.loose import all_valid, row_count, unbound
from cases.forms.members import MORE, AlongForm, ApplicantForm
from cases.forms.registration import NeedForm, TonightForm
from cases.headers import crumbs
from cases.models import LostHomeReason
from cases.questions.known import household_of
from cases.views.drafts import forget, keep, kept
from cases.views.shell import signed_in
from people.access import require, sight_of, units_with
from people.act_forms import perform
from people.actions.counter import tell_of_blocked
from people.actions.persons import NeedsConfirmation, NewMember
from people.duplicates import FollowedElsewhere, NotToBeToldHere
from people.form_errors import complaints
from people.models import Household, MemberRole
from people.notices import notify
from people.roles import Permission

_METHODS = ["GET", "HEAD", "POST"]
WHO, TONIGHT, NEED = "register:who", "register:tonight", "register:need"
MOST_ALONG = 12


@require_http_methods(_METHODS)
def who(request: HttpRequest) -> HttpResponse:
    """Page one: the applicant, and those along. "Add one more" sends the page without going on."""
    by, at = signed_in(request), timezone.now()
    require(by, Permission.CHANGE_HOUSEHOLD, at=at)
    if request.method == "POST" and "clear" in request.POST:
        forget(request, WHO, TONIGHT, NEED)
        return redirect("cases:register")
    if request.method == "POST":
        keep(request, WHO, _sent(request))
    data = kept(request, WHO)
    people, count = _people(data)
    is_sent = request.method == "POST" and "add" not in request.POST
    found: Household | None = None
    if not is_sent and data is not None:
        for form in people:
            unbound(form, data)
    elif is_sent and all_valid(people):
        found = _stop_known(people, request)
        if not complaints(people):
            return redirect("cases:register_tonight")
    context = {
        "crumbs": crumbs(),
        "applicant": people[0],
        "more": [people[0][name] for name in MORE],
        "along": people[1:],
        "count": count,
        "may_add": count < MOST_ALONG,
        "has_draft": data is not None,
        "found": found,
        "complaints": complaints(people) if is_sent else [],
    }
    return render(request, "cases/register_who.html", context)


@require_http_methods(_METHODS)
def tonight(request: HttpRequest) -> HttpResponse:
    """Page two."""
    require(signed_in(request), Permission.CHANGE_HOUSEHOLD, at=timezone.now())
    if kept(request, WHO) is None:
        return redirect("cases:register")
    if request.method == "POST":
        keep(request, TONIGHT, request.POST)
    data = request.POST if request.method == "POST" else kept(request, TONIGHT)
    today = localdate()
    form = TonightForm(data, today=today, initial={"since": today})
    if request.method == "POST" and form.is_valid():
        return redirect("cases:register_need")
    context = {"form": form, "crumbs": crumbs(), "back": reverse("cases:register")}
    return render(request, "cases/register_tonight.html", context)


@require_http_methods(_METHODS)
def need(request: HttpRequest) -> HttpResponse:
    """Page three; its button writes everything, and leads to the rooms when there is no place for tonight."""
    by, at = signed_in(request), timezone.now()
    require(by, Permission.CHANGE_HOUSEHOLD, at=at)
    people, _count = _people(kept(request, WHO))
    situation = TonightForm(kept(request, TONIGHT), today=localdate(at))
    if not all_valid(people):
        return redirect("cases:register")
    if not situation.is_valid():
        return redirect("cases:register_tonight")
    units = units_with(by, Permission.CHANGE_HOUSEHOLD, at=at).order_by("name", "pk")
    form = NeedForm(
        request.POST or None,
        today=localdate(at),
        units=list(units.values_list("pk", "name")),
        initial={"lacks_place_tonight": situation.cleaned_data["situation"] == "rough"},
    )
    if request.method == "POST" and form.is_valid():

        def do() -> str:
            return _register(form, situation, _new_members(people), by=by, at=at)

        response = perform(request, form, do, at=at)
        if response is not None:
            forget(request, WHO, TONIGHT, NEED)
            notify(request, _("The household is registered."))
            return response
    context = {"form": form, "crumbs": crumbs(), "back": reverse("cases:register_tonight")}
    return render(request, "cases/register_need.html", context)


def _register(form: NeedForm, situation: TonightForm, members: list[NewMember], *, by: Any, at: Any) -> str:
    told, tonight_told = form.cleaned_data, situation.cleaned_data
    reason = tonight_told["lost_home_reason"]
    try:
        household = register_household(
            unit_id=told["unit"],
            members=members,
            opened_on=localdate(at),
            lost_home_reason=LostHomeReason(reason) if reason else "",
            situation=situation.kind(),
            since=tonight_told["since"],
            request=form.new_request(),
            need=form.new_need(),
            accepted_warnings=told["accepted"],
            by=by,
            at=at,
        )
    except NeedsConfirmation as asked:
        form.fields["accepted"].widget = CheckboxInput()
        for warning in asked.warnings:
            form.add_error(None, warning)
        raise
    if not sight_of(by, household, at=at):
        applicant = household.members.get(role=MemberRole.APPLICANT)
        tell_of_blocked(person_id=applicant.person_id, by=by, at=at)
        return reverse("cases:registered_elsewhere")
    page = "cases:place" if told["lacks_place_tonight"] else "cases:household"
    return reverse(page, args=[household.key])


@require_safe
def registered_elsewhere(request: HttpRequest) -> HttpResponse:
    """The household is registered, and shielded from whoever registered it: who goes on with it."""
    require(signed_in(request), Permission.CHANGE_HOUSEHOLD, at=timezone.now())
    return render(request, "cases/registered_elsewhere.html", {"crumbs": crumbs()})


def _sent(request: HttpRequest) -> QueryDict:
    """What was sent, with the row that was asked for."""
    data = request.POST.copy()
    data["count"] = str(row_count(request.POST, first=0, most=MOST_ALONG))
    data.pop("add", None)
    return data


def _people(data: Any) -> tuple[list[ApplicantForm | AlongForm], int]:
    """The applicant's form and those of the others, and how many others there are."""
    today = localdate()
    count = row_count(data, first=0, most=MOST_ALONG)
    along = [AlongForm(data, today=today, prefix=f"along-{n}", empty_permitted=True) for n in range(count)]
    return [ApplicantForm(data, today=today, prefix="who"), *along], count


def _new_members(people: list[ApplicantForm | AlongForm]) -> list[NewMember]:
    members = [people[0].new_member(MemberRole.APPLICANT)]
    written = [form for form in people[1:] if form.has_changed()]
    return [*members, *(form.new_member(MemberRole(form.cleaned_data["role"])) for form in written)]


def _stop_known(people: list[ApplicantForm | AlongForm], request: HttpRequest) -> Household | None:
    """Put a sentence at each national id that cannot be registered here; → a household it is in, to go to."""
    by, at = signed_in(request), timezone.now()
    found, seen = None, set()
    for form in people:
        number = form.cleaned_data.get("national_id", "")
        if not number or form.cleaned_data.get("role") in (MemberRole.CHILD, MemberRole.CHILD_VISIT):
            continue
        if number in seen:
            form.add_error("national_id", _("The same national id is given twice."))
            continue
        seen.add(number)
        try:
            household = household_of(number, by=by, at=at)
        except (NotToBeToldHere, FollowedElsewhere) as refusal:
            form.add_error("national_id", str(refusal.message))
            if isinstance(refusal, NotToBeToldHere):
                tell_of_blocked(person_id=refusal.person_id, by=by, at=at)
            continue
        if household is not None:
            found = household
            form.add_error("national_id", _("Somebody with this national id is already followed up here."))
    return found
