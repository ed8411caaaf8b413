"""What somebody was told while waiting, and what they were asked for."""

from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Given, Purpose, fields

_K2, K3, K4, _K5, _K6 = DataClass

LETTERED = (
    Entry(
        model="cases.AnswerDelay",
        title=_("Letters about when an answer comes"),
        household="household",
        period=("sent_on",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "kind sent_on expected_by"),
            (K4, Given.TEXT, "reason"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "household request document"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.InformationRequest",
        title=_("Information that was asked for"),
        household="household",
        period=("sent_on",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "sent_on answer_by"),
            (K3, Given.TO_THE_DAY_LEFT, "answered_on"),
            (K4, Given.TEXT, "needed why consequence"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "household request document"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.ReasonSource",
        title=_("What the reason of a decision rests on"),
        household="decision__household",
        period=("at",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "kind at"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "decision ref"),
            (K3, Given.SYSTEM, "id part sentence"),
        ),
    ),
)
