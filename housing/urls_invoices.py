from django.urls import path

from housing.views import invoices

urlpatterns = [
    path("invoices", invoices.invoices, name="invoices"),
    path("providers/<int:provider_id>/invoices", invoices.of_one, name="provider_invoices"),
    path("providers/<int:provider_id>/invoices/add", invoices.take, name="take_invoice"),
    path("invoices/<int:invoice_id>", invoices.invoice, name="invoice"),
    path("invoices/<int:invoice_id>/accept", invoices.accept, name="accept_invoice"),
    path("invoices/<int:invoice_id>/remove", invoices.remove, name="remove_invoice"),
    path("invoices/<int:invoice_id>/lines/<int:line_id>", invoices.line, name="invoice_line"),
]
