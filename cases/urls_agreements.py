"""The pages of agreements with landlords, of a tenant who buys, and of dwellings read in from Excel."""

from django.urls import path

from cases.views import agreements, buying, stock_import

household = [path("buy", buying.buy, name="buy_home")]

urlpatterns = [
    path("agreements", agreements.agreements, name="agreements"),
    path("agreements/add", agreements.make, name="add_agreement"),
    path("agreements/<int:agreement_id>", agreements.agreement, name="agreement"),
    path("agreements/<int:agreement_id>/change", agreements.change, name="change_agreement"),
    path("dwellings/import", stock_import.import_dwellings, name="import_dwellings"),
    path("dwellings/import/yes", stock_import.read_in_dwellings, name="read_in_dwellings"),
]
