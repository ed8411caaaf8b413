"""The pages of notices and appeals."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from cases.views import appeal_list, appeals, notices, reconsidering

#: Under the household.
household: list[URLPattern | URLResolver] = [
    path("decisions/<int:decision_id>/notice", notices.register, name="register_notice"),
    path("notices/<int:notice_id>/correct", notices.correct, name="correct_notice"),
    path("decisions/<int:decision_id>/reasons", notices.ask_reasons, name="ask_reasons"),
    path("reasons/<int:reasons_id>", notices.reasons, name="give_reasons"),
    path("decisions/<int:decision_id>/wait", notices.suspend, name="suspend_decision"),
    path("suspensions/<int:suspension_id>", notices.suspension, name="decide_suspension"),
    path("decisions/<int:decision_id>/appeal", appeals.lodge, name="lodge_appeal"),
    path("appeals", appeals.appeals, name="household_appeals"),
    path("appeals/hand-on", appeals.hand_on_appeal, name="hand_on_appeal"),
    path("appeals/<int:appeal_id>", appeals.appeal, name="appeal"),
    path("appeals/<int:appeal_id>/tell", appeals.tell, name="acknowledge_appeal"),
    path("appeals/<int:appeal_id>/take-up", appeals.take, name="take_up_appeal"),
    path("appeals/<int:appeal_id>/dismiss", appeals.dismiss, name="dismiss_appeal"),
    path("appeals/<int:appeal_id>/withdraw", appeals.withdraw, name="withdraw_appeal"),
    path("appeals/<int:appeal_id>/assess", reconsidering.assess, name="assess_appeal"),
    path("appeals/<int:appeal_id>/change", reconsidering.change, name="change_on_appeal"),
    path("appeals/<int:appeal_id>/change-part", reconsidering.change_part, name="change_in_part"),
    path("appeals/<int:appeal_id>/forward", reconsidering.forward, name="forward_appeal"),
    path("appeals/<int:appeal_id>/answer", appeals.answered, name="answer_appeal"),
    path("appeals/<int:appeal_id>/carry-out", appeals.follow, name="carry_out_appeal"),
]
urlpatterns: list[URLPattern | URLResolver] = [path("appeals", appeal_list.appeal_list, name="appeals")]
