# SPDX-License-Identifier: Apache-2.0
"""The cockpit: headline numbers with pace and forecast, the task whose number is behind, the same on its own page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kechuang.apps.workplan.models import Item, Plan, PlanVersion
from kechuang.commons.commitments.models import Commitment
from kechuang.commons.commitments.wording import forecast_words, reason_words
from kechuang.commons.facts.models import Indicator, Observation, Target
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting
from kechuang.site.overview import overview

pytestmark = pytest.mark.django_db
DAY = dt.date(2019, 10, 15)
PERIOD = {"start": dt.date(2019, 1, 1), "due": dt.date(2019, 12, 31)}


@pytest.fixture
def plan() -> PlanVersion:
    """An issued plan of 2019 without lines; pages are about the same day as the test."""
    ClockSetting.objects.create(day=DAY)
    plan = Plan.objects.create(title="云川市科技工作要点", year=2019)
    return PlanVersion.objects.create(plan=plan, no=1, state="issued")


def _promise(
    plan: PlanVersion, name: str, value: int | None, *, under: Commitment | None = None
) -> Commitment:
    """A flow of 100, of which ``value`` is reached by the end of September."""
    indicator = Indicator.objects.create(code=f"i-{name}", name=name, unit="项", kind="flow")
    target = Target.objects.create(
        name=name,
        year=2019,
        comparator=">=",
        scaled=100,
        unit="项",
        indicator=indicator,
        headline=under is None,
    )
    promised = Commitment.objects.create(
        kind="target", code=name, title=name, target=target, parent=under, **PERIOD
    )
    Item.objects.create(plan_version=plan, kind="target", title=name, commitment=promised)
    if value is not None:
        Observation.objects.create(
            indicator=indicator,
            scaled=value,
            period_start=dt.date(2019, 1, 1),
            period_end=dt.date(2019, 9, 30),
            published_on=dt.date(2019, 10, 10),
            source="测试",
        )
    return promised


def _task(plan: PlanVersion, number: str) -> Commitment:
    task = Commitment.objects.create(kind="task", code=number, title=f"任务{number}", **PERIOD)
    Item.objects.create(plan_version=plan, kind="task", number=number, title=task.title, commitment=task)
    return task


def test_headline_numbers_and_numbers_of_tasks_stand_apart_with_pace_and_forecast(plan: PlanVersion) -> None:
    task = _task(plan, "1")
    _promise(plan, "技术合同", 60)
    _promise(plan, "清单", 90, under=task)
    found = overview(DAY, Actor.system("test"))
    (headline,), (other,) = found.headline, found.others
    assert (headline.target.name, headline.light.reason) == ("技术合同", "way-behind")
    assert headline.progress.forecast is not None
    assert headline.progress.forecast.value == Fraction(60 * 365, 273)  # as much a day as so far
    assert (other.target.name, other.light.reason) == ("清单", "way-on-pace")


def test_a_task_whose_number_is_far_behind_needs_attention_and_says_which(
    plan: PlanVersion, person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    task, _quiet = _task(plan, "1"), _task(plan, "2")
    _promise(plan, "清单", 40, under=task)
    found = overview(DAY, Actor.system("test"))
    assert [line.line.task for line in found.attention] == [task]
    assert dict(found.colours) == {"red": 1, "yellow": 0, "green": 0, "grey": 1}
    reason = found.attention[0].reason
    client = browser_of(person("观察员", "workplan.view_plan"))
    for address in (reverse("cockpit"), reverse("workplan:task-detail", args=[task.pk])):
        assert reason in client.get(address).content.decode()


def test_the_page_shows_the_forecast_and_the_reason_in_words(
    plan: PlanVersion, person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    _promise(plan, "技术合同", 60)
    (line,) = overview(DAY, Actor.system("test")).headline
    page = browser_of(person("观察员", "workplan.view_plan")).get(reverse("cockpit")).content.decode()
    for words in (reason_words(line.light, "项"), forecast_words(line.progress.forecast, "项"), line.pace):
        assert words in page


def test_three_numbers_and_tasks_need_the_queries_of_one(
    plan: PlanVersion, person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    client, counts = browser_of(person("观察员", "workplan.view_plan")), []
    client.get(reverse("cockpit"))
    for names in ("甲", "乙丙"):
        for name in names:
            _promise(plan, name, 60)
            _promise(plan, f"{name}项", 60, under=_task(plan, name))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("cockpit")).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
