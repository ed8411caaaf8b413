"""The pages of agreements with landlords, and of a tenant who buys."""

from django.urls import path

from cases.views import agreements, buying

household = [path("buy", buying.buy, name="buy_home")]

urlpatterns = [
    path("agreements", agreements.agreements, name="agreements"),
    path("agreements/add", agreements.make, name="add_agreement"),
    path("agreements/<int:agreement_id>", agreements.agreement, name="agreement"),
    path("agreements/<int:agreement_id>/change", agreements.change, name="change_agreement"),
]
