# SPDX-License-Identifier: Apache-2.0
"""A published list becomes a number: what is registered counts while it is valid, and no day longer."""

from __future__ import annotations

import csv
import datetime as dt
import io

from harness.proofs import proves
from harness.visitor import Visitor

FIRMS = "高新技术企业"
UNTIL = "有效期至（不含）"


@proves("list-becomes-number")
def test_a_published_list_becomes_a_number_that_lapses_with_its_records(visitor: Visitor) -> None:
    visitor.become("局领导")
    before = shown_in_cockpit(visitor)

    visitor.become("高新处工作人员")
    upload_the_sample(visitor)
    listed = visitor.page.url
    settled = settle_doubts(visitor)
    assert settled == 5
    assert visitor.page.get_by_role("button", name="确认登记").is_disabled()  # not by one who settled it
    visitor.become("高新处长")
    visitor.open(listed)
    visitor.press("确认登记")
    registered = int(
        visitor.page.locator(".kc-tile", has_text="已登记资质").locator(".kc-tile-number").inner_text()
    )
    assert registered == 18

    visitor.become("局领导")
    assert shown_in_cockpit(visitor) == before + registered
    with visitor.leaving():
        visitor.page.locator("tr", has_text=FIRMS).first.locator("a.kc-figure").click()
    assert tile(visitor, 0) == before + registered
    assert tile(visitor, 1) < tile(visitor, 0)  # registered this year is another number, shown beside it
    figure = visitor.page.url
    lapses = last_days(visitor, figure)
    assert len(lapses) == before + registered

    day = min(lapses)
    move_day(visitor, day - dt.timedelta(days=1))
    assert shown_in_cockpit(visitor) == before + registered
    move_day(visitor, day)
    assert shown_in_cockpit(visitor) == before + registered - lapses.count(day)
    visitor.open(figure)
    assert tile(visitor, 0) == before + registered - lapses.count(day)


def shown_in_cockpit(visitor: Visitor) -> int:
    visitor.open("/cockpit/")
    number = visitor.page.locator("tr", has_text=FIRMS).first.locator("a.kc-figure .kc-number")
    return int(number.inner_text().replace(",", ""))


def tile(visitor: Visitor, place: int) -> int:
    return int(visitor.page.locator(".kc-tile-number").nth(place).inner_text().replace(",", ""))


def upload_the_sample(visitor: Visitor) -> None:
    """The shipped list, as it is downloaded, dropped in again."""
    visitor.open("/ladder/lists/upload/")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="下载演示样例").click()
    file = {"name": "名单.csv", "mimeType": "text/csv", "buffer": download.value.path().read_bytes()}
    visitor.page.get_by_label("名单文件").set_input_files(file)
    visitor.page.get_by_label("资质类别").select_option(label=FIRMS)
    visitor.page.get_by_label("公告日期").fill("2019-10-14")
    visitor.press("读取名单")
    assert "22 行" in visitor.told()


def settle_doubts(visitor: Visitor) -> int:
    """Take what is suggested; where nothing is, leave the line out. Returns how many lines were in doubt."""
    visitor.follow("逐行处理")
    settled = 0
    while "/rows/" in visitor.page.url:
        if not visitor.page.locator("input[name=decision]:checked").count():
            visitor.page.get_by_label("不登记这一行").check()
        visitor.press("决定，并看下一行")
        settled += 1
    return settled


def last_days(visitor: Visitor, figure: str) -> list[dt.date]:
    """The days on which the records behind the figure lapse, as exported."""
    exported = visitor.context.request.get(f"{figure}?export=csv").body().decode("utf-8-sig")
    return [dt.date.fromisoformat(row[UNTIL]) for row in csv.DictReader(io.StringIO(exported))]


def move_day(visitor: Visitor, day: dt.date) -> None:
    visitor.page.get_by_label("业务日期").fill(day.isoformat())
    visitor.press("移到这一天")
