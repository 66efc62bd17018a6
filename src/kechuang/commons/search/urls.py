# SPDX-License-Identifier: Apache-2.0
"""Address of the global search."""

from django.urls import path

from kechuang.commons.search import views

app_name = "search"
urlpatterns = [path("", views.results, name="results")]
