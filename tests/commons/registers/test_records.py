# SPDX-License-Identifier: Apache-2.0
"""Records: made, edited, moved, taken in; counted as of a day."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal

import pytest
import xlsxwriter
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from kechuang.commons.documents.actions import store_document
from kechuang.commons.documents.models import Document
from kechuang.commons.documents.permissions import can_read_document
from kechuang.commons.figures.registry import Scope, figure
from kechuang.commons.figures.splits import trend_to
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem, Refused, Stale
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.parties.models import Organization, Region, Unit
from kechuang.commons.registers.actions.records import (
    edit_record,
    install_records,
    make_record,
    move_record,
    take_records,
)
from kechuang.commons.registers.dues import due_lines
from kechuang.commons.registers.models import Record, RecordLink, StateSpan
from kechuang.commons.registers.pieces import RecordPiece
from kechuang.commons.registers.queries import in_state_on, neighbours, registers
from kechuang.commons.registers.sheets import check_sheet, template_of
from register_samples import PILOT, release

pytestmark = pytest.mark.django_db
PROOF = [("验收意见.txt", "通过".encode())]
KEEPER = ("registers.view_record", "registers.keep_record")
Make = Callable[..., Record]


def test_record_begins_in_the_first_state_with_a_number_and_keys_in_columns(
    make: Make, business_day: dt.date
) -> None:
    record = make(level="国家级", area="1,200.5", until="2020年1月31日", open="是")
    assert (record.number, record.state, record.title) == ("中试2019-001", "building", "甲基地")
    assert (record.key1, record.amount1, record.day1, record.key2) == (
        "national",
        12005,
        dt.date(2020, 1, 31),
        "1",
    )
    assert [(span.state, span.since, span.until) for span in record.spans.all()] == [
        ("building", business_day, None)
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": ""}, "title"),
        ({"level": "省级"}, "level"),
        ({"area": "很大"}, "area"),
        ({"area": "1.25"}, "area"),
        ({"area": "1e30"}, "area"),
        ({"area": "nan"}, "area"),
        ({"until": "2019-13-01"}, "until"),
        ({"open": "也许"}, "open"),
        ({"host": "没有这家"}, "host"),
        ({"partners": "没有这个"}, "partners"),
        ({"title": "长" * 201}, "title"),
        ({"income": {"19": "5"}}, "income"),
    ],
)
def test_value_that_cannot_be_is_told_at_its_field_and_nothing_is_stored(make: Make, values, field) -> None:
    with pytest.raises(Problem) as told:
        make(**{"title": "乙", **values}) if "title" not in values else make(values["title"])
    assert told.value.field == field
    assert Record.objects.count() == 0


def test_same_value_of_a_unique_field_is_refused(make: Make) -> None:
    make()
    with pytest.raises(Problem) as told:
        make()
    assert told.value.field == "title"


def test_links_are_seen_from_both_sides(make: Make) -> None:
    host = Organization.objects.create(name="演示大学", uscc=None)
    first = make("甲", host="演示大学")
    second = make("乙", partners="甲")
    piece = registers()["pilot_base"]
    assert [(one.label, one.ref, one.incoming) for one in neighbours(piece, first, registers())] == [
        ("依托单位", Ref.of(host), False),
        ("被合作", Ref.of(second), True),
    ]
    assert first.organization_id == host.pk
    edit_record(second, Actor.system("test"), values={"title": "乙"})
    assert RecordLink.objects.filter(record=second).count() == 0


def test_two_things_of_one_name_need_a_code(make: Make) -> None:
    for _time in range(2):
        Organization.objects.create(name="同名")
    with pytest.raises(Problem) as told:
        make(host="同名")
    assert told.value.field == "host"


def test_move_needs_what_the_definition_says(make: Make, keeper: Actor) -> None:
    record = make()
    with pytest.raises(Problem) as told:
        move_record(record, keeper, to="running")
    assert told.value.field == "proof"
    with pytest.raises(Problem) as told:
        move_record(record, keeper, to="running", files=PROOF)
    assert told.value.field == "area"
    edit_record(record, keeper, values={"title": "甲基地", "area": "10"})
    move_record(record, keeper, to="running", files=PROOF)
    assert record.state == "running"


def test_move_that_is_not_defined_is_refused(make: Make, keeper: Actor) -> None:
    with pytest.raises(Problem):
        move_record(make(), keeper, to="nowhere")


def test_move_for_heads_is_refused_to_the_keeper(
    make: Make, keeper: Actor, person: Callable[..., Actor]
) -> None:
    record = make()
    with pytest.raises(Refused):
        move_record(record, keeper, to="closed", reason="不建了")
    head = person("处长", *KEEPER, "registers.head_record")
    assert move_record(record, head, to="closed", reason="不建了").state == "closed"


def test_office_keeps_its_own_records_only(
    person: Callable[..., Actor], office: Callable[[str], Unit]
) -> None:
    mine, other = office("甲处"), office("乙处")
    release({**PILOT, "office": mine.code})
    stranger = person("乙处人员", *KEEPER, over=other)
    with pytest.raises(Refused):
        make_record(None, stranger, register="pilot_base", values={"title": "甲"})
    record = make_record(
        None, person("甲处人员", *KEEPER, over=mine), register="pilot_base", values={"title": "甲"}
    )
    for act in (
        lambda: edit_record(record, stranger, values={"title": "改"}),
        lambda: move_record(record, stranger, to="running", files=PROOF),
    ):
        with pytest.raises(Refused):
            act()


def test_office_makes_a_record_of_another_register_that_will_be_its_own(
    person: Callable[..., Actor], office: Callable[[str], Unit]
) -> None:
    mine, other = office("甲处"), office("乙处")
    owner = {"code": "owner", "label": "承办处室", "type": "unit"}
    release({**PILOT, "office": mine.code, "owner": "owner", "fields": [*PILOT["fields"], owner]})
    stranger = person("乙处人员", *KEEPER, over=other)
    for whose in ("", "甲处"):
        with pytest.raises(Refused):
            make_record(None, stranger, register="pilot_base", values={"title": "甲", "owner": whose})
    record = make_record(None, stranger, register="pilot_base", values={"title": "乙", "owner": "乙处"})
    assert record.unit == other
    given = person("甲处人员", *KEEPER, over=mine)
    assert (
        make_record(None, given, register="pilot_base", values={"title": "丙", "owner": "乙处"}).unit == other
    )


def test_forms_of_a_register_open_to_the_office_that_keeps_it_alone(
    person: Callable[..., Actor], office: Callable[[str], Unit], browser_of: Callable[[Actor], Client]
) -> None:
    mine, other = office("甲处"), office("乙处")
    release({**PILOT, "office": mine.code})
    pages = [reverse(f"registers:{name}", args=["pilot_base"]) for name in ("record-make", "sheet-take")]
    listed = reverse("registers:record-list", args=["pilot_base"])
    for unit, status in ((mine, 200), (other, 403)):
        browser = browser_of(person(f"{unit}人员", *KEEPER, over=unit))
        assert [browser.get(page).status_code for page in pages] == [status, status]
        shown = browser.get(listed).content.decode()
        assert [page in shown for page in pages] == [status == 200] * 2


def test_who_holds_nothing_is_refused(make: Make, person: Callable[..., Actor]) -> None:
    record, nobody = make(), person("无权")
    for act in (
        lambda: make_record(None, nobody, register="pilot_base", values={"title": "乙"}),
        lambda: take_records(None, nobody, register="pilot_base", rows=[], source="x"),
        lambda: edit_record(record, nobody, values={"title": "改"}),
        lambda: move_record(record, nobody, to="running"),
    ):
        with pytest.raises(Refused):
            act()


def test_second_officer_who_moves_an_overtaken_record_is_told(make: Make, keeper: Actor) -> None:
    record = make(area="1")
    seen = record.version
    move_record(record, keeper, to="running", files=PROOF, expected_version=seen)
    with pytest.raises(Stale):
        move_record(record, keeper, to="running", files=PROOF, expected_version=seen)


def test_figures_count_the_state_of_the_day_and_open_to_their_records(make: Make, keeper: Actor) -> None:
    shenyang = Region.objects.create(code="990101", name="演示区")
    with clock.pinned(dt.date(2019, 3, 1)):
        first = make("甲", level="city", area="100.5", region="演示区")
        second = make("乙", level="national", area="200")
    with clock.pinned(dt.date(2019, 5, 1)):
        move_record(first, keeper, to="running", files=PROOF)
    with clock.pinned(dt.date(2019, 6, 1)):
        move_record(second, keeper, to="running", files=PROOF)
    with clock.pinned(dt.date(2019, 9, 1)):
        move_record(second, Actor.system("test"), to="closed", reason="合并")

    def value(code: str, day: dt.date, region: str = "") -> Decimal:
        found = figure(f"registers.pilot_{code}")
        assert found is not None
        scope = Scope(day, region)
        members = [found.member(row) for row in found.members(scope)]
        assert sum((one.contribution for one in members), Decimal(0)) == found.value(scope)
        return found.value(scope)

    april, may, july, october = (dt.date(2019, month, 15) for month in (4, 5, 7, 10))
    assert [value("bases", day) for day in (april, may, july, october)] == [0, 1, 2, 1]
    assert [value("area", day) for day in (april, may, july, october)] == [
        0,
        Decimal("100.5"),
        Decimal("300.5"),
        Decimal("100.5"),
    ]
    assert value("city", july) == 1
    assert (value("bases", july, shenyang.code), value("bases", july, "x")) == (1, 0)
    regions = figure("registers.pilot_bases").by_region(Scope(july))  # type: ignore[union-attr,misc]
    assert sum(number for _code, _name, number in regions) == 2


def test_yearly_figures_are_drawn_and_told_in_a_table_with_the_change(
    make: Make, keeper: Actor, browser_of: Callable[[Actor], Client]
) -> None:
    record = make(income={"2016": "100", "2018": "80", "2017": "125"})
    page = browser_of(keeper).get(reverse("registers:record-detail", args=[record.pk]))
    (figure_,) = page.context["yearly"]
    assert [(line.year, line.value, line.change) for line in figure_.lines] == [
        ("2016", 100, None),
        ("2017", 125, 25),
        ("2018", 80, -45),
    ]
    assert page.content.decode().count('class="kc-chart-bar"') == 3
    assert "2018：80" not in page.content.decode()  # not told twice
    bare = browser_of(keeper).get(reverse("registers:record-detail", args=[make("乙基地").pk]))
    assert bare.context["yearly"] == []


def test_share_is_per_cent_of_the_records_it_is_part_of_and_opens_to_both(
    make: Make, keeper: Actor, person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    east, west = (
        Region.objects.create(code=code, name=name) for code, name in (("990101", "东区"), ("990102", "西区"))
    )
    with clock.pinned(dt.date(2019, 3, 1)):
        made = [
            make(name, area=area, region=where)
            for name, area, where in (("甲", "100.5", "东区"), ("乙", "200", "东区"), ("丙", "301", "西区"))
        ]
    with clock.pinned(dt.date(2019, 6, 10)):
        move_record(made[0], keeper, to="running", files=PROOF)
    with clock.pinned(dt.date(2019, 9, 1)):
        move_record(made[2], Actor.system("test"), to="closed", reason="合并")
    rate, area = figure("registers.pilot_rate"), figure("registers.pilot_area_rate")
    assert rate is not None
    assert area is not None
    february, april, july, october = (dt.date(2019, month, 15) for month in (2, 4, 7, 10))
    assert [rate.value(Scope(day)) for day in (february, april, july, october)] == [
        None,
        0,
        Decimal("33.33"),
        50,
    ]
    assert [area.value(Scope(day)) for day in (july, october)] == [Decimal("16.71"), Decimal("33.44")]
    assert (rate.value(Scope(july, east.code)), rate.value(Scope(july, west.code))) == (50, 0)
    assert rate.value(Scope(july, "990199")) is None

    for share, parts, wholes in (
        (rate, [1], [1, 1, 1]),
        (area, [Decimal("100.5")], [Decimal(301), Decimal(200), Decimal("100.5")]),
    ):
        assert share.unit == "%"
        assert share.whole is not None
        for side, amounts in ((share, parts), (share.whole, wholes)):
            told = [side.member(row).contribution for row in side.members(Scope(july))]
            assert sorted(told) == sorted(amounts)

    for one in (rate, area, rate.whole, area.whole, figure("registers.pilot_bases")):
        assert one is not None
        assert one.past is not None
        for where in ("", east.code, "990199"):
            past = trend_to(one, Scope(october, where))
            assert past == [(day, one.value(Scope(day, where))) for day, _value in past]
            assert len(past) == 13

    told = rate.member(
        make("丁", price="1234.56", level="city", host="")
    )  # sensitive values, and keys, are not told
    assert told.detail == "市级"
    browser = browser_of(person("读者", "figures.view_figure", "registers.view_record"))
    address = reverse("figures:figure-detail", args=["registers.pilot_rate"])
    page = browser.get(address, {"day": "2019-07-15"})
    assert [(line.name, line.amount, line.whole, line.percent) for line in page.context["regions"]] == [
        ("东区", 1, 2, 50),
        ("西区", 0, 1, 0),
    ]
    assert page.context["sides"] == (1, 3)
    assert [row.title for row in page.context["listing"].rows] == ["甲"]
    assert [amount for _day, amount in page.context["past"]][-5:] == [
        0,
        0,
        0,
        Decimal("33.33"),
        Decimal("33.33"),
    ]
    whole = browser.get(address, {"day": "2019-07-15", "of": "whole", "region": east.code})
    assert sorted(row.title for row in whole.context["listing"].rows) == ["乙", "甲"]


@pytest.mark.guarantee
def test_states_of_a_record_never_overlap_in_the_database(make: Make) -> None:
    record = make()
    with pytest.raises(IntegrityError), transaction.atomic():
        StateSpan.objects.create(record=record, state="running", since=clock.today(), by="x")


def test_state_of_no_day_leaves_no_span(make: Make, keeper: Actor) -> None:
    record = make(area="1")
    move_record(record, keeper, to="running", files=PROOF)
    assert [(span.state, span.until) for span in record.spans.all()] == [("running", None)]
    assert in_state_on("pilot_base", clock.today(), ["building"]).count() == 0


def test_move_cannot_be_dated_before_the_state_began_or_after_today(make: Make, keeper: Actor) -> None:
    record = make(area="1")
    for day in (clock.today() - dt.timedelta(days=1), clock.today() + dt.timedelta(days=1)):
        with pytest.raises(Problem) as told:
            move_record(record, keeper, to="running", files=PROOF, on=day)
        assert told.value.field == "on"


def test_what_falls_due_is_told_with_its_light_in_the_named_states_only(make: Make, keeper: Actor) -> None:
    record = make(area="1", until="2019-11-01")
    piece = registers()["pilot_base"]
    assert due_lines(piece, [record], clock.today()) == []
    move_record(record, keeper, to="running", files=PROOF)
    [line] = due_lines(piece, [record], clock.today())
    assert (line.day, line.light.colour) == (dt.date(2019, 11, 1), "yellow")


def sheet(*rows: tuple[str, ...]) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet()
    for line, row in enumerate(rows):
        for column, text in enumerate(row):
            page.write_string(line, column, text)
    book.close()
    return file.getvalue()


def test_template_holds_the_columns_and_comes_back_in(make: Make, keeper: Actor) -> None:
    piece = registers()["pilot_base"]
    head = CalamineWorkbook.from_filelike(io.BytesIO(template_of(piece))).get_sheet_by_index(0).to_python()[0]
    assert head[:4] == ["基地名称", "依托单位", "所在区县", "级别"]
    checked = check_sheet(
        piece, "a.xlsx", sheet(tuple(map(str, head)), ("甲", "", "", "市级"), ("乙", "", "", "国家级"))
    )
    assert (checked.faults, checked.unknown) == ([], [])
    assert take_records(None, keeper, register="pilot_base", rows=checked.rows, source="a.xlsx") == 2
    assert list(Record.objects.order_by("id").values_list("number", "title", "key1")) == [
        ("中试2019-001", "甲", "city"),
        ("中试2019-002", "乙", "national"),
    ]


def test_sheet_with_faults_names_every_line_and_stores_nothing(make: Make) -> None:
    piece = registers()["pilot_base"]
    data = sheet(
        ("基地名称", "级别", "备注列"),
        ("甲", "省级", ""),
        ("", "市级", ""),
        ("乙", "市级", ""),
        ("乙", "市级", ""),
    )
    checked = check_sheet(piece, "a.xlsx", data)
    assert [line for line, _words in checked.faults] == [2, 3, 5]
    assert (len(checked.rows), checked.unknown) == (1, ["备注列"])
    assert Record.objects.count() == 0


@pytest.mark.usefixtures("plain_words")
def test_dry_run_tells_all_that_is_wrong_with_a_line_and_what_is_registered_already(make: Make) -> None:
    make("甲")
    data = sheet(
        ("基地名称", "级别", "面积（平方米）", "所在区县"),
        ("乙", "宇宙级", "一千", "火星区"),
        ("甲", "市级", "1", ""),
    )
    checked = check_sheet(registers()["pilot_base"], "a.xlsx", data)
    (first, told), (second, again) = checked.faults
    assert (first, second) == (2, 3)
    assert [label in told for label in ("级别", "面积", "所在区县")] == [True] * 3
    assert told.count("\n") == 2
    assert again.startswith("“基地名称”为“甲”的记录已存在")


def test_all_rows_or_none_are_taken(make: Make, keeper: Actor) -> None:
    rows = [{"title": "甲", "_line": 2}, {"title": "乙", "level": "省级", "_line": 3}]
    with pytest.raises(Problem) as told:
        take_records(None, keeper, register="pilot_base", rows=rows, source="x")
    assert told.value.line == 3
    assert Record.objects.count() == 0


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe\x00\x01\x02", b"PK\x03\x04broken", "基地名称\n".encode(), "级别\n市级\n".encode()],
    ids=["empty", "binary", "broken", "head only", "required column missing"],
)
def test_sheet_that_cannot_be_read_is_refused_with_a_remedy(make: Make, data: bytes) -> None:
    with pytest.raises(Problem) as told:
        check_sheet(registers()["pilot_base"], "x", data)
    assert told.value.remedy


def test_csv_in_gb18030_is_read(make: Make) -> None:
    checked = check_sheet(registers()["pilot_base"], "a.csv", "基地名称,级别\n甲,市级\n".encode("gb18030"))
    assert [row["title"] for row in checked.rows] == ["甲"]


def test_list_needs_the_same_queries_for_one_record_and_for_three(
    make: Make, person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    client = browser_of(person("看", "registers.view_record"))
    address = reverse("registers:record-list", args=["pilot_base"])
    counts = []
    client.get(address)
    for titles in (("甲",), ("乙", "丙")):
        for title in titles:
            make(title)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] <= 15


def test_public_list_shows_only_the_named_states(make: Make, client: Client) -> None:
    make()
    assert "甲基地" not in client.get(reverse("registers:public-list", args=["pilot_base"])).content.decode()


def test_directory_of_public_pages_counts_what_stands_there_and_is_found_at_the_door(
    make: Make, keeper: Actor, client: Client
) -> None:
    release({**PILOT, "code": "hidden_base", "name": "不公开的台账", "public": None, "figures": []})
    make("甲", area="1")
    move_record(make("乙", area="1"), keeper, to="running", files=PROOF)
    directory = reverse("registers:public-index")
    assert directory in client.get(reverse("access:sign-in")).content.decode()
    with CaptureQueriesContext(connection) as queries:
        page = client.get(directory)
    assert len(queries) <= 6
    [(group, rows)] = page.context["groups"]
    assert (group, [(piece.code, count) for piece, count in rows]) == ("成果转化", [("pilot_base", 1)])
    assert reverse("registers:public-list", args=["pilot_base"]) in page.content.decode()


def test_register_without_a_public_view_has_no_public_page(client: Client, db: None) -> None:
    release({key: value for key, value in PILOT.items() if key != "public"})
    assert client.get(reverse("registers:public-list", args=["pilot_base"])).status_code == 404


def test_records_that_content_names_are_made_once_and_keep_what_people_did(keeper: Actor) -> None:
    system = Actor.system("content")
    piece = RecordPiece(
        code="base.one", of="pilot_base", source="某文件", values={"title": "甲基地", "level": "市级"}
    )
    assert install_records(None, system, pieces=[piece]) == 1
    record = Record.objects.get()
    assert (record.piece, record.source, record.key1) == ("base.one", "某文件", "city")
    edit_record(record, keeper, values={"title": "甲基地（改）"})
    assert install_records(None, system, pieces=[piece]) == 0
    assert Record.objects.get().title == "甲基地（改）"
    with pytest.raises(Refused):
        install_records(None, keeper, pieces=[piece])


def test_file_of_a_record_opens_for_who_may_see_the_record_and_nothing_else_can_be_named_as_one(
    keeper: Actor, person: Callable[..., Actor]
) -> None:
    deed_field = {"code": "deed", "label": "协议", "type": "file"}
    release({**PILOT, "fields": [*PILOT["fields"], deed_field]}, "2")
    foreign = store_document(None, person("外人"), name="别人的.txt", data="秘密".encode())
    record = make_record(
        None,
        keeper,
        register="pilot_base",
        values={"title": "甲基地", "deed": str(foreign.pk)},
        files={"deed": ("协议.txt", "协议".encode())},
    )
    deed = Document.objects.get(pk=record.data["deed"])
    assert (deed.name, Ref(deed.about_kind, deed.about_id)) == ("协议.txt", Ref.of(record))
    assert [bool(can_read_document(deed, one)) for one in (keeper, person("路人"))] == [True, False]
    assert [link.ref_id for link in record.links.filter(field="deed")] == [str(deed.pk)]
    values = {"title": "甲基地", "deed": str(foreign.pk)}
    assert edit_record(record, keeper, values=values).data["deed"] == deed.pk
    assert "deed" not in edit_record(record, keeper, values={"title": "甲基地"}).data
    assert (
        "deed" not in make_record(None, keeper, register="pilot_base", values={**values, "title": "乙"}).data
    )


def test_record_of_content_stands_in_the_register_from_the_day_of_its_document(system: Actor) -> None:
    release()
    piece = RecordPiece(code="p", of="pilot_base", values={"title": "一号"}, since=dt.date(2018, 3, 1))
    install_records(None, system, pieces=[piece])
    record = Record.objects.get()
    assert (record.number, record.opened_on) == ("中试2018-001", dt.date(2018, 3, 1))
    assert record.spans.get().since == dt.date(2018, 3, 1)
