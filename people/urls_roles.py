"""The pages of a unit's roles and clearances."""

from __future__ import annotations

from django.urls import path

from people.views import roles

urlpatterns = [
    path("roles", roles.roles, name="roles"),
    path("roles/<int:unit_id>", roles.unit_roles, name="unit_roles"),
    path("roles/<int:unit_id>/confirm", roles.confirm_all, name="confirm_roles"),
    path("roles/<int:unit_id>/add", roles.add, name="add_employee"),
    path("roles/<int:unit_id>/give", roles.give_by_name, name="give_role_by_name"),
    path("roles/<int:unit_id>/employees/<int:employee_id>", roles.holder, name="holder"),
    path("roles/<int:unit_id>/employees/<int:employee_id>/give", roles.give, name="give_role"),
    path("roles/<int:unit_id>/employees/<int:employee_id>/clear", roles.clear, name="give_clearance"),
    path("roles/<int:unit_id>/employees/<int:employee_id>/disable", roles.disable, name="disable_employee"),
    path("roles/<int:unit_id>/employees/<int:employee_id>/enable", roles.enable, name="enable_employee"),
    path("roles/<int:unit_id>/grants/<int:grant_id>/confirm", roles.confirm, name="confirm_role"),
    path("roles/<int:unit_id>/grants/<int:grant_id>/end", roles.end, name="end_role"),
    path("roles/<int:unit_id>/clearances/<int:clearance_id>/end", roles.unclear, name="end_clearance"),
]
