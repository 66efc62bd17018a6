# SPDX-License-Identifier: Apache-2.0
"""One engine of parties_million in a process of its own: fills, measures pages, takes a list in beside a writer."""

from __future__ import annotations

import datetime as dt
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- models are there only after the set-up
from django.core.management.color import no_style  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from stdnum.cn import uscc  # noqa: E402

from kechuang.commons.access.models import Grant, Role, User  # noqa: E402
from kechuang.commons.access.signing import BACKEND  # noqa: E402
from kechuang.commons.kernel.actors import Actor  # noqa: E402
from kechuang.commons.kernel.models import ClockSetting  # noqa: E402
from kechuang.commons.parties.actions import (  # noqa: E402
    accept_suggestions,
    confirm_list,
    rename_organization,
    upload_list,
)
from kechuang.commons.parties.models import (  # noqa: E402
    Organization,
    PartyList,
    Qualification,
    QualificationKind,
    Region,
)
from kechuang.commons.parties.reading import open_list  # noqa: E402
from kechuang.commons.parties.running import carry_on  # noqa: E402
from kechuang.engines.linkage.names import block_key  # noqa: E402

EACH, ROUNDS, MOST_QUERIES = 3, 12, 15
KINDS = ("high_tech_firm", "tech_sme", "carrier")
DAY = dt.date(2019, 10, 15)
BRANDS, TRADES = (
    "华宇天行启明联创智恒鑫远盛达嘉和信诚",
    ("科技", "材料", "装备", "软件", "生物", "能源", "智能"),
)


def name_of(serial: int) -> str:
    dice = random.Random(serial)
    brand = "".join(dice.choice(BRANDS) for _mark in range(3))
    return f"云川{brand}{serial}{dice.choice(TRADES)}有限公司"


def code_of(serial: int) -> str:

    first = f"{serial:08d}"
    total = sum(int(mark) * weight for mark, weight in zip(first, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    head = f"91990102{first}{'0123456789X0'[11 - total % 11]}"
    return head + uscc.calc_check_digit(head)


def organizations(start: int, stop: int) -> Iterator[tuple[object, ...]]:

    for serial in range(start, stop):
        name = name_of(serial)
        yield (serial + 1, 1, name, block_key(name), code_of(serial), serial % 13 + 1, True, "bench")


def qualifications(start: int, stop: int) -> Iterator[tuple[object, ...]]:
    for serial in range(start * EACH, stop * EACH):
        dice = random.Random(serial)
        begin = dt.date(2015, 1, 1) + dt.timedelta(days=dice.randrange(1750))
        end = (
            begin.replace(year=begin.year + 3)
            if (begin.month, begin.day) != (2, 29)
            else begin + dt.timedelta(1095)
        )
        owner, place = serial // EACH + 1, serial // EACH % 13 + 1
        kind = KINDS[serial % EACH]
        yield (serial + 1, 1, f"Q{serial}", begin, end, place, owner, kind, "", "", True)


ORGANIZATION = ("id", "version", "name", "name_key", "uscc", "region_id", "demo", "source")
QUALIFICATION = (
    "id", "version", "number", "valid_from", "valid_to", "region_id", "organization_id", "kind_id", "source_kind",
    "source_id", "demo",
)  # fmt: skip


def fill(start: int, stop: int) -> None:

    tables = (
        ("parties_organization", ORGANIZATION, organizations),
        ("parties_qualification", QUALIFICATION, qualifications),
    )
    for table, columns, rows in tables:
        names = ", ".join(columns)
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                    for row in rows(start, stop):
                        copy.write_row(row)
            else:
                marks = ", ".join("?" * len(columns))
                lines = (
                    tuple(cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row)
                    for row in rows(start, stop)
                )
                cursor.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", lines)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Organization, Qualification]):
            cursor.execute(statement)  # the rows brought their keys along
        cursor.execute("ANALYZE")


def prepare() -> None:

    call_command("migrate", verbosity=0)
    ClockSetting.objects.create(day=DAY)
    Region.objects.bulk_create(Region(id=n, code=f"9901{n:02d}", name=f"第{n}区") for n in range(1, 14))
    QualificationKind.objects.bulk_create(QualificationKind(code=k, name=k, term="years:3") for k in KINDS)
    role = Role.objects.create(
        code="bench", name="bench", permissions=["parties.view_organization", "parties.keep_organization"]
    )
    Grant.objects.create(user=User.objects.create(username="bench"), role=role)


def pages(size: int) -> Iterator[str]:
    client = Client()
    client.force_login(User.objects.get(), backend=BACKEND)
    listed, one = reverse("parties:organization-list"), size // 2
    wanted = {
        "list": (listed, {}),
        "list, last page": (listed, {"page": str(size // 50)}),
        "list, narrowed": (listed, {"kind": KINDS[0], "region": "990103"}),
        "search by part of a name": (listed, {"q": name_of(one)[3:-4]}),
        "search by code": (listed, {"q": code_of(one)}),
        "page of one": (reverse("parties:organization-detail", args=[one]), {}),
        "stock by district": (reverse("parties:region-list"), {}),
        "stock and bridge of a kind": (reverse("parties:stock"), {"kind": KINDS[0]}),
        "list as of a day": (reverse("parties:qualification-list"), {"kind": KINDS[1], "day": "2018-06-01"}),
    }
    for words, (address, asked) in wanted.items():
        client.get(address, asked)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address, asked)
        assert answer.status_code == 200, words
        assert "q" not in asked or name_of(one) in answer.content.decode(), (
            words
        )  # it finds what it looks for
        queries = len(captured)  # now: the next request empties the log it is read from
        assert 0 < queries <= MOST_QUERIES, (words, queries)
        times: list[float] = []
        while len(times) < ROUNDS and (len(times) < 3 or sum(times) < 8):
            before = time.perf_counter()
            client.get(address, asked)
            times.append(time.perf_counter() - before)
        p95 = sorted(times)[min(len(times) - 1, round(0.95 * len(times)))]
        yield (
            f"  {words:28}{queries:3} queries  p50 {statistics.median(times) * 1000:9.1f} ms"
            f"  p95 {p95 * 1000:9.1f} ms"
        )


def taken_in(size: int, rows: int, folder: Path) -> list[str]:

    actor = Actor.system("bench")
    known, fresh = rows // 2, rows - rows // 2
    serials = [*range(min(known, size)), *range(size, size + fresh)]
    lines = [f"{name_of(serial)},{code_of(serial)},第{serial % 13 + 1}区,{serial}号路" for serial in serials]
    data = "\n".join(["名称,统一社会信用代码,所在区县,地址", *lines]).encode("utf-8")
    stop, waits = folder / "stop", folder / "waits"
    writer = subprocess.Popen([sys.executable, __file__, "write", str(stop), str(waits)])
    time.sleep(3)
    try:
        before = time.perf_counter()
        opened = open_list("bench.csv", data)
        listed = upload_list(None, actor, name="bench.csv", data=data, said_on=DAY, opened=opened)
        carry_on(listed.pk)
        read = time.perf_counter()
        listed.refresh_from_db()
        if listed.rows.filter(decision="open").exclude(suggestion="").exists():
            accept_suggestions(listed, actor)
        left = listed.rows.filter(decision="open").update(decision="skip")
        confirm_list(listed, actor)
        carry_on(listed.pk)
        done = time.perf_counter()
    finally:
        stop.touch()
        writer.wait(timeout=60)
    found = PartyList.objects.get()
    times = sorted(float(line) for line in waits.read_text().split())
    return [
        (
            f"  {len(serials)} rows of a list: read and matched in {read - before:.0f} s,"
            f" taken in {done - read:.0f} s, {found.created} new, {left} left to a person"
        ),
        (
            f"  another writer meanwhile: {len(times)} commits, p50 {statistics.median(times) * 1000:.0f} ms,"
            f" p95 {times[int(0.95 * len(times))] * 1000:.0f} ms, longest wait {times[-1] * 1000:.0f} ms"
        ),
    ]


def write_until(stop: Path, waits: Path) -> None:
    """Another official: one small change after another, each committed."""
    one, serial, times = Organization.objects.get(pk=7), 0, []
    while not stop.exists():
        serial += 1
        before = time.perf_counter()
        rename_organization(one, Actor.system("writer"), name=f"云川改名{serial}有限公司", reason="bench")
        times.append(time.perf_counter() - before)
        time.sleep(0.05)
    waits.write_text("\n".join(map(str, times)))


def lane(sizes: list[int], rows: int, folder: Path) -> None:

    prepare()
    with connection.cursor() as cursor:
        cursor.execute("SELECT version()" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        print(f"\n{connection.vendor} {str(cursor.fetchone()[0])[:40]}", flush=True)
    before = 0
    for size in sizes:
        start = time.perf_counter()
        fill(before, size)
        words = f"{size:,} organisations, {size * EACH:,} qualifications"
        print(f" {words} (filled in {time.perf_counter() - start:.0f} s)", flush=True)
        for line in pages(size):
            print(line, flush=True)
        before = size
    if rows:
        print("\n".join(taken_in(before, rows, folder)), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write_until(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        lane([int(size) for size in sys.argv[2].split(",")], int(sys.argv[3]), Path(sys.argv[1]))
