from people.models.alert import Alert, AlertKind, DutyContact, DutyHours
from people.models.clearance import Clearance, Disqualification, Relation
from people.models.employee import CONFIRMED_FOR, Employee, Language, Role, RoleGrant
from people.models.export import ExportEntry, ExportKind
from people.models.grant import CODED_REASONS, Grant, GrantKind
from people.models.household import Household, Member, MemberRole
from people.models.identity import Identity
from people.models.in_a_municipality import InAMunicipality
from people.models.journal import FormKey, JournalEntry
from people.models.log_control import FindingMark, FindingOutcome, LogControl
from people.models.municipality import Municipality
from people.models.person import SHIELDED, STRICT, IdKind, Person, Protection
from people.models.reading import Reading, Showing
from people.models.responsibility import (
    Assignment,
    AssignmentRole,
    CoResponsibility,
    Responsibility,
    SharingBasis,
    SharingPractice,
)
from people.models.seal import Seal, SealBasis
from people.models.special_note import SpecialClass, SpecialNote
from people.models.unit import Unit, UnitKind

__all__ = [
    "CODED_REASONS",
    "CONFIRMED_FOR",
    "SHIELDED",
    "STRICT",
    "Alert",
    "AlertKind",
    "Assignment",
    "AssignmentRole",
    "Clearance",
    "CoResponsibility",
    "Disqualification",
    "DutyContact",
    "DutyHours",
    "Employee",
    "ExportEntry",
    "ExportKind",
    "FindingMark",
    "FindingOutcome",
    "FormKey",
    "Grant",
    "GrantKind",
    "Household",
    "IdKind",
    "Identity",
    "InAMunicipality",
    "JournalEntry",
    "Language",
    "LogControl",
    "Member",
    "MemberRole",
    "Municipality",
    "Person",
    "Protection",
    "Reading",
    "Relation",
    "Responsibility",
    "Role",
    "RoleGrant",
    "Seal",
    "SealBasis",
    "SharingBasis",
    "SharingPractice",
    "Showing",
    "SpecialClass",
    "SpecialNote",
    "Unit",
    "UnitKind",
]
