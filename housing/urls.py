from housing.urls_invoices import urlpatterns as invoices
from housing.urls_plan import urlpatterns as plan
from housing.urls_providers import urlpatterns as providers

app_name = "housing"
urlpatterns = [*providers, *invoices, *plan]
