# SPDX-License-Identifier: Apache-2.0
"""Addresses of parties."""

from django.urls import path

from kechuang.commons.parties import views

app_name = "parties"
urlpatterns = [
    path("organizations/", views.organization_list, name="organization-list"),
    path("organizations/<int:pk>/", views.organization_detail, name="organization-detail"),
    path("regions/", views.region_list, name="region-list"),
    path("kinds/", views.kind_list, name="kind-list"),
    path("units/", views.unit_list, name="unit-list"),
    path("units/<int:pk>/leader/", views.leader_assign, name="leader-assign"),
    path("qualifications/<int:pk>/revoke/", views.qualification_revoke, name="qualification-revoke"),
]
