"""Help to live in a home and housing allowance: of a household, and a unit's lists."""

from __future__ import annotations

from django.urls import path

from cases.views import allowances, follow_up, home_evaluation, unit_follow_up

household = [
    path("follow-up", follow_up.follow_up, name="follow_up"),
    path("follow-up/offer", follow_up.offer, name="offer_service"),
    path("follow-up/<int:service_id>/begin", follow_up.begin, name="begin_service"),
    path("follow-up/<int:service_id>/decline", follow_up.decline, name="decline_service"),
    path("follow-up/<int:service_id>/change", follow_up.change, name="change_service"),
    path("follow-up/<int:service_id>/end", follow_up.end, name="end_service"),
    path("follow-up/<int:service_id>/contact", follow_up.contact, name="log_contact"),
    path("follow-up/warning", home_evaluation.warn, name="see_warning"),
    path("follow-up/warning/<int:warning_id>", home_evaluation.handle, name="handle_warning"),
    path("follow-up/evaluate", home_evaluation.evaluate, name="evaluate_home"),
    path("allowance", allowances.allowance, name="allowance"),
    path("allowance/check", allowances.check, name="check_allowance"),
    path("allowance/apply", allowances.apply, name="apply_for_allowance"),
    path("allowance/<int:allowance_id>/answer", allowances.answer_to, name="answer_allowance"),
    path("allowance/<int:allowance_id>/end", allowances.end, name="end_allowance"),
]
urlpatterns = [
    path("follow-up", unit_follow_up.follow_ups, name="unit_follow_up"),
    path("allowances", unit_follow_up.allowances, name="unit_allowances"),
]
