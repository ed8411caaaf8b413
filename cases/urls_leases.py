"""Leases, deposits and guarantees, and help to rent: of a household, and a unit's list."""

from __future__ import annotations

from django.urls import path

from cases.views import lease_changes, leases, unit_leases

household = [
    path("leases", leases.leases, name="leases"),
    path("leases/tell", leases.tell, name="tell_lease"),
    path("leases/sign", leases.sign, name="sign_lease"),
    path("leases/<int:lease_id>/renew", leases.renew, name="renew_lease"),
    path("leases/<int:lease_id>/landlord", leases.write, name="write_to_landlord"),
    path("leases/<int:lease_id>/end", leases.end, name="end_lease"),
    path("leases/<int:lease_id>/notice", lease_changes.notice, name="give_notice"),
    path("leases/<int:lease_id>/notice/take-back", lease_changes.take_back_notice, name="take_back_notice"),
    path("leases/<int:lease_id>/rent", lease_changes.rent, name="set_rent"),
    path("leases/<int:lease_id>/security", lease_changes.security, name="give_security"),
    path("leases/security/<int:security_id>", lease_changes.settle, name="settle_security"),
    path("leases/help", lease_changes.help_noted, name="note_help"),
]
urlpatterns = [path("leases", unit_leases.unit_list, name="unit_leases")]
