"""The help to live in a home, how it goes there, and the allowance towards its cost."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Given, Purpose, fields

K2, K3, K4, K5, K6 = DataClass

FOLLOWING = (
    Entry(
        model="cases.FollowUpService",
        title=_("Follow-up services"),
        household="household",
        period=("offered_on", "ends_on"),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K4, Given.IF_ALONE, "kind given_by declined_because ended_note"),
            (K3, Given.AS_IT_IS, "offered_on starts_on intensity hours_a_week"),
            (K3, Given.TO_THE_DAY_LEFT, "declined_on ends_on"),
            (K3, Given.IF_ALONE, "ended_because"),
            (K3, Given.LINK, "household"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.FollowUpContact",
        title=_("Contact with follow-up services"),
        household="service__household",
        period=("on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "on kind outcome"),
            (K4, Given.TEXT, "note"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "service"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.FollowUpEvaluation",
        title=_("How it goes in the home"),
        household="household",
        period=("held_on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "moved_in_on months held_on how"),
            (K4, Given.TEXT, "user_view next_steps"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "household"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.FidelityScore",
        title=_("How far the help is Housing First"),
        household="evaluation__household",
        period=("evaluation__held_on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K4, Given.AS_IT_IS, "point score"),
            (K3, Given.LINK, "evaluation"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.EarlyWarning",
        title=_("Signs that the home may be lost"),
        household="household",
        period=("seen_on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K4, Given.IF_ALONE, "sign"),
            (K3, Given.AS_IT_IS, "seen_on"),
            (K3, Given.TO_THE_DAY_LEFT, "handled_on"),
            (K4, Given.TEXT, "note handled_how"),
            (K4, Given.OTHERS, "told_by"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "household"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.HousingAllowance",
        title=_("Housing allowance"),
        household="household",
        period=("applied_on", "ends_on"),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "applied_on outcome starts_on"),
            (K3, Given.TO_THE_DAY_LEFT, "decided_on ends_on"),
            (K3, Given.TEXT, "note"),
            (K3, Given.LINK, "household"),
            (K5, Given.SYSTEM, "municipality"),
            (K3, Given.SYSTEM, "kind id"),
        ),
    ),
    Entry(
        model="cases.AllowanceCheck",
        title=_("Whether you may be entitled to housing allowance"),
        household="household",
        period=("on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "on finding"),
            (K3, Given.TEXT, "because"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "household"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
)
