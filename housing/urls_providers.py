from django.urls import path

from housing.views import providers, quality

_ONE = "providers/<int:provider_id>"

urlpatterns = [
    path("providers", providers.providers, name="providers"),
    path("providers/add", providers.add, name="add_provider"),
    path("providers/nights", providers.nights, name="provider_nights"),
    path(_ONE, providers.provider, name="provider"),
    path(f"{_ONE}/change", providers.change, name="change_provider"),
    path(f"{_ONE}/rooms/add", providers.room, name="add_room"),
    path(f"{_ONE}/rooms/<int:room_id>", providers.room, name="change_room"),
    path(f"{_ONE}/agreement", providers.agreement, name="agreement"),
    path(f"{_ONE}/quality", quality.quality, name="provider_quality"),
    path(f"{_ONE}/children", quality.approve, name="approve_for_children"),
    path(f"{_ONE}/children/<int:approval_id>/end", quality.end_approval, name="end_child_approval"),
    path(f"{_ONE}/inspections/add", quality.inspect, name="inspect_provider"),
    path(f"{_ONE}/inspections/<int:visit_id>", quality.mend, name="put_right"),
    path(f"{_ONE}/complaints/add", quality.complain, name="complain_of_provider"),
    path(f"{_ONE}/complaints/<int:complaint_id>", quality.answer_complaint, name="close_complaint"),
    path(f"{_ONE}/files/add", quality.add_file, name="add_provider_file"),
    path(f"{_ONE}/files/<int:file_id>", quality.file, name="provider_file"),
]
