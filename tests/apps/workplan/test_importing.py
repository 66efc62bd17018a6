# SPDX-License-Identifier: Apache-2.0
"""A document becomes a draft: every line with its place in the text, offices matched, nothing lost, nothing halved."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.workplan._files import PLAN
from apps.workplan.conftest import Import, line
from house_fixtures import lacking
from kechuang.apps.workplan.actions import discard_version, import_plan
from kechuang.apps.workplan.models import Area, Item, ItemOffice, Plan, PlanVersion
from kechuang.apps.workplan.proposals import propose
from kechuang.apps.workplan.queries.accounts import accounts
from kechuang.apps.workplan.queries.editions import lines_of
from kechuang.commons.documents.models import Document
from kechuang.commons.documents.storage import content
from kechuang.commons.facts.models import Indicator
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Unit

pytestmark = pytest.mark.django_db


def test_a_document_becomes_a_draft_with_its_file(draft: PlanVersion) -> None:
    assert (draft.plan.title, draft.plan.year, draft.no, draft.state) == (
        "云川市科学技术局2020年工作要点",
        2020,
        1,
        "draft",
    )
    assert draft.text == PLAN
    assert draft.document is not None
    assert content(draft.document.sha256) == PLAN.encode()
    assert (draft.document.about_kind, draft.document.about_id) == ("workplan.planversion", str(draft.pk))


def test_lines_stand_where_the_text_says_them(draft: PlanVersion) -> None:
    tasks = draft.items.filter(kind="task")
    assert [(task.number, task.title) for task in tasks] == [
        ("1", "编制科技创新规划"), ("2", "推进平台建设"), ("3", "建立对接机制"),
    ]  # fmt: skip
    assert [area.title for area in draft.areas.all()] == ["完善区域创新体系", "促进成果转化"]
    for item in draft.items.all():
        assert item.title.split("。")[0] in draft.text[item.start : item.end]
        assert item.read_as == item.kind
    assert set(draft.items.values_list("state", flat=True)) == {"proposed"}


def test_offices_are_matched_and_the_first_is_only_suggested_as_lead(draft: PlanVersion) -> None:
    named = ItemOffice.objects.filter(item__plan_version=draft, item__kind="task").select_related(
        "unit", "item"
    )
    assert [(one.item.number, one.name, str(one.unit), one.role, one.suggested) for one in named.order_by("item__order", "order")] == [
        ("1", "甲处", "甲处", "responsible", True),
        ("1", "乙处", "乙处", "responsible", False),
        ("1", "丙处", "丙处", "responsible", False),
        ("2", "乙处", "乙处", "responsible", True),
        ("2", "丁处", "None", "responsible", False),
        ("3", "丙处", "丙处", "responsible", True),
    ]  # fmt: skip


def test_an_office_is_found_by_its_full_name_and_aliases(importing: Import, units: dict[str, Unit]) -> None:
    Unit.objects.filter(pk=units["甲处"].pk).update(name="规划与政策处", aliases=["规政处"])
    version = importing(
        PLAN.replace("甲处", "规划与政策处").replace("（责任处室：丙处）", "（责任处室：规政处）")
    )
    found = ItemOffice.objects.filter(item__plan_version=version, unit=units["甲处"])
    assert set(found.values_list("name", flat=True)) == {"规划与政策处", "规政处"}


def test_a_name_that_two_offices_share_is_left_to_a_person(importing: Import, units: dict[str, Unit]) -> None:
    Unit.objects.filter(pk=units["乙处"].pk).update(aliases=["甲处"])
    version = importing()
    assert ItemOffice.objects.get(item__plan_version=version, name="甲处").unit is None


def test_targets_are_tied_to_the_indicator_of_their_kind(importing: Import, firms: Indicator) -> None:
    Indicator.objects.create(code="growth", name="技术合同成交额", unit="亿元", kind="flow")
    growth = Indicator.objects.create(
        code="g", name="成交额增速", names=["技术合同成交额"], unit="%", kind="growth"
    )
    version = importing()
    targets = {
        item.title: item.target for item in version.items.filter(kind="target").select_related("target")
    }
    assert [(title, str(one.value), one.unit, one.comparator, one.kind, one.headline, one.indicator) for title, one in targets.items()] == [
        ("高新技术企业", "600", "家", ">", "level", True, firms),
        ("技术合同成交额", "12", "%", ">=", "growth", True, growth),
        ("重点实验室", "5", "家", ">=", "level", False, None),
    ]  # fmt: skip


def test_a_numbered_promise_waits_for_a_person(draft: PlanVersion) -> None:
    promise = draft.items.get(kind="promise")
    assert promise.title == "“双百工程”"
    assert promise.parent == line(draft, "推进平台建设")
    assert promise.reason


def test_counts_of_the_draft_agree_with_the_parser(draft: PlanVersion) -> None:
    rows = {row.code: (row.found, row.now) for row in accounts(draft, lines_of(draft))}
    assert rows == {
        "areas": (2, 2), "tasks": (3, 3), "responsibilities": (6, 6), "offices": (4, 4),
        "headline_targets": (2, 2), "task_targets": (1, 1), "promises": (1, 1),
        "numbers": (draft.reading["counts"]["numbers"], draft.reading["counts"]["numbers"]),
    }  # fmt: skip
    assert not any(row.differs for row in accounts(draft, lines_of(draft)))


def test_a_target_without_a_number_becomes_a_line_to_complete(importing: Import) -> None:
    version = importing(PLAN.replace("形成规划初稿。", "规划课题达到先进水平，"))
    item = version.items.get(kind="target", reason__contains="没有数值")
    assert item.parent == line(version, "编制科技创新规划")
    assert not hasattr(item, "target")


def test_what_a_person_gives_wins_over_what_the_document_says(importing: Import) -> None:
    version = importing(title="我的计划", issuer="某局", year=2021)
    assert (version.plan.title, version.plan.issuer, version.plan.year) == ("我的计划", "某局", 2021)


def test_a_document_without_year_is_taken_for_this_year(importing: Import, business_day: dt.date) -> None:
    version = importing(
        "重点任务\n1.推进平台建设。建设实验室。（责任处室：甲处）\n2.编制规划。开展研究。（责任处室：乙处）\n"
    )
    assert version.plan.year == business_day.year


def test_the_same_plan_twice_is_refused_and_nothing_is_left_behind(
    importing: Import, draft: PlanVersion
) -> None:
    before = (Item.objects.count(), Document.objects.count(), Entry.objects.count())
    with pytest.raises(Problem, match="已经导入过") as caught:
        importing()
    assert caught.value.field == "plan"
    with pytest.raises(Problem, match="已有一份草稿"):
        importing(plan=draft.plan)
    assert (Item.objects.count(), Document.objects.count(), Entry.objects.count()) == before


def test_a_discarded_draft_makes_room_for_another(
    importing: Import, draft: PlanVersion, officer: Actor
) -> None:
    discard_version(draft, officer, reason="传错了文件")
    again = importing(plan=draft.plan)
    assert (again.no, again.state) == (2, "draft")


def test_a_double_click_imports_once(importing: Import, units: dict[str, Unit]) -> None:
    first = importing(idempotency_key="k")
    assert importing(idempotency_key="k") == first
    assert Plan.objects.count() == 1


def test_importing_needs_the_permission(stranger: Actor, units: dict[str, Unit]) -> None:
    with lacking("workplan.import_plan"):
        import_plan(None, stranger, submission=propose("a.txt", PLAN.encode()))
    assert Plan.objects.count() == 0
    assert Entry.objects.get(outcome="refused").verb == "workplan.plan.imported"


def test_a_failure_in_the_middle_leaves_nothing(importing: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ItemOffice.objects, "bulk_create", lambda _rows: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        importing()
    assert (Plan.objects.count(), Area.objects.count(), Item.objects.count(), Document.objects.count()) == (
        0,
        0,
        0,
        0,
    )


def test_a_plan_of_any_length_needs_the_same_number_of_queries(importing: Import) -> None:
    def asked(text: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            importing(text)
        return len(queries)

    more = "".join(
        f"{number}.推进事项{number}。建设平台{number}个以上。（责任处室：甲处、乙处）\n"
        for number in range(4, 24)
    )
    assert asked(PLAN) == asked(PLAN.replace("云川市", "云山市") + more)


def test_texts_longer_than_their_columns_are_cut_not_refused(importing: Import) -> None:
    long = "建" * 300
    version = importing(PLAN.replace("编制科技创新规划", long).replace("丙处）\n2", f"{long}处）\n2"))
    assert max(map(len, version.items.values_list("title", flat=True))) == 200
    assert max(map(len, ItemOffice.objects.values_list("name", flat=True))) <= 60
