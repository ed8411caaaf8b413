"""The figures' interface for other systems, and the keys to it."""

from __future__ import annotations

from django.urls import path

from kpi.views import api, tokens

urlpatterns = [
    path("api/figures/", api.urls()),
    path("figures/keys", tokens.api_tokens, name="api_tokens"),
    path("figures/keys/<int:token_id>/withdraw", tokens.withdraw, name="withdraw_token"),
]
