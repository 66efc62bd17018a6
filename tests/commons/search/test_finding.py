# SPDX-License-Identifier: Apache-2.0
"""Finding: by grams, ranked, explained, and never what the viewer may not open."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kechuang.commons.access.models import Grant
from kechuang.commons.comments.actions import post_comment, withdraw_comment
from kechuang.commons.comments.models import Comment
from kechuang.commons.commitments.actions import open_commitment
from kechuang.commons.documents.actions import store_document
from kechuang.commons.facts.models import Indicator
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.refs import Ref, resolvable_kinds
from kechuang.commons.kernel.searching import Searchable, sources
from kechuang.commons.parties.actions import add_unit
from kechuang.commons.parties.models import (
    Organization,
    PartyList,
    Qualification,
    QualificationKind,
    Region,
)
from kechuang.commons.search import queries
from kechuang.commons.search.indexing import rebuild
from kechuang.commons.search.queries import find

pytestmark = pytest.mark.django_db
SEE = "parties.view_organization"


@pytest.fixture
def firms(db):
    names = ["云川精密机床有限公司", "云川机床研究院", "云川精密仪器厂", "沧海生物科技有限公司"]
    return [Organization.objects.create(name=name) for name in names]


def titles(found):
    return [str(hit.title).replace("<mark>", "").replace("</mark>", "") for hit in found.hits]


def test_names_are_found_by_any_part(firms, person):
    rebuild()
    wang = person("王芳", SEE)
    assert titles(find("精密机床", wang)) == ["云川精密机床有限公司"]
    assert sorted(titles(find("机床", wang))) == ["云川机床研究院", "云川精密机床有限公司"]
    assert titles(find("精", wang)) != []
    assert titles(find("机床 研究", wang)) == ["云川机床研究院"]
    assert titles(find("没有这家", wang)) == []


def test_full_width_and_capitals_are_found_alike(person):
    Organization.objects.create(name="ＡＢＢ（中国）有限公司")
    rebuild()
    assert titles(find("abb(中国)", person("王芳", SEE))) == ["ＡＢＢ（中国）有限公司"]


def test_a_hit_says_why(firms, person):
    kind = QualificationKind.objects.create(code="hightech", name="高新技术企业", term="years:3")
    Qualification.objects.create(
        organization=firms[3], kind=kind, number="GR201921000777", valid_from=dt.date(2019, 1, 1),
        valid_to=dt.date(2022, 1, 1),
    )  # fmt: skip
    rebuild()
    wang = person("王芳", SEE)
    (hit,) = find("GR201921000777", wang).hits
    assert hit.ref == Ref.of(firms[3])
    assert str(hit.reason) == "高新技术企业 <mark>GR201921000777</mark>"
    assert hit.url == reverse("parties:organization-detail", args=[firms[3].pk])
    assert str(find("生物科技", wang).hits[0].title) == "沧海<mark>生物科技</mark>有限公司"


def test_regions_offices_and_lists_are_found(person, bureau, system):
    area = Region.objects.create(code="990102", name="城东区")
    office = add_unit(
        bureau, person("处长", SEE, "parties.keep_unit"), code="farm", name="农村科技处", short_name="农村处"
    )
    listed = PartyList.objects.create(
        title="九月企业名单", said_on=dt.date(2019, 9, 1), uploaded_by="处员", uploaded_at=clock.now()
    )
    rebuild()
    wang = person("王芳", SEE)
    for words, thing in (("城东", area), ("990102", area), ("农村科技", office), ("九月企业", listed)):
        (hit,) = find(words, wang).hits
        assert hit.ref == Ref.of(thing)
    assert find("农村科技", wang).hits[0].url == reverse("parties:unit-detail", args=[office.pk])


def test_whole_words_come_before_scattered_pairs(person):
    Organization.objects.create(name="机床精密机")
    whole = Organization.objects.create(name="很长很长的名字里有精密机床四个字的一家单位")
    Organization.objects.create(name="精密密机机床")
    rebuild()
    found = find("精密机床", person("王芳", SEE))
    assert found.hits[0].ref == Ref.of(whole)
    assert [hit.exact for hit in found.hits] == [True, False, False]


def test_where_nothing_holds_all_of_it_the_nearest_are_shown(firms, person):
    rebuild()
    found = find("精密机床集团", person("王芳", SEE))
    assert found.loose
    assert titles(found) == ["云川精密机床有限公司"]
    assert find("完全无关的词", person("李明", SEE)).hits == []


def test_nothing_is_found_that_may_not_be_opened(firms, person):
    rebuild()
    assert find("精密机床", person("外人")).hits == []
    assert find("精密机床", person("别的权限", "figures.view_figure")).hits == []
    seer = person("王芳", SEE)
    assert len(find("精密机床", seer).hits) == 1
    Grant.objects.all().delete()
    assert find("精密机床", seer.fresh()).hits == []


def test_files_and_comments_follow_what_they_are_about(firms, person, system):
    say = ("comments.view_comment", "comments.post_comment")
    li = person("李明", SEE, *say)
    store_document(None, system, name="精密机床尽调报告.txt", data=b"x", about=Ref.of(firms[0]))
    store_document(None, system, name="精密机床无主文件.txt", data=b"x")
    comment = post_comment(Comment.on(Ref.of(firms[0])), li, text="精密机床口径待核对")
    rebuild()
    kinds = [group.kind for group in find("精密机床", li.fresh()).groups]
    assert kinds == ["parties.organization", "documents.document", "comments.comment"]
    assert [group.kind for group in find("精密机床", person("只批注", *say)).groups] == []
    assert titles(find("无主文件", li.fresh())) == []
    withdraw_comment(comment, li)
    assert "comments.comment" not in [group.kind for group in find("精密机床", li.fresh()).groups]


def test_every_kind_can_be_narrowed_to(firms, person, system):
    open_commitment(
        None,
        system,
        kind="task",
        code="7",
        title="精密机床攻关",
        start=dt.date(2019, 3, 1),
        source=Ref("workplan.item", "1"),
    )
    Indicator.objects.create(code="machine", name="精密机床产量", unit="台", kind="flow")
    rebuild()
    wang = person("王芳", SEE, "workplan.view_plan", "figures.view_figure")
    assert [group.kind for group in find("精密机床", wang).groups] == [
        "commitments.commitment", "facts.indicator", "parties.organization",
    ]  # fmt: skip
    assert titles(find("精密机床", wang, kind="facts.indicator")) == ["精密机床产量"]
    assert find("精密机床", wang, kind="no.kind").hits == []


def test_a_viewer_who_may_see_little_finds_it_among_much(person, firms, monkeypatch):
    for number in range(60):
        Organization.objects.create(name=f"机床甲{number}厂")
    mine = Organization.objects.create(name="机床乙厂很长的名字排在后面")
    rebuild()

    def only_mine(viewer, refs):
        return {ref: seen for ref, seen in real(viewer, refs).items() if ref == Ref.of(mine)}

    real = queries.visible_to
    monkeypatch.setattr(queries, "visible_to", only_mine)
    found = find("机床", person("王芳", SEE), each=20)
    assert [hit.ref for hit in found.hits] == [Ref.of(mine)]
    assert not found.more


def test_finding_takes_as_many_queries_for_three_hits_as_for_one(person, firms):
    rebuild()
    wang = person("王芳", SEE)
    counts = []
    for question in ("精密机床", "云川"):
        actor = wang.fresh()
        with CaptureQueriesContext(connection) as asked:
            hits = find(question, actor).hits
        counts.append((len(hits), len(asked)))
    assert [count for count, _queries in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]


def test_without_an_index_it_says_so(firms, person):
    assert not find("机床", person("王芳", SEE)).ready


def test_every_kind_offered_has_a_resolver_and_gives_its_words():
    assert {source.kind for source in sources.all()} <= set(resolvable_kinds())
    for source in sources.all():
        assert all(isinstance(text, Searchable) for text in source.texts(None))
        assert list(source.texts(["999999"])) == []
