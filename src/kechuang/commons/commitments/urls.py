# SPDX-License-Identifier: Apache-2.0
"""Addresses of commitments."""

from django.urls import path

from kechuang.commons.commitments import views

app_name = "commitments"
urlpatterns = [
    path("instructions/", views.instruction_list, name="instruction-list"),
    path("clauses/", views.clause_list, name="clause-list"),
    path("<int:pk>/", views.commitment_open, name="commitment-open"),
]
