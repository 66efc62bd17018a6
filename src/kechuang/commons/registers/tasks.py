# SPDX-License-Identifier: Apache-2.0
"""Offices are told of what falls due in their records, near and past, leaders of promises not kept (到期提醒)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.commons.access.models import User
from kechuang.commons.access.queries.grants import people_who
from kechuang.commons.commitments.instructions import clauses
from kechuang.commons.commitments.queries import standings, with_parts
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.ticks import ticking
from kechuang.commons.notices.actions import send_notice
from kechuang.commons.notices.kinds import NoticeKind, notice_kind
from kechuang.commons.notices.models import Notice
from kechuang.commons.parties.queries.units import charges_on
from kechuang.commons.registers.dues import DueLine, due_lines
from kechuang.commons.registers.intake import filings
from kechuang.commons.registers.models import Record
from kechuang.commons.registers.permissions import KEEP
from kechuang.commons.registers.promising import LIVING
from kechuang.commons.registers.queries import due_records, register_of, registers

MOST_RECORDS, MOST_FILINGS, TOPIC = 20_000, 200, 120
DUE = notice_kind(
    NoticeKind(
        "registers.due",
        gettext_lazy("台账到期"),
        gettext_lazy("%(what)s：%(title)s"),
        gettext_lazy("时限：%(due)s"),
    )
)

SLIPPED = notice_kind(
    NoticeKind(
        "registers.slipped",
        gettext_lazy("约定逾期"),
        gettext_lazy("约定逾期：%(title)s"),
        gettext_lazy("责任处室：%(offices)s\n时限：%(due)s"),
    )
)


@ticking("registers.dues", gettext_lazy("提醒台账到期事项"))
def tell_dues() -> int:
    """Tell who keeps the records; returns of how many things somebody was told for the first time."""
    day = clock.today()
    wanted = {f"{DUE.code} {topic_of(line)}": line for line in _lines(day) if line.record.unit is not None}
    known = set(Notice.objects.filter(kind_code=DUE.code).values_list("key", flat=True))
    people: dict[int | None, list[User]] = {}
    told = 0
    for key, line in wanted.items():
        unit = line.record.unit_id
        if key in known:
            continue
        if unit not in people:
            people[unit] = list(people_who(permission=KEEP, over=[Ref("parties.unit", str(unit))]))
        if people[unit]:
            _tell(line, people[unit])
            told += 1
    return told


FILED = notice_kind(
    NoticeKind(
        "registers.filed",
        gettext_lazy("公众提交"),
        gettext_lazy("收到公众提交：%(title)s"),
        gettext_lazy("台账：%(register)s"),
    )
)


@ticking("registers.filings", gettext_lazy("通知收到的公众提交"))
def tell_filed() -> int:
    """Tell the office what anybody handed in; returns of how many records."""
    known = set(Notice.objects.filter(kind_code=FILED.code).values_list("ref_id", flat=True))
    told = 0
    for filing in filings().order_by("-pk")[:MOST_FILINGS]:
        record = filing.record
        if str(record.pk) in known or record.unit is None:
            continue
        people = list(people_who(permission=KEEP, over=[Ref.of(record.unit)]))
        if people:
            data = {"title": record.title, "register": register_of(record.register).name}
            _send(FILED, people, Ref.of(record), str(Ref.of(record)), data)
            told += 1
    return told


@ticking("registers.promises", gettext_lazy("报告逾期的约定事项"))
def tell_slipped() -> int:
    """Tell the leaders in charge of an office what it promised and did not keep in time; returns of how many."""
    day = clock.today()
    leaders: dict[int, list[User]] = defaultdict(list)
    for charge in charges_on(day):
        leaders[charge.unit_id].append(charge.user)
    late = list(with_parts(clauses().filter(state__in=LIVING, due__lt=day), day)[:MOST_RECORDS])
    stand = standings(late, day)
    known = set(Notice.objects.filter(kind_code=SLIPPED.code).values_list("key", flat=True))
    told = 0
    for one in late:
        topic = f"{Ref.of(one)} {one.due}"
        people = [user for part in stand[one.pk].parts for user in leaders[part.unit_id]]
        if people and stand[one.pk].light.colour == "red" and f"{SLIPPED.code} {topic}" not in known:
            offices = "、".join(str(part.unit) for part in stand[one.pk].parts)
            data = {"title": one.called, "due": one.due.isoformat() if one.due else "", "offices": offices}
            _send(SLIPPED, people, Ref.of(one), topic, data)
            told += 1
    return told


def topic_of(line: DueLine) -> str:
    """What is told once: this thing of this record on this day, near or past."""
    return f"{Ref.of(line.record)} {line.day} {line.light.colour} {line.what}"[:TOPIC]


def _tell(line: DueLine, people: list[User]) -> None:
    data = {"what": line.what, "title": line.record.title, "due": line.day.isoformat()}
    _send(DUE, people, Ref.of(line.record), topic_of(line), data)


def _send(kind: NoticeKind, people: list[User], about: Ref, topic: str, data: dict[str, str]) -> None:
    by = Actor.system(_("到期提醒"))
    send_notice(None, by, kind=kind.code, to=people, about=about, topic=topic, data=data)


def _lines(day: dt.date) -> Iterator[DueLine]:
    known = registers()
    most = max((due.warn_days for piece in known.values() for due in piece.dues), default=0)
    rows: dict[str, list[Record]] = defaultdict(list)
    for record in due_records(known.values(), day + dt.timedelta(most + 1))[:MOST_RECORDS]:
        rows[record.register].append(record)
    for code in sorted(rows):
        yield from (
            line for line in due_lines(known[code], rows[code], day) if line.light.colour in {"yellow", "red"}
        )
