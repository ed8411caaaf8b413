from people.models.employee import Employee, Language, Role, RoleGrant
from people.models.household import Household, Member, MemberRole
from people.models.journal import FormKey, JournalEntry
from people.models.municipality import Municipality
from people.models.person import SHIELDED, IdKind, Person, Protection
from people.models.responsibility import Assignment, AssignmentRole, Grant, GrantKind, Responsibility
from people.models.unit import Unit, UnitKind

__all__ = [
    "SHIELDED",
    "Assignment",
    "AssignmentRole",
    "Employee",
    "FormKey",
    "Grant",
    "GrantKind",
    "Household",
    "IdKind",
    "JournalEntry",
    "Language",
    "Member",
    "MemberRole",
    "Municipality",
    "Person",
    "Protection",
    "Responsibility",
    "Role",
    "RoleGrant",
    "Unit",
    "UnitKind",
]
