# SPDX-License-Identifier: Apache-2.0
"""The cockpit of a day that has passed is the page that was shown on that day, whatever happened since."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kechuang.apps.workplan.actions import install_plan_facts, issue_plan
from kechuang.apps.workplan.models import Item, ItemOffice, ItemTarget, PlanVersion
from kechuang.apps.workplan.pieces import PlannedArea, PlannedTarget, PlannedTask, PlanPiece
from kechuang.commons.access.models import User
from kechuang.commons.commitments.actions import (
    approve_milestone,
    ask_extension,
    confirm_closure,
    decide_disagreement,
    decide_extension,
    draft_milestone,
    drop_milestone,
    lift_light,
    merge_parts,
    raise_disagreement,
    report_part,
    set_light,
)
from kechuang.commons.commitments.models import Commitment, Responsibility
from kechuang.commons.facts.models import Indicator, Observation
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting
from kechuang.commons.parties.actions import assign_leader
from kechuang.commons.parties.models import Unit
from kechuang.site.overview import Overview, overview

pytestmark = pytest.mark.django_db
FILES = [("总结.txt", b"x")]
MARCH, JUNE = dt.date(2019, 3, 1), dt.date(2019, 6, 28)
DAYS = [dt.date(2019, month, 15) for month in range(3, 13)]
RIGHTS = (
    "workplan.view_plan", "workplan.issue_plan", "workplan.edit_plan", "facts.set_target", "parties.assign_leader",
    "parties.lead_unit", "commitments.keep_commitment", "commitments.report_part", "commitments.merge_parts",
    "commitments.confirm_closure", "commitments.draft_milestone", "commitments.approve_milestone",
    "commitments.ask_extension", "commitments.decide_extension", "commitments.raise_disagreement",
    "commitments.decide_disagreement", "commitments.set_light",
)  # fmt: skip


@dataclass
class Story:
    """A plan of two tasks, two offices, three numbers; two people who may do everything."""

    one: Actor
    other: Actor
    units: dict[str, Unit]
    version: PlanVersion
    client: Client

    def task(self, number: str) -> Commitment:
        found = Item.objects.get(plan_version=self.version, kind="task", number=number).commitment
        assert found is not None
        return found

    def part(self, number: str, office: str) -> Responsibility:
        return Responsibility.objects.get(commitment=self.task(number), unit=self.units[office])

    def shown(self, today: dt.date, day: dt.date | None = None) -> str:
        """The cockpit's own part of the page on a day, perhaps turned back to another; its links lead to one day."""
        ClockSetting.objects.update_or_create(id=1, defaults={"day": today})
        answer = self.client.get(reverse("cockpit"), {"day": day.isoformat()} if day else {})
        assert answer.status_code == 200
        page = answer.content.decode()
        region = page[page.index('<div id="kc-cockpit"') : page.index("</main>")]
        region = re.sub(r'<p class="kc-note kc-note-warn" role="status">.*?</p>', "", region)
        return re.sub(r"day=\d{4}-\d\d-\d\d&(amp;)?", "", region)


def publish(code: str, value: str, start: dt.date, end: dt.date, on: dt.date, vintage: int = 1) -> None:
    number = Decimal(value)
    places = max(0, -int(number.as_tuple().exponent))
    Observation.objects.create(
        indicator=Indicator.objects.get(code=code), scaled=int(number.scaleb(places)), places=places,
        period_start=start, period_end=end, published_on=on, vintage=vintage, source="测试",
    )  # fmt: skip


@pytest.fixture
def story(
    office: Callable[[str], Unit],
    person: Callable[..., Actor],
    system: Actor,
    browser_of: Callable[[Actor], Client],
) -> Story:
    units = {name: office(name) for name in ("甲处", "乙处")}
    Indicator.objects.create(code="rd", name="R&D投入占比", unit="%", kind="ratio", late_days=366)
    Indicator.objects.create(code="contracts", name="技术合同", unit="亿元", kind="flow")
    Indicator.objects.create(code="list", name="清单", unit="项", kind="cumulative")
    lead, co = (units[name].code for name in ("甲处", "乙处"))
    targets = (
        PlannedTarget(name="R&D投入占比", comparator="=", value=Decimal("2.8"), unit="%", indicator="rd"),
        PlannedTarget(
            name="技术合同交易额",
            comparator=">=",
            value=Decimal(15),
            unit="%",
            kind="growth",
            indicator="contracts",
        ),
    )
    inside = PlannedTarget(name="清单", comparator=">=", value=Decimal(100), unit="项", indicator="list")
    tasks = (
        PlannedTask(number="1", title="任务一", lead=(lead,), co=(co,), deliverables=("举措一", "举措二")),
        PlannedTask(
            number="2", title="任务二", responsible=(lead, co), due=dt.date(2019, 9, 30), targets=(inside,)
        ),
    )
    piece = PlanPiece(
        code="p", version="1", title="云川市2019年工作要点", issuer="云川市科学技术局", year=2019,
        targets=targets, areas=(PlannedArea(title="领域", tasks=tasks),),
    )  # fmt: skip
    with clock.pinned(MARCH):
        install_plan_facts(piece, system)
    one, other = person("局长", *RIGHTS), person("副局长", *RIGHTS)
    return Story(one, other, units, PlanVersion.objects.get(), browser_of(one))


def spring(story: Story) -> None:
    """Leaders, a milestone, reports, a light by hand, a disagreement, first values."""
    with clock.pinned(dt.date(2019, 3, 10)):
        assign_leader(story.units["甲处"], story.one, leader=User.objects.get(pk=story.other.id))
        milestone = draft_milestone(
            story.part("1", "甲处"), story.one, title="形成方案", grain="month", month=dt.date(2019, 5, 1)
        )
        approve_milestone(milestone, story.other)
    publish("contracts", "100", dt.date(2018, 1, 1), dt.date(2018, 4, 30), dt.date(2018, 5, 10))
    publish("contracts", "108", dt.date(2019, 1, 1), dt.date(2019, 4, 30), dt.date(2019, 5, 12))
    publish("rd", "2.6", dt.date(2018, 1, 1), dt.date(2018, 12, 31), dt.date(2019, 6, 5))
    with clock.pinned(dt.date(2019, 4, 20)):
        report_part(story.part("1", "甲处"), story.one, text="推进中")
        report_part(story.part("2", "乙处"), story.one, text="推进中")
    with clock.pinned(dt.date(2019, 5, 14)):
        set_light(story.task("2"), story.one, colour="green", reason="已协调", last_day=dt.date(2019, 5, 30))
        raise_disagreement(
            story.part("1", "乙处"), story.one, other=story.units["甲处"], text="口径",
            decider=User.objects.get(pk=story.other.id), due=dt.date(2019, 5, 20),
        )  # fmt: skip


def summer(story: Story) -> None:
    """A light lifted, a decision, a milestone dropped, more time, a base revised, another leader, a new version."""
    with clock.pinned(dt.date(2019, 5, 20)):
        lift_light(story.task("2").overrides.get(), story.one, reason="情况变化")
    with clock.pinned(dt.date(2019, 6, 20)):
        decide_disagreement(story.task("1").disagreements.get(), story.other, decision="由甲处核定")
        drop_milestone(story.task("1").milestones.get(), story.other, reason="合并")
        asked = ask_extension(story.task("2"), story.one, new_due=dt.date(2019, 11, 30), reason="等数据")
    with clock.pinned(dt.date(2019, 6, 24)):
        decide_extension(asked, story.other, approved=True)
        assign_leader(story.units["甲处"], story.other, leader=User.objects.get(pk=story.one.id))
    publish("contracts", "112", dt.date(2018, 1, 1), dt.date(2018, 4, 30), dt.date(2019, 7, 1), vintage=2)
    publish("list", "30", dt.date(2019, 1, 1), dt.date(2019, 6, 30), dt.date(2019, 7, 5))
    with clock.pinned(JUNE):
        revise(story)


def revise(story: Story) -> None:
    """A second version: other titles, a lower number, no second deliverable, another lead."""
    first = story.version
    second = PlanVersion.objects.create(plan=first.plan, no=2)
    kept: dict[int, Item] = {}
    for item in Item.objects.filter(plan_version=first).order_by("order", "id"):
        if item.title == "举措二":
            continue
        offices, old = list(item.offices.all()), item.pk
        promised = ItemTarget.objects.filter(item=old).first()
        item.pk, item.plan_version, item.area = None, second, None
        item.parent = kept.get(item.parent_id or 0)
        item.title = f"{item.title}（修订）"
        item.save(force_insert=True)
        kept[old] = item
        for place, one in enumerate(reversed(offices)):
            ItemOffice.objects.create(
                item=item, name=one.name, unit=one.unit, role="lead" if place == 0 else "co", order=place
            )
        if promised is not None:
            promised.pk, promised.item, promised.scaled = None, item, promised.scaled - 5
            promised.save(force_insert=True)
    issue_plan(second, story.one, number="云科发〔2019〕9号")


def autumn(story: Story) -> None:
    """Everything is reported and closed; the statistic of the year comes out after it."""
    with clock.pinned(dt.date(2019, 9, 3)):
        for name in ("甲处", "乙处"):
            report_part(story.part("1", name), story.one, text="完成", done=True, files=FILES)
        deliverables = [part.pk for part in story.task("1").parts.filter(kind="deliverable", state="open")]
        merge_parts(story.task("1"), story.one, text="完成", done=True, delivered=deliverables)
    with clock.pinned(dt.date(2019, 9, 20)):
        confirm_closure(story.task("1"), story.other)
    publish("rd", "2.64", dt.date(2019, 1, 1), dt.date(2019, 12, 31), dt.date(2020, 12, 31))


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
