# SPDX-License-Identifier: Apache-2.0
"""Addresses of documents."""

from django.urls import path

from kechuang.commons.documents import views

app_name = "documents"
urlpatterns = [path("<int:pk>/", views.document_download, name="document-download")]
