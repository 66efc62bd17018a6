# SPDX-License-Identifier: Apache-2.0
"""Addresses of comments."""

from django.urls import path

from kechuang.commons.comments import views

app_name = "comments"
urlpatterns = [
    path("on/<str:about>/", views.thread, name="thread"),
    path("on/<str:about>/post/", views.comment_post, name="comment-post"),
    path("on/<str:about>/instruct/", views.instruction_give, name="instruction-give"),
    path("on/<str:about>/people/", views.people, name="people"),
    path("<int:pk>/edit/", views.comment_edit, name="comment-edit"),
    path("<int:pk>/withdraw/", views.comment_withdraw, name="comment-withdraw"),
]
