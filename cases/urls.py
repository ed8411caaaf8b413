"""Pages about households and what is decided for them."""

from __future__ import annotations

from django.urls import path

from cases import urls_leader
from cases.views.search import find

app_name = "cases"
urlpatterns = [*urls_leader.urlpatterns, path("search", find, name="search")]
