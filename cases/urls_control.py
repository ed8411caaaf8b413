"""The leadership's own control."""

from __future__ import annotations

from django.urls import path

from cases.views import control

urlpatterns = [
    path("control", control.control, name="control"),
    path("control/deviations/new", control.note_deviation, name="note_deviation"),
    path("control/deviations/<int:deviation_id>", control.deviation, name="deviation"),
    path("control/reviews/new", control.add_review, name="add_review"),
    path("control/reviews/<int:review_id>", control.review_again, name="review_again"),
    path("control/rules/<int:obstacle_id>", control.obstacle, name="obstacle"),
    path("households/<uuid:key>/deviation", control.report_deviation, name="report_deviation"),
    path("households/<uuid:key>/rule-in-the-way", control.report_obstacle, name="report_obstacle"),
]
