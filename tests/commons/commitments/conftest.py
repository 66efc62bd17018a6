# SPDX-License-Identifier: Apache-2.0
"""A task of two offices, and the people of its year: staff and head of the lead, staff of the other, two leaders."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from commons.commitments._year import DECEMBER, HEAD, JANUARY, LEADER, SOURCE, STAFF, Year
from kechuang.commons.commitments.actions import Part, open_commitment
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.models import Unit


@pytest.fixture
def year(person: Callable[..., Actor], office: Callable[[str], Unit], system: Actor) -> Year:
    """The year of a task due at its end."""
    first, second = office("甲处"), office("乙处")
    task = open_commitment(
        None,
        system,
        kind="task",
        code="2019/1",
        title="任务一",
        start=JANUARY,
        due=DECEMBER,
        source=SOURCE,
        parts=[Part(first, "lead"), Part(second, "co")],
    )
    lead, co = task.responsibilities.order_by("order")
    return Year(
        task,
        lead,
        co,
        person("甲员", *STAFF, over=first),
        person("甲处长", *HEAD, over=first),
        person("乙员", *STAFF, over=second),
        person("局长", *LEADER),
        person("副局长", *LEADER),
        person("路人"),
    )
