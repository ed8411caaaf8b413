from django.urls import path

from cases.views import tonight

urlpatterns = [
    path("tonight", tonight.tonight, name="tonight"),
    path("tonight/paper", tonight.paper, name="tonight_paper"),
    path("tonight/hour", tonight.hour, name="night_list_hour"),
]
