"""Who comes out of a place on a known day, and refugees to be settled: of a household, and a unit's page."""

from __future__ import annotations

from django.urls import path

from cases.views import coming, unit_coming

household = [
    path("transitions", coming.transitions, name="transitions"),
    path("transitions/new/<slug:arrival_kind>", coming.plan, name="plan_transition"),
    path("transitions/<int:transition_id>", coming.change, name="change_transition"),
    path("transitions/<int:transition_id>/home", coming.home, name="prepare_home"),
    path("transitions/<int:transition_id>/no-home", coming.no_home, name="lose_place"),
    path("transitions/<int:transition_id>/came-home", coming.come_home, name="came_home"),
    path("transitions/<int:transition_id>/drop", coming.drop, name="drop_transition"),
    path("transitions/settlement", coming.settlement, name="register_settlement"),
    path("transitions/settlement/<int:settlement_id>", coming.settlement, name="change_settlement"),
]
urlpatterns = [path("arrivals", unit_coming.unit_coming, name="unit_coming")]
