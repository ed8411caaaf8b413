from django.contrib.auth.decorators import login_not_required
from django.urls import path

from people import urls_readings, urls_roles
from people.views import alerts, duty
from people.views.access_hub import access_hub
from people.views.policy import access_policy
from people.views.sign_in import SignIn, SignOut, sign_in_again, sign_in_answer, sign_in_by, signed_out

app_name = "people"
urlpatterns = [
    path("access", access_hub, name="access_hub"),
    path("access-policy", access_policy, name="access_policy"),
    path("duty", duty.duty, name="duty"),
    path("alerts", alerts.alerts, name="alerts"),
    path("alerts/<int:alert_id>", alerts.alert, name="alert"),
    path("sign-in", SignIn.as_view(), name="sign_in"),
    path("sign-in/again", sign_in_again, name="sign_in_again"),
    path("sign-in/by/<slug:provider>", sign_in_by, name="sign_in_by"),
    path("sign-in/by/<slug:provider>/answer", sign_in_answer, name="sign_in_answer"),
    path("signed-out", signed_out, name="signed_out"),
    path("sign-out", login_not_required(SignOut.as_view()), name="sign_out"),
    *urls_readings.urlpatterns,
    *urls_roles.urlpatterns,
]
