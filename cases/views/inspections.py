"""The auditor's room: a leader opens an inspection, inspectors read its sample case by case and say what they found."""

from __future__ import annotations

from secrets import token_hex
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.actions.inspections import assess, close_inspection, name_case, open_inspection, possible_inspectors
from cases.exports.inspection import inspection_file
from cases.forms.inspections import (
    AssessForm,
    InspectionExportForm,
    NameCaseForm,
    OpenInspectionForm,
    PopulationForm,
)
from cases.models import POINTS, Document, Point, SampledCase, Theme
from cases.questions.dossier import dossier_of, what_stands
from cases.questions.inspections import (
    LINES,
    InspectionRoom,
    assessments_of,
    inspection_for,
    inspections_of,
    inspectors_of,
    population_rows,
    sample_rows,
    sampled_case,
    theme_counts,
)
from cases.views.shell import signed_in
from cases.views.units import chosen_unit
from people import readings
from people.access import household_for, permissions_of, units_with
from people.act_forms import ActForm, perform, refuse
from people.components import Crumb, Page
from people.exporting import export
from people.models import ExportKind, Household
from people.models.reading import Showing
from people.notices import notify
from people.refusals import Refusal
from people.roles import Permission
from people.sessions import fresh_sign_in


@require_safe
def inspections(request: HttpRequest) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    may_open = units_with(employee, Permission.OPEN_INSPECTIONS, at=at).exists()
    if not may_open and Permission.INSPECT not in permissions_of(employee, at=at):
        raise PermissionDenied
    rows = [(one, one.is_open(at)) for one in inspections_of(employee, at=at)]
    return render(request, "cases/inspections/inspections.html", {"rows": rows, "may_open": may_open})


@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: HttpRequest) -> HttpResponse:
    employee, at = signed_in(request), timezone.now()
    chosen = chosen_unit(request, Permission.OPEN_INSPECTIONS, at=at)
    candidates = possible_inspectors(chosen.unit, by=employee, at=at)
    form = OpenInspectionForm(request.POST or None, today=localdate(at), inspectors=candidates)

    def do() -> str:
        opened = open_inspection(unit_id=chosen.unit.pk, scope=form.scope(), seed=token_hex(16), by=employee, at=at)
        return _url("inspection", opened.pk)

    if request.method == "POST" and form.is_valid() and (done := perform(request, form, do, at=at)) is not None:
        notify(request, _("The inspection is open."))
        return done
    context = {
        "form": form,
        "chosen": chosen,
        "title": _("Open an inspection"),
        "submit_label": _("Open the inspection"),
        "back_url": _url("inspections"),
        "has_inspectors": candidates.exists(),
    }
    return render(request, "cases/inspections/open.html", context)


@require_safe
def inspection(request: HttpRequest, inspection_id: int) -> HttpResponse:
    room = _room(request, inspection_id)
    rows, points = sample_rows(room), len(room.inspection.points)
    readings.note_shown(row.household_id for row in rows)
    context = _context(
        room,
        rows=rows,
        points=points,
        assessed=sum(row.assessed for row in rows),
        to_assess=points * len(rows),
        finished=sum(row.assessed == points for row in rows),
        counts=theme_counts(room),
        inspectors=inspectors_of(room.inspection),
        themes=[Theme(theme).label for theme in room.inspection.themes],
        crumbs=_crumbs(),
    )
    return render(request, "cases/inspections/inspection.html", context)


@require_safe
def population(request: HttpRequest, inspection_id: int) -> HttpResponse:
    room = _room(request, inspection_id)
    themes = [theme for theme in Theme if theme in room.inspection.themes]
    form = PopulationForm(request.GET, themes=themes)
    theme = form.cleaned_data["theme"] if form.is_valid() else ""
    skip = _skipped(request)
    rows = population_rows(room, theme=theme, skip=skip)
    counts = [count for count in theme_counts(room) if theme in ("", count.theme)]
    total = sum(count.lines for count in counts)
    page = Page(
        rows=rows,
        first=skip + 1 if rows else 0,
        last=skip + len(rows),
        total=total,
        previous=str(max(skip - LINES, 0)) if skip else None,
        next=str(skip + LINES) if skip + LINES < total else None,
    )
    readings.note_shown({row.household_id for row in rows})
    return render(request, "cases/inspections/population.html", _context(room, page=page, form=form, counts=counts))


@require_http_methods(["GET", "HEAD", "POST"])
def name_one(request: HttpRequest, inspection_id: int) -> HttpResponse:
    room = _room(request, inspection_id)
    _must(room.inspects)
    form = NameCaseForm(request.POST or None, today=localdate(room.at))

    def do() -> str:
        told = form.cleaned_data
        name_case(
            inspection_id=inspection_id,
            case_number=told["case_number"],
            reason=told["reason"],
            by=room.employee,
            at=room.at,
        )
        return _url("inspection", inspection_id)

    words = (_("Name a case"), _("Take the case in"), _("The case is taken in."))
    return _answered(request, room, form, do, words, template="cases/inspections/name.html")


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, inspection_id: int, key: UUID) -> HttpResponse:
    """One case, point by point; sent, it leads on to the next case that is not finished."""
    room, found, household = _case(request, inspection_id, key)
    earlier, dossier = assessments_of(found), dossier_of(household, day=localdate(room.at))
    form = AssessForm(
        request.POST or None,
        today=localdate(room.at),
        points=room.inspection.points,
        in_force={point: rows[0] for point, rows in earlier.items()},
        stands=what_stands(dossier),
    )

    def do() -> str:
        assess(
            case_id=found.pk,
            findings=form.findings(),
            newest=form.cleaned_data["newest"],
            by=room.employee,
            at=room.at,
        )
        stays = "stay" in request.POST
        return _url("inspected_case", inspection_id, key) if stays else _next_case(room, found)

    if request.method == "POST" and form.is_valid() and (done := perform(request, form, do, at=room.at)) is not None:
        notify(request, _("The assessment is saved."))
        return done
    context = _context(
        room,
        case=found,
        household=household,
        dossier=dossier,
        form=form,
        themes=_themes(room, form, earlier),
        crumbs=[*_crumbs(), _crumb(room)],
    )
    return render(request, "cases/inspections/case.html", context)


@require_safe
def letter(request: HttpRequest, inspection_id: int, key: UUID, document_id: int) -> HttpResponse:
    """A letter of the case as it was printed. It prints the place: it is there for whoever may know that."""
    household = _case(request, inspection_id, key)[2]
    _must(household.sight.whereabouts)
    document = get_object_or_404(Document, pk=document_id, household=household)
    name = f"{document.kind}-{document.pk}.pdf"
    readings.showing(Showing.PRINT)
    return HttpResponse(
        bytes(document.content),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, inspection_id: int) -> HttpResponse:
    room = _room(request, inspection_id)
    _must(room.leads and room.is_open)
    form = ActForm(request.POST or None, today=localdate(room.at))

    def do() -> str:
        close_inspection(inspection_id=inspection_id, by=room.employee, at=room.at)
        return _url("inspection", inspection_id)

    words = (_("Close the inspection"), _("Close the inspection"), _("The inspection is closed."))
    return _answered(request, room, form, do, words, template="cases/inspections/close.html")


@fresh_sign_in
@require_http_methods(["GET", "HEAD", "POST"])
def export_one(request: HttpRequest, inspection_id: int) -> HttpResponse:
    room = _room(request, inspection_id)
    _must(room.inspects)
    form = InspectionExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why, kind = form.cleaned_data["reason"], ExportKind.INSPECTION
        try:
            return export(request, lambda: inspection_file(room), kind=kind, reason=why, at=room.at)
        except Refusal as refusal:
            refuse(form, refusal)
    words = {"title": _("Take out the inspection's file"), "submit_label": _("Take out the file")}
    context = _context(room, form=form, back_url=_url("inspection", inspection_id), **words)
    return render(request, "cases/inspections/export.html", context)


def _room(request: HttpRequest, inspection_id: int) -> InspectionRoom:
    return inspection_for(signed_in(request), inspection_id, at=timezone.now())


def _case(request: HttpRequest, inspection_id: int, key: UUID) -> tuple[InspectionRoom, SampledCase, Household]:
    """A case of the sample with its household, opened through the door."""
    room = _room(request, inspection_id)
    found = sampled_case(room, key)
    return room, found, household_for(room.employee, Permission.VIEW_SUMMARY, key=key, at=room.at)


def _must(is_so: bool) -> None:
    if not is_so:
        raise Http404


def _context(room: InspectionRoom, **more: Any) -> dict[str, Any]:
    return {"room": room, "inspection": room.inspection, "crumbs": [*_crumbs(), _crumb(room)], **more}


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Inspections"), _url("inspections"))]


def _crumb(room: InspectionRoom) -> Crumb:
    return Crumb(_("The inspection"), _url("inspection", room.inspection.pk))


def _url(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def _skipped(request: HttpRequest) -> int:
    text = request.GET.get("after") or request.GET.get("before") or "0"
    return min(int(text), 10**6) if text.isascii() and text.isdigit() else 0


def _next_case(room: InspectionRoom, found: SampledCase) -> str:
    """The next case with a point left, from this one on and round; the inspection when there is none."""
    points = len(room.inspection.points)
    left = [row for row in sample_rows(room) if row.assessed < points and row.case.pk != found.pk]
    after = [row for row in left if row.case.number > found.number] or left
    return _url("inspected_case", room.inspection.pk, after[0].key) if after else _url("inspection", room.inspection.pk)


def _themes(room: InspectionRoom, form: AssessForm, earlier: dict[Point, list[Any]]) -> list[dict[str, Any]]:
    """Each theme of the inspection with its points: the fields, and what was found before."""
    return [
        {
            "code": theme.value,
            "label": theme.label,
            "points": [
                {
                    "verdict": form[point.value],
                    "note": form[f"{point}_note"],
                    "earlier": earlier.get(point, []),
                }
                for point in points
            ],
        }
        for theme, points in POINTS.items()
        if theme in room.inspection.themes
    ]


def _answered(
    request: HttpRequest, room: InspectionRoom, form: ActForm, do: Any, words: tuple[str, str, str], *, template: str
) -> HttpResponse:
    """Show the form of an act, or carry it out; `words`: the title, the button, and what is said when it is done."""
    title, submit, done = words
    if (
        request.method == "POST"
        and form.is_valid()
        and (response := perform(request, form, do, at=room.at)) is not None
    ):
        notify(request, done)
        return response
    context = _context(
        room, form=form, title=title, submit_label=submit, back_url=_url("inspection", room.inspection.pk)
    )
    return render(request, template, context)
