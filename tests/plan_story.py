# SPDX-License-Identifier: Apache-2.0
"""A plan through 2019 with all that may happen to one, for tests of pages and papers as of a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

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

FILES = [("总结.txt", b"x")]
MARCH, JUNE = dt.date(2019, 3, 1), dt.date(2019, 6, 28)
RIGHTS = (
    "workplan.view_plan", "workplan.issue_plan", "workplan.edit_plan", "facts.set_target", "parties.assign_leader",
    "parties.lead_unit", "commitments.keep_commitment", "commitments.report_part", "commitments.merge_parts",
    "commitments.confirm_closure", "commitments.draft_milestone", "commitments.approve_milestone",
    "commitments.ask_extension", "commitments.decide_extension", "commitments.raise_disagreement",
    "commitments.decide_disagreement",
    "oversight.issue_letter",
    "oversight.view_letter", "commitments.set_light",
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
