# SPDX-License-Identifier: Apache-2.0
"""Two hundred officers report in the last minutes of a round, some of them twice: none lost, none doubled."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from commons.commitments.test_rounds import AFTER, DUE, OPENS, release, turn
from kechuang.commons.commitments.actions import Part, open_commitment, report_part
from kechuang.commons.commitments.models import Call, Evidence, Report, Responsibility, Round
from kechuang.commons.commitments.rounds import called
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import Entry
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.kernel.verification import verify_journal
from kechuang.commons.parties.models import Organization, Unit

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.guarantee, pytest.mark.timeout(300)]
TASKS, OFFICES, AT_ONCE = 20, 10, 32


@pytest.fixture
def parts(bureau: Organization, system: Actor) -> list[Responsibility]:
    """Twenty tasks of ten offices each, in a round that opened days ago."""
    release("1")
    units = [
        Unit.objects.create(organization=bureau, code=f"u{n}", name=f"处{n}", short_name=f"处{n}")
        for n in range(OFFICES)
    ]
    for number in range(TASKS):
        open_commitment(
            None,
            system,
            kind="task",
            code=str(number),
            title=f"任务{number}",
            start=OPENS,
            source=Ref("workplan.item", str(number)),
            parts=[Part(unit, "responsible") for unit in units],
        )
    turn(OPENS)
    return list(Responsibility.objects.order_by("pk"))


def test_two_hundred_reports_at_once_all_arrive_once(parts: list[Responsibility], system: Actor) -> None:
    def hand_in(number: int) -> int:
        """One click, or the second click of the same form."""
        part = parts[number % len(parts)]
        try:
            with clock.pinned(DUE):
                made: Report = report_part(
                    Responsibility.objects.get(pk=part.pk),
                    system,
                    text=f"进展{part.pk}",
                    files=[("总结.txt", str(part.pk).encode())],
                    idempotency_key=f"form {part.pk}",
                )
            return made.pk
        finally:
            connection.close()

    clicks = list(range(len(parts))) + list(range(0, len(parts), 2))  # every other officer clicks twice
    with ThreadPoolExecutor(AT_ONCE) as pool:
        got = list(pool.map(hand_in, clicks))
    reports = {report.pk: report for report in Report.objects.all()}
    assert Counter(report.responsibility_id for report in reports.values()) == {part.pk: 1 for part in parts}
    assert [reports[key].responsibility_id for key in got] == [
        parts[number % len(parts)].pk for number in clicks
    ]
    assert {report.text for report in reports.values()} == {f"进展{part.pk}" for part in parts}
    assert Evidence.objects.count() == len(parts)
    assert Entry.objects.filter(verb="commitments.part.reported", outcome="done").count() == len(parts)
    assert set(Responsibility.objects.values_list("version", flat=True)) == {parts[0].version + 1}
    turn(AFTER)
    found = called(Call.objects.filter(round=Round.objects.get()), AFTER)
    assert Counter(one.answer for one in found) == {"on-time": TASKS * OFFICES}
    assert verify_journal().faults == []
