# SPDX-License-Identifier: Apache-2.0
"""Addresses of figures and indicators."""

from django.urls import path

from kechuang.commons.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.figure_list, name="figure-list"),
    path("indicators/", views.indicator_list, name="indicator-list"),
    path("indicators/<str:code>/", views.indicator_detail, name="indicator-detail"),
    path("<str:code>/", views.figure_detail, name="figure-detail"),
]
