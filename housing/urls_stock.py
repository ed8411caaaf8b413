"""The pages of dwellings, buildings and homes to come."""

from django.urls import path

from housing.views import dwellings, planned

_ONE, _PLANNED = "dwellings/<int:dwelling_id>", "planned-homes/<int:planned_id>"

urlpatterns = [
    path("dwellings", dwellings.dwellings, name="dwellings"),
    path("dwellings/add", dwellings.add, name="add_dwelling"),
    path(_ONE, dwellings.dwelling, name="dwelling"),
    path(f"{_ONE}/change", dwellings.change, name="change_dwelling"),
    path(f"{_ONE}/rent", dwellings.rent, name="dwelling_rent"),
    path(f"{_ONE}/funding", dwellings.funding, name="dwelling_funding"),
    path(f"{_ONE}/log", dwellings.log, name="dwelling_log"),
    path(f"{_ONE}/log/<int:entry_id>", dwellings.mended, name="mend_dwelling"),
    path(f"{_ONE}/dispose", dwellings.disposal, name="dispose_dwelling"),
    path(f"{_ONE}/take-back", dwellings.take_back, name="take_back_disposal"),
    path("buildings", dwellings.buildings, name="buildings"),
    path("buildings/add", dwellings.building, name="add_building"),
    path("buildings/<int:building_id>", dwellings.building, name="change_building"),
    path("planned-homes", planned.planned_homes, name="planned_homes"),
    path("planned-homes/add", planned.plan, name="plan_home"),
    path(_PLANNED, planned.planned_home, name="planned_home"),
    path(f"{_PLANNED}/change", planned.change, name="change_planned_home"),
    path(f"{_PLANNED}/move-on", planned.next_step, name="move_on_planned_home"),
    path(f"{_PLANNED}/take-over", planned.taken_over, name="take_over_planned_home"),
    path(f"{_PLANNED}/drop", planned.dropped, name="drop_planned_home"),
    path(f"{_PLANNED}/neighbours", planned.neighbours, name="neighbour_dialogue"),
]
