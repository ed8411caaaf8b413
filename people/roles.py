"""What each role may do, in code one can read as a policy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models.employee import Role


class Permission(StrEnum):
    # of one household: what its sight gives, if the role has it
    VIEW_MINIMUM = "view_minimum"
    VIEW_SUMMARY = "view_summary"
    VIEW_HOUSEHOLD = "view_household"
    VIEW_WHEREABOUTS = "view_whereabouts"
    VIEW_SPECIAL = "view_special"
    CHANGE_HOUSEHOLD = "change_household"
    MAKE_PLAN = "make_plan"
    PLACE_AGAINST_APPROVAL = "place_against_approval"
    REVIEW_BREACHES = "review_breaches"
    ASSIGN_OTHERS = "assign_others"
    APPROVE_DECISIONS = "approve_decisions"
    # of a unit
    LEAD = "lead"
    USE_EMERGENCY_DOOR = "use_emergency_door"
    UNMASK = "unmask"
    VIEW_UNIT = "view_unit"
    VIEW_FIGURES = "view_figures"
    ASK_FOR_CORRECTION = "ask_for_correction"
    EXPORT = "export"
    MANAGE_PROVIDERS = "manage_providers"
    MANAGE_DWELLINGS = "manage_dwellings"
    GIVE_ROLES = "give_roles"
    GIVE_TOKENS = "give_tokens"
    CONTROL_READINGS = "control_readings"
    OPEN_INSPECTIONS = "open_inspections"
    INSPECT = "inspect"
    ANSWER_RIGHTS = "answer_rights"
    DESTROY = "destroy"
    KEEP_ARCHIVE = "keep_archive"


#: What each permission lets one do, as the policy's page says it.
PERMISSION_WORDS: dict[Permission, str | Promise] = {
    Permission.VIEW_MINIMUM: _("See the minimum of a case on the agenda or in the plan"),
    Permission.VIEW_SUMMARY: _("See header, tonight, owner and deadlines of the unit's cases"),
    Permission.VIEW_HOUSEHOLD: _("Read whole cases: own ones, and the unit's with a reason"),
    Permission.VIEW_WHEREABOUTS: _("See address, provider and room, where they are not masked"),
    Permission.VIEW_SPECIAL: _("Read special notes of own cases, and of the unit's with a reason"),
    Permission.CHANGE_HOUSEHOLD: _("Change own cases, and the unit's with a reason"),
    Permission.MAKE_PLAN: _("Make and follow plans"),
    Permission.PLACE_AGAINST_APPROVAL: _("Place a child where the approval has lapsed"),
    Permission.REVIEW_BREACHES: _("Review stays beyond three months, and sign the month"),
    Permission.ASSIGN_OTHERS: _("Give a case to a colleague"),
    Permission.APPROVE_DECISIONS: _("Approve a decision that somebody else has written"),
    Permission.LEAD: _("Read all cases of the unit, and be told of alerts"),
    Permission.USE_EMERGENCY_DOOR: _("Open another unit's case for an hour in an emergency"),
    Permission.UNMASK: _("Decide that somebody is no longer masked"),
    Permission.VIEW_UNIT: _("See the unit's lists"),
    Permission.VIEW_FIGURES: _("See figures, and the cases behind them without names"),
    Permission.ASK_FOR_CORRECTION: _("Ask the unit to correct a case behind a figure"),
    Permission.EXPORT: _("Export lists, registered and with a quota"),
    Permission.MANAGE_PROVIDERS: _("Keep providers and rooms"),
    Permission.MANAGE_DWELLINGS: _("Keep dwellings, agreements and planned homes"),
    Permission.GIVE_ROLES: _("Give, confirm and end roles and clearances"),
    Permission.GIVE_TOKENS: _("Give and withdraw keys by which other systems fetch published figures"),
    Permission.CONTROL_READINGS: _("Control who has read what"),
    Permission.OPEN_INSPECTIONS: _("Open an inspection"),
    Permission.INSPECT: _("Read the cases of an inspection's sample"),
    Permission.ANSWER_RIGHTS: _("Answer requests for access, correction and sealing"),
    Permission.KEEP_ARCHIVE: _("Watch what goes to the archive, by number alone"),
    Permission.DESTROY: _("Propose or approve what is to be destroyed; always two persons"),
}


@dataclass(frozen=True)
class RolePolicy:
    """One role: the code it is stored by, what it is for, and what it may do at its unit."""

    role: Role
    description: str | Promise
    permissions: frozenset[Permission]


_PARTICIPATION = frozenset({Permission.VIEW_MINIMUM})
_READING = _PARTICIPATION | {
    Permission.VIEW_SUMMARY,
    Permission.VIEW_HOUSEHOLD,
    Permission.VIEW_WHEREABOUTS,
    Permission.VIEW_SPECIAL,
    Permission.VIEW_FIGURES,
}
_CASEWORK = _READING | {
    Permission.CHANGE_HOUSEHOLD,
    Permission.MAKE_PLAN,
    Permission.USE_EMERGENCY_DOOR,
    Permission.VIEW_UNIT,
    Permission.MANAGE_PROVIDERS,
    Permission.MANAGE_DWELLINGS,
    Permission.ANSWER_RIGHTS,
}

POLICIES: dict[Role, RolePolicy] = {
    policy.role: policy
    for policy in (
        RolePolicy(
            Role.CASEWORKER,
            _(
                "Meets households, places them and follows them home. Reads and writes own cases; of the unit's others "
                "sees header, tonight, owner and deadlines, and the rest with a coded reason."
            ),
            _CASEWORK,
        ),
        RolePolicy(
            Role.TEAM_LEADER,
            _(
                "Reads the unit's cases, watches the limits, assigns, answers for exceptions and controls what was "
                "read. Changes a case that is not the leader's own with a coded reason."
            ),
            _CASEWORK
            | {
                Permission.PLACE_AGAINST_APPROVAL,
                Permission.REVIEW_BREACHES,
                Permission.ASSIGN_OTHERS,
                Permission.APPROVE_DECISIONS,
                Permission.LEAD,
                Permission.UNMASK,
                Permission.EXPORT,
                Permission.CONTROL_READINGS,
                Permission.OPEN_INSPECTIONS,
                Permission.DESTROY,
                Permission.KEEP_ARCHIVE,
            },
        ),
        RolePolicy(
            Role.PLAN_COORDINATOR,
            _("Makes and follows plans. Reads the cases they coordinate, and of the unit's others the header."),
            _READING | {Permission.MAKE_PLAN},
        ),
        RolePolicy(
            Role.MEETING_PARTICIPANT,
            _("Takes part in meetings and plans. Sees the minimum of the cases on the agenda, nothing else."),
            _PARTICIPATION,
        ),
        RolePolicy(
            Role.REPORTER,
            _("Reports figures; sees which cases are behind them, without names, and can ask for a correction."),
            frozenset({Permission.VIEW_FIGURES, Permission.ASK_FOR_CORRECTION, Permission.EXPORT}),
        ),
        RolePolicy(
            Role.AUDITOR,
            _("Inspects for statsforvalteren; reads the cases of the inspection's sample, and nothing else."),
            frozenset(
                {
                    Permission.INSPECT,
                    Permission.VIEW_SUMMARY,
                    Permission.VIEW_WHEREABOUTS,
                    Permission.VIEW_SPECIAL,
                    Permission.VIEW_FIGURES,
                }
            ),
        ),
        RolePolicy(
            Role.OPERATIONS,
            _("Keeps the system running; sees no household."),
            frozenset({Permission.KEEP_ARCHIVE, Permission.GIVE_TOKENS}),
        ),
        RolePolicy(
            Role.UNIT_ADMINISTRATOR,
            _("Gives, confirms and ends roles and clearances at the unit; sees no household."),
            frozenset({Permission.GIVE_ROLES, Permission.GIVE_TOKENS, Permission.DESTROY}),
        ),
    )
}


def roles_with(permission: Permission) -> list[Role]:
    """The roles whose policy holds the permission."""
    return [role for role, policy in POLICIES.items() if permission in policy.permissions]
