# SPDX-License-Identifier: Apache-2.0
"""By which scheme a plan is judged: its lights and letters follow, everywhere alike, and nobody else's change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kechuang.apps.workplan.actions import choose_scheme
from kechuang.commons.commitments.models import Commitment
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.models import ClockSetting
from kechuang.commons.kernel.problems import Problem, Refused
from kechuang.commons.oversight.letters import asked_on
from kechuang.commons.releases.canonical import digest
from kechuang.commons.releases.models import Release
from kechuang.site.overview import overview
from plan_story import Story, revise, spring, story

__all__ = ["story"]
pytestmark = pytest.mark.django_db
MAY = dt.date(2019, 5, 31)
OCTOBER = dt.date(2019, 10, 2)


def release(code: str, **parts: Any) -> None:
    piece = {"code": code, "version": "1", "name": f"办法{code}", "source": "测试", **parts}
    Release.objects.create(
        kind="progress_scheme", code=code, number="1", pack="test", sha256=digest(piece), released_at=clock.now(),
        content=piece,
    )  # fmt: skip


@pytest.fixture
def two(story: Story) -> Story:
    """The default, and a lenient one with letters of its own."""
    rung = {"code": "x", "name": "提醒单", "trigger": "overdue", "days": "1", "reply_days": "9"}
    release("default", lights={"yellow_pace": "0.9", "red_pace": "0.75"})
    release(
        "l", extends="default", lights={"yellow_pace": "0.5", "red_pace": "0.3"}, ladder={"rungs": [rung]}
    )
    spring(story)
    return story


def light(story: Story) -> str:
    with clock.pinned(MAY):
        (line,) = (one for one in overview(MAY, story.one).headline if "技术合同" in one.target.name)
    colour: str = line.light.colour
    return colour


def test_lights_and_letters_follow_the_scheme_chosen(two: Story) -> None:
    assert light(two) == "red"  # 8 % of 15 % promised
    with clock.pinned(OCTOBER):
        assert asked_on(OCTOBER) == []
    choose_scheme(two.version.plan, two.one, code="l")
    assert light(two) == "green"
    with clock.pinned(OCTOBER):
        assert [(one.item.title, one.name) for one in asked_on(OCTOBER)] == [("形成方案", "提醒单")]
    assert set(Commitment.objects.values_list("scheme", flat=True)) == {"l"}


def test_the_card_of_the_indicator_says_the_same(
    two: Story, person: Callable[..., Actor], browser_of: Callable[[Actor], Client]
) -> None:
    choose_scheme(two.version.plan, two.one, code="l")
    ClockSetting.objects.create(day=MAY)
    client = browser_of(person("读者", "figures.view_figure"))
    page = client.get(reverse("figures:indicator-detail", args=["contracts"]))
    assert [line.light.colour for line in page.context["lines"]] == ["green"]


def test_a_scheme_nobody_released_is_told(two: Story) -> None:
    with pytest.raises(Problem) as told:
        choose_scheme(two.version.plan, two.one, code="没有")
    assert told.value.field == "scheme"


def test_who_does_not_issue_plans_chooses_none(two: Story, person: Callable[..., Actor]) -> None:
    with pytest.raises(Refused):
        choose_scheme(two.version.plan, person("处长", "workplan.edit_plan"), code="l")


def test_the_page_shows_what_each_says_and_chooses(two: Story) -> None:
    ClockSetting.objects.create(day=MAY)
    address = reverse("workplan:plan-scheme", args=[two.version.plan_id])
    page = two.client.get(address).content.decode()
    assert all(words in page for words in ("办法default", "办法l", "提醒单"))
    answer = two.client.post(address, {"scheme": "l"})
    assert answer["Location"] == reverse("workplan:plan-detail", args=[two.version.plan_id])
    assert "办法l" in two.client.get(answer["Location"]).content.decode()
    assert "办法l" in two.client.get(reverse("cockpit")).content.decode()
    assert two.client.post(address, {"scheme": "没有"}).status_code == 422


def test_what_a_later_version_promises_is_judged_alike(two: Story) -> None:
    choose_scheme(two.version.plan, two.one, code="l")
    with clock.pinned(dt.date(2019, 6, 28)):
        revise(two)
    assert set(Commitment.objects.exclude(state="dropped").values_list("scheme", flat=True)) == {"l"}
