"""What was lent and granted: start loans and grants, the conditions judged, and the economy that was assessed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.manifest.shapes import DataClass, Entry, Fate, Given, Purpose, fields

K2, K3, K4, K5, K6 = DataClass

LOANED = (
    Entry(
        model="cases.LoanDebt",
        title=_("Debts in an assessment"),
        household="assessment__loan__household",
        period=("assessment__made_on",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "kind balance payment is_secured is_refinanced"),
            (K3, Given.LINK, "assessment"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.LoanAssessment",
        title=_("Assessments of what the household can pay"),
        household="loan__household",
        period=("made_on",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "made_on adults"),
            (K6, Given.AS_IT_IS, "children_0_5 children_6_10 children_11_17"),
            (K3, Given.AS_IT_IS, "wages benefits child_benefit housing_allowance maintenance_in other_income"),
            (K3, Given.AS_IT_IS, "coming_income living_costs living_floor child_care maintenance_out other_costs"),
            (K3, Given.AS_IT_IS, "home_costs rent_now cost own_capital grant bank_loan home_value"),
            (K3, Given.AS_IT_IS, "policy_rate stress_rate offered_rate years interest_only_years"),
            (K3, Given.AS_IT_IS, "long_terms long_waiver left carried need ceiling"),
            (K4, Given.TEXT, "coming_because note"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "loan"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.LoanConditionMet",
        title=_("Conditions for a start loan, as judged"),
        household="loan__household",
        period=("judged_on",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "condition answer judged_on"),
            (K4, Given.AS_IT_IS, "exception"),
            (K4, Given.TEXT, "because"),
            (K3, Given.STAFF, "by"),
            (K3, Given.LINK, "loan"),
            (K3, Given.SYSTEM, "id"),
        ),
    ),
    Entry(
        model="cases.LoanCase",
        title=_("Start loans and grants"),
        household="household",
        period=("opened_on",),
        purpose=Purpose.DECISION,
        fate=Fate.DELETED,
        fields=fields(
            (K3, Given.AS_IT_IS, "kind purpose status opened_on startskudd_ref applied_on talk_on themes"),
            (K3, Given.AS_IT_IS, "debt_register_on decided_on amount expires_on bidding_on bought_on price"),
            (K3, Given.AS_IT_IS, "paid_on ended_on lapsed_because"),
            (K4, Given.TEXT, "child_interest note"),
            (K5, Given.PLACE, "unit"),
            (K5, Given.SYSTEM, "municipality"),
            (K3, Given.SYSTEM, "id"),
            (K3, Given.LINK, "household decision home"),
        ),
    ),
)
