"""The access policy as it can be read: roles, permissions, and how much each kind of employee sees of each class.

Nothing here is written by hand twice: the table of sights asks `decide`.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.decision import Facts, Grade, Level, Sight, decide
from people.models import Role
from people.roles import PERMISSION_WORDS, POLICIES, Permission

_AT_UNIT = {"follows": True, "at_unit": True}

#: Who asks, in the order of the page; the facts that make them so.
VIEWERS: list[tuple[str | Promise, dict[str, bool]]] = [
    (_("On the case"), {**_AT_UNIT, "assigned": True}),
    (_("On the case, cleared"), {**_AT_UNIT, "assigned": True, "cleared": True}),
    (_("Same unit, nobody is responsible"), {**_AT_UNIT, "unowned": True}),
    (_("Same unit"), _AT_UNIT),
    (_("Same unit, with a coded reason"), {**_AT_UNIT, "reason": True}),
    (_("Leader of the unit"), {**_AT_UNIT, "leads": True}),
    (_("Leader of the unit, cleared"), {**_AT_UNIT, "leads": True, "cleared": True}),
    (_("Other unit"), {"follows": True}),
    (_("Other unit, through the emergency door"), {"follows": True, "emergency": True}),
    (_("Special unit"), {"follows": True, "special_unit": True}),
    (_("Participant in a meeting or a plan"), {"participates": True}),
    (_("Auditor, in the sample"), {"sampled": True}),
    (_("Auditor, in the sample, cleared"), {"sampled": True, "cleared": True}),
    (_("Auditor, having named the case"), {"sampled": True, "named": True}),
    (_("Party to the case, or related"), {**_AT_UNIT, "assigned": True, "party": True}),
    (_("Reporter, operations, unit administrator"), {}),
]

GRADES: dict[Grade, str | Promise] = {
    Grade.OPEN: _("Open (K3)"),
    Grade.CONFIDENTIAL: _("Confidential address, own employee (K5)"),
    Grade.STRICT: _("Strictly confidential address (K6)"),
}

_LEVELS: dict[Level, str | Promise] = {
    Level.NOTHING: _("nothing"),
    Level.MINIMUM: _("the minimum"),
    Level.SUMMARY: _("header, tonight, owner, deadlines"),
    Level.FULL: _("the case"),
}


@dataclass(frozen=True)
class RoleRow:
    """One role with everything it may do, in words."""

    role: Role
    description: str
    permissions: list[str]


@dataclass(frozen=True)
class SightRow:
    """What one kind of viewer sees of each class, in the order of `GRADES`."""

    viewer: str
    sights: list[str]


def role_rows() -> list[RoleRow]:
    """Every role in its order, permissions in theirs."""
    return [
        RoleRow(
            role,
            str(policy.description),
            [str(PERMISSION_WORDS[one]) for one in Permission if one in policy.permissions],
        )
        for role, policy in POLICIES.items()
    ]


def sight_rows() -> list[SightRow]:
    """What `decide` gives to each viewer of each class."""
    return [
        SightRow(str(viewer), [in_words(decide(Facts(grade=grade, **facts))) for grade in GRADES])
        for viewer, facts in VIEWERS
    ]


def in_words(sight: Sight) -> str:
    """How much a sight shows, in one line."""
    words = [str(_LEVELS[sight.level])]
    if sight.level is Level.FULL:
        words.append(gettext("read and write") if sight.writes else gettext("read"))
        if sight.special:
            words.append(gettext("special notes too"))
    if sight.level > Level.MINIMUM:
        if not sight.whereabouts:
            words.append(gettext("no whereabouts"))
        if not sight.ages:
            words.append(gettext("no ages"))
        if not sight.listed:
            words.append(gettext("in no list"))
    return ", ".join(words)


def document() -> str:
    """docs/access-policy.md, in English."""
    lines = [
        "# Access policy",
        "",
        "Written by `manage.py access_policy` from `people/roles.py` and `people/decision.py`; a test compares. Do not",
        "edit by hand.",
        "",
        "## Roles",
        "",
        "A role is given at a unit, from a day, with a reason and by somebody, and lapses when nobody has confirmed it",
        "for a year. What one may not see does not exist: the answer is 404.",
        "",
    ]
    for row in role_rows():
        lines += [f"### {row.role.label}", "", row.description, ""]
        lines += [*(f"- {permission}" for permission in row.permissions), *([""] if row.permissions else [])]
    lines += ["## Who sees how much of a household", ""]
    lines += [f"| | {' | '.join(str(label) for label in GRADES.values())} |", "|---" * (len(GRADES) + 1) + "|"]
    lines += [f"| {row.viewer} | {' | '.join(row.sights)} |" for row in sight_rows()]
    lines += [
        "",
        "A sealed household is seen by nobody. Masking lasts from the protection's first day until a person decides on",
        "unmasking, and covers all history meanwhile. Figures count everybody; lists show what one may see.",
        "",
    ]
    return "\n".join(lines)
