"""Letters to many: choosing whom and what, looking at one, how far it has come, and all of them for the printer."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.batches import note_seen, preview, start_batch
from cases.exports.letters import one_pdf
from cases.forms.batches import BatchForm
from cases.letters import pdf_of
from cases.models import BatchItemState, BatchKind, Document, LetterBatch
from cases.questions.batches import Candidate, candidates, progress_of
from cases.questions.people import applicant_name
from cases.views.shell import signed_in
from cases.views.units import Chosen, chosen_unit
from people import readings
from people.act_forms import perform, refuse
from people.components import Crumb
from people.exporting import File, export
from people.forms.readings import ExportForm
from people.models import Employee, ExportKind, Household
from people.models.reading import Showing
from people.refusals import Refusal
from people.roles import Permission
from people.sessions import require_fresh
from people.uploads import MediaType, attachment

#: How often a progress page asks again, in seconds.
_AGAIN = 5


@require_http_methods(["GET", "HEAD", "POST"])
def many(request: HttpRequest) -> HttpResponse:
    """Whom the letter can go to, ticked; and what it says. A press on preview shows one and keeps nothing."""
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.CHANGE_HOUSEHOLD, at=at)
    kind = _kind(request)
    found = {one.household_id: one for one in candidates(kind, chosen.unit, employee, at=at)}
    form = BatchForm(request.POST or None, today=localdate(at), kind=kind, rows=list(found))
    if request.method == "POST" and form.is_valid():
        ticked = [found[pk] for pk in form.cleaned_data["ticked"]]
        if "preview" in request.POST:
            if (shown := _previewed(form, kind, ticked[0], employee)) is not None:
                return shown
        else:

            def do() -> str:
                batch = start_batch(kind=kind, unit=chosen.unit, said=form.said(), to=ticked, by=employee, at=at)
                return reverse("cases:letter_batch", args=[batch.pk])

            if (done := perform(request, form, do, at=at)) is not None:
                return done
    ticked_now = request.POST.getlist("ticked")
    context = {
        "chosen": chosen,
        "kind": kind,
        "kinds": [_link(one, kind, chosen) for one in BatchKind],
        "rows": [(one, not request.POST or str(one.household_id) in ticked_now) for one in found.values()],
        "form": form,
        "batches": LetterBatch.objects.filter(made_by=employee).order_by("-pk")[:10],
    }
    return render(request, "cases/batches/many.html", context)


@require_safe
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """How far a batch has come. The page asks again by itself until all are made; one may leave meanwhile."""
    employee, at = signed_in(request), timezone.now()
    found = _mine(employee, batch_id)
    progress = progress_of(found)
    if found.finished_at is not None:
        note_seen(batch_id=found.pk, by=employee, at=at)
    day = localdate(at)
    visible = Household.objects.filter(letter_batch_items__batch=found).visible_to(employee, at=at)
    names = dict(visible.annotate(applicant=applicant_name(day)).values_list("pk", "applicant"))
    refused = found.items.filter(state=BatchItemState.REFUSED, household__in=names).select_related("household")
    context = {
        "batch": found,
        "progress": progress,
        "refused": [(item.household.key, names[item.household_id], item.refusal) for item in refused.order_by("pk")],
        "crumbs": [Crumb(_("Letters"), reverse("cases:unit_letters"))],
    }
    answer = render(request, "cases/batches/batch.html", context)
    if found.finished_at is None:
        answer.headers["Refresh"] = str(_AGAIN)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def print_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """All letters of a batch as one file, entered in the register of exports and in the read log as printed."""
    employee, at = signed_in(request), timezone.now()
    found = _mine(employee, batch_id)
    require_fresh(request, at=at)
    form = ExportForm(request.POST or None, today=localdate(at))
    if request.method == "POST" and form.is_valid():
        try:
            answer = export(
                request,
                lambda: _file(found, employee),
                kind=ExportKind.LETTERS,
                reason=form.cleaned_data["reason"],
                at=at,
            )
            readings.showing(Showing.PRINT)
            return answer
        except Refusal as refusal:
            refuse(form, refusal)
    here = reverse("cases:letter_batch", args=[found.pk])
    context = {
        "form": form,
        "title": _("Print the letters"),
        "submit_label": _("Take out the file"),
        "back_url": here,
        "crumbs": [Crumb(_("Letters"), reverse("cases:unit_letters")), Crumb(found.get_kind_display(), here)],
    }
    return render(request, "cases/batches/print.html", context)


def _file(found: LetterBatch, employee: Employee) -> File:
    """Those of households that the employee may still see."""
    visible = Household.objects.visible_to(employee, at=timezone.now())
    letters = Document.objects.filter(pk__in=found.items.values("document"), household__in=visible).order_by("pk")
    if not letters.exists():
        raise Http404
    content = one_pdf(bytes(one) for one in letters.values_list("content", flat=True))
    return File(
        name=f"letters-{found.pk}.pdf",
        media_type=MediaType.PDF.mime,
        content=content,
        rows=letters.count(),
        households=list(letters.values_list("household", flat=True)),
    )


def _previewed(form: BatchForm, kind: BatchKind, to: Candidate, by: Employee) -> HttpResponse | None:
    at = timezone.now()
    try:
        letter = preview(kind, form.said(), to, by=by, at=at)
    except Refusal as refusal:
        refuse(form, refusal)
        return None
    readings.note_shown([to.household_id])
    return attachment(pdf_of(letter), mime=MediaType.PDF.mime, name="preview.pdf")


def _mine(employee: Employee, batch_id: int) -> LetterBatch:
    """:raises Http404: for a batch of somebody else's"""
    found: LetterBatch = get_object_or_404(LetterBatch, pk=batch_id, made_by=employee)
    return found


def _kind(request: HttpRequest) -> BatchKind:
    asked = request.GET.get("kind", "")
    return BatchKind(asked) if asked in BatchKind.values else BatchKind.PRELIMINARY


def _link(one: BatchKind, current: BatchKind, chosen: Chosen) -> dict[str, object]:
    url = f"?kind={one.value}&unit={chosen.unit.ref}"
    return {"label": one.label, "url": url, "is_current": one == current}
