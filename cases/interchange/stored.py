"""The rows as we have them stored, in the shape of the files: what import compares with and export writes.

Each answers in the order of its file's identity, by code point.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any, TypeVar

from django.db.models import Case, Model, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from cases.interchange.rows import (
    AbsenceRow,
    BenefitRow,
    DwellingRow,
    EvictionRow,
    HouseholdRow,
    LoanRow,
    MemberRow,
    PersonRow,
    PlanRow,
    ProviderRow,
    RefugeeRow,
    ResidenceRow,
    Row,
    UnitRow,
)
from cases.models import EvictionCase, HousingAllowance, IndividualPlan, LoanCase, RefugeeSettlement
from housing.models import Absence, Dwelling, Provider, QualityAgreement, Residence
from people.models import Household, Member, Person, Responsibility, Unit

R = TypeVar("R", bound=Row)

_AT_A_TIME = 5_000


def units(found: QuerySet[Unit]) -> Iterator[UnitRow]:
    return _rows(UnitRow, found.order_by("ref"), ref="ref", municipality="municipality", name="name", kind="kind")


def persons(found: QuerySet[Person]) -> Iterator[PersonRow]:
    return _rows(
        PersonRow,
        found.order_by("ref"),
        ref="ref",
        national_id="national_id",
        name="name",
        born_on="born_on",
        protection="protection",
        protection_from="protection_from",
        protection_to="protection_to",
        language="language",
    )


def households(found: QuerySet[Household]) -> Iterator[HouseholdRow]:
    responsible = Responsibility.objects.filter(household=OuterRef("pk")).order_by("-starts_on")
    return _rows(
        HouseholdRow,
        found.order_by("ref"),
        ref="ref",
        unit=_text(Subquery(responsible.values("unit__ref")[:1])),
        opened_on="opened_on",
        split_from=_text("split_from__ref"),
        split_on="split_on",
        municipality="municipality",
    )


def members(found: QuerySet[Member]) -> Iterator[MemberRow]:
    return _rows(
        MemberRow,
        found.order_by("household__ref", "person__ref", "starts_on"),
        household="household__ref",
        person="person__ref",
        role="role",
        starts_on="starts_on",
        ends_on="ends_on",
    )


def providers(found: QuerySet[Provider]) -> Iterator[ProviderRow]:
    agreement = QualityAgreement.objects.filter(provider=OuterRef("pk")).order_by("-starts_on")
    return _rows(
        ProviderRow,
        found.order_by("ref"),
        ref="ref",
        municipality="municipality",
        name="name",
        kind="kind",
        quality_from=Subquery(agreement.values("starts_on")[:1]),
        quality_to=Subquery(agreement.values("ends_on")[:1]),
    )


def dwellings(found: QuerySet[Dwelling]) -> Iterator[DwellingRow]:
    return _rows(
        DwellingRow,
        found.order_by("ref"),
        ref="ref",
        municipality="municipality",
        tenure="tenure",
        address="address",
        area_m2="area_m2",
        rooms="rooms",
        is_accessible="is_accessible",
        is_colocated="is_colocated",
        acquired_on="acquired_on",
        disposed_on="disposed_on",
    )


def residences(found: QuerySet[Residence]) -> Iterator[ResidenceRow]:
    return _rows(
        ResidenceRow,
        found.order_by("household__ref", "starts_on"),
        household="household__ref",
        kind="kind",
        starts_on="starts_on",
        ends_on="ends_on",
        provider=_text("provider__ref"),
        dwelling=_text("dwelling__ref"),
        lease="lease",
        lease_ends_on="lease_ends_on",
        lease_reason="lease_reason",
        planned_end="planned_end",
        home_waits="home_waits",
        # as an empty cell reads
        is_undisclosed=Case(When(is_undisclosed=True, then=Value(value=True))),
        room="room",
    )


def absences(found: QuerySet[Absence]) -> Iterator[AbsenceRow]:
    return _rows(
        AbsenceRow,
        found.order_by("household__ref", "starts_on"),
        household="household__ref",
        starts_on="starts_on",
        ends_on="ends_on",
        where="where",
        is_held="is_held",
    )


def benefits(found: QuerySet[HousingAllowance]) -> Iterator[BenefitRow]:
    return _rows(
        BenefitRow,
        found.order_by("household__ref", "kind", "applied_on"),
        household="household__ref",
        kind="kind",
        applied_on="applied_on",
        decided_on="decided_on",
        outcome="outcome",
        starts_on="starts_on",
        ends_on="ends_on",
    )


def refugees(found: QuerySet[RefugeeSettlement]) -> Iterator[RefugeeRow]:
    return _rows(
        RefugeeRow,
        found.order_by("household__ref", "decided_on"),
        household="household__ref",
        decided_on="decided_on",
        settled_on="settled_on",
        unaccompanied_minor="unaccompanied_minor",
    )


def loans(found: Any) -> Iterator[LoanRow]:
    """Those granted: what is refused or has lapsed has no row."""
    return _rows(
        LoanRow,
        found.granted().order_by("household__ref", "kind", "purpose", "decided_on"),
        household="household__ref",
        kind="kind",
        purpose="purpose",
        decided_on="decided_on",
        paid_on="paid_on",
        amount="amount",
    )


def of_area(table: str, path: str = "", among: Collection[str] | None = None) -> Iterator[Row]:
    """Every row of a file of `tables.OF_AREAS`, or those whose household's or person's ref is among some."""
    reader, model = _OF_AREAS[table]
    found = model._default_manager.all()
    return reader(found if among is None else found.filter(**{f"{path}__in": among}))


def plans(found: QuerySet[IndividualPlan]) -> Iterator[PlanRow]:
    """Individual plans that were consented to, begun or not."""
    consented = found.filter(kind="individual", consented_on__isnull=False)
    return _rows(
        PlanRow,
        consented.order_by("person__ref", "consented_on"),
        person="person__ref",
        consented_on="consented_on",
        coordinator=_text("coordinator__username"),
        ended_on="ended_on",
    )


def evictions(found: QuerySet[EvictionCase]) -> Iterator[EvictionRow]:
    """Those that somebody has petitioned for: the file knows no others."""
    return _rows(
        EvictionRow,
        found.filter(petitioned_on__isnull=False).order_by("household__ref", "petitioned_on"),
        household="household__ref",
        petitioned_on="petitioned_on",
        outcome="status",
        ended_on="ended_on",
    )


def _rows(row: type[R], found: QuerySet[Any, Any], **attributes: str | Combinable) -> Iterator[R]:
    for pk, *values in found.values_list("pk", *attributes.values()).iterator(_AT_A_TIME):
        yield row(pk=pk, **dict(zip(attributes, values, strict=True)))


def _text(path: str | Combinable) -> Coalesce:
    """Empty where there is none."""
    return Coalesce(path, Value(""))


_OF_AREAS: dict[str, tuple[Callable[[Any], Iterator[Any]], type[Model]]] = {
    "benefits": (benefits, HousingAllowance),
    "refugees": (refugees, RefugeeSettlement),
    "loans": (loans, LoanCase),
}
