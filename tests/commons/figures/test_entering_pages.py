# SPDX-License-Identifier: Apache-2.0
"""Entering a value, a sheet tried before it is taken, the second person's look, the card with trend and target line."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from house_fixtures import Person
from kechuang.commons.facts.models import Indicator, Observation, Submission, Target
from kechuang.commons.figures.desk import submission_todos
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting
from kechuang.commons.parties.models import Region, Unit

Browser = Callable[[Actor], Client]
TODAY = dt.date(2019, 10, 15)
SEE, ENTER, VERIFY = "figures.view_figure", "facts.enter_observation", "facts.verify_observation"
HEAD = ["指标", "区域", "期初", "期末", "数值", "版本说明", "发布日期", "来源"]
GOOD = ["技术合同", "", "2019-01-01", "2019-09-30", "260.5", "快报", "2019-10-12", "统计快报"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _set_day(db: None) -> None:
    ClockSetting.objects.create(day=TODAY)


@pytest.fixture
def unit(office: Callable[[str], Unit]) -> Unit:
    return office("成果处")


@pytest.fixture
def indicator(unit: Unit) -> Indicator:
    return Indicator.objects.create(code="contracts", name="技术合同", unit="亿元", kind="flow", owner=unit)


@pytest.fixture
def clerk(person: Person, unit: Unit) -> Actor:
    return person("填报员", SEE, ENTER, over=unit)


@pytest.fixture
def head(person: Person, unit: Unit) -> Actor:
    return person("处长", SEE, VERIFY, over=unit)


def book(*rows: list[str]) -> SimpleUploadedFile:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet()
        for line, row in enumerate((HEAD, *rows)):
            sheet.write_row(line, 0, row)
    return SimpleUploadedFile("九月.xlsx", file.getvalue())


def test_a_value_is_entered_verified_and_shown_on_the_card(
    indicator: Indicator, clerk: Actor, head: Actor, browser_of: Browser
) -> None:
    client, card = browser_of(clerk), reverse("figures:indicator-detail", args=["contracts"])
    enter = reverse("figures:observation-enter", args=["contracts"])
    assert enter in client.get(card).content.decode()
    data = {
        "value": "260.5", "period_start": "2019-01-01", "period_end": "2019-09-30", "published_on": "2019-10-12",
        "source": "统计快报", "file": SimpleUploadedFile("快报.pdf", b"%PDF-1.4"),
    }  # fmt: skip
    answer = client.post(enter, data)
    submission = Submission.objects.get()
    page = reverse("figures:submission-detail", args=[submission.pk])
    assert answer["Location"] == page
    assert page in client.get(card).content.decode()  # it waits
    verify = reverse("figures:submission-verify", args=[submission.pk])
    assert client.post(verify).status_code == 403
    assert [todo.url for todo in submission_todos(head, TODAY)] == [page]
    client = browser_of(head)
    assert "快报.pdf" in client.get(page).content.decode()
    client.post(verify, {"expected_version": submission.version})
    assert client.get(card).context["reading"].value == Observation.objects.get().value
    assert list(submission_todos(head, TODAY)) == []


def test_a_fault_stays_beside_its_field(indicator: Indicator, clerk: Actor, browser_of: Browser) -> None:
    enter = reverse("figures:observation-enter", args=["contracts"])
    data = {
        "value": "1", "period_start": "2019-01-01", "period_end": "2019-09-30", "published_on": "2019-10-12",
        "source": "快报", "record": "不是引用号",
    }  # fmt: skip
    answer = browser_of(clerk).post(enter, data)
    assert (answer.status_code, "record" in answer.context["form"].errors) == (422, True)
    answer = browser_of(clerk).post(enter, {**data, "record": ""})
    assert (answer.status_code, "file" in answer.context["form"].errors) == (422, True)


def test_the_head_sends_it_back(indicator: Indicator, clerk: Actor, head: Actor, browser_of: Browser) -> None:
    browser_of(clerk).post(reverse("figures:observation-import"), {"file": book(GOOD), "take": "1"})
    submission = Submission.objects.get()
    address = reverse("figures:submission-return", args=[submission.pk])
    browser_of(head).post(address, {"reason": "与快报不符", "expected_version": submission.version})
    submission.refresh_from_db()
    assert (submission.state, submission.remark) == ("returned", "与快报不符")


def test_a_sheet_is_tried_line_by_line_and_nothing_is_kept(
    indicator: Indicator, clerk: Actor, browser_of: Browser, office: Callable[[str], Unit]
) -> None:
    Indicator.objects.create(code="x", name="别处指标", unit="项", kind="flow", owner=office("高新处"))
    Region.objects.create(code="990101", name="城东区")
    bad = [
        ["没有的指标", *GOOD[1:]],
        ["别处指标", *GOOD[1:]],
        [GOOD[0], "城西区", *GOOD[2:]],
        [*GOOD[:4], "很多", *GOOD[5:]],
        [*GOOD[:3], "九月底", *GOOD[4:]],
        GOOD,
    ]
    client = browser_of(clerk)
    page = client.post(reverse("figures:observation-import"), {"file": book(GOOD, *bad), "take": "1"})
    checked = page.context["checked"]
    assert [line for line, _words in checked.faults] == [3, 4, 5, 6, 7, 8]
    assert (len(checked.rows), Submission.objects.count()) == (1, 0)
    assert all(words in page.content.decode() for words in ("没有的指标", "城西区", "很多", "九月底"))
    page = client.post(
        reverse("figures:observation-import"), {"file": book(GOOD, [GOOD[0], "城东区", *GOOD[2:]])}
    )
    assert (page.context["checked"].faults, Submission.objects.count()) == ([], 0)


def test_a_sheet_without_the_columns_is_no_sheet(clerk: Actor, browser_of: Browser) -> None:
    file = SimpleUploadedFile("a.csv", "指标,数值\n技术合同,3\n".encode())
    page = browser_of(clerk).post(reverse("figures:observation-import"), {"file": file})
    assert (page.status_code, "file" in page.context["form"].errors) == (422, True)


def test_the_template_offers_the_indicators(indicator: Indicator, clerk: Actor, browser_of: Browser) -> None:
    answer = browser_of(clerk).get(reverse("figures:observation-template"))
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = sheets.get_sheet_by_index(1).to_python()
    assert rows[1] == ["技术合同", "亿元", "contracts", "成果处"]


def test_the_card_shows_this_year_beside_last_year_and_the_target_line(
    indicator: Indicator, person: Person, browser_of: Browser
) -> None:
    Target.objects.create(
        name="技术合同", year=2019, comparator=">=", scaled=300, unit="亿元", indicator=indicator
    )
    for year, factor in ((2018, 20), (2019, 25)):
        for month in (3, 6, 9):
            Observation.objects.create(
                indicator=indicator, scaled=factor * month, period_start=dt.date(year, 1, 1),
                period_end=dt.date(year, month, 28), published_on=dt.date(year, month + 1, 12), source="快报",
            )  # fmt: skip
    client = browser_of(person("读者", SEE))
    page = client.get(reverse("figures:indicator-detail", args=["contracts"]))
    chart = page.context["chart"]
    assert chart.count("<polyline") == 2
    assert "kc-chart-goal" in chart
    assert all(words in chart for words in ("225", "180", "300亿元"))
    (line,) = page.context["lines"]
    assert line.pace.detail in page.content.decode()
    assert line.forecast.detail in page.content.decode()
    earlier = client.get(reverse("figures:indicator-detail", args=["contracts"]), {"day": "2019-08-01"})
    assert (earlier.context["reading"].value, earlier.context["other_day"]) == (150, True)


def test_the_list_takes_the_same_queries_for_one_value_and_for_three(
    unit: Unit, clerk: Actor, browser_of: Browser
) -> None:
    client, counts = browser_of(clerk), []
    client.get(reverse("figures:submission-list"))
    for names in (["甲"], ["乙", "丙"]):
        for name in names:
            with clock.pinned(TODAY):
                Indicator.objects.create(code=name, name=f"指标{name}", unit="项", kind="flow", owner=unit)
            row = [f"指标{name}", *GOOD[1:]]
            client.post(reverse("figures:observation-import"), {"file": book(row), "take": "1"})
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("figures:submission-list")).content.decode()
        counts.append(len(queries))
    assert all(f"指标{name}" in page for name in "甲乙丙")
    assert counts[0] == counts[1]
