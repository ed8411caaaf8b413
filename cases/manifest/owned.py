"""The way to owning a home, and what was done when a home could be lost."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Given, Purpose, fields

K2, K3, K4, K5, K6 = DataClass

OWNED = (
    Entry(
        model="cases.EvictionCase",
        title=_("Evictions, and what was done against them"),
        household="household",
        period=("learnt_on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "notice_from because learnt_on petitioned_on planned_on amount_owed status"),
            (K3, Given.TO_THE_DAY_LEFT, "ended_on"),
            (K4, Given.TEXT, "note outcome_note"),
            (K3, Given.LINK, "household need"),
            (K5, Given.SYSTEM, "municipality"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.EvictionContact",
        title=_("Tries to reach you about an eviction"),
        household="eviction__household",
        period=("on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "on way reached"),
            (K4, Given.TEXT, "note"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "eviction"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.EvictionMeasure",
        title=_("Measures against an eviction"),
        household="eviction__household",
        period=("starts_on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "kind starts_on amount result"),
            (K3, Given.TO_THE_DAY_LEFT, "result_on"),
            (K4, Given.TEXT, "note"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "eviction"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.OwningAgreement",
        title=_("Agreements to buy a home"),
        household="household",
        period=("agreed_on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "way status agreed_on option_price option_until years saves_a_month saves_in_all"),
            (K3, Given.AS_IT_IS, "buy_back_price buy_back_until price_paid"),
            (K3, Given.TO_THE_DAY_LEFT, "purchased_on ended_on"),
            (K3, Given.IF_ALONE, "ended_because"),
            (K4, Given.TEXT, "ended_note"),
            (K3, Given.LINK, "household tenancy home"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.OwningPayment",
        title=_("Savings and rent on the way to owning"),
        household="agreement__household",
        period=("month",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "kind month amount"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "agreement"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.OwningPotential",
        title=_("How we saw your chance to buy"),
        household="agreement__household",
        period=("made_on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "made_on"),
            (K4, Given.TEXT, "summary"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "agreement"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.PotentialPoint",
        title=_("Why we saw it so"),
        household="potential__agreement__household",
        period=("potential__made_on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "criterion points"),
            (K4, Given.TEXT, "reason"),
            (K3, Given.LINK, "potential"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.PurchaseStepDone",
        title=_("Steps to buying a home"),
        household="agreement__household",
        period=("done_on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "step done_on"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "agreement"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.OwningRescue",
        title=_("Help to keep a home that was bought"),
        household="agreement__household",
        period=("starts_on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "kind starts_on"),
            (K3, Given.TO_THE_DAY_LEFT, "ends_on"),
            (K4, Given.TEXT, "note"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "agreement"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.OwningContact",
        title=_("Talks with you after you bought"),
        household="agreement__household",
        period=("on",),
        purpose=Purpose.HELP,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "on pays"),
            (K4, Given.TEXT, "note"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "agreement"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
)
