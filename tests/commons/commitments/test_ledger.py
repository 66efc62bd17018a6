# SPDX-License-Identifier: Apache-2.0
"""The ledger goes out as a workbook, is filled in, tried without a trace, and written row by row as on the page."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from commons.commitments._year import DAY, Year
from kechuang.commons.commitments.actions import Part, open_commitment, report_part
from kechuang.commons.commitments.ledger import Row, ledger_of, read_ledger, tried, written
from kechuang.commons.commitments.models import Report
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.kernel.refs import Ref

pytestmark = pytest.mark.django_db


def sheet(data: bytes) -> list[list[Any]]:
    rows: list[list[Any]] = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    return rows


def filled(data: bytes, **by_column: list[str]) -> bytes:
    """The exported workbook with columns filled in, line by line."""
    rows = sheet(data)
    for column, words in by_column.items():
        place = rows[0].index(column)
        for row, word in zip(rows[1:], words, strict=True):
            row[place] = word
    file = io.BytesIO()
    with Workbook(file) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            for column_no, cell in enumerate(row):
                page.write_string(number, column_no, str(cell))
    return file.getvalue()


@pytest.fixture
def two(year: Year, system: Actor) -> Year:
    """A second task of the lead office."""
    open_commitment(
        None, system, kind="task", code="2", title="任务二", start=year.task.start, source=Ref("workplan.item", "2"),
        parts=[Part(year.lead.unit, "lead")], order=1,
    )  # fmt: skip
    return year


def outcomes(results: list[Any]) -> list[tuple[int, str]]:
    return [(one.line, one.outcome) for one in results]


def test_the_workbook_holds_the_open_parts_of_the_own_office_with_what_was_said_last(two: Year) -> None:
    report_part(two.lead, two.lead_staff, text="已开会")
    head, *rows = sheet(ledger_of(two.lead_staff, DAY))
    assert head[-3:] == ["本次进展", "本处室已完成", "佐证"]
    assert [(row[2], row[6], row[7]) for row in rows] == [
        ("任务一", "2019-10-15", "已开会"),
        ("任务二", "", ""),
    ]


def test_what_is_filled_in_is_written_by_the_same_action(two: Year) -> None:
    data = filled(ledger_of(two.lead_staff, DAY), 本次进展=["已完成方案", ""])
    rows = read_ledger("台账.xlsx", data)
    assert outcomes(tried(rows, two.lead_staff)) == [(2, "reported"), (3, "empty")]
    assert not Report.objects.exists()
    assert not Entry.objects.filter(verb="commitments.part.reported").exists()
    assert outcomes(written(rows, two.lead_staff, "key")) == [(2, "reported"), (3, "empty")]
    assert [(report.text, report.by) for report in Report.objects.all()] == [("已完成方案", "甲员")]
    assert outcomes(written(rows, two.lead_staff, "key")) == [(2, "reported"), (3, "empty")]  # a second click
    assert Report.objects.count() == 1


def test_a_wrong_line_says_why_and_does_not_stop_the_others(two: Year) -> None:
    [first, second] = read_ledger("台账.xlsx", ledger_of(two.lead_staff, DAY))
    mine = {"ref": second.ref, "version": second.version}
    lines = [
        Row(2, first.ref, first.version, "做完了", "是", ""),  # done without evidence
        Row(3, f"commitments.responsibility:{two.co.pk}", "1", "别人的", "", ""),
        Row(4, "commitments.responsibility:999", "1", "没有的", "", ""),
        Row(5, first.ref, first.version, "重复", "", ""),
        Row(6, **mine, text="在做", done="差不多", evidence=""),
        Row(7, **{**mine, "ref": "workplan.plan:1"}, text="不是责任", done="", evidence=""),
    ]
    results = written(lines, two.lead_staff)
    assert {one.outcome for one in results} == {"wrong"}
    assert all(one.words for one in results)
    assert not Report.objects.exists()
    good = [
        Row(8, **mine, text="在做", done="否", evidence="没有这条"),
        Row(9, **mine, text="在做", done="", evidence=""),
    ]
    assert outcomes(written(good[1:], two.lead_staff)) == [(9, "reported")]
    assert outcomes(written(good[:1], two.lead_staff)) == [(8, "wrong")]


def test_a_part_reported_meanwhile_is_not_overwritten(two: Year) -> None:
    data = filled(ledger_of(two.lead_staff, DAY), 本次进展=["旧的", "新的"])
    report_part(two.lead, two.lead_head, text="处长已报")
    results = written(read_ledger("台账.xlsx", data), two.lead_staff)
    assert outcomes(results) == [(2, "wrong"), (3, "reported")]
    assert "甲处长" in results[0].words  # who was first
    assert two.lead.reports.get().text == "处长已报"


def test_evidence_is_named_by_its_ref(two: Year) -> None:
    data = filled(
        ledger_of(two.lead_staff, DAY), 本次进展=["做完了", ""], 本处室已完成=["是", ""],
        佐证=[f"commitments.commitment:{two.task.pk}", ""],
    )  # fmt: skip
    assert outcomes(written(read_ledger("台账.xlsx", data), two.lead_staff)) == [
        (2, "reported"),
        (3, "empty"),
    ]
    assert two.lead.reports.get().evidence.get().ref == Ref.of(two.task)


def test_a_file_that_is_no_ledger_is_refused() -> None:
    with pytest.raises(Problem) as refusal:
        read_ledger("x.csv", "任务,处室\n一,甲处\n".encode())
    assert refusal.value.field == "file"


def test_the_page_tries_first_and_writes_what_was_tried(
    two: Year, browser_of: Callable[[Actor], Client]
) -> None:
    client = browser_of(two.lead_staff)
    address, write = reverse("commitments:ledger"), reverse("commitments:ledger-write")
    data = client.get(reverse("commitments:ledger-file")).content
    file = SimpleUploadedFile(
        "台账.xlsx", filled(data, 本次进展=["已完成方案", "x"], 本处室已完成=["", "是"])
    )
    shown = client.post(address, {"file": file})
    assert (shown.status_code, shown.context["reported"], shown.context["wrong"]) == (200, 1, 1)
    assert not Report.objects.exists()
    done = client.post(write, {"token": shown.context["token"]})
    assert (done.context["reported"], done.context["wrong"], Report.objects.count()) == (1, 1, 1)
    client.post(write, {"token": shown.context["token"]})
    assert Report.objects.count() == 1
    assert client.post(write, {"token": "x"}).status_code == 422
    other = browser_of(two.co_staff)
    assert other.post(write, {"token": shown.context["token"]}).status_code == 422
    assert client.post(address, {"file": SimpleUploadedFile("空.xlsx", b"")}).status_code == 422
