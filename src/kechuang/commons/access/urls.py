# SPDX-License-Identifier: Apache-2.0
"""Addresses of access."""

from django.urls import path

from kechuang.commons.access import views

app_name = "access"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("roles/", views.role_matrix, name="role-matrix"),
]
