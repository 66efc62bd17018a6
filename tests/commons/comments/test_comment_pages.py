# SPDX-License-Identifier: Apache-2.0
"""The section of comments on any page, with and without script."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.template import engines
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kechuang.commons.comments.actions import post_comment
from kechuang.commons.comments.models import Comment
from kechuang.commons.kernel.refs import Ref, resolve_many

SAY = (
    "comments.view_comment",
    "comments.post_comment",
    "comments.mention_person",
    "parties.view_organization",
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(bureau):
    return Ref.of(bureau)


def section(ref, actor):
    request = RequestFactory().get("/")
    request.actor = actor
    return engines["django"].from_string("{% comments ref %}").render({"ref": ref}, request)


def test_the_section_stands_on_a_page_for_who_may_read_it(firm, person):
    li = person("李明", *SAY)
    post_comment(Comment.on(firm), li, text="<script>alert(1)</script>\n@李明 好")
    shown = section(firm, person("王芳", *SAY))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>" in shown
    assert '<span class="kc-mention">@李明</span>' in shown
    assert section(firm, person("外人", "parties.view_organization")).strip() == ""
    assert section(firm, person("另一外人", "comments.view_comment")).strip() == ""


def test_the_section_takes_as_many_queries_for_three_comments_as_for_one(firm, person):
    li = person("李明", *SAY)
    counts = []
    for more in (1, 2):
        for _number in range(more):
            post_comment(Comment.on(firm), li, text="@李明 好")
        with CaptureQueriesContext(connection) as queries:
            shown = section(firm, li.fresh())
        counts.append(len(queries))
    assert shown.count('class="kc-comment"') == 3
    assert counts[0] == counts[1]


def test_a_comment_is_posted_without_script(firm, person, browser_of):
    browser = browser_of(person("李明", *SAY))
    answer = browser.post(reverse("comments:comment-post", args=[str(firm)]), {"comment-text": "好"})
    assert answer.status_code == 302
    page = browser.get(answer["Location"])
    assert page.context["thread"].count == 1
    empty = browser.post(reverse("comments:comment-post", args=[str(firm)]), {"comment-text": ""})
    assert empty.status_code == 422
    assert empty.context["form"].errors


def test_htmx_gets_the_section_alone(firm, person, browser_of):
    browser = browser_of(person("李明", *SAY))
    address = reverse("comments:comment-post", args=[str(firm)])
    answer = browser.post(address, {"comment-text": "好"}, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert html.lstrip().startswith('<section class="kc-card kc-comments"')
    assert "<html" not in html
    wrong = browser.post(address, {"comment-text": "@李明@"}, headers={"HX-Request": "true"})
    assert wrong.status_code == 200


def test_a_double_click_says_it_once(firm, person, browser_of):
    browser = browser_of(person("李明", *SAY))
    address = reverse("comments:comment-post", args=[str(firm)])
    key = "3f0c7c55-2d35-4a4c-9f3d-6a2f3a8b1c11"
    for _time in range(2):
        browser.post(address, {"comment-text": "好", "comment-idempotency_key": key})
    assert Comment.objects.count() == 1


def test_people_who_may_see_the_thing_are_offered(firm, person, browser_of):
    person("李小红", *SAY)
    person("李外人", "comments.view_comment")
    browser = browser_of(person("王芳", *SAY))
    address = reverse("comments:people", args=[str(firm)])
    assert re.findall(
        r'data-kc-name="([^"]+)"', browser.get(address, {"comment-text": "请 @李"}).content.decode()
    ) == ["李小红"]
    assert "<button" not in browser.get(address, {"comment-text": "请看"}).content.decode()


def test_a_comment_is_edited_and_withdrawn_on_its_page(firm, person, browser_of):
    li = person("李明", *SAY)
    comment = post_comment(Comment.on(firm), li, text="左证")
    browser = browser_of(li)
    edit = reverse("comments:comment-edit", args=[comment.pk])
    assert browser.get(edit).context["form"]["text"].value() == "左证"
    assert browser.post(edit, {"text": ""}).status_code == 422
    assert browser.post(edit, {"text": "佐证"}).status_code == 302
    assert Comment.objects.get().text == "佐证"
    assert browser.post(reverse("comments:comment-withdraw", args=[comment.pk])).status_code == 302
    assert browser.get(edit).status_code == 403


def test_the_thread_of_what_is_closed_is_refused(firm, person, browser_of):
    browser = browser_of(person("外人", "comments.view_comment", "comments.post_comment"))
    assert browser.get(reverse("comments:thread", args=[str(firm)])).status_code == 403
    assert browser.get("/comments/on/nothing/").status_code == 404
    assert (
        browser.post(reverse("comments:comment-post", args=[str(firm)]), {"comment-text": "好"}).status_code
        == 403
    )


def test_a_pointer_to_a_comment_opens_for_who_may_open_its_thing(firm, person):
    comment = post_comment(Comment.on(firm), person("李明", *SAY), text="好")
    ref = Ref.of(comment)
    seen = resolve_many([ref], person("王芳", *SAY))[ref]
    assert seen.visible
    assert seen.url == f"{reverse('comments:thread', args=[str(firm)])}#comment-{comment.pk}"
    assert not resolve_many([ref], person("外人", "comments.view_comment"))[ref].visible
    assert not resolve_many([ref], person("另一外人", "parties.view_organization"))[ref].visible
