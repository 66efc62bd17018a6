# SPDX-License-Identifier: Apache-2.0
"""Addresses of figures and indicators."""

from django.urls import path

from kechuang.commons.figures.views import entering, numbers

app_name = "figures"
urlpatterns = [
    path("", numbers.figure_list, name="figure-list"),
    path("indicators/", numbers.indicator_list, name="indicator-list"),
    path("indicators/<str:code>/", numbers.indicator_detail, name="indicator-detail"),
    path("indicators/<str:code>/enter/", entering.observation_enter, name="observation-enter"),
    path("observations/", entering.submission_list, name="submission-list"),
    path("observations/import/", entering.observation_import, name="observation-import"),
    path("observations/template/", entering.observation_template, name="observation-template"),
    path("observations/<int:pk>/", entering.submission_detail, name="submission-detail"),
    path("observations/<int:pk>/verify/", entering.submission_verify, name="submission-verify"),
    path("observations/<int:pk>/return/", entering.submission_return, name="submission-return"),
    path("<str:code>/", numbers.figure_detail, name="figure-detail"),
]
