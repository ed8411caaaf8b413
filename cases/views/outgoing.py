"""Letters on their way: a household's, one of them, a unit's, and the archive's queue."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions import archiving
from cases.actions.dispatching import hand_over, mark_posted, recipient_of, returned, send_again, stop_letter, ways_for
from cases.forms.outgoing import ANEW, CAME_BACK, HANDED, READ, STOP, LetterForm, TickedForm
from cases.models import ArchiveState, Dispatch, DispatchState, Way
from cases.models.dispatch import ENDED
from cases.questions.archive import archive_queue
from cases.questions.outgoing import LOST, SENT, TO_HAND, TO_PRINT, letters_of, letters_of_unit, sending_of
from cases.views.shell import ActPage, Opened, answer, opened, signed_in
from cases.views.units import chosen_unit
from people.access import has_permission, require
from people.act_forms import perform
from people.components import Counter
from people.notices import notify
from people.roles import Permission

KINDS = {
    TO_PRINT: gettext_lazy("To be put in an envelope"),
    TO_HAND: gettext_lazy("To be handed over"),
    LOST: gettext_lazy("Did not arrive"),
    SENT: gettext_lazy("On their way to a mailbox"),
}


@require_safe
def letters(request: HttpRequest, key: UUID) -> HttpResponse:
    one = opened(request, key)
    found = letters_of(one.household, one.employee, at=one.at)
    return render(request, "cases/letters.html", one.context(letters=found))


@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, key: UUID, dispatch_id: int) -> HttpResponse:
    """One letter to one recipient: what became of it, and what can be done."""
    one = opened(request, key, Permission.CHANGE_HOUSEHOLD)
    related = Dispatch.objects.select_related("document__decision", "household", "person", "representative")
    found = get_object_or_404(related.defer("document__content"), pk=dispatch_id, household=one.household)
    page = ActPage(
        title=_("A letter on its way"), submit=_("Save"), done=_("It is saved."), template="cases/letter.html"
    )
    form = LetterForm(request.POST or None, today=one.today, version=one.household.version, can=_possible(found, one))

    def do() -> None:
        _carry_out(form, found, one)

    shown = sending_of(found, one.employee, at=one.at)
    back = one.url("letters")
    return answer(request, one, form, page, do, back=back, then=back, found=found, sending=shown)


def _tell_posted(request: HttpRequest, posted: int, *, of: int) -> None:
    said = ngettext("%(n)s letter is in the post.", "%(n)s letters are in the post.", posted) % {"n": posted}
    if kept := of - posted:
        why = ngettext(
            "%(n)s was not: it was posted meanwhile, or a task says why it is kept back.",
            "%(n)s were not: they were posted meanwhile, or a task says why each is kept back.",
            kept,
        )
        said = f"{said} {why % {'n': kept}}"
    notify(request, said)


@require_http_methods(["GET", "HEAD", "POST"])
def unit_letters(request: HttpRequest) -> HttpResponse:
    """What somebody at the unit must see to; those put in the post are ticked off together."""
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.VIEW_UNIT, at=at)
    only = request.GET.get("only", TO_PRINT)
    only = only if only in KINDS else TO_PRINT
    found = letters_of_unit(chosen.unit, employee, only=only, at=at)
    mine = [row.sending.pk for row in found.rows if row.may_change and only == TO_PRINT]
    form = TickedForm(request.POST or None, today=localdate(at), rows=mine)
    if request.method == "POST" and form.is_valid():
        posted = 0

        def do() -> str:
            nonlocal posted
            posted = mark_posted(dispatch_ids=form.cleaned_data["ticked"], by=employee, at=at)
            return request.get_full_path()

        if (done := perform(request, form, do, at=at)) is not None:
            _tell_posted(request, posted, of=len(form.cleaned_data["ticked"]))
            return done
    counters = [
        Counter(
            label=str(words),
            value=found.counts[code],
            url=f"?only={code}&unit={chosen.unit.ref}",
            is_chosen=code == only,
            color="danger" if code == LOST and found.counts[code] else "",
        )
        for code, words in KINDS.items()
    ]
    context = {"chosen": chosen, "found": found, "form": form, "counters": counters, "only": only, "mine": mine}
    context["may_send"] = has_permission(employee, Permission.CHANGE_HOUSEHOLD, at=at)
    return render(request, "cases/unit_letters.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest) -> HttpResponse:
    """What waits for the archive and what is stuck, by number alone."""
    employee, at = signed_in(request), timezone.now()
    require(employee, Permission.KEEP_ARCHIVE, at=at)
    state = request.GET.get("state", ArchiveState.REJECTED)
    state = state if state in ArchiveState.values else ArchiveState.REJECTED
    found = archive_queue(employee, state=state, at=at)
    is_stuck = state in (ArchiveState.FAILED, ArchiveState.REJECTED)
    form = TickedForm(request.POST or None, today=localdate(at), rows=[row.pk for row in found.rows if is_stuck])
    if request.method == "POST" and form.is_valid():

        def do() -> str:
            archiving.try_again(entry_ids=form.cleaned_data["ticked"], by=employee, at=at)
            return request.get_full_path()

        if (done := perform(request, form, do, at=at)) is not None:
            notify(request, _("They are sent anew."))
            return done
    counters = [
        Counter(
            label=str(one.label),
            value=found.counts[one],
            url=f"?state={one.value}",
            is_chosen=one == state,
            color="danger" if one in (ArchiveState.FAILED, ArchiveState.REJECTED) and found.counts[one] else "",
        )
        for one in ArchiveState
    ]
    context = {"found": found, "form": form, "counters": counters, "is_stuck": is_stuck}
    return render(request, "cases/archive_queue.html", context)


def _possible(found: Dispatch, one: Opened) -> list[str]:
    """What can be done about it now, the usual first."""
    if found.state == DispatchState.WAITING:
        return [] if found.external_id else [HANDED, READ, STOP]
    if found.state == DispatchState.SENT and found.way == Way.POST:
        return [CAME_BACK]
    if found.state not in ENDED or hasattr(found, "replaced_by"):
        return []
    recipient = recipient_of(found, at=one.at)
    return [f"{ANEW}-{way.value}" for way in ways_for(recipient)] if recipient else []


def _carry_out(form: LetterForm, found: Dispatch, one: Opened) -> None:
    what, _dash, way = form.cleaned_data["what"].partition("-")
    told = {
        "dispatch_id": found.pk,
        "version": form.cleaned_data["version"],
        "by": one.employee,
        "at": one.at,
    }
    if what in (HANDED, READ):
        hand_over(way=Way.BY_HAND if what == HANDED else Way.READ_ALOUD, **told)
    elif what == STOP:
        stop_letter(**told)
    elif what == CAME_BACK:
        returned(**told)
    else:
        send_again(way=Way(way), **told)
