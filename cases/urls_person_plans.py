"""Persons' plans: of a household, one plan with its acts, a participant's own part, and a unit's list."""

from __future__ import annotations

from django.urls import path

from cases.views import person_plans, plan_acts, plan_copies, plan_part_acts, unit_plans

_PLAN = "plans/<int:plan_id>"
household = [
    path("plans", person_plans.person_plans, name="person_plans"),
    path("plans/offer", plan_acts.offer, name="offer_plan"),
    path("plans/family", person_plans.family_plan, name="family_plan"),
    path("plans/child-coordinator", plan_part_acts.child_coordinator, name="child_coordinator"),
    path(
        "plans/child-coordinator/<int:coordinator_id>/end",
        plan_part_acts.child_coordinator_end,
        name="end_child_coordinator",
    ),
    path(_PLAN, person_plans.person_plan, name="person_plan"),
    path(f"{_PLAN}/part", person_plans.plan_part, name="plan_part"),
    path(f"{_PLAN}/versions/<int:version>", person_plans.plan_version, name="plan_version"),
    path(f"{_PLAN}/decline", plan_acts.decline, name="decline_plan"),
    path(f"{_PLAN}/consent", plan_acts.consent, name="consent_to_plan"),
    path(f"{_PLAN}/consent/more", plan_acts.consent_more, name="consent_more"),
    path(f"{_PLAN}/consent/<int:consent_id>/withdraw", plan_acts.withdraw, name="withdraw_consent"),
    path(f"{_PLAN}/write", plan_acts.write, name="write_plan"),
    path(f"{_PLAN}/begin", plan_acts.begin, name="begin_plan"),
    path(f"{_PLAN}/revise", plan_acts.revise, name="revise_plan"),
    path(f"{_PLAN}/evaluate", plan_acts.evaluate, name="evaluate_plan"),
    path(f"{_PLAN}/end", plan_acts.end, name="end_plan"),
    path(f"{_PLAN}/participants/add", plan_acts.join, name="join_plan"),
    path(f"{_PLAN}/participants/<int:participant_id>/end", plan_acts.leave, name="leave_plan"),
    path(f"{_PLAN}/measures/add", plan_part_acts.measure, name="add_measure"),
    path(f"{_PLAN}/measures/<int:measure_id>", plan_part_acts.finish, name="finish_measure"),
    path(f"{_PLAN}/group", plan_part_acts.group, name="plan_group"),
    path(f"{_PLAN}/group/meeting", plan_part_acts.group_meeting, name="group_meeting"),
    path(f"{_PLAN}/group/end", plan_part_acts.group_end, name="end_group"),
    path(f"{_PLAN}/copy", plan_copies.copy, name="plan_copy"),
]
urlpatterns = [
    path("plans", unit_plans.unit_list, name="unit_plans"),
    path("plans/coordinating-unit", plan_part_acts.coordinating_unit, name="coordinating_unit"),
]
