# SPDX-License-Identifier: Apache-2.0
"""Addresses of papers."""

from django.urls import path

from kechuang.commons.papers.views import pages, steps

app_name = "papers"
urlpatterns = [
    path("", pages.paper_list, name="paper-list"),
    path("draft/", pages.paper_draft, name="paper-draft"),
    path("<int:pk>/", pages.paper_detail, name="paper-detail"),
    path("<int:pk>/edit/", pages.paper_edit, name="paper-edit"),
    path("<int:pk>/refresh/", steps.paper_refresh, name="paper-refresh"),
    path("<int:pk>/submit/", steps.paper_submit, name="paper-submit"),
    path("<int:pk>/check/", steps.paper_pass, name="paper-pass"),
    path("<int:pk>/send-back/", steps.paper_send_back, name="paper-send-back"),
    path("<int:pk>/issue/", steps.paper_issue, name="paper-issue"),
    path("<int:pk>/void/", steps.paper_void, name="paper-void"),
    path("<int:pk>/word-return/", steps.word_return, name="word-return"),
    path("<int:pk>/file/<slug:form>/", pages.paper_file, name="paper-file"),
    path("countersigns/<int:pk>/", steps.countersign_give, name="countersign-give"),
    path("returned/<int:pk>/", pages.returned_word, name="returned-word"),
    path("verify/<slug:code>/", pages.paper_check, name="paper-check"),
]
