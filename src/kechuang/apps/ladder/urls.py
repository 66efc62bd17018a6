# SPDX-License-Identifier: Apache-2.0
"""Addresses of the ladder."""

from django.urls import path

from kechuang.apps.ladder.views import files, lists, rows

app_name = "ladder"
urlpatterns = [
    path("lists/", lists.list_list, name="list-list"),
    path("lists/upload/", lists.list_upload, name="list-upload"),
    path("lists/<int:pk>/", lists.list_detail, name="list-detail"),
    path("lists/<int:pk>/suggestions/", lists.suggestions_accept, name="suggestions-accept"),
    path("lists/<int:pk>/confirm/", lists.list_confirm, name="list-confirm"),
    path("lists/<int:pk>/discard/", lists.list_discard, name="list-discard"),
    path("lists/<int:pk>/undo/", lists.list_undo, name="list-undo"),
    path("rows/<int:pk>/", rows.row_settle, name="row-settle"),
    path("template/", files.template, name="template"),
    path("sample/", files.sample, name="sample"),
]
