# SPDX-License-Identifier: Apache-2.0
"""Addresses of notices."""

from django.urls import path

from kechuang.commons.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("clear/", views.inbox_clear, name="inbox-clear"),
    path("<int:pk>/", views.notice_open, name="notice-open"),
    path("preference/", views.preference, name="preference"),
    path("deliveries/", views.delivery_list, name="delivery-list"),
    path("deliveries/<int:pk>/retry/", views.delivery_retry, name="delivery-retry"),
]
