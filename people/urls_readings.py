"""The pages of the read log and of the register of exports."""

from __future__ import annotations

from django.urls import path

from people.views import readings

urlpatterns = [
    path("read-log", readings.my_readings, name="my_readings"),
    path("read-log/employees", readings.employees, name="employees_readings"),
    path("read-log/employees/<int:employee_id>", readings.employee_readings, name="employee_readings"),
    path("households/<uuid:key>/read-log", readings.household_readings, name="household_readings"),
    path("households/<uuid:key>/read-log/export", readings.export_household_readings, name="export_readings"),
    path("exports", readings.exports, name="exports"),
]
