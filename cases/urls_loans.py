"""Start loans and grants: of a household, and a unit's list."""

from __future__ import annotations

from django.urls import path

from cases.views import loan_course, loans

household = [
    path("loans", loans.loans, name="loans"),
    path("loans/new", loans.consider, name="consider_loan"),
    path("loans/<int:loan_id>", loans.loan, name="loan"),
    path("loans/<int:loan_id>/applied", loans.applied, name="apply_for_loan"),
    path("loans/<int:loan_id>/explain", loans.explain, name="explain_loan"),
    path("loans/<int:loan_id>/judge", loans.judge, name="judge_loan"),
    path("loans/<int:loan_id>/assess", loans.assess, name="assess_loan"),
    path("loans/<int:loan_id>/bid", loan_course.bid, name="bid_with_loan"),
    path("loans/<int:loan_id>/bid/end", loan_course.end_bidding, name="end_bidding"),
    path("loans/<int:loan_id>/purchase", loan_course.purchase, name="buy_with_loan"),
    path("loans/<int:loan_id>/purchase/end", loan_course.end_purchase, name="end_purchase"),
    path("loans/<int:loan_id>/pay", loan_course.pay, name="pay_out_loan"),
    path("loans/<int:loan_id>/prolong", loan_course.prolong, name="prolong_commitment"),
    path("loans/<int:loan_id>/lapse", loan_course.lapse, name="lapse_loan"),
]
urlpatterns = [path("loans", loan_course.unit_list, name="unit_loans")]
