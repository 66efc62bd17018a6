# SPDX-License-Identifier: Apache-2.0
"""A published list becomes a number: what is registered counts while it is valid, and no day longer."""

from __future__ import annotations

import csv
import datetime as dt
import io

from harness.proofs import proves
from harness.visitor import Visitor

FIRMS, SMALL = "高新技术企业", "科技型中小企业"
UNTIL = "有效期至（不含）"


@proves("list-becomes-number")
def test_a_published_list_becomes_a_number_that_lapses_with_its_records(visitor: Visitor) -> None:
    visitor.become("局领导")
    before, small = shown_in_cockpit(visitor, FIRMS), shown_in_cockpit(visitor, SMALL)

    visitor.become("高新处工作人员")
    sample = download_the_sample(visitor)
    assert upload(visitor, FIRMS, sample) == 5
    listed = visitor.page.url
    assert visitor.page.get_by_role("button", name="确认登记").is_disabled()  # not by one who settled it
    assert confirm(visitor, listed) == 18
    visitor.become("高新处工作人员")
    upload(visitor, SMALL, first_two_firms(sample))
    assert confirm(visitor, visitor.page.url) == 2

    visitor.become("局领导")
    assert shown_in_cockpit(visitor, SMALL) == small + 2
    assert shown_in_cockpit(visitor, FIRMS) == before + 18
    with visitor.leaving():
        visitor.page.locator("tr", has_text=FIRMS).first.locator("a.kc-figure").click()
    assert tile(visitor, 0) == before + 18
    assert tile(visitor, 1) < tile(visitor, 0)  # registered this year is another number, shown beside it
    figure = visitor.page.url
    lapses = last_days(visitor, figure)
    assert len(lapses) == before + 18

    day = min(lapses)
    move_day(visitor, day - dt.timedelta(days=1))
    assert shown_in_cockpit(visitor, FIRMS) == before + 18
    move_day(visitor, day)
    assert shown_in_cockpit(visitor, FIRMS) == before + 18 - lapses.count(day)
    visitor.open(figure)
    assert tile(visitor, 0) == before + 18 - lapses.count(day)


def shown_in_cockpit(visitor: Visitor, name: str) -> int:
    visitor.open("/cockpit/")
    number = visitor.page.locator("tr", has_text=name).first.locator("a.kc-figure .kc-number")
    return int(number.inner_text().replace(",", ""))


def tile(visitor: Visitor, place: int) -> int:
    return int(visitor.page.locator(".kc-tile-number").nth(place).inner_text().replace(",", ""))


def download_the_sample(visitor: Visitor) -> bytes:
    visitor.open("/ladder/lists/upload/")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="下载演示样例").click()
    return bytes(download.value.path().read_bytes())


def first_two_firms(sample: bytes) -> bytes:
    """A list of two of the firms, without the numbers of their other certificates."""
    rows = list(csv.DictReader(sample.decode("utf-8-sig").splitlines()[1:]))[:2]
    lines = [f"{row['企业名称']},{row['统一社会信用代码']}" for row in rows]
    return "\n".join(["企业名称,统一社会信用代码", *lines]).encode("gb18030")


def upload(visitor: Visitor, kind: str, data: bytes) -> int:
    """Drop a list in and settle its doubts as suggested, else leave the line out; returns how many were in doubt."""
    visitor.open("/ladder/lists/upload/")
    file = {"name": "名单.csv", "mimeType": "text/csv", "buffer": data}
    visitor.page.get_by_label("名单文件").set_input_files(file)
    visitor.page.get_by_label("资质类别").select_option(label=kind)
    visitor.page.get_by_label("公告日期").fill("2019-10-14")
    visitor.press("读取名单")
    listed, settled = visitor.page.url, 0
    if visitor.page.get_by_role("link", name="逐行处理").count():
        visitor.follow("逐行处理")
    while "/rows/" in visitor.page.url:
        if not visitor.page.locator("input[name=decision]:checked").count():
            visitor.page.get_by_label("不登记这一行").check()
        visitor.press("决定，并看下一行")
        settled += 1
    assert visitor.page.url == listed
    return settled


def confirm(visitor: Visitor, listed: str) -> int:
    """Another person registers the list; returns how many certificates it brought."""
    visitor.become("高新处长")
    visitor.open(listed)
    visitor.press("确认登记")
    return int(
        visitor.page.locator(".kc-tile", has_text="已登记资质").locator(".kc-tile-number").inner_text()
    )


def last_days(visitor: Visitor, figure: str) -> list[dt.date]:
    """The days on which the records behind the figure lapse, as exported."""
    exported = visitor.context.request.get(f"{figure}?export=csv").body().decode("utf-8-sig")
    return [dt.date.fromisoformat(row[UNTIL]) for row in csv.DictReader(io.StringIO(exported))]


def move_day(visitor: Visitor, day: dt.date) -> None:
    visitor.page.get_by_label("业务日期").fill(day.isoformat())
    visitor.press("移到这一天")
