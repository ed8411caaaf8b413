"""The product's addresses and one more: a page of nothing, with the menu and what stands around every page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

ADDRESS = "/bare"


def bare(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


urlpatterns = [path(ADDRESS[1:], bare), path("", include("config.urls"))]
