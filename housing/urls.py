from housing.urls_invoices import urlpatterns as invoices
from housing.urls_landlords import urlpatterns as landlords
from housing.urls_plan import urlpatterns as plan
from housing.urls_providers import urlpatterns as providers
from housing.urls_stock import urlpatterns as stock

app_name = "housing"
urlpatterns = [*providers, *invoices, *plan, *stock, *landlords]
