"""Dwellings: the list, one of them, and everything that is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from housing.actions.dwellings import (
    add_dwelling,
    add_funding,
    change_dwelling,
    dispose,
    log_event,
    mend,
    save_building,
    set_rent,
    take_back_disposal,
)
from housing.dwellings import FREE, GONE, Wanted, stock, tenures_of, tonight
from housing.forms.dwellings import (
    AddressForm,
    BuildingForm,
    DisposeForm,
    DwellingForm,
    FundingForm,
    LogForm,
    MendForm,
    RentForm,
    StockForm,
)
from housing.models import Building, Dwelling, DwellingLogEntry, Tenure
from housing.views.stock_shell import Keeper
from people.act_forms import ActForm
from people.components import Counter, Crumb

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
def dwellings(request: HttpRequest) -> HttpResponse:
    """The list; a search for an address is sent, so that none stands in a link or a log."""
    who = Keeper(request)
    filters = StockForm(request.GET, municipalities=who.municipalities)
    search = AddressForm(request.POST or None)
    is_search = request.method == "POST" and search.is_valid()
    wanted = filters.wanted(address=search.cleaned_data["address"].strip() if is_search else "")
    context = {
        "filters": filters,
        "search": search,
        "is_search": is_search,
        "page": stock(who.municipalities, wanted, who.employee, at=who.at),
        "counters": _counters(tenures_of(who.municipalities, who.today), wanted),
        "today": who.today,
    }
    return render(request, "housing/stock/list.html", context)


def _counters(counts: dict[str, int], wanted: Wanted) -> list[Counter]:
    """How many of each tenure, as filters; those that there are none of are left out."""
    found = [("", _("All in the stock"), sum(counts.values()))]
    found += [(code.value, str(code.label), counts.get(code.value, 0)) for code in Tenure]
    return [
        Counter(
            label=label,
            value=number,
            url=f"?{urlencode({'tenure': code} if code else {})}",
            is_chosen=code == wanted.tenure and wanted.only not in (FREE, GONE),
        )
        for code, label, number in found
        if number or not code
    ]


@require_safe
def dwelling(request: HttpRequest, dwelling_id: int) -> HttpResponse:
    who = Keeper(request)
    one = _dwelling(who, dwelling_id)
    [line] = tonight(Dwelling.objects.filter(pk=one.pk), who.employee, at=who.at)
    context = {
        "dwelling": one,
        "line": line,
        "features": _labels(one, "accessible_because"),
        "groups": _labels(one, "target_groups"),
        "rents": one.rents.order_by("-starts_on"),
        "fundings": one.fundings.order_by("-granted_on", "pk"),
        "log": one.log.select_related("by").order_by("-happened_on", "-pk")[:50],
        "today": who.today,
        "crumbs": _crumbs(),
    }
    return render(request, "housing/stock/dwelling.html", context)


@require_http_methods(_METHODS)
def add(request: HttpRequest) -> HttpResponse:
    who = Keeper(request)
    municipality = who.municipality
    form = DwellingForm(request.POST or None, today=who.today, municipality_id=municipality.pk)

    def do() -> str:
        return _url(add_dwelling(municipality=municipality, **who.who, **form.facts()))

    return who.answer(
        form,
        do,
        title=_("Add a dwelling"),
        done=_("The dwelling is in the stock."),
        back=reverse("housing:dwellings"),
        crumbs=_crumbs(),
        template="housing/stock/dwelling_form.html",
    )


@require_http_methods(_METHODS)
def change(request: HttpRequest, dwelling_id: int) -> HttpResponse:
    who = Keeper(request)
    one = _dwelling(who, dwelling_id)
    form = DwellingForm(request.POST or None, today=who.today, municipality_id=one.municipality_id, dwelling=one)
    return _of_dwelling(
        who,
        one,
        form,
        lambda: change_dwelling(dwelling_id=one.pk, **who.who, **form.facts()),
        title=_("Change the dwelling"),
        done=_("The dwelling is changed."),
        template="housing/stock/dwelling_form.html",
    )


@require_http_methods(_METHODS)
def rent(request: HttpRequest, dwelling_id: int) -> HttpResponse:
    who = Keeper(request)
    one = _dwelling(who, dwelling_id)
    form = RentForm(request.POST or None, today=who.today, initial={"starts_on": who.today})
    return _of_dwelling(
        who, one, form, lambda: set_rent(**_told(who, one, form)), title=_("Set the rent"), done=_("The rent is set.")
    )


@require_http_methods(_METHODS)
def funding(request: HttpRequest, dwelling_id: int) -> HttpResponse:
    who = Keeper(request)
    one = _dwelling(who, dwelling_id)
    form = FundingForm(request.POST or None, today=who.today)
    return _of_dwelling(
        who,
        one,
        form,
        lambda: add_funding(**_told(who, one, form)),
        title=_("Register a grant or loan"),
        done=_("The grant or loan is registered."),
    )


@require_http_methods(_METHODS)
def log(request: HttpRequest, dwelling_id: int) -> HttpResponse:
    who = Keeper(request)
    one = _dwelling(who, dwelling_id)
    form = LogForm(request.POST or None, today=who.today, initial={"happened_on": who.today})
    return _of_dwelling(
        who,
        one,
        form,
        lambda: log_event(**_told(who, one, form)),
        title=_("Write in the log"),
        done=_("It stands in the log."),
    )


@require_http_methods(_METHODS)
def mended(request: HttpRequest, dwelling_id: int, entry_id: int) -> HttpResponse:
    who = Keeper(request)
    one = _dwelling(who, dwelling_id)
    entry = get_object_or_404(DwellingLogEntry, pk=entry_id, dwelling=one)
    form = MendForm(
        request.POST or None, today=who.today, initial={"mended_on": entry.mended_on or who.today, "cost": entry.cost}
    )

    def do() -> DwellingLogEntry:
        told = {name: form.cleaned_data[name] for name in ("mended_on", "cost")}
        return mend(entry_id=entry.pk, **who.who, **told)

    return _of_dwelling(
        who, one, form, do, title=_("Mended"), done=_("The log says when it was mended."), lead=entry.text
    )


@require_http_methods(_METHODS)
def disposal(request: HttpRequest, dwelling_id: int) -> HttpResponse:
    who = Keeper(request)
    one = _dwelling(who, dwelling_id)
    form = DisposeForm(request.POST or None, today=who.today, dwelling=one, initial={"on": who.today})

    def do() -> Dwelling:
        told = {name: form.cleaned_data[name] for name in ("on", "disposal", "proceeds")}
        replaced_by = form.cleaned_data["replaced_by"]
        return dispose(dwelling_id=one.pk, replaced_by_id=replaced_by, **who.who, **told)

    return _of_dwelling(
        who,
        one,
        form,
        do,
        title=_("Take out of the stock"),
        done=_("The dwelling is out of the stock."),
        lead=_("A tenant who buys is registered on the household, under Where they live."),
    )


@require_http_methods(_METHODS)
def take_back(request: HttpRequest, dwelling_id: int) -> HttpResponse:
    who = Keeper(request)
    one = _dwelling(who, dwelling_id)
    return _of_dwelling(
        who,
        one,
        ActForm(request.POST or None, today=who.today),
        lambda: take_back_disposal(dwelling_id=one.pk, **who.who),
        title=_("Put back into the stock"),
        done=_("The dwelling is in the stock again."),
        lead=_("For a slip: it then never left."),
    )


@require_safe
def buildings(request: HttpRequest) -> HttpResponse:
    who = Keeper(request)
    found = Building.objects.filter(municipality__in=who.municipalities).order_by("name")
    return render(request, "housing/stock/buildings.html", {"buildings": found, "crumbs": _crumbs()})


@require_http_methods(_METHODS)
def building(request: HttpRequest, building_id: int | None = None) -> HttpResponse:
    who = Keeper(request)
    own = Building.objects.filter(municipality__in=who.municipalities)
    known = get_object_or_404(own, pk=building_id) if building_id else None
    form = BuildingForm(request.POST or None, today=who.today, building=known)
    municipality = known.municipality if known else who.municipality

    def do() -> str:
        save_building(municipality=municipality, building_id=building_id, **who.who, **form.facts())
        return reverse("housing:buildings")

    return who.answer(
        form,
        do,
        title=_("Change the building") if known else _("Add a building"),
        done=_("The building is saved."),
        back=reverse("housing:buildings"),
        crumbs=[*_crumbs(), Crumb(_("Buildings"), reverse("housing:buildings"))],
    )


def _of_dwelling(
    who: Keeper, one: Dwelling, form: ActForm, act: Callable[[], Any], *, title: str, done: str, **more: Any
) -> HttpResponse:
    """The page of an act on one dwelling, which leads back to it."""

    def do() -> str:
        act()
        return _url(one)

    crumbs = [*_crumbs(), Crumb(str(one), _url(one))]
    return who.answer(form, do, title=title, done=done, back=_url(one), crumbs=crumbs, **more)


def _told(who: Keeper, one: Dwelling, form: ActForm) -> dict[str, Any]:
    own = {name: value for name, value in form.cleaned_data.items() if name not in ("version", "form_key")}
    return {"dwelling_id": one.pk, **who.who, **own}


def _dwelling(who: Keeper, dwelling_id: int) -> Dwelling:
    """:raises Http404: unless the dwelling is of a municipality where the employee keeps dwellings"""
    found = Dwelling.objects.filter(municipality__in=who.municipalities)
    together = found.select_related("building", "agreement", "replaced_by", "planned_home")
    one: Dwelling = get_object_or_404(together, pk=dwelling_id)
    return one


def _labels(one: Dwelling, name: str) -> list[str]:
    """The words for the codes in an array of the dwelling."""
    labels = dict(Dwelling._meta.get_field(name).base_field.choices)  # type: ignore[union-attr]
    return [str(labels[code]) for code in getattr(one, name)]


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Dwellings"), reverse("housing:dwellings"))]


def _url(one: Dwelling) -> str:
    return reverse("housing:dwelling", args=[one.pk])
