# SPDX-License-Identifier: Apache-2.0
"""Addresses of tokens; the API itself is put together in ``site.api``."""

from django.urls import path

from kechuang.commons.api import views

app_name = "api"
urlpatterns = [
    path("tokens/", views.token_list, name="token-list"),
    path("tokens/<int:pk>/revoke/", views.token_revoke, name="token-revoke"),
]
