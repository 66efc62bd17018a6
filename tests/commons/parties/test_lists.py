# SPDX-License-Identifier: Apache-2.0
"""A list of organisations comes in: read, matched, settled, confirmed by another, taken in batches, undone whole."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from house_fixtures import Person
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.desks import todos_for
from kechuang.commons.kernel.models import ClockSetting, Entry
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.kernel.verification import verify_journal
from kechuang.commons.parties import running
from kechuang.commons.parties.actions import (
    accept_suggestions,
    confirm_list,
    drop_list,
    settle_row,
    undo_list,
    upload_list,
)
from kechuang.commons.parties.actions.batches import read_rows, settle_rows, take_rows, undo_rows
from kechuang.commons.parties.linking import matched
from kechuang.commons.parties.models import (
    Organization,
    OrganizationCode,
    OrganizationKind,
    OrganizationName,
    OrganizationRole,
    PartyList,
    PartyRow,
    Statement,
)
from kechuang.commons.parties.reading import HEADINGS, open_list
from kechuang.commons.parties.running import carry_on, lists_going_on
from kechuang.commons.parties.sheets import template
from party_samples import KEEPER, code, firm, held, inner_code, region

DAY = dt.date(2019, 10, 15)
HEAD = "名称,统一社会信用代码,工商注册号,曾用名,主体类型,所在区县,总部,法定代表人,地址,成立日期"
pytestmark = pytest.mark.guarantee


@pytest.fixture(autouse=True)
def _at_once(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.WORK_AT_ONCE = True
    monkeypatch.setattr(running, "BREATH", 0)


@pytest.fixture
def clerk(person: Person) -> Actor:
    return person("处员", *KEEPER, "parties.import_list")


@pytest.fixture
def chief(person: Person) -> Actor:
    return person("处长", *KEEPER, "parties.confirm_list")


def file(*lines: str, head: str = HEAD) -> bytes:
    return "\r\n".join([head, *lines]).encode("utf-8-sig")


def read(clerk: Actor, *lines: str, **more: Any) -> PartyList:
    listed = upload_list(None, clerk, name="名单.csv", data=file(*lines), said_on=DAY, **more)
    carry_on(listed.pk)
    listed.refresh_from_db()
    return listed


def found(listed: PartyList) -> list[tuple[str, str, str]]:
    return list(listed.rows.values_list("match", "decision", "suggestion"))


def accepted(listed: PartyList, clerk: Actor) -> PartyList:
    accept_suggestions(listed, clerk)
    carry_on(listed.pk)
    listed.refresh_from_db()
    return listed


def taken(listed: PartyList, chief: Actor) -> PartyList:
    confirm_list(listed, chief)
    carry_on(listed.pk)
    listed.refresh_from_db()
    return listed


def test_lines_are_matched_by_code_name_and_likeness_and_doubts_are_left_to_a_person(clerk: Actor) -> None:
    coded = firm("云川华宇科技有限公司", 1)
    bare = firm("云川天行材料有限公司")
    old = firm("云川旧码有限公司", 9)
    listed = read(
        clerk,
        f"云川华宇科技有限责任公司,{code(1)}",
        "云川天行材料有限责任公司,",
        f"云川天行材料有限公司,{code(3)}",
        f"云川新来科技有限公司,{code(4)}",
        "云川华宁科技有限公司,",
        f"完全不同股份有限公司,{code(9)}",
        f"云川华宇科技有限公司,{code(5)}",
        f"云川错码有限公司,{code(6)[:-1]}!",
        "云川无人有限公司,",
        f"云川新来科技有限公司,{code(4)}",
        ",",
    )
    assert found(listed) == [
        ("code", "take", ""),
        ("name", "take", ""),
        ("doubt", "open", "take"),
        ("new", "new", ""),
        ("doubt", "open", ""),
        ("doubt", "open", ""),
        ("new", "new", ""),
        ("error", "open", "new"),
        ("new", "new", ""),
        ("error", "skip", "skip"),
    ]
    rows = list(listed.rows.order_by("line"))
    assert [row.organization for row in rows[:2]] == [coded, bare]
    assert list(rows[4].candidates) == [str(coded.pk)]
    assert list(rows[5].candidates) == [str(old.pk)]
    assert "不同的有效代码不会合并" in rows[6].problem
    assert (listed.state, listed.row_count) == ("draft", 10)


def test_facts_that_cannot_be_read_are_named_and_left_out(clerk: Actor) -> None:
    region()
    listed = read(clerk, f"云川甲有限公司,{code(1)},123,,航天局,天上区,,王某,一号路,明天")
    row = listed.rows.get()
    assert row.decision == "new"
    for words in (
        "工商注册号“123”无效",
        "没有“天上区”这个区县",
        "没有“航天局”这个主体类型",
        "“明天”不是日期",
    ):
        assert words in row.problem
    assert row.data["texts"].get("founded") is None


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("9.12101E+17", "被存成了数字，末几位已丢失"),
        (code(1)[:-1], "应为 18 位，现为 17 位"),
        (code(1)[:-1] + "!", "校验位不符"),
    ],
)
def test_a_wrong_code_is_told_with_its_reason(clerk: Actor, written: str, words: str) -> None:
    row = read(clerk, f"云川甲有限公司,{written}").rows.get()
    assert (row.decision, words in row.problem) == ("open", True)


def test_a_code_behind_the_mark_of_a_text_and_a_founding_long_ago_are_read(clerk: Actor) -> None:
    row = read(clerk, f"云川大学,'{code(1)},,,,,,,,1923年4月26日").rows.get()
    assert (row.uscc, row.valid, row.problem) == (code(1), True, "")
    assert row.data["texts"]["founded"] == "1923-04-26"


def workbook(**sheets: list[list[str]]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    book.close()
    return file.getvalue()


def test_the_sheet_with_lines_is_read_and_the_others_are_named() -> None:
    head = ["名称", "统一社会信用代码", "备注"]
    opened = open_list(
        "名单.xlsx",
        workbook(说明=[head], 和平=[head, ["云川甲有限公司", code(1), ""]], 沈河=[head, ["乙", "", ""]]),
    )
    assert [line.name for line in opened.rows(0)] == ["云川甲有限公司"]
    others, columns = opened.notes
    assert "只读取了工作表“和平”，没有读取：说明、沈河" in others
    assert "未使用的列：备注" in columns


def test_text_left_in_the_field_of_another_organisation_does_not_stop_a_new_one(
    clerk: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    row = read(clerk, "云川甲有限公司,1").rows.get()
    browser, address = browser_of(clerk), reverse("parties:row-settle", args=[row.pk])
    for other in ("", "查无此司"):
        answered = browser.post(address, {"decision": "other", "other": other, "version": 0})
        assert answered.status_code == 422
        assert list(answered.context["form"].errors) == ["other"]
    assert browser.post(address, {"decision": "new", "other": "查无此司", "version": 0}).status_code == 302
    row.refresh_from_db()
    assert row.decision == "new"


def test_a_list_is_taken_with_codes_roles_heads_and_statements_of_its_own(clerk: Actor, chief: Actor) -> None:
    OrganizationKind.objects.create(code="enterprise", name="企业")
    place = region()
    known = firm("云川天行材料有限公司")
    listed = read(
        clerk,
        f"云川华宇有限公司,{code(1)},210100000012345,云川华于有限公司、云川老名有限公司,企业,城东区,,王某,一号路1号,2001-02-03",
        f"云川华宇有限公司城东分公司,{code(2)},,,企业,城东区,{code(1)}",
        f"云川天行材料有限公司,{code(3)},,,企业,城东",
    )
    accepted(listed, clerk)
    listed = taken(listed, chief)
    assert (listed.state, listed.created, listed.confirmed_by) == ("taken", 2, "处长")
    head = Organization.objects.get(uscc=code(1))
    assert (head.region, Organization.objects.get(uscc=code(2)).head) == (place, head)
    known.refresh_from_db()
    assert (known.uscc, known.region) == (code(3), place)
    assert list(head.codes.values_list("kind", "value")) == [("registration", "210100000012345")]
    assert sorted(head.former_names.values_list("name", flat=True)) == [
        "云川华于有限公司",
        "云川老名有限公司",
    ]
    assert OrganizationRole.objects.filter(kind="enterprise", since=DAY, until=None).count() == 3
    said = {one.field: one.value for one in head.statements.all()}
    assert (said["representative"], said["address"], said["founded"]) == ("王某", "一号路1号", "2001-02-03")
    assert {one.source for one in Statement.objects.all()} == {"名单.csv"}


def everything() -> str:
    models = (Organization, OrganizationCode, OrganizationName, OrganizationRole)
    return "".join(serializers.serialize("json", model.objects.order_by("pk")) for model in models)


def test_undoing_leaves_the_register_as_it_was_but_keeps_what_others_use(clerk: Actor, chief: Actor) -> None:
    OrganizationKind.objects.create(code="enterprise", name="企业")
    region()
    firm("云川天行材料有限公司")
    before = everything()
    lines = (
        f"云川华宇有限公司,{code(1)},210100000012345,云川老名有限公司,企业,城东区",
        f"云川天行材料有限公司,{code(3)},,,企业,城东区,{code(1)}",
    )
    listed = read(clerk, *lines)
    accepted(listed, clerk)
    taken(listed, chief)
    assert everything() != before
    undo_list(listed, chief, reason="发错了名单")
    carry_on(listed.pk)
    listed.refresh_from_db()
    assert (listed.state, listed.kept, everything()) == ("undone", 0, before)
    assert not Statement.objects.filter(withdrawn=False).exists()
    again = read(clerk, *lines)
    accepted(again, clerk)
    taken(again, chief)
    held(Organization.objects.get(uscc=code(1)), "GR1")
    undo_list(again, chief, reason="x")
    carry_on(again.pk)
    again.refresh_from_db()
    assert (again.kept, Organization.objects.filter(uscc=code(1)).count()) == (1, 1)


def test_a_killed_run_is_carried_on_by_the_tick_and_nothing_is_done_twice(
    clerk: Actor, chief: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [f"云川{serial}号有限公司,{code(serial)}" for serial in range(1, 8)]
    listed = upload_list(None, clerk, name="名单.csv", data=file(*lines), said_on=DAY)
    sheet, system = open_list("名单.csv", file(*lines)), Actor.system("test")
    rows = list(sheet.rows(after=0))
    read_rows(listed, system, rows=matched(listed, rows[:3]))
    read_rows(listed, system, rows=matched(listed, rows[:5]))  # the same batch again, and more
    assert (listed.rows.count(), listed.state) == (5, "reading")
    assert lists_going_on() == 1
    listed.refresh_from_db()
    assert (listed.rows.count(), listed.row_count, listed.state) == (7, 7, "draft")
    confirm_list(listed, chief)
    take_rows(listed, system, most=2)
    assert (Organization.objects.count(), listed.state) == (2, "taking")
    assert lists_going_on() == 1
    listed.refresh_from_db()
    assert (Organization.objects.count(), listed.created, listed.state) == (7, 7, "taken")
    take_rows(listed, system)
    undo_list(listed, chief, reason="x")
    undo_rows(listed, system, most=3)
    assert (Organization.objects.count(), listed.state) == (4, "undoing")
    lists_going_on()
    listed.refresh_from_db()
    assert (Organization.objects.count(), listed.state, lists_going_on()) == (0, "undone", 0)
    assert verify_journal().intact


def test_similar_names_are_weighed_in_parts_and_a_killed_run_weighs_the_rest(
    clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for serial, name in enumerate("甲乙丙丁", 1):
        firm(f"云川{name}星智能装备有限公司", serial)
    lines = [f"云川{name}星智能装置有限公司,,,,,,,,," for name in "甲乙丙丁"]

    def told(listed: PartyList) -> list[tuple[Any, ...]]:
        return list(listed.rows.order_by("line").values_list("match", "decision", "suggestion", "candidates"))

    whole = upload_list(None, clerk, name="名单.csv", data=file(*lines), said_on=DAY)
    carry_on(whole.pk)
    assert [match for match, *_more in told(whole)] == ["doubt"] * 4
    real, parts = running.weigh_rows, []

    def killed(listed: PartyList, actor: Actor, *, near: Any) -> PartyList:
        parts.append(len(near))
        if len(parts) == 2:
            raise KeyboardInterrupt
        return real(listed, actor, near=near)

    monkeypatch.setattr(running, "WEIGH", 1)
    monkeypatch.setattr(running, "weigh_rows", killed)
    again = upload_list(None, clerk, name="名单二.csv", data=file(*lines), said_on=DAY)
    with pytest.raises(KeyboardInterrupt):
        carry_on(again.pk)
    assert again.rows.filter(match="doubt").count() == 1
    again.refresh_from_db()
    assert again.state == "reading"
    lists_going_on()
    again.refresh_from_db()
    assert (again.state, parts, told(again)) == ("draft", [1, 1, 1, 1, 1], told(whole))


def test_the_most_lines_are_those_of_the_list_not_of_its_head(
    clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kechuang.commons.parties.reading.MOST_ROWS", 3)
    lines = [f"云川{serial}号有限公司,{code(serial)}" for serial in range(1, 40)]
    assert len(list(open_list("名单.csv", file(*lines[:3])).rows(after=0))) == 3
    with pytest.raises(Problem, match="超过"):
        upload_list(None, clerk, name="名单.csv", data=file(*lines), said_on=DAY)


def test_who_entered_or_settled_does_not_confirm_and_others_are_refused(
    clerk: Actor, person: Person, chief: Actor
) -> None:
    both = person("两手", "parties.import_list", "parties.confirm_list")
    other = person("另一人", "parties.import_list", "parties.confirm_list")
    firm("云川华宇科技有限公司", 1)
    listed = read(both, "云川华宁科技有限公司,")
    with pytest.raises(Refused, match="上传名单的人"):
        confirm_list(listed, both)
    settle_row(listed.rows.get(), other, decision="new")
    with pytest.raises(Refused, match="处理过"):
        confirm_list(listed, other)
    with pytest.raises(Refused):
        confirm_list(listed, clerk)
    with pytest.raises(Refused):
        upload_list(None, chief, name="x.csv", data=file("甲,"), said_on=DAY)
    with pytest.raises(Refused, match="系统续办"):
        take_rows(listed, chief)
    taken(listed, chief)
    with pytest.raises(Refused, match="上传名单的人"):
        undo_list(listed, both, reason="x")


def test_a_list_is_not_confirmed_while_lines_wait_nor_twice_nor_when_nothing_is_to_be_taken(
    clerk: Actor, chief: Actor
) -> None:
    firm("云川华宇科技有限公司", 1)
    listed = read(clerk, "云川华宁科技有限公司,")
    with pytest.raises(Problem, match="1 行没有决定"):
        confirm_list(listed, chief)
    settle_row(listed.rows.get(), clerk, decision="skip")
    with pytest.raises(Problem, match="没有一行"):
        confirm_list(listed, chief)
    drop_list(listed, clerk)
    with pytest.raises(Problem, match="已作废"):
        confirm_list(listed, chief)
    with pytest.raises(Problem, match="已作废"):
        settle_row(listed.rows.get(), clerk, decision="new")
    with pytest.raises(Problem, match="已作废"):
        undo_list(listed, chief, reason="x")


def test_settling_never_joins_two_valid_codes_nor_makes_a_second_entry_of_one(clerk: Actor) -> None:
    other, bare = firm("云川华宇科技有限公司", 1), firm("云川天行材料有限公司")
    OrganizationCode.objects.create(organization=bare, kind="organization", value=inner_code(7))
    listed = read(clerk, f"云川天行材料有限公司,{code(3)}", f"完全不同有限公司,{code(1)}")
    first, second = listed.rows.order_by("line")
    for wrong in (other, bare, None):
        with pytest.raises(Problem) as caught:
            settle_row(first, clerk, decision="take", organization=wrong)
        assert caught.value.field == "decision"
    with pytest.raises(Problem, match="已属于"):
        settle_row(second, clerk, decision="new")
    with pytest.raises(Problem, match="怎样处理"):
        settle_row(second, clerk, decision="open")
    settle_row(second, clerk, decision="take", organization=other)
    assert Entry.objects.filter(verb="parties.row.settled").get().data["line"] == 3


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "空"), (b"a,b\n1,2\n", "没有找到名单"), ((HEAD + "\r\n").encode(), "没有找到名单")],
)
def test_a_file_without_a_list_is_told_and_nothing_is_kept(clerk: Actor, data: bytes, words: str) -> None:
    with pytest.raises(Problem, match=words):
        upload_list(None, clerk, name="x.csv", data=data, said_on=DAY)
    with pytest.raises(Problem, match="数据日期"):
        upload_list(None, clerk, name="x.csv", data=file("甲,"), said_on=dt.date(2020, 1, 1))
    assert PartyList.objects.count() == 0


def test_a_page_opens_the_file_before_others_have_to_wait(
    browser_of: Callable[[Actor], Client], clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_given: object) -> None:
        pytest.fail("opened within the action")

    monkeypatch.setattr("kechuang.commons.parties.actions.lists.open_list", never)
    ClockSetting.objects.create(day=DAY)
    browser, address = browser_of(clerk), reverse("parties:list-upload")
    sent = {"file": SimpleUploadedFile("名单.csv", file("云川新来有限公司,")), "said_on": "2019-10-01"}
    assert browser.post(address, sent).status_code == 302
    assert PartyList.objects.get().labels == HEAD.split(",")
    wrong = browser.post(address, {**sent, "file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n")})
    assert (wrong.status_code, "没有找到名单" in wrong.content.decode()) == (422, True)
    entry = Entry.objects.get(verb="parties.list.uploaded")
    assert "opened" not in entry.data


def test_the_template_is_read_back_as_a_list(clerk: Actor) -> None:
    region()
    with pytest.raises(Problem, match="没有找到名单"):
        open_list("模板.xlsx", template())  # no line yet
    assert list(HEADINGS.words.values())[:2] == ["名称", "统一社会信用代码"]


def test_a_thousand_lines_take_a_bounded_number_of_queries(
    clerk: Actor, chief: Actor, django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "READ", 500)
    monkeypatch.setattr(running, "TAKE", 100)
    lines = [
        f"云川{serial}号有限公司,{code(serial)},,,,城东区,,王某,{serial}号路" for serial in range(1, 1001)
    ]
    listed = upload_list(None, clerk, name="名单.csv", data=file(*lines), said_on=DAY)
    with django_assert_max_num_queries(80):
        carry_on(listed.pk)
    confirm_list(listed, chief)
    with django_assert_max_num_queries(300):
        carry_on(listed.pk)
    assert (Organization.objects.count(), Statement.objects.count()) == (1000, 5000)


def test_a_list_walks_through_its_pages_and_stands_on_the_desks(
    browser_of: Callable[[Actor], Client], clerk: Actor, chief: Actor
) -> None:
    ClockSetting.objects.create(day=DAY)
    one = firm("云川华宇科技有限公司", 1)
    browser = browser_of(clerk)
    sent = {
        "file": SimpleUploadedFile("名单.csv", file("云川华宁科技有限公司,", f"云川新来有限公司,{code(4)}")),
        "said_on": "2019-10-01",
    }
    page = browser.post(reverse("parties:list-upload"), sent)["Location"]
    listed = PartyList.objects.get()
    assert (page, listed.state) == (reverse("parties:list-detail", args=[listed.pk]), "draft")
    assert [todo.url for todo in todos_for(clerk, DAY) if todo.url == page] == [page]
    row = listed.rows.order_by("line").first()
    assert row is not None
    settle = reverse("parties:row-settle", args=[row.pk])
    shown = browser.get(settle).content.decode()
    assert one.name in shown
    assert settle in browser.get(page).content.decode()
    asked = reverse("parties:list-confirm", args=[listed.pk])
    assert asked not in browser_of(chief).get(page).content.decode()  # while a line waits
    browser = browser_of(clerk)
    assert browser.post(settle, {"decision": "other", "other": code(1)})["Location"] == page
    wrong = browser.post(settle, {"decision": "other", "other": ""})
    assert wrong.status_code == 422
    assert browser.get(reverse("parties:list-template")).status_code == 200
    assert browser.get(reverse("parties:list-list")).status_code == 200
    assert browser.post(reverse("parties:list-confirm", args=[listed.pk])).status_code == 403
    browser = browser_of(chief)
    assert asked in browser.get(page).content.decode()
    assert [todo.url for todo in todos_for(chief, DAY) if todo.url == page] == [page]
    browser.post(reverse("parties:list-confirm", args=[listed.pk]))
    listed.refresh_from_db()
    assert (listed.state, Organization.objects.count()) == ("taken", 2)
    identity = browser.get(reverse("parties:organization-identity", args=[one.pk])).content.decode()
    assert "云川华宁科技有限公司" in identity
    browser.post(reverse("parties:list-undo", args=[listed.pk]), {"reason": "发错"})
    listed.refresh_from_db()
    assert (listed.state, Organization.objects.count()) == ("undone", 1)
    assert "发错" in browser.get(page).content.decode()


def test_hostile_cells_are_shown_as_text(browser_of: Callable[[Actor], Client], clerk: Actor) -> None:
    listed = read(clerk, '"<script>alert(1)</script>有限公司",,,,,<b>区</b>', "=1+1有限公司,")
    browser = browser_of(clerk)
    shown = browser.get(reverse("parties:list-detail", args=[listed.pk])).content.decode()
    assert "&lt;script&gt;" in shown
    assert "<script>alert" not in shown
    row = PartyRow.objects.order_by("line").first()
    assert row is not None
    page = browser.get(reverse("parties:row-settle", args=[row.pk])).content.decode()
    assert "<b>区</b>" not in page


def test_suggestions_are_accepted_in_short_batches_that_a_dead_process_may_leave(clerk: Actor) -> None:
    listed = read(clerk, *(f"云川第{number}家有限公司,{code(6)[:-1]}!" for number in range(7)))
    assert {suggestion for _match, _decision, suggestion in found(listed)} == {"new"}
    accept_suggestions(listed, clerk)
    assert (listed.state, listed.settled_by) == ("settling", clerk.name)
    worker = Actor.system("batch")
    settle_rows(listed, worker, most=3)
    assert [decision for _match, decision, _suggestion in found(listed)] == ["new"] * 3 + ["open"] * 4
    assert listed.rows.first().settled_by_ids == [clerk.id]  # type: ignore[union-attr]
    with pytest.raises(Refused):
        settle_rows(listed, clerk, most=3)
    assert lists_going_on() == 1
    listed.refresh_from_db()
    assert (listed.state, listed.rows.filter(decision="open").count()) == ("draft", 0)
    last = Entry.objects.filter(verb="parties.rows.settled").latest("pk")
    assert last.data["left"] == []


def test_a_suggestion_that_fits_no_longer_stays_open_with_its_reason(clerk: Actor) -> None:
    known = firm("云川天行材料有限公司")
    merged = firm("云川地行材料有限公司")
    listed = read(
        clerk,
        f"云川天行材料有限公司,{code(3)}",
        f"云川地行材料有限公司,{code(4)}",
        f"云川错码有限公司,{code(6)[:-1]}!",
    )
    assert [suggestion for _match, _decision, suggestion in found(listed)] == ["take", "take", "new"]
    Organization.objects.filter(pk=known.pk).update(uscc=code(5))
    Organization.objects.filter(pk=merged.pk).update(merged_into=known)
    accepted(listed, clerk)
    assert listed.state == "draft"
    assert [decision for _match, decision, _suggestion in found(listed)] == ["open", "open", "new"]
    assert all(row.problem for row in listed.rows.filter(decision="open"))
    assert not listed.rows.filter(decision="open").exclude(suggestion="").exists()


def test_a_batch_of_suggestions_costs_the_same_for_one_line_and_for_three(clerk: Actor) -> None:
    counts = []
    for number in (1, 3):
        lines = (f"云川{number}第{place}家有限公司,{code(6)[:-1]}!" for place in range(number))
        listed = read(clerk, *lines)
        accept_suggestions(listed, clerk)
        with CaptureQueriesContext(connection) as asked:
            settle_rows(listed, Actor.system("batch"), most=50)
        counts.append(len(asked))
    assert counts[0] == counts[1]
