from django.urls import path

from cases.views import night_costs, tonight

urlpatterns = [
    path("tonight", tonight.tonight, name="tonight"),
    path("tonight/paper", tonight.paper, name="tonight_paper"),
    path("tonight/costs", night_costs.night_costs, name="night_costs"),
    path("tonight/hour", tonight.hour, name="night_list_hour"),
]
