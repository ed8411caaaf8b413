"""The monthly log control: what was found, a finding with its reads, and the leader's signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from cases.forms.log_control import MarkForm, MonthForm, SignControlForm
from cases.questions.log_control import Control, Found, control_of, months_before, signed_controls
from cases.views.shell import signed_in
from cases.views.units import chosen_unit
from people.access import units_with
from people.act_forms import perform
from people.actions.log_control import mark_finding, sign_log_control
from people.components import Crumb
from people.log_control.month import Month
from people.log_control.signs import Sign
from people.models import Employee, FindingOutcome, Unit
from people.notices import notify
from people.parts import part_of
from people.roles import Permission
from people.told import told

WORDS = {
    Sign.PARTY: gettext_lazy("Own household, a relative's, or one the employee must not deal with"),
    Sign.SAME_ADDRESS: gettext_lazy("Lives at the same address"),
    Sign.NEIGHBOUR: gettext_lazy("Lives next door or in the same house"),
    Sign.SAME_NAME: gettext_lazy("Same surname, and a seldom one"),
    Sign.COMMON_NAME: gettext_lazy("Same surname, a common one"),
    Sign.COLLEAGUE: gettext_lazy("A colleague's household"),
    Sign.NO_RELATION: gettext_lazy("No case, unit or exception that gave leave"),
    Sign.REFUSED: gettext_lazy("Refused"),
    Sign.REFUSED_AGAIN: gettext_lazy("Refused several times"),
    Sign.LONG_CLOSED: gettext_lazy("The case was closed long ago, and no reason was stated"),
    Sign.LONG_CLOSED_WITH_REASON: gettext_lazy("The case was closed long ago"),
    Sign.NIGHT: gettext_lazy("At night, and no reason was stated"),
    Sign.NIGHT_WITH_REASON: gettext_lazy("At night"),
    Sign.OUTSIDE_HOURS: gettext_lazy("Outside working hours"),
    Sign.COMES_BACK: gettext_lazy("Came back on many days to a case of somebody else"),
    Sign.BURST: gettext_lazy("Many households in a short time, far above the employee's usual"),
    Sign.MANY_REASONS: gettext_lazy("Stated reasons far more often than colleagues"),
    Sign.MANY_REFUSED: gettext_lazy("Refused several households"),
    Sign.MANY_READERS: gettext_lazy("Read by many who have nothing to do with the case"),
}


@dataclass(frozen=True)
class Asked:
    """Who asks, when, and about which unit and month."""

    employee: Employee
    at: datetime
    unit: Unit
    month: Month
    form: MonthForm

    @property
    def query(self) -> str:
        return f"?{urlencode({'unit': self.unit.ref, 'month': self.month.starts_on.isoformat()})}"

    @property
    def url(self) -> str:
        return reverse("cases:log_control") + self.query

    @property
    def is_over(self) -> bool:
        return self.month.ends_on <= localdate(self.at)

    def control(self) -> Control:
        return control_of(self.unit, self.month, self.employee, at=self.at)

    def crumbs(self) -> list[Crumb]:
        return [Crumb(_("Log control"), self.url)]


@require_safe
def log_control(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    control = asked.control()
    page = part_of(control.found, after=request.GET.get("after"), before=request.GET.get("before"))
    context = {
        "asked": asked,
        "control": control,
        "page": page,
        "rows": [(found, _words(found)) for found in page.rows],
        "months": signed_controls(asked.unit),
    }
    return render(request, "cases/log_control/control.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def finding(request: HttpRequest, ref: str) -> HttpResponse:
    asked = _asked(request)
    control = asked.control()
    found = control.named(ref)
    if found is None:
        raise Http404
    may_mark = control.signed is None and not found.is_own
    initial = {"outcome": found.mark.outcome, "note": found.mark.note} if found.mark else {}
    form = MarkForm(request.POST or None, today=localdate(asked.at), initial=initial)
    if request.method == "POST" and form.is_valid():
        marked = perform(request, form, lambda: _mark(asked, found, form), at=asked.at)
        if marked is not None:
            notify(request, _("The finding is marked."))
            return marked
    return render(request, "cases/log_control/finding.html", _finding_page(asked, control, found, form, may_mark))


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    control = asked.control()
    form = SignControlForm(request.POST or None, today=localdate(asked.at))

    def do() -> str:
        sign_log_control(
            unit_id=asked.unit.pk,
            month=asked.month.starts_on,
            reads=len(control.looks),
            findings=control.keys,
            note=form.cleaned_data["note"],
            by=asked.employee,
            at=asked.at,
        )
        return asked.url

    if request.method == "POST" and form.is_valid() and (signed := perform(request, form, do, at=asked.at)):
        notify(request, _("The log control is signed."))
        return signed
    context = {
        "title": _("Sign the log control"),
        "submit_label": _("Sign the log control"),
        "asked": asked,
        "control": control,
        "form": form,
        "back_url": asked.url,
    }
    return render(request, "cases/log_control/sign.html", context)


def _asked(request: HttpRequest) -> Asked:
    """:raises PermissionDenied: when the employee controls no unit's reads
    :raises Http404: when the unit or the month is not one of those to choose among
    """
    employee, at = signed_in(request), timezone.now()
    unit = chosen_unit(request, Permission.CONTROL_READINGS, at=at).unit
    months = months_before(localdate(at), number=13)
    text = request.GET.get("month") or months[1].starts_on.isoformat()
    month = next((month for month in months if month.starts_on.isoformat() == text), None)
    if month is None:
        raise Http404
    units = sorted(units_with(employee, Permission.CONTROL_READINGS, at=at), key=lambda one: (one.name, one.pk))
    form = MonthForm({"unit": unit.ref, "month": month.starts_on.isoformat()}, units=units, months=months)
    return Asked(employee, at, unit, month, form)


def _mark(asked: Asked, found: Found, form: MarkForm) -> str:
    mark_finding(
        unit_id=asked.unit.pk,
        month=asked.month.starts_on,
        employee_id=found.finding.employee,
        household_id=found.finding.household,
        signs=[sign.value for sign in found.finding.signs],
        weight=found.finding.weight,
        outcome=FindingOutcome(form.cleaned_data["outcome"]),
        note=form.cleaned_data["note"],
        by=asked.employee,
        at=asked.at,
    )
    return asked.url


def _words(found: Found) -> list[str]:
    return [str(WORDS[sign]) for sign in found.finding.signs]


def _finding_page(asked: Asked, control: Control, found: Found, form: MarkForm, may_mark: bool) -> dict[str, object]:
    looks = found.finding.looks[:200]
    names = told({look.household for look in looks}, asked.employee, at=asked.at)
    readers = Employee.objects.in_bulk({look.employee for look in looks})
    lines = [(look, readers.get(look.employee), names.get(look.household)) for look in looks]
    return {
        "asked": asked,
        "control": control,
        "found": found,
        "words": _words(found),
        "lines": lines,
        "left_out": len(found.finding.looks) - len(lines),
        "form": form,
        "may_mark": may_mark,
        "crumbs": asked.crumbs(),
    }
