# SPDX-License-Identifier: Apache-2.0
"""What was asked in rounds of reporting and how it was answered, read on a day from dated facts (报送情况)."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kechuang.commons.commitments.models import Call, Commitment, Report, Responsibility, Round
from kechuang.commons.parties.models import Unit, UnitSuccession
from kechuang.engines.progress.rounds import Answer, Rhythm, answer_of

MONTH, QUARTER, HALF = 1, 3, 6
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Called:
    """A report that was asked: in which round, of which part now, and how it stands; ``report`` is what answered.

    An office that was dissolved meanwhile has passed it on with its part.
    """

    call: Call
    part: Responsibility
    answer: Answer
    report: Report | None = None

    @property
    def is_late(self) -> bool:
        """Whether it came after the round had closed."""
        return self.answer == "late"


@dataclass(slots=True)
class Tally:
    """How many reports were asked of an office, and how they stand."""

    unit: Unit
    asked: int = 0
    answers: Counter[str] = field(default_factory=Counter)

    @property
    def on_time(self) -> int:
        """Answered in time."""
        return self.answers["on-time"]

    @property
    def late(self) -> int:
        """Answered late."""
        return self.answers["late"]

    @property
    def waiting(self) -> int:
        """Still to come."""
        return self.answers["waiting"]

    @property
    def missing(self) -> int:
        """Not come by the last day."""
        return self.answers["missing"]


def title_of(rhythm: Rhythm, name: str, year: int, no: int) -> str:
    """A round as people call it."""
    told = {"year": year, "no": no, "name": name}
    if rhythm.every == MONTH:
        return _("%(year)s年%(no)s月%(name)s") % told
    if rhythm.every == QUARTER:
        return _("%(year)s年第%(no)s季度%(name)s") % told
    if rhythm.every == HALF:
        return (_("%(year)s年上半年%(name)s") if no == 1 else _("%(year)s年下半年%(name)s")) % told
    return _("%(year)s年度%(name)s") % told


def rounds_on(day: dt.date) -> QuerySet[Round]:
    """The rounds that had opened by a day, the newest first."""
    return Round.objects.filter(opens_on__lte=day)


def called(calls: QuerySet[Call], day: dt.date) -> list[Called]:
    """What was asked and how it stood on a day; what nobody has to answer any more is left out (5 queries)."""
    rows = list(calls.select_related("round", "responsibility__unit", "responsibility__commitment"))
    heirs = _heirs(rows, day)
    parts = {row.pk: heirs.get(row.responsibility_id, row.responsibility) for row in rows}
    reports: dict[int, list[Report]] = defaultdict(list)
    wanted = {part.pk for part in parts.values()} | {row.responsibility_id for row in rows}
    for report in Report.objects.filter(responsibility__in=wanted, day__lte=day).order_by("day", "id"):
        reports[report.responsibility_id].append(report)
    opened = _opened_days(rows)
    found = []
    for row in rows:
        part, window = parts[row.pk], row.round.window
        known = list(reports[row.responsibility_id])
        if part.pk != row.responsibility_id:
            known += reports[part.pk]
        until = min(
            (one for one in opened[row.round.scheme, row.round.code] if one > window.opens), default=None
        )
        answer = answer_of(window, [one.day for one in known], day, until)
        if answer in {"waiting", "missing"} and _is_over(part, row.round, day):
            continue
        inside = [one for one in known if window.opens <= one.day and (until is None or one.day < until)]
        found.append(
            Called(row, part, answer, inside[0] if inside and answer in {"on-time", "late"} else None)
        )
    return found


def tallies(found: Iterable[Called]) -> list[Tally]:
    """By office, in the bureau's order."""
    by_unit: dict[int, Tally] = {}
    for one in found:
        tally = by_unit.setdefault(one.part.unit_id, Tally(one.part.unit))
        tally.asked += 1
        tally.answers[one.answer] += 1
    return sorted(by_unit.values(), key=lambda tally: (tally.unit.order, tally.unit.pk))


def late_reports(task: Commitment, day: dt.date) -> dict[int, Round]:
    """The reports on a task that answered a round late, with the round."""
    calls = Call.objects.filter(responsibility__commitment=task, round__opens_on__lte=day)
    return {
        one.report.pk: one.call.round for one in called(calls, day) if one.is_late and one.report is not None
    }


def to_answer(units: Iterable[int], day: dt.date) -> list[Called]:
    """What some offices have still to report, in the newest round of each rhythm; the first due first."""
    newest: dict[tuple[str, str], Round] = {}
    for one in rounds_on(day).order_by("opens_on"):
        newest[one.scheme, one.code] = one
    if not newest:
        return []
    ids = set(units)
    found = called(Call.objects.filter(round__in=[one.pk for one in newest.values()]), day)
    owed = [one for one in found if one.part.unit_id in ids and one.answer in {"waiting", "missing"}]
    return sorted(owed, key=lambda one: (one.call.round.due_on, one.part.commitment.order, one.part.pk))


def _heirs(rows: Sequence[Call], day: dt.date) -> dict[int, Responsibility]:
    """For each part that ended by a day because its office was dissolved, the successor's part."""
    ended = [row.responsibility for row in rows if _has_ended(row.responsibility, day)]
    if not ended:
        return {}
    successors = dict(UnitSuccession.objects.values_list("unit_id", "successor_id"))
    open_ones = Responsibility.objects.filter(commitment__in={part.commitment_id for part in ended})
    known = {
        (part.commitment_id, part.unit_id): part for part in open_ones.select_related("unit", "commitment")
    }
    found = {}
    for part in ended:
        unit, heir = part.unit_id, part
        while unit in successors and _has_ended(heir, day):
            unit = successors[unit]
            heir = known.get((part.commitment_id, unit), heir)
        found[part.pk] = heir
    return found


def _has_ended(part: Responsibility, day: dt.date) -> bool:
    return part.until is not None and part.until <= day


def _is_over(part: Responsibility, asked: Round, day: dt.date) -> bool:
    """Whether an answer is no longer wanted: the part, or its task, ended by the last day of the round."""
    last = min(day, asked.due_on)
    closed = part.commitment.closed_on
    return _has_ended(part, last) or (closed is not None and closed <= last)


def _opened_days(rows: Sequence[Call]) -> dict[tuple[str, str], list[dt.date]]:
    found: dict[tuple[str, str], list[dt.date]] = defaultdict(list)
    schemes = {row.round.scheme for row in rows}
    for scheme, code, day in Round.objects.filter(scheme__in=schemes).values_list(
        "scheme", "code", "opens_on"
    ):
        found[scheme, code].append(day)
    return found
