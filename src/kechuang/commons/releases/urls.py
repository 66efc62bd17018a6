# SPDX-License-Identifier: Apache-2.0
"""Addresses of releases."""

from django.urls import path

from kechuang.commons.releases import views

app_name = "releases"
urlpatterns = [
    path("", views.release_list, name="release-list"),
    path("<int:pk>/", views.release_detail, name="release-detail"),
]
