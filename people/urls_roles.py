"""The pages of a unit's roles and clearances."""

from __future__ import annotations

from django.urls import path

from people.views import roles, roles_given

urlpatterns = [
    path("roles", roles.roles, name="roles"),
    path("roles/<int:unit_id>", roles.unit_roles, name="unit_roles"),
    path("roles/<int:unit_id>/confirm", roles.confirm_all, name="confirm_roles"),
    path("roles/<int:unit_id>/add", roles_given.add, name="add_employee"),
    path("roles/<int:unit_id>/give", roles_given.give_by_name, name="give_role_by_name"),
    path("roles/<int:unit_id>/employees/<int:employee_id>", roles.holder, name="holder"),
    path("roles/<int:unit_id>/employees/<int:employee_id>/give", roles_given.give, name="give_role"),
    path("roles/<int:unit_id>/employees/<int:employee_id>/clear", roles_given.clear, name="give_clearance"),
    path("roles/<int:unit_id>/employees/<int:employee_id>/disable", roles_given.disable, name="disable_employee"),
    path("roles/<int:unit_id>/employees/<int:employee_id>/enable", roles_given.enable, name="enable_employee"),
    path("roles/<int:unit_id>/grants/<int:grant_id>/confirm", roles.confirm, name="confirm_role"),
    path("roles/<int:unit_id>/grants/<int:grant_id>/end", roles_given.end, name="end_role"),
    path("roles/<int:unit_id>/clearances/<int:clearance_id>/end", roles_given.unclear, name="end_clearance"),
]
