"""Whether a place is fit to live in: agreements, the approval for children, inspections, complaints and pictures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from housing.actions.quality import (
    approve_for_children,
    close_complaint,
    end_child_approval,
    keep_file,
    note_complaint,
    note_inspection,
    put_right,
)
from housing.forms.quality import (
    ChildApprovalForm,
    CloseComplaintForm,
    ComplaintForm,
    EndApprovalForm,
    ProviderFileForm,
    ProviderInspectionForm,
    PutRightForm,
)
from housing.models import ChildApproval, ComplaintSource, ComplaintSubject, InspectionOutcome, ProviderFile
from housing.views.shell import act_page, crumbs, of_provider, provider_for, signed_in, tabs_of, url_of
from people.uploads import MediaType, attachment

_ACT = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def quality(request: HttpRequest, provider_id: int) -> HttpResponse:
    at = timezone.now()
    one, today = provider_for(request, provider_id, at), localdate(at)
    files = list(one.files.without_content().order_by("-at"))
    context = {
        "provider": one,
        "today": today,
        "is_agreed": one.quality_agreements.on(today).exists(),
        "is_approved": one.child_approvals.on(today).exists(),
        "agreements": one.quality_agreements.order_by("-starts_on"),
        "approvals": one.child_approvals.order_by("-starts_on"),
        "inspections": one.inspections.order_by("-on", "-pk"),
        "complaints": one.complaints.order_by("-received_on", "-pk"),
        "files": files,
        "tabs": tabs_of(one, "provider_quality"),
        "crumbs": crumbs(),
    }
    return render(request, "housing/providers/quality.html", context)


@_ACT
def approve(request: HttpRequest, provider_id: int) -> HttpResponse:
    at = timezone.now()
    one = provider_for(request, provider_id, at)
    form = ChildApprovalForm(request.POST or None, today=localdate(at))

    def do() -> str:
        told = {name: form.cleaned_data[name] for name in ("starts_on", "ends_on", "founded_on")}
        approve_for_children(provider_id=one.pk, by=signed_in(request), at=at, **told)
        return url_of(one, "provider_quality")

    title, back = _("Approve for children"), url_of(one, "provider_quality")
    return act_page(request, form, do, at, title=title, back=back, crumbs=of_provider(one))


@_ACT
def end_approval(request: HttpRequest, provider_id: int, approval_id: int) -> HttpResponse:
    at = timezone.now()
    one = provider_for(request, provider_id, at)
    approval = get_object_or_404(ChildApproval, pk=approval_id, provider=one)
    form = EndApprovalForm(request.POST or None, today=localdate(at), initial={"ends_on": localdate(at)})

    def do() -> str:
        ends_on = form.cleaned_data["ends_on"]
        end_child_approval(provider_id=one.pk, approval_id=approval.pk, ends_on=ends_on, by=signed_in(request), at=at)
        return url_of(one, "provider_quality")

    title, back = _("End the approval for children"), url_of(one, "provider_quality")
    return act_page(request, form, do, at, title=title, back=back, crumbs=of_provider(one))


@_ACT
def inspect(request: HttpRequest, provider_id: int) -> HttpResponse:
    at = timezone.now()
    one, today = provider_for(request, provider_id, at), localdate(at)
    initial = ProviderInspectionForm.initially(today)
    form = ProviderInspectionForm(request.POST or None, today=today, initial=initial)

    def do() -> str:
        told = form.cleaned_data
        note_inspection(
            provider_id=one.pk,
            on=told["on"],
            outcome=InspectionOutcome(told["outcome"]),
            found=told["found"],
            is_announced=told["is_announced"],
            put_right_by=None if told["outcome"] == InspectionOutcome.IN_ORDER else told["put_right_by"],
            by=signed_in(request),
            at=at,
        )
        return url_of(one, "provider_quality")

    title, back = _("Register an inspection"), url_of(one, "provider_quality")
    return act_page(request, form, do, at, title=title, back=back, crumbs=of_provider(one))


@_ACT
def mend(request: HttpRequest, provider_id: int, visit_id: int) -> HttpResponse:
    at = timezone.now()
    one = provider_for(request, provider_id, at)
    found = get_object_or_404(one.inspections, pk=visit_id)
    form = PutRightForm(request.POST or None, today=localdate(at), initial={"put_right_on": localdate(at)})

    def do() -> str:
        on = form.cleaned_data["put_right_on"]
        put_right(provider_id=one.pk, inspection_id=found.pk, on=on, by=signed_in(request), at=at)
        return url_of(one, "provider_quality")

    title, back = _("What was found is put right"), url_of(one, "provider_quality")
    return act_page(request, form, do, at, title=title, back=back, lead=found.found, crumbs=of_provider(one))


@_ACT
def complain(request: HttpRequest, provider_id: int) -> HttpResponse:
    at = timezone.now()
    one, today = provider_for(request, provider_id, at), localdate(at)
    form = ComplaintForm(request.POST or None, today=today, initial={"received_on": today})

    def do() -> str:
        told = form.cleaned_data
        note_complaint(
            provider_id=one.pk,
            received_on=told["received_on"],
            about=ComplaintSubject(told["about"]),
            source=ComplaintSource(told["source"]),
            text=told["text"],
            by=signed_in(request),
            at=at,
        )
        return url_of(one, "provider_quality")

    title, back = _("Register a complaint"), url_of(one, "provider_quality")
    return act_page(request, form, do, at, title=title, back=back, crumbs=of_provider(one))


@_ACT
def answer_complaint(request: HttpRequest, provider_id: int, complaint_id: int) -> HttpResponse:
    at = timezone.now()
    one = provider_for(request, provider_id, at)
    found = get_object_or_404(one.complaints, pk=complaint_id)
    form = CloseComplaintForm(request.POST or None, today=localdate(at), initial={"closed_on": localdate(at)})

    def do() -> str:
        told = {name: form.cleaned_data[name] for name in ("outcome", "closed_on")}
        close_complaint(provider_id=one.pk, complaint_id=found.pk, by=signed_in(request), at=at, **told)
        return url_of(one, "provider_quality")

    title, back = _("Close the complaint"), url_of(one, "provider_quality")
    return act_page(request, form, do, at, title=title, back=back, lead=found.text, crumbs=of_provider(one))


@_ACT
def add_file(request: HttpRequest, provider_id: int) -> HttpResponse:
    at = timezone.now()
    one = provider_for(request, provider_id, at)
    form = ProviderFileForm(request.POST or None, request.FILES or None, today=localdate(at), provider=one)

    def do() -> str:
        told = form.cleaned_data
        keep_file(
            provider_id=one.pk,
            file=told["file"],
            about=told["about"],
            by=signed_in(request),
            at=at,
            **form.belongs_to(),
        )
        return url_of(one, "provider_quality")

    title, back = _("Add a picture or report"), url_of(one, "provider_quality")
    return act_page(request, form, do, at, title=title, back=back, takes_files=True, crumbs=of_provider(one))


@require_safe
def file(request: HttpRequest, provider_id: int, file_id: int) -> HttpResponse:
    one = provider_for(request, provider_id, timezone.now())
    found = get_object_or_404(ProviderFile, pk=file_id, provider=one)
    name = f"provider-{found.pk}.{found.media_type}"
    return attachment(bytes(found.content), mime=MediaType(found.media_type).mime, name=name)
