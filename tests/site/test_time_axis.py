# SPDX-License-Identifier: Apache-2.0
"""The cockpit of a day that has passed is the page that was shown on that day, whatever happened since."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from kechuang.commons.kernel import clock
from kechuang.commons.kernel.models import ClockSetting
from kechuang.site.overview import Overview, overview
from plan_story import JUNE, MARCH, Story, autumn, spring, story, summer

__all__ = ["story"]
pytestmark = pytest.mark.django_db
DAYS = [dt.date(2019, month, 15) for month in range(3, 13)]


def test_a_page_turned_back_is_the_page_of_that_day(story: Story) -> None:
    spring(story)
    seen = {day: story.shown(day) for day in DAYS[:3]}
    summer(story)
    seen |= {day: story.shown(day) for day in DAYS[3:6]}
    autumn(story)
    seen |= {day: story.shown(day) for day in DAYS[6:]}
    assert all(words in "".join(seen.values()) for words in ("已协调", "任务一（修订）"))
    later = dt.date(2021, 2, 1)
    for day in DAYS:
        assert story.shown(later, day) == seen[day], day


def _on(story: Story, day: dt.date) -> Overview:
    with clock.pinned(dt.date(2021, 2, 1)):
        return overview(day, story.one)


def _numbers(found: Overview) -> dict[str, Any]:
    return {line.target.name: line.reading.value for line in (*found.headline, *found.others)}


@pytest.fixture
def told(story: Story) -> Story:
    spring(story)
    summer(story)
    autumn(story)
    return story


def test_a_late_statistic_is_unknown_until_it_is_published(told: Story) -> None:
    assert _numbers(_on(told, dt.date(2020, 12, 30)))["R&D投入占比（修订）"] is None
    assert _numbers(_on(told, dt.date(2020, 12, 31)))["R&D投入占比（修订）"] == Decimal("2.64")


def test_growth_is_over_the_base_as_it_was_known(told: Story) -> None:
    def growth(day: dt.date) -> Decimal:
        (line,) = (line for line in _on(told, day).headline if "技术合同" in line.target.name)
        assert line.progress.now is not None
        return round(Decimal(line.progress.now.value.numerator) / line.progress.now.value.denominator, 2)

    assert (growth(dt.date(2019, 6, 30)), growth(dt.date(2019, 7, 1))) == (Decimal("8.00"), Decimal("-3.57"))


def test_numbers_titles_and_leads_are_those_of_the_version_in_force(told: Story) -> None:
    before, after = _on(told, JUNE - dt.timedelta(days=1)), _on(told, JUNE)
    assert [str(line.target.value) for line in before.headline] == ["2.8", "15"]
    assert [str(line.target.value) for line in after.headline] == ["2.3", "10"]
    assert [line.task.title for line in before.lines] == ["任务一", "任务二"]
    assert [line.task.title for line in after.lines] == ["任务一（修订）", "任务二（修订）"]
    assert (before.lines[0].lead, after.lines[0].lead) == ("甲处", "乙处")
    assert (before.lines[0].standing.deliverables, after.lines[0].standing.deliverables) == (2, 1)


def test_dates_stand_as_they_stood(told: Story) -> None:
    def due(day: dt.date) -> dt.date | None:
        found: dt.date | None = _on(told, day).lines[1].task.schedule_on(day).due
        return found

    assert due(dt.date(2019, 6, 23)) == dt.date(2019, 9, 30)
    assert due(dt.date(2019, 6, 24)) == dt.date(2019, 11, 30)


def test_who_was_in_charge_and_what_waited_are_of_the_day(told: Story) -> None:
    june, later = _on(told, dt.date(2019, 6, 20)), _on(told, dt.date(2019, 6, 24))
    assert [(row.name, [one.name for one in row.offices]) for row in june.leaders if row.leader] == [
        ("副局长", ["甲处"])
    ]
    assert [row.name for row in later.leaders if row.leader] == ["局长"]
    assert [one.kind for one in (*june.mine, *june.waiting)] == ["extension"]
    assert (later.mine, later.waiting) == ((), ())
    assert [one.kind for one in _on(told, dt.date(2019, 9, 10)).waiting] == ["closure"]


def test_the_week_tells_what_closed_moved_passed_and_came_out(told: Story) -> None:
    def week(day: dt.date) -> list[tuple[str, str]]:
        return [(change.day.isoformat(), change.light) for change in _on(told, day).changes]

    assert week(dt.date(2019, 6, 24)) == [("2019-06-24", "grey")]
    assert week(dt.date(2019, 6, 5)) == [("2019-06-01", "red")]  # the milestone of May passed
    assert ("2019-09-20", "done") in week(dt.date(2019, 9, 21))
    assert ("2019-07-05", "yellow") in week(dt.date(2019, 7, 6))


def test_a_day_to_come_and_no_day_are_told_and_today_is_shown(story: Story) -> None:
    ClockSetting.objects.create(day=dt.date(2019, 10, 15))
    for words in ("2019-12-01", "昨天", "2019-02-30"):
        page = story.client.get(reverse("cockpit"), {"day": words})
        assert page.context["overview"].day == dt.date(2019, 10, 15)
        assert words in page.content.decode()


def test_before_the_plan_there_is_none(story: Story) -> None:
    assert _on(story, MARCH - dt.timedelta(days=1)).versions == ()


def test_the_axis_works_as_a_plain_form(story: Story) -> None:
    ClockSetting.objects.create(day=dt.date(2019, 10, 15))
    page = story.client.get(reverse("cockpit"), {"day": "2019-05-01"}).content.decode()
    form = page[page.index('<form class="kc-timeline"') : page.index("</form>", page.index("kc-timeline"))]
    assert 'method="get"' in form
    assert re.search(r'<input type="date"[^>]*name="day" value="2019-05-01"', form)
    assert re.search(r'<input type="range"[^>]*hidden', form)  # shown by the script
    assert "<button" in form
