"""What others asked by a day, and what was found to be lacking."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Given, Purpose, fields

K2, K3, K4, K5, K6 = DataClass

CONTROLLED = (
    Entry(
        model="cases.AuthorityLetter",
        title=_("What other authorities asked about you"),
        household="household",
        period=("received_on",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "authority received_on"),
            (K3, Given.TO_THE_DAY_LEFT, "due_on answered_on"),
            (K4, Given.TEXT, "asks answer"),
            (K3, Given.TEXT, "reference"),
            (K3, Given.STAFF, "registered_by answered_by"),
            (K3, Given.LINK, "household"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.AcceptedFinding",
        title=_("What was lacking in your case, and why it was let stand"),
        household="household",
        period=("at",),
        purpose=Purpose.FOLLOW_UP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "check_number since at"),
            (K3, Given.TO_THE_DAY_LEFT, "until withdrawn_on"),
            (K4, Given.TEXT, "reason"),
            (K3, Given.STAFF, "by withdrawn_by"),
            (K3, Given.LINK, "household subject_kind subject_id"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.Deviation",
        title=_("What went wrong in your case"),
        household="household",
        period=("reported_on",),
        purpose=Purpose.FOLLOW_UP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "found_by reported_on"),
            (K3, Given.TO_THE_DAY_LEFT, "due_on closed_on"),
            (K4, Given.TEXT, "what cause measure effect"),
            (K5, Given.PLACE, "unit"),
            (K3, Given.STAFF, "owner reported_by closed_by"),
            (K3, Given.LINK, "household"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.RuleObstacle",
        title=_("Rules that stood in the way of help to you"),
        household="household",
        period=("reported_on",),
        purpose=Purpose.FOLLOW_UP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "reported_on"),
            (K3, Given.TO_THE_DAY_LEFT, "sent_on answered_on"),
            (K4, Given.TEXT, "rule stopped better answer"),
            (K3, Given.TEXT, "sent_to"),
            (K5, Given.PLACE, "unit"),
            (K3, Given.STAFF, "reported_by"),
            (K3, Given.LINK, "household"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
)
