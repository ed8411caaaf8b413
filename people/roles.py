"""What each role may do, in code one can read as a policy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models.employee import Role


class Permission(StrEnum):
    VIEW_HOUSEHOLD = "view_household"
    CHANGE_HOUSEHOLD = "change_household"
    MAKE_PLAN = "make_plan"
    PLACE_AGAINST_APPROVAL = "place_against_approval"
    REVIEW_BREACHES = "review_breaches"
    ASSIGN_OTHERS = "assign_others"
    VIEW_UNIT = "view_unit"
    VIEW_FIGURES = "view_figures"
    MANAGE_PROVIDERS = "manage_providers"


@dataclass(frozen=True)
class RolePolicy:
    """One role: the code it is stored by, what it is for, and what it may do at its unit."""

    role: Role
    description: str | Promise
    permissions: frozenset[Permission]


_CASEWORK = frozenset(
    {
        Permission.VIEW_HOUSEHOLD,
        Permission.CHANGE_HOUSEHOLD,
        Permission.MAKE_PLAN,
        Permission.VIEW_UNIT,
        Permission.VIEW_FIGURES,
        Permission.MANAGE_PROVIDERS,
    }
)

POLICIES: dict[Role, RolePolicy] = {
    policy.role: policy
    for policy in (
        RolePolicy(Role.CASEWORKER, _("Meets households, places them and follows them home."), _CASEWORK),
        RolePolicy(
            Role.TEAM_LEADER,
            _("Does what a caseworker does, watches the limits, assigns, and answers for exceptions."),
            _CASEWORK | {Permission.PLACE_AGAINST_APPROVAL, Permission.REVIEW_BREACHES, Permission.ASSIGN_OTHERS},
        ),
        RolePolicy(
            Role.PLAN_COORDINATOR,
            _("Makes and follows housing plans."),
            frozenset({Permission.VIEW_HOUSEHOLD, Permission.MAKE_PLAN, Permission.VIEW_FIGURES}),
        ),
        RolePolicy(
            Role.REPORTER,
            _("Reports figures; sees which cases are behind them, without names."),
            frozenset({Permission.VIEW_FIGURES}),
        ),
        RolePolicy(
            Role.AUDITOR,
            _("Inspects; sees figures and which cases are behind them, without names."),
            frozenset({Permission.VIEW_FIGURES}),
        ),
        RolePolicy(Role.OPERATIONS, _("Keeps the system running; sees no household."), frozenset()),
        RolePolicy(Role.UNIT_ADMINISTRATOR, _("Gives roles at the unit; sees no household."), frozenset()),
    )
}
