"""Evictions to avert and the way to owning: of a household, and a unit's lists."""

from __future__ import annotations

from django.urls import path

from cases.views import evictions, owning, unit_evictions, unit_owning

household = [
    path("evictions", evictions.evictions, name="evictions"),
    path("evictions/register", evictions.register, name="register_eviction"),
    path("evictions/<int:eviction_id>", evictions.eviction, name="eviction"),
    path("evictions/<int:eviction_id>/change", evictions.change, name="change_eviction"),
    path("evictions/<int:eviction_id>/contact", evictions.contact, name="eviction_contact"),
    path("evictions/<int:eviction_id>/measure", evictions.measure, name="eviction_measure"),
    path("evictions/measures/<int:eviction_measure_id>", evictions.result, name="measure_result"),
    path("evictions/<int:eviction_id>/averted", evictions.avert, name="avert_eviction"),
    path("evictions/<int:eviction_id>/withdrawn", evictions.withdraw, name="withdraw_eviction"),
    path("evictions/<int:eviction_id>/carried-out", evictions.carry_out, name="carry_out_eviction"),
    path("owning", owning.owning, name="owning"),
    path("owning/agree", owning.agree, name="agree_to_own"),
    path("owning/<int:owning_id>/payment", owning.payment, name="owning_payment"),
    path("owning/<int:owning_id>/potential", owning.potential, name="owning_potential"),
    path("owning/<int:owning_id>/step", owning.step, name="purchase_step"),
    path("owning/<int:owning_id>/ready", owning.ready, name="owning_ready"),
    path("owning/<int:owning_id>/saving", owning.saving, name="owning_saving"),
    path("owning/<int:owning_id>/purchase", owning.buy, name="owning_purchase"),
    path("owning/<int:owning_id>/rescue", owning.rescued, name="owning_rescue"),
    path("owning/<int:owning_id>/talk", owning.talk, name="owning_talk"),
    path("owning/<int:owning_id>/end", owning.end, name="end_owning"),
]
urlpatterns = [
    path("evictions", unit_evictions.unit_list, name="unit_evictions"),
    path("owning", unit_owning.unit_list, name="unit_owning"),
]
