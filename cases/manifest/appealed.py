"""How decisions were told, and what was appealed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Given, Purpose, fields

K2, K3, K4, K5, K6 = DataClass

APPEALED = (
    Entry(
        model="cases.Notice",
        title=_("How decisions were told"),
        person="person",
        household="household",
        period=("reached_on",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "way sent_on reached_on is_presumed"),
            (K4, Given.TEXT, "note struck_because"),
            (K3, Given.STAFF, "registered_by struck_by"),
            (K3, Given.SYSTEM, "recipient_standing registered_at struck_at id"),
            (K3, Given.LINK, "household decision dismissal document person representative"),
        ),
    ),
    Entry(
        model="cases.ReasonsRequest",
        title=_("Requests for reasons"),
        person="person",
        household="household",
        period=("asked_on",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "channel asked_on due_on"),
            (K3, Given.TO_THE_DAY_LEFT, "answered_on reached_on"),
            (K4, Given.TEXT, "reasons"),
            (K3, Given.STAFF, "registered_by answered_by"),
            (K3, Given.SYSTEM, "registered_at id"),
            (K3, Given.LINK, "household decision person"),
        ),
    ),
    Entry(
        model="cases.Suspension",
        title=_("Decisions that were to wait"),
        household="household",
        period=("asked_on",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "asked_on is_granted"),
            (K3, Given.TO_THE_DAY_LEFT, "until decided_on"),
            (K4, Given.TEXT, "asked_because reason"),
            (K3, Given.STAFF, "registered_by decided_by"),
            (K3, Given.SYSTEM, "registered_at id"),
            (K3, Given.LINK, "household decision"),
        ),
    ),
    Entry(
        model="cases.Appeal",
        title=_("Appeals"),
        household="household",
        period=("received_on",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "status channel posted_on received_on appellant is_signed last_day excuse"),
            (K3, Given.TO_THE_DAY_LEFT, "acknowledged_on changed_on forwarded_on answered_on carried_out_on"),
            (K3, Given.TO_THE_DAY_LEFT, "dismissed_on withdrawn_on closed_on"),
            (K3, Given.AS_IT_IS, "answer consequence dismissed_because"),
            (K4, Given.TEXT, "against excuse_reason facts conclusion changes answer_reason carried_out"),
            (K4, Given.TEXT, "dismissal_reason withdrawn_because"),
            (K3, Given.OTHERS, "appellant_name"),
            (K5, Given.PLACE, "unit"),
            (K3, Given.STAFF, "registered_by assessed_by"),
            (K3, Given.SYSTEM, "registered_at absolute_day acknowledge_by due_on consequence_due_on"),
            (K3, Given.SYSTEM, "answer_reference id"),
            (K5, Given.SYSTEM, "lodged_with"),
            (K3, Given.LINK, "household case decision dismissal person representative paper new_decision statement"),
            (K3, Given.LINK, "answer_paper outcome_letter"),
        ),
    ),
    Entry(
        model="cases.AppealGround",
        title=_("Grounds of appeals"),
        household="appeal__household",
        period=("appeal__received_on",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "number"),
            (K4, Given.TEXT, "text assessment"),
            (K3, Given.LINK, "appeal"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.AppealDocument",
        title=_("Documents that went with an appeal"),
        household="appeal__household",
        period=("dated",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "number title dated"),
            (K3, Given.LINK, "appeal"),
            (K3, Given.SYSTEM, "source id"),
        ),
    ),
    Entry(
        model="cases.AppealHandedOn",
        title=_("Appeals that were handed on"),
        household="household",
        period=("received_on",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "received_on at"),
            (K4, Given.TEXT, "about reason"),
            (K5, Given.PLACE, "to_unit to_body"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "household"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
)
