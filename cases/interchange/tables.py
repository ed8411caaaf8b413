"""The files of the interface: their columns in order, what each cell may hold, and what makes a row the same one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from cases.interchange.rows import (
    AbsenceRow,
    BenefitRow,
    DwellingRow,
    EvictionRow,
    HouseholdRow,
    Key,
    LoanRow,
    MemberRow,
    PersonRow,
    PlanRow,
    ProviderRow,
    PublishedCellRow,
    RefugeeRow,
    ResidenceRow,
    Row,
    UnitRow,
)
from cases.interchange.values import CannotRead, Reader, code, day, municipality, number, plain, yes_no
from cases.models import AllowanceKind, AllowanceOutcome, EvictionStatus
from cases.models.loan_codes import LoanKind, LoanPurpose
from housing.models import Lease, ProviderKind, ResidenceKind, Tenure
from people.identification import NotIdentified, identify
from people.models import MemberRole, Protection, UnitKind

R = TypeVar("R", bound=Row)

_REF = plain(64)
#: the greatest that a small whole number in the database holds
_SMALL = 32_767
#: the greatest sum of money that it holds
_KRONER = 2_147_483_647


@dataclass(frozen=True)
class Column:
    """`empty` is the value of an empty cell, and of every cell of a column that is missing."""

    name: str
    read: Reader
    attribute: str = ""
    must: bool = False
    empty: object = ""

    @property
    def to(self) -> str:
        return self.attribute or self.name


@dataclass(frozen=True)
class Table(Generic[R]):
    name: str
    row: type[R]
    identity: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    def key(self, row: R) -> Key:
        """:raises Unread: when a cell of the identity could not be read"""
        return tuple(getattr(row, attribute) for attribute in self.identity)


def _national_id(text: str) -> str:
    """The bare digits. :raises CannotRead: saying which rule is broken, never the number"""
    try:
        return identify(text).number
    except NotIdentified as error:
        raise CannotRead(str(error.message)) from None


def _yes_or_nothing(text: str) -> bool | None:
    """Where no is what an empty cell says."""
    return yes_no(text) or None


def _day(name: str, attribute: str = "") -> Column:
    return Column(name, day, attribute, empty=None)


_HOUSEHOLD = Column("household", _REF, must=True)
_MUNICIPALITY = Column("municipality", municipality, must=True)
_FROM = Column("from", day, "starts_on", must=True)
_TO = _day("to", "ends_on")

UNITS = Table(
    "units",
    UnitRow,
    ("ref",),
    (
        Column("ref", _REF, must=True),
        _MUNICIPALITY,
        Column("name", plain(100), must=True),
        Column("kind", code(UnitKind.values), empty=UnitKind.NAV.value),
    ),
)
PERSONS = Table(
    "persons",
    PersonRow,
    ("ref",),
    (
        Column("ref", _REF, must=True),
        Column("national_id", _national_id),
        Column("name", plain(200)),
        Column("born_on", day, must=True),
        Column("protection", code(Protection.values), empty=Protection.NONE.value),
        _day("protection_from"),
        _day("protection_to"),
        Column("language", plain(20)),
    ),
)
HOUSEHOLDS = Table(
    "households",
    HouseholdRow,
    ("ref",),
    (
        Column("ref", _REF, must=True),
        Column("unit", _REF, must=True),
        _day("opened_on"),
        Column("split_from", _REF),
        _day("split_on"),
    ),
)
MEMBERS = Table(
    "members",
    MemberRow,
    ("household", "person", "starts_on"),
    (
        _HOUSEHOLD,
        Column("person", _REF, must=True),
        Column("role", code(MemberRole.values), must=True),
        _FROM,
        _TO,
    ),
)
PROVIDERS = Table(
    "providers",
    ProviderRow,
    ("ref",),
    (
        Column("ref", _REF, must=True),
        _MUNICIPALITY,
        Column("name", plain(100), must=True),
        Column("kind", code(ProviderKind.values), must=True),
        _day("quality_from"),
        _day("quality_to"),
    ),
)
DWELLINGS = Table(
    "dwellings",
    DwellingRow,
    ("ref",),
    (
        Column("ref", _REF, must=True),
        _MUNICIPALITY,
        Column("tenure", code(Tenure.values), must=True),
        Column("address", plain(200)),
        Column("area_m2", number(1, _SMALL), empty=None),
        Column("rooms", number(0, _SMALL), empty=None),
        Column("accessible", yes_no, "is_accessible", empty=None),
        Column("colocated", yes_no, "is_colocated", empty=None),
        Column("acquired_on", day, must=True),
        _day("disposed_on"),
    ),
)
RESIDENCES = Table(
    "residences",
    ResidenceRow,
    ("household", "starts_on"),
    (
        _HOUSEHOLD,
        Column("kind", code(ResidenceKind.values), must=True),
        _FROM,
        _TO,
        Column("provider", _REF),
        Column("dwelling", _REF),
        Column("lease", code(Lease.values)),
        _day("lease_to", "lease_ends_on"),
        Column("lease_reason", plain(300)),
        _day("planned_end"),
        Column("home_waits", yes_no, empty=None),
        Column("undisclosed", _yes_or_nothing, "is_undisclosed", empty=None),
    ),
)
ABSENCES = Table(
    "absences",
    AbsenceRow,
    ("household", "starts_on"),
    (
        _HOUSEHOLD,
        _FROM,
        _TO,
        Column("where", plain(100), must=True),
        Column("held", yes_no, "is_held", empty=None),
    ),
)

BENEFITS = Table(
    "benefits",
    BenefitRow,
    ("household", "kind", "applied_on"),
    (
        _HOUSEHOLD,
        Column("kind", code(AllowanceKind.values), must=True),
        Column("applied_on", day, must=True),
        _day("decided_on"),
        Column("outcome", code(AllowanceOutcome.values)),
        _day("from", "starts_on"),
        _TO,
    ),
)
REFUGEES = Table(
    "refugees",
    RefugeeRow,
    ("household", "decided_on"),
    (
        _HOUSEHOLD,
        Column("decided_on", day, must=True),
        _day("settled_on"),
        Column("unaccompanied_minor", yes_no, empty=False),
    ),
)

LOANS = Table(
    "loans",
    LoanRow,
    ("household", "kind", "purpose", "decided_on"),
    (
        _HOUSEHOLD,
        Column("kind", code(LoanKind.values), must=True),
        Column("purpose", code(LoanPurpose.values), must=True),
        Column("decided_on", day, must=True),
        _day("paid_on"),
        Column("amount", number(1, _KRONER), empty=None),
    ),
)

#: Files that tell of one matter of a household (cases.imports.areas).
OF_AREAS: tuple[Table[Any], ...] = (
    BENEFITS,
    REFUGEES,
    LOANS,
)
PLANS = Table(
    "plans",
    PlanRow,
    ("person", "consented_on"),
    (
        Column("person", _REF, must=True),
        Column("consented_on", day, must=True),
        Column("coordinator", plain(150)),
        _day("ended_on"),
    ),
)
EVICTIONS = Table(
    "evictions",
    EvictionRow,
    ("household", "petitioned_on"),
    (
        _HOUSEHOLD,
        Column("petitioned_on", day, must=True),
        Column("outcome", code(EvictionStatus.values), empty=EvictionStatus.OPEN.value),
        _day("ended_on"),
    ),
)
#: Years that figures may have been sent for.
_FIRST_SENT, _LAST_SENT = 1990, 2199
PUBLISHED_CELLS = Table(
    "published_cells",
    PublishedCellRow,
    ("municipality", "year", "cell"),
    (
        Column("municipality", municipality, must=True),
        Column("year", number(_FIRST_SENT, _LAST_SENT), must=True),
        Column("cell", plain(60), must=True),
        Column("value", number(0, _KRONER), must=True),
        Column("source", plain(200)),
    ),
)

#: In the order that errors are listed and files written in.
TABLES: tuple[Table[Any], ...] = (
    UNITS,
    PERSONS,
    HOUSEHOLDS,
    MEMBERS,
    PROVIDERS,
    DWELLINGS,
    RESIDENCES,
    ABSENCES,
    *OF_AREAS,
    PLANS,
    EVICTIONS,
    PUBLISHED_CELLS,
)
