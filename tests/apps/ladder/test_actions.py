# SPDX-License-Identifier: Apache-2.0
"""A list from upload to registration and back: who may, what it leaves, what it never leaves half-done."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from house_fixtures import Person, lacking
from kechuang.apps.ladder.actions import registering
from kechuang.apps.ladder.actions.intake import discard_list, upload_list
from kechuang.apps.ladder.actions.registering import confirm_list, undo_list
from kechuang.apps.ladder.actions.settling import accept_suggestions, settle_row
from kechuang.apps.ladder.models import ListImport, ListRow
from kechuang.apps.ladder.permissions import can_confirm_list
from kechuang.apps.ladder.queries import open_rows, qualifications_of
from kechuang.commons.documents.models import Document
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem, Refused, Stale
from kechuang.commons.parties.models import Organization, Qualification, QualificationKind, Region
from kechuang.commons.parties.queries import valid_on
from ladder_cases import code, csv_of, line, number

Decision, State = ListRow.Decision, ListImport.State
DAY = dt.date(2019, 10, 15)
pytestmark = pytest.mark.django_db


def codeless(serial: int, name: str) -> list[str]:
    return [str(serial), name, "", number(serial), "2019-09-02", "城东区"]


def test_an_uploaded_list_is_a_draft_that_registers_nothing(drop: Any, clerk: Actor) -> None:
    listed = drop(line(1), line(2), document_number="云科发2号")
    assert (listed.state, listed.row_count, listed.version) == (State.DRAFT, 2, 1)
    assert (listed.uploaded_by, listed.document_number) == ("录入员", "云科发2号")
    assert listed.document is not None
    assert (listed.document.about_kind, listed.document.about_id) == ("ladder.listimport", str(listed.pk))
    assert [skipped["line"] for skipped in listed.skipped] == [4]
    assert [(row.line, row.decision, row.raw[1]) for row in listed.rows.all()] == [
        (2, Decision.NEW, "云川第1号试验有限公司"),
        (3, Decision.NEW, "云川第2号试验有限公司"),
    ]
    assert (Organization.objects.count(), Qualification.objects.count()) == (0, 0)
    entry = Entry.objects.get(verb="ladder.list.uploaded")
    assert (entry.data["rows"], entry.data["open"]) == (2, 0)
    assert entry.data["data"].startswith("sha256:")


def test_confirming_registers_dated_qualifications_with_their_origin(
    drop: Any, chief: Actor, district: Region
) -> None:
    listed = confirm_list(drop(line(1), line(2, region="城东"), line(3, region="别处")), chief)
    assert (listed.state, listed.registered, listed.created, listed.confirmed_by) == (
        State.CONFIRMED,
        3,
        3,
        "复核员",
    )
    held = Qualification.objects.get(number=number(1))
    assert (held.valid_from, held.valid_to, held.region) == (
        dt.date(2019, 9, 2),
        dt.date(2022, 9, 2),
        district,
    )
    assert (held.source_kind, held.source_id, held.demo) == ("ladder.listimport", str(listed.pk), False)
    assert (held.organization.uscc, held.organization.region) == (code(1), district)
    assert Qualification.objects.get(number=number(2)).region == district
    assert Qualification.objects.get(number=number(3)).region is None
    assert set(listed.rows.values_list("qualification__number", "organization__uscc")) == {
        (number(serial), code(serial)) for serial in (1, 2, 3)
    }
    assert Entry.objects.get(verb="ladder.list.confirmed").data == {"registered": 3, "created": 3}


def test_who_may_not_is_refused_at_every_step(
    drop: Any, person: Person, kind: QualificationKind, clerk: Actor, chief: Actor
) -> None:
    stranger = person("旁人", "ladder.view_list")
    listed = drop(codeless(1, "甲公司"))
    row = listed.rows.get()
    with lacking("ladder.import_list"):
        upload_list(kind, stranger, name="a.csv", data=csv_of([line(9)]), issued_on=DAY)
    with lacking("ladder.import_list"):
        settle_row(row, chief, decision=Decision.SKIP)
    with lacking("ladder.import_list"):
        accept_suggestions(listed, chief)
    with lacking("ladder.import_list"):
        discard_list(listed, chief)
    with lacking("ladder.confirm_list"):
        confirm_list(listed, clerk)
    with lacking("ladder.confirm_list"):
        undo_list(listed, clerk, reason="x")
    assert Entry.objects.filter(outcome="refused").count() == 6
    listed.refresh_from_db()
    assert listed.state == State.DRAFT


def test_nobody_confirms_what_he_uploaded_or_settled(drop: Any, person: Person, chief: Actor) -> None:
    both, other = [person(name, "ladder.import_list", "ladder.confirm_list") for name in ("甲", "乙")]
    own = drop(line(1), by=both)
    with pytest.raises(Refused, match="上传名单的人不能自己确认"):
        confirm_list(own, both)
    settled = drop(line(2), codeless(3, "丙公司"), by=other)
    settle_row(open_rows(settled).get(), both, decision=Decision.NEW)
    with pytest.raises(Refused, match="处理过名单存疑行的人不能确认"):
        confirm_list(settled, both)
    assert confirm_list(settled, chief).registered == 2


def test_a_deputy_and_who_he_acts_for_are_not_two_people(
    drop: Any, person: Person, kind: QualificationKind
) -> None:
    giver, deputy = [person(name, "ladder.import_list", "ladder.confirm_list") for name in ("甲", "乙")]
    acting = replace(deputy, on_behalf_of=f"access.user:{giver.id}")
    uploaded = drop(line(1), by=giver)
    assert "上传名单的人不能自己确认" in can_confirm_list(uploaded, giver).reason
    assert can_confirm_list(uploaded, deputy)
    ListImport.objects.filter(pk=uploaded.pk).update(
        uploaded_by_id=deputy.id, uploaded_for=acting.on_behalf_of
    )
    assert not can_confirm_list(uploaded, giver)
    settled = drop(codeless(2, "丙公司"), by=person("丙", "ladder.import_list"))
    settle_row(open_rows(settled).get(), giver, decision=Decision.NEW)
    ListRow.objects.filter(list=settled).update(settled_by_id=deputy.id, settled_for=acting.on_behalf_of)
    assert "处理过名单存疑行的人不能确认" in can_confirm_list(settled, giver).reason
    assert not can_confirm_list(settled, deputy)


def test_a_list_with_an_open_line_cannot_be_confirmed(drop: Any, chief: Actor, clerk: Actor) -> None:
    listed = drop(line(1), codeless(2, "甲公司"))
    with pytest.raises(Problem, match="还有 1 行没有决定"):
        confirm_list(listed, chief)
    accept_suggestions(listed, clerk)
    assert confirm_list(listed, chief).registered == 2


def test_suggestions_are_accepted_at_once_and_the_others_stay_open(
    drop: Any, clerk: Actor, chief: Actor
) -> None:
    confirm_list(drop(line(1, "云川启明智能科技有限公司")), chief)
    listed = drop(
        codeless(11, "丁公司"),  # nobody of that name: new
        ["2", "云川启明智能科枝有限公司", "", number(12), "2019-09-02", ""],  # similar: no suggestion
        [
            "3",
            "云川启明智能科技有限公司",
            code(1)[:-1] + "?",
            number(13),
            "2019-09-02",
            "",
        ],  # wrong code: take
    )
    accept_suggestions(listed, clerk)
    rows = list(listed.rows.all())
    assert [row.decision for row in rows] == [Decision.NEW, Decision.OPEN, Decision.TAKE]
    assert rows[2].organization == Organization.objects.get(uscc=code(1))
    assert [row.settled_by for row in rows] == ["录入员", "", "录入员"]
    assert Entry.objects.get(verb="ladder.suggestions.accepted").data == {"rows": 2}
    with pytest.raises(Problem, match="没有带建议"):
        accept_suggestions(listed, clerk)


def test_settling_keeps_two_valid_codes_apart(drop: Any, clerk: Actor) -> None:
    firm = Organization.objects.create(name="云川启明智能科技有限公司", uscc=code(9))
    listed = drop(line(1, firm.name), line(2, "丁公司", region=""), [*line(3)[:1], "", *line(3)[2:]])
    row = listed.rows.get(line=2)
    with pytest.raises(Problem, match="不能合并"):
        settle_row(row, clerk, decision=Decision.TAKE, organization=firm)
    with pytest.raises(Problem, match="请选择要登记到的企业"):
        settle_row(row, clerk, decision=Decision.TAKE)
    with pytest.raises(Problem, match="怎样处理"):
        settle_row(row, clerk, decision="")
    with pytest.raises(Problem, match="没有企业名称"):
        settle_row(listed.rows.get(line=4), clerk, decision=Decision.NEW)
    Organization.objects.create(name="别家", uscc=code(2))
    with pytest.raises(Problem, match="已属于“别家”"):
        settle_row(listed.rows.get(line=3), clerk, decision=Decision.NEW)
    assert settle_row(row, clerk, decision=Decision.NEW).organization is None


def test_a_known_firm_without_code_gets_it_from_the_list(
    drop: Any, clerk: Actor, chief: Actor, district: Region
) -> None:
    firm = Organization.objects.create(name="云川启明智能科技有限公司")
    listed = drop(line(1, firm.name))
    settle_row(open_rows(listed).get(), clerk, decision=Decision.TAKE, organization=firm)
    assert confirm_list(listed, chief).created == 0
    firm.refresh_from_db()
    assert (firm.uscc, firm.region) == (code(1), district)


def test_a_firm_does_not_get_two_codes_and_a_code_not_two_firms(
    drop: Any, clerk: Actor, chief: Actor
) -> None:
    one, other = [Organization.objects.create(name=name) for name in ("甲公司", "乙公司")]
    two_codes = drop(line(1, "甲公司"), line(2, "甲公司"))
    for row in two_codes.rows.all():
        settle_row(row, clerk, decision=Decision.TAKE, organization=one)
    with pytest.raises(Problem, match="不能合并") as caught:
        confirm_list(two_codes, chief)
    assert caught.value.line == 3
    two_firms = drop(line(3, "甲公司"), [*line(3, "乙公司")[:3], number(99), "2019-09-02", ""])
    for row, firm in zip(two_firms.rows.all(), (one, other), strict=True):
        settle_row(row, clerk, decision=Decision.TAKE, organization=firm)
    with pytest.raises(Problem, match="不能补到"):
        confirm_list(two_firms, chief)
    assert list(Organization.objects.values_list("uscc", flat=True)) == [None, None]
    assert Qualification.objects.count() == 0


def test_an_overtaken_line_is_refused_and_names_who_was_first(
    drop: Any, clerk: Actor, person: Person
) -> None:
    row = drop(codeless(1, "甲公司")).rows.get()
    other = person("另一录入员", "ladder.import_list")
    settle_row(row, other, decision=Decision.SKIP, expected_version=1)
    with pytest.raises(Stale, match="另一录入员"):
        settle_row(row, clerk, decision=Decision.NEW, expected_version=1)
    row.refresh_from_db()
    assert (row.decision, row.version) == (Decision.SKIP, 2)


def test_a_second_click_uploads_and_confirms_once(
    kind: QualificationKind, clerk: Actor, chief: Actor
) -> None:
    arguments: dict[str, Any] = {
        "name": "a.csv",
        "data": csv_of([line(1)]),
        "issued_on": DAY,
        "idempotency_key": "k1",
    }
    listed = upload_list(kind, clerk, **arguments)
    assert upload_list(kind, clerk, **arguments) == listed
    confirm_list(listed, chief, idempotency_key="k2")
    assert confirm_list(listed, chief, idempotency_key="k2") == listed
    assert (ListImport.objects.count(), Qualification.objects.count()) == (1, 1)


def test_the_same_file_is_noticed_until_its_list_is_dropped(
    kind: QualificationKind, yearly: QualificationKind, clerk: Actor
) -> None:
    data = csv_of([line(1)])
    listed = upload_list(kind, clerk, name="a.csv", data=data, issued_on=DAY)
    with pytest.raises(Problem, match="已经上传过") as caught:
        upload_list(kind, clerk, name="b.csv", data=data, issued_on=DAY)
    assert caught.value.field == "file"
    assert upload_list(yearly, clerk, name="a.csv", data=data, issued_on=DAY).kind == yearly
    assert discard_list(listed, clerk).state == State.DISCARDED
    assert upload_list(kind, clerk, name="a.csv", data=data, issued_on=DAY).state == State.DRAFT
    with pytest.raises(Problem, match="不能作废"):
        discard_list(listed, clerk)


def test_a_list_of_tomorrow_is_refused(kind: QualificationKind, clerk: Actor) -> None:
    with pytest.raises(Problem, match="晚于今天") as caught:
        upload_list(kind, clerk, name="a.csv", data=csv_of([line(1)]), issued_on=DAY + dt.timedelta(days=1))
    assert caught.value.field == "issued_on"


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", "不是名单".encode(), b"PK\x03\x04xx"])
def test_an_unreadable_file_leaves_nothing(kind: QualificationKind, clerk: Actor, data: bytes) -> None:
    with pytest.raises(Problem) as caught:
        upload_list(kind, clerk, name="a.xlsx", data=data, issued_on=DAY)
    assert caught.value.field == "file"
    assert (ListImport.objects.count(), Document.objects.count(), Entry.objects.count()) == (0, 0, 0)


def test_an_import_killed_in_the_middle_leaves_nothing(
    drop: Any, kind: QualificationKind, clerk: Actor, chief: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    listed = drop(line(1), line(2))
    with monkeypatch.context() as broken:
        broken.setattr(Qualification.objects, "bulk_create", killed)
        with pytest.raises(KeyboardInterrupt):
            confirm_list(listed, chief)
    with monkeypatch.context() as broken:
        broken.setattr(ListRow.objects, "bulk_create", killed)
        with pytest.raises(KeyboardInterrupt):
            upload_list(kind, clerk, name="b.csv", data=csv_of([line(5)]), issued_on=DAY)
    listed.refresh_from_db()
    assert (listed.state, ListImport.objects.count()) == (State.DRAFT, 1)
    assert (Organization.objects.count(), Qualification.objects.count(), Document.objects.count()) == (
        0,
        0,
        1,
    )
    assert confirm_list(listed, chief).registered == 2


def test_a_number_registered_in_the_meantime_stops_the_whole_list(
    drop: Any, clerk: Actor, chief: Actor
) -> None:
    first, second = drop(line(1), line(2)), drop(line(2), line(3))
    confirm_list(first, chief)
    with pytest.raises(Problem, match="第 2 行的资质在此期间已由另一份名单登记"):
        confirm_list(second, chief)
    assert Qualification.objects.count() == 2
    settle_row(second.rows.get(line=2), clerk, decision=Decision.SKIP)
    assert confirm_list(second, chief).registered == 1


def test_firms_that_another_list_created_in_the_meantime_are_not_created_twice(
    drop: Any, chief: Actor, yearly: QualificationKind
) -> None:
    first, second = drop(line(1), line(2)), drop(line(1), line(2), of=yearly, title="另一类")
    confirm_list(first, chief)
    assert (confirm_list(second, chief).created, Organization.objects.count()) == (0, 2)


def test_a_list_in_which_every_line_is_skipped_is_not_confirmed(
    drop: Any, clerk: Actor, chief: Actor
) -> None:
    listed = drop(codeless(1, "甲公司"))
    settle_row(listed.rows.get(), clerk, decision=Decision.SKIP)
    with pytest.raises(Problem, match="没有一行要登记"):
        confirm_list(listed, chief)


def test_lines_without_numbers_are_registered_once(drop: Any, chief: Actor, kind: QualificationKind) -> None:
    lines = [["1", "甲公司", code(1), "", "2019-09-02", ""], ["2", "乙公司", code(2), "", "2019-09-02", ""]]
    listed = drop(*lines)
    assert any("2 行没有编号" in one for one in listed.notes)
    confirm_list(listed, chief)
    assert valid_on(kind.pk, DAY).count() == 2
    again = drop(*lines)
    assert {row.decision for row in again.rows.all()} == {Decision.SKIP}


def test_lines_without_numbers_that_wait_in_two_lists_are_registered_by_one(drop: Any, chief: Actor) -> None:
    lines = [["1", "甲公司", code(1), "", "2019-09-02", ""]]
    first, second = drop(*lines), drop(*lines)
    confirm_list(first, chief)
    with pytest.raises(Problem, match="第 2 行的资质在此期间已由另一份名单登记"):
        confirm_list(second, chief)
    assert Qualification.objects.count() == 1


def test_odd_numbers_are_pointed_out_and_decide_nothing(drop: Any) -> None:
    listed = drop([*line(1)[:3], "X-1", *line(1)[4:]])
    assert "编号格式不同" in listed.notes[0]
    assert listed.rows.get().decision == Decision.NEW


def test_an_undone_list_counts_on_no_day_and_frees_its_numbers(
    drop: Any, clerk: Actor, chief: Actor, kind: QualificationKind
) -> None:
    listed = confirm_list(drop(line(1), line(2)), chief)
    with pytest.raises(Problem, match="填写撤回原因"):
        undo_list(listed, chief, reason=" ")
    undo_list(listed, chief, reason="更正公告")
    assert (listed.state, listed.undone_reason) == (State.UNDONE, "更正公告")
    assert valid_on(kind.pk, DAY).count() == 0
    assert all(held.revoked_on == held.valid_from for held in qualifications_of(listed))
    assert Organization.objects.count() == 2
    assert Entry.objects.get(verb="ladder.list.undone").data["withdrawn"] == 2
    assert confirm_list(drop(line(1), line(2)), chief).created == 0
    assert valid_on(kind.pk, DAY).count() == 2
    with pytest.raises(Problem, match="不能撤回"):
        undo_list(listed, chief, reason="再来")


def test_a_confirmed_list_takes_no_more_decisions(drop: Any, clerk: Actor, chief: Actor) -> None:
    listed = confirm_list(drop(line(1)), chief)
    with pytest.raises(Problem, match="不能再处理"):
        settle_row(listed.rows.get(), clerk, decision=Decision.SKIP)
    with pytest.raises(Problem, match="不能再处理"):
        accept_suggestions(listed, clerk)
    with pytest.raises(Problem, match="不能再确认"):
        confirm_list(listed, chief)


def test_the_order_of_the_lists_does_not_matter(drop: Any, chief: Actor, kind: QualificationKind) -> None:
    early, late = (
        [line(serial, day=f"2016-11-{serial:02d}") for serial in range(1, 6)],
        [[*line(serial)[:3], number(serial + 50), "2019-09-02", "城东区"] for serial in range(3, 9)],
    )
    seen = []
    for order in ((early, late), (late, early)):
        lists = [confirm_list(drop(*lines), chief) for lines in order]
        seen.append(
            [
                valid_on(kind.pk, DAY + dt.timedelta(days=shift)).values("organization").distinct().count()
                for shift in (0, 17, 21, 25)
            ]
        )
        for listed in lists:
            undo_list(listed, chief, reason="换个次序")
    assert seen[0] == seen[1] == [8, 7, 6, 6]


def test_two_thousand_lines_take_a_bounded_number_of_queries(
    drop: Any, chief: Actor, django_assert_max_num_queries: Any
) -> None:
    lines = [line(serial) for serial in range(1, 2001)]
    with django_assert_max_num_queries(60):
        listed = drop(*lines)
    with django_assert_max_num_queries(120):
        assert confirm_list(listed, chief).registered == 2000


def test_most_named_lines_are_named_and_the_rest_implied(drop: Any, chief: Actor) -> None:
    lines = [line(serial) for serial in range(1, 9)]
    first, second = drop(*lines), drop(*lines)
    confirm_list(first, chief)
    with pytest.raises(Problem, match="第 2、3、4、5、6… 行"):
        confirm_list(second, chief)
    assert registering.MOST_NAMED == 5
