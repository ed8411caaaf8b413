from django.urls import path

from housing.views import providers

app_name = "housing"
urlpatterns = [
    path("providers", providers.providers, name="providers"),
    path("providers/add", providers.add, name="add_provider"),
    path("providers/<int:provider_id>", providers.provider, name="provider"),
    path("providers/<int:provider_id>/change", providers.change, name="change_provider"),
    path("providers/<int:provider_id>/rooms/add", providers.room, name="add_room"),
    path("providers/<int:provider_id>/rooms/<int:room_id>", providers.room, name="change_room"),
    path("providers/<int:provider_id>/quality", providers.agreement, name="agreement"),
]
