# SPDX-License-Identifier: Apache-2.0
"""Promised numbers on a day, and a task that shows the light of the number under it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kechuang.commons.commitments.models import Commitment
from kechuang.commons.commitments.queries import standing, standings, with_parts
from kechuang.commons.commitments.wording import reason_words
from kechuang.commons.facts.models import Indicator, Observation, Target
from kechuang.commons.figures.standings import target_lines
from kechuang.commons.kernel.memo import remembering
from kechuang.engines.progress.lights import Light

pytestmark = pytest.mark.django_db
DAY = dt.date(2019, 10, 15)
Under = Callable[..., Commitment]


@pytest.fixture
def under() -> Under:
    """Make a task with a number under it: a flow of which so much is reached by the end of September."""

    def make(name: str, value: int | None, state: str = "open") -> Commitment:
        shared = {"start": dt.date(2019, 1, 1), "due": dt.date(2019, 12, 31)}
        task = Commitment.objects.create(kind="task", code=name, title=name, state=state, **shared)
        indicator = Indicator.objects.create(code=f"i-{name}", name=name, unit="项", kind="flow")
        target = Target.objects.create(
            name=f"{name}的目标", year=2019, comparator=">=", scaled=100, unit="项", indicator=indicator
        )
        Commitment.objects.create(
            kind="target", code=f"{name}.t", title=name, parent=task, target=target, **shared
        )
        if value is not None:
            Observation.objects.create(
                indicator=indicator,
                scaled=value,
                period_start=dt.date(2019, 1, 1),
                period_end=dt.date(2019, 9, 30),
                published_on=dt.date(2019, 10, 10),
                source="测试",
            )
        return task

    return make


def _light(task: Commitment) -> Light:
    return standing(with_parts(Commitment.objects.filter(pk=task.pk)).get(), DAY).light


def test_a_line_says_pace_forecast_and_reason(under: Under) -> None:
    under("甲", 60)
    (line,) = target_lines(Target.objects.select_related("indicator"), DAY)
    assert (line.light.colour, line.light.reason, line.percent) == (
        "yellow",
        "way-behind",
        60,
    )  # .6 against .748
    assert line.pace.words == "80%"
    assert "75项" in line.pace.detail
    assert line.forecast.words == "80项"
    assert "60%" in line.reason


def test_after_its_year_a_target_reads_what_its_year_said(under: Under) -> None:
    under("甲", 80)
    (line,) = target_lines(Target.objects.select_related("indicator"), dt.date(2020, 2, 1))
    assert (line.reading.value, line.light.colour, line.light.reason) == (80, "yellow", "not-final")


def test_a_task_is_as_red_as_the_number_under_it_and_names_it(under: Under) -> None:
    light = _light(under("甲", 50))
    assert (light.colour, light.reason, light.facts["name"]) == ("red", "number", "甲的目标")
    assert "甲的目标" in reason_words(light)
    assert reason_words(light.facts["light"]) in reason_words(light)


def test_a_number_without_data_leaves_its_task_unjudged(under: Under) -> None:
    light = _light(under("甲", None))
    assert (light.colour, light.facts["light"].reason) == ("grey", "no-value")


def test_numbers_of_closed_tasks_and_dropped_numbers_are_not_asked(under: Under) -> None:
    under("甲", 60, state="done")
    dropped = under("乙", 60)
    Commitment.objects.filter(parent=dropped).update(state="dropped")
    tasks = list(with_parts(Commitment.objects.filter(kind="task")))
    with CaptureQueriesContext(connection) as queries:
        found = standings(tasks, DAY)
    assert len(found) == 2
    assert [query["sql"] for query in queries if "facts_" in query["sql"]] == []


def test_three_tasks_need_the_queries_of_one(under: Under) -> None:
    tasks = [under(name, 60) for name in "甲乙丙"]
    counts = []
    for some in (tasks[:1], tasks):
        with remembering(), CaptureQueriesContext(connection) as queries:
            found = standings(with_parts(Commitment.objects.filter(pk__in=[one.pk for one in some])), DAY)
        counts.append(len(queries))
        assert {one.light.reason for one in found.values()} == {"number"}
    assert counts[0] == counts[1]
