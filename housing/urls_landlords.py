from django.urls import path

from housing.views import landlords

urlpatterns = [
    path("landlords", landlords.landlords, name="landlords"),
    path("landlords/add", landlords.add, name="add_landlord"),
    path("landlords/<int:landlord_id>", landlords.landlord, name="landlord"),
    path("landlords/<int:landlord_id>/change", landlords.change, name="change_landlord"),
]
