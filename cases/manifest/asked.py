"""Where a request went, and who answers for a household that services do not agree about."""

from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Given, Purpose, fields

_K2, K3, K4, K5, _K6 = DataClass

ASKED = (
    Entry(
        model="cases.Forwarding",
        title=_("Requests that were handed on"),
        household="household",
        period=("at",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "at"),
            (K4, Given.TEXT, "reason"),
            (K5, Given.PLACE, "from_unit to_unit to_body"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "household request"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.ResponsibilityDispute",
        title=_("Disputes about who is responsible"),
        household="household",
        period=("since",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "since decision"),
            (K3, Given.TO_THE_DAY_LEFT, "decided_at"),
            (K4, Given.TEXT, "about help_meanwhile decision_reason result"),
            (K5, Given.PLACE, "unit with_unit with_body"),
            (K3, Given.STAFF, "leader registered_by decided_by"),
            (K3, Given.SYSTEM, "registered_at"),
            (K3, Given.LINK, "household request"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
)
