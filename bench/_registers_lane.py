# SPDX-License-Identifier: Apache-2.0
"""One engine of the registers' benchmark in a process of its own: fills, measures pages, compares the lists."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
import statistics
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

import django
from django.conf import settings

django.setup()
settings.ROOT_URLCONF = "_registers_plain"

from django.core.management import call_command  # noqa: E402
from django.core.management.color import no_style  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from _registers_plain import FIELDS, LEVELS, STATES, PilotBase  # noqa: E402 -- models are there only after the set-up
from kechuang.commons.access.models import Grant, Role, User  # noqa: E402
from kechuang.commons.access.signing import BACKEND  # noqa: E402
from kechuang.commons.kernel import clock  # noqa: E402
from kechuang.commons.kernel.guarantees import lifted  # noqa: E402
from kechuang.commons.kernel.models import ClockSetting  # noqa: E402
from kechuang.commons.parties.models import Organization, Region  # noqa: E402
from kechuang.commons.registers.definitions import RegisterPiece  # noqa: E402
from kechuang.commons.registers.models import Record, RecordLink, StateSpan  # noqa: E402
from kechuang.commons.releases.models import Release  # noqa: E402

REGISTERS, HOSTS, REGIONS, ROUNDS, MOST_QUERIES, MOST_TIMES, DAY = (
    200,
    2000,
    13,
    30,
    15,
    1.5,
    dt.date(2019, 10, 15),
)
FIRST, TURN = dt.date(2019, 2, 18), dt.date(2019, 7, 1)
BESIDE = ("list, three filters", "list, first page", "search in the list")
PLACES = "云川沧海明德华信同创"
Cells = tuple[Any, ...]
Seconds = tuple[float, float]


def definition(number: int) -> dict[str, Any]:
    """A register of pilot bases as an official would design it."""
    code = f"bench_{number:03}"
    choices = {"level": LEVELS, "field": FIELDS}

    def options(name: str) -> list[dict[str, str]]:
        return [{"code": value, "label": label} for value, label in choices[name]]

    return {
        "code": code,
        "name": f"中试基地{number:03}",
        "numbering": f"中试{number:03}{{year}}-{{seq:06}}",
        "fields": [
            {"code": "title", "label": "基地名称", "type": "text", "required": True},
            {"code": "host", "label": "依托单位", "type": "party"},
            {"code": "region", "label": "所在区县", "type": "region"},
            {"code": "level", "label": "级别", "type": "choice", "key": True, "options": options("level")},
            {"code": "field", "label": "领域", "type": "choice", "key": True, "options": options("field")},
            {"code": "open", "label": "对外开放", "type": "yes_no", "key": True},
            {"code": "area", "label": "面积", "type": "number", "unit": "平方米", "key": True},
            {"code": "until", "label": "协议到期", "type": "date", "key": True},
            {"code": "near", "label": "合作基地", "type": "link", "target": "bench_000", "inverse": "被合作"},
        ],
        "states": [
            {"code": code, "label": label, "start": place == 0, "end": place == len(STATES) - 1}
            for place, (code, label) in enumerate(STATES)
        ],
        "moves": [
            {"to": "running", "label": "投入运行", "of": ["building"]},
            {"to": "closed", "label": "停止", "of": ["running"]},
        ],
        "dues": [{"field": "until", "label": "协议续签"}],
        "list": ["title", "host", "level", "field", "area", "until"],
        "figures": [{"code": f"registers.{code}", "title": "运行中", "unit": "家", "states": ["running"]}],
    }


def register_of(serial: int) -> int:
    """Every second record stands in the first register."""
    return 0 if serial % 2 else serial // 2 % (REGISTERS - 1) + 1


def values(serial: int) -> dict[str, Any]:
    """What a record says; the same for both sides."""
    dice = random.Random(serial)
    return {
        "title": f"{''.join(dice.choices(PLACES, k=4))}{serial}中试基地",
        "host": dice.randrange(HOSTS) + 2,
        "region": dice.randrange(REGIONS) + 1,
        "level": dice.choice(LEVELS)[0],
        "field": dice.choice(FIELDS)[0],
        "open": dice.random() < 0.5,
        "area": dice.randrange(500, 50_000),
        "until": DAY + dt.timedelta(dice.randrange(-300, 1500)),
        "state": dice.choices(("building", "running", "closed"), (2, 6, 2))[0],
        "near": max(1, serial - 2) | 1,
    }


def number_of(serial: int) -> str:
    """As the register numbers it."""
    return f"中试{register_of(serial):03}2019-{serial:06}"


def records(serials: Iterable[int]) -> Iterator[Cells]:
    """Rows of records."""
    for serial in serials:
        told = values(serial)
        data = {**told, "until": told["until"].isoformat(), "near": [told["near"]]}
        data.pop("state")
        stored = json.dumps(data, ensure_ascii=False)
        code = f"bench_{register_of(serial):03}"
        yield (
            serial, 1, code, "1", number_of(serial), told["title"], told["state"], told["host"], told["region"],
            stored, told["level"], told["field"], str(int(told["open"])), "",
            told["area"], told["until"], FIRST, "", "", True,
        )  # fmt: skip


def spans(serials: Iterable[int]) -> Iterator[Cells]:
    """Two spans a record, one where it never moved."""
    for serial in serials:
        state = values(serial)["state"]
        if state == "building":
            yield (2 * serial, serial, state, FIRST, None, "甲", "", "[]")
        else:
            yield (2 * serial, serial, "building", FIRST, TURN, "甲", "", "[]")
            yield (2 * serial + 1, serial, state, TURN, None, "甲", "", "[]")


def links(serials: Iterable[int]) -> Iterator[Cells]:
    """Every record names its host, its region and a neighbour."""
    for serial in serials:
        told = values(serial)
        yield (3 * serial, serial, "host", "parties.organization", str(told["host"]))
        yield (3 * serial + 1, serial, "region", "parties.region", str(told["region"]))
        yield (3 * serial + 2, serial, "near", "registers.record", str(told["near"]))


def plain(serials: Iterable[int]) -> Iterator[Cells]:
    """The records of the first register as rows of the hand-written table."""
    for serial in serials:
        if register_of(serial) == 0:
            told = values(serial)
            told.pop("near")
            yield (serial, number_of(serial), *told.values())


RECORD = "id version register release number title state organization_id region_id data key1 key2 key3 key4"
RECORD += " amount1 day1 opened_on source piece demo"
TABLES = (
    (
        Record,
        RECORD,
        records,
    ),
    (StateSpan, "id record_id state since until by reason evidence", spans),
    (RecordLink, "id record_id field ref_kind ref_id", links),
    (PilotBase, "id number title host_id region_id level field open area until state", plain),
)


def fill(start: int, stop: int) -> None:
    """Rows from one serial to the other, in bulk."""
    for model, names, rows in TABLES:
        table, columns = model._meta.db_table, [f'"{name}"' for name in names.split()]
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
                    for row in rows(range(start, stop)):
                        copy.write_row(row)
            else:
                marks = ", ".join("?" * len(columns))
                lines = (
                    tuple(cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row)
                    for row in rows(range(start, stop))
                )
                statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
                cursor.connection.executemany(statement, lines)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [model for model, _n, _r in TABLES]):
            cursor.execute(statement)  # the rows brought their keys along
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def prepare() -> None:
    """Tables, definitions in force, hosts, districts, a person who may see everything."""
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(PilotBase)
    ClockSetting.objects.create(day=DAY)
    Region.objects.bulk_create(
        Region(id=n, code=f"9901{n:02d}", name=f"第{n}区") for n in range(1, REGIONS + 1)
    )
    Organization.objects.bulk_create(Organization(id=n, name=f"云川{n}有限公司") for n in range(2, HOSTS + 2))
    pieces = [
        RegisterPiece.model_validate({**definition(number), "version": "1"}) for number in range(REGISTERS)
    ]
    Release.objects.bulk_create(
        Release(
            kind="register",
            code=piece.code,
            number="1",
            pack="bench",
            sha256=hashlib.sha256(piece.code.encode()).hexdigest(),
            content=piece.model_dump(mode="json", exclude_defaults=True),
            released_at=clock.now(),
        )
        for piece in pieces
    )
    wanted = [
        "registers.view_record",
        "registers.keep_record",
        "figures.view_figure",
        "parties.view_organization",
    ]
    role = Role.objects.create(code="bench", name="bench", permissions=wanted)
    Grant.objects.create(user=User.objects.create(username="bench"), role=role)


def pages(size: int) -> bool:
    """Measure and print every page; whether all goals are met."""
    client = Client()
    client.force_login(User.objects.get(), backend=BACKEND)
    one = size // 2 | 1
    three = {"f_level": "city", "region": "990103", "f_open": "yes"}
    listed, sought = "/registers/of/bench_000/", values(one)["title"]
    wanted: dict[str, tuple[str, dict[str, str]]] = {
        "list, three filters": (listed, three),
        "list, first page": (listed, {}),
        "list, last page": (listed, {"page": str(max(1, size // 2 // 50))}),
        "search in the list": (listed, {"q": sought[:6]}),
        "search by number": (listed, {"q": number_of(one)}),
        "board": (f"{listed}board/", {}),
        "due in the next months": (f"{listed}due/", {}),
        "a record, its neighbourhood": (f"/registers/records/{one}/", {}),
        "figure by region as of a day": ("/figures/registers.bench_000/", {"day": "2019-08-01"}),
        "directory of registers": ("/registers/", {}),
    }
    good = True
    for words, (address, asked) in wanted.items():
        twin = "/plain/" if words in BESIDE else ""
        queries = looked_at(client, address, asked, sought if "q" in asked else "")
        times, by_hand = list[Seconds](), list[Seconds]()
        if twin:
            looked_at(client, twin, asked, sought if "q" in asked else "")
        while len(times) < ROUNDS and (len(times) < 3 or sum(wall for wall, _cpu in times) < 8):
            times.append(timed(client, address, asked))
            if twin:
                by_hand.append(timed(client, twin, asked))
        good &= queries <= MOST_QUERIES
        line = f"  {words:30}{queries:3} queries  {told(times)}"
        if twin:
            ratio = work(times) / work(by_hand)
            good &= ratio <= MOST_TIMES
            line += f"  by hand {told(by_hand)}  {ratio:5.2f}x{'' if ratio <= MOST_TIMES else '  MISSED'}"
        print(line + ("" if queries <= MOST_QUERIES else "  TOO MANY"), flush=True)
    return good


def looked_at(client: Client, address: str, asked: dict[str, str], sought: str) -> int:
    """How many queries a warm page takes; it must find what is sought."""
    client.get(address, asked)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, asked)
    assert answer.status_code == 200, (address, answer.status_code)
    assert sought in answer.content.decode(), address
    return len(captured)


def timed(client: Client, address: str, asked: dict[str, str]) -> Seconds:
    """Seconds of one request, and those of them that this process worked."""
    wall, cpu = time.perf_counter(), time.process_time()
    client.get(address, asked)
    return time.perf_counter() - wall, time.process_time() - cpu


def work(times: list[Seconds]) -> float:
    """The median of what is compared: the work where all of it is done here, the time where a server shares it."""
    return statistics.median(pair[connection.vendor == "sqlite"] for pair in times)


def told(times: list[Seconds]) -> str:
    """Median and slow end of the time, median of the work."""
    walls = sorted(wall * 1000 for wall, _cpu in times)
    slow = walls[min(len(walls) - 1, round(0.95 * len(walls)))]
    cpu = statistics.median(cpu for _wall, cpu in times) * 1000
    return f"p50 {statistics.median(walls):8.1f} ms  p95 {slow:8.1f} ms  CPU {cpu:8.1f} ms"


def lane(sizes: list[int]) -> int:
    """All sizes on one engine; 1 where a goal is missed."""
    prepare()
    with connection.cursor() as cursor:
        cursor.execute("SELECT version()" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        print(f"\n{connection.vendor} {str(cursor.fetchone()[0])[:40]}", flush=True)
    before, good = 1, True
    for size in sizes:
        start = time.perf_counter()
        with lifted(connection):
            fill(before, size + 1)
        seconds = time.perf_counter() - start
        print(
            f" {size:,} records in {REGISTERS} registers, {size // 2:,} in one (filled in {seconds:.0f} s)",
            flush=True,
        )
        good &= pages(size)
        before = size + 1
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(lane([int(size) for size in sys.argv[1].split(",")]))
