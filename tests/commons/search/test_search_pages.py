# SPDX-License-Identifier: Apache-2.0
"""The results page and the list under the search box."""

from __future__ import annotations

import pytest
from django.urls import reverse

from kechuang.commons.parties.models import Organization
from kechuang.commons.search.indexing import rebuild

pytestmark = pytest.mark.django_db
SEE = "parties.view_organization"


@pytest.fixture
def firms(db):
    for name in ("云川精密机床厂", "<b>云川</b>机床院"):
        Organization.objects.create(name=name)
    rebuild()


def test_results_by_kind_with_what_was_found_marked(firms, person, browser_of):
    browser = browser_of(person("王芳", SEE))
    page = browser.get(reverse("search:results"), {"q": "机床"})
    html = page.content.decode()
    assert "<mark>机床</mark>" in html
    assert "&lt;b&gt;云川&lt;/b&gt;<mark>机床</mark>院" in html
    assert len(page.context["found"].hits) == 2
    assert [source.kind for source in page.context["kinds"]] == [
        "parties.organization",
        "parties.region",
        "parties.unit",
        "parties.partylist",
        "documents.document",
    ]


def test_the_list_under_the_box_is_a_fragment(firms, person, browser_of):
    browser = browser_of(person("王芳", SEE))
    answer = browser.get(
        reverse("search:results"), {"q": "精密"}, headers={"HX-Request": "true", "HX-Target": "kc-found"}
    )
    html = answer.content.decode()
    assert html.lstrip().startswith('<div class="kc-found-list">')
    assert "<html" not in html
    assert "HX-Target" in answer["Vary"]
    empty = browser.get(reverse("search:results"), {"q": " "}, headers={"HX-Target": "kc-found"})
    assert empty.content.decode().strip() == ""


def test_the_box_stands_on_every_page(person, browser_of):
    html = browser_of(person("王芳", SEE)).get(reverse("calendar:month-now")).content.decode()
    assert f'hx-get="{reverse("search:results")}"' in html
    assert 'id="kc-found"' in html


def test_what_is_closed_is_not_named(firms, person, browser_of):
    html = browser_of(person("外人")).get(reverse("search:results"), {"q": "精密机床"}).content.decode()
    assert "云川精密机床厂" not in html


@pytest.mark.parametrize(
    "question", ["", "，", "字" * 3000, "<script>", "'\" OR 1=1 --", "*:* AND (", "机床 " * 300]
)
def test_any_question_is_answered(firms, person, browser_of, question):
    assert browser_of(person("王芳", SEE)).get(reverse("search:results"), {"q": question}).status_code == 200


def test_a_kind_that_is_none_finds_nothing(firms, person, browser_of):
    page = browser_of(person("王芳", SEE)).get(reverse("search:results"), {"q": "机床", "kind": "no.kind"})
    assert page.context["found"].hits == []


def test_while_there_is_no_index_the_page_says_so(person, browser_of):
    page = browser_of(person("王芳", SEE)).get(reverse("search:results"), {"q": "机床"})
    assert not page.context["found"].ready
