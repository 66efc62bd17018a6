# SPDX-License-Identifier: Apache-2.0
"""A bureau of four offices, who corrects and who issues, and the draft of a small plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from apps.workplan._files import PLAN
from kechuang.apps.workplan.actions import import_plan
from kechuang.apps.workplan.models import Item, PlanVersion
from kechuang.apps.workplan.proposals import propose
from kechuang.commons.facts.models import Indicator
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.models import Unit

CORRECTS = ("workplan.view_plan", "workplan.import_plan", "workplan.edit_plan")
ISSUES = ("workplan.view_plan", "workplan.issue_plan", "commitments.keep_commitment", "facts.set_target")


@pytest.fixture
def units(office: Callable[[str], Unit]) -> dict[str, Unit]:
    """甲处 to 丙处; the plan also names 丁处, which does not exist."""
    return {name: office(name) for name in ("甲处", "乙处", "丙处")}


@pytest.fixture
def officer(person: Callable[..., Actor]) -> Actor:
    """Imports and corrects."""
    return person("校对员", *CORRECTS)


@pytest.fixture
def leader(person: Callable[..., Actor]) -> Actor:
    """Issues."""
    return person("局长", *ISSUES)


@pytest.fixture
def stranger(person: Callable[..., Actor]) -> Actor:
    """May look, and nothing else."""
    return person("路人", "workplan.view_plan")


@pytest.fixture
def firms(db: None) -> Indicator:
    """An indicator that the plan's first target is measured by."""
    return Indicator.objects.create(
        code="firms", name="高企", names=["高新技术企业"], unit="家", kind="stock"
    )


Import = Callable[..., PlanVersion]


@pytest.fixture
def importing(units: dict[str, Unit], officer: Actor) -> Import:
    """Import a text: ``importing(PLAN, plan=…)``."""

    def run(text: str = PLAN, plan: Any = None, **more: Any) -> PlanVersion:
        version: PlanVersion = import_plan(
            plan, officer, submission=propose("要点.txt", text.encode()), **more
        )
        return version

    return run


@pytest.fixture
def draft(importing: Import) -> PlanVersion:
    """The draft of PLAN."""
    return importing()


def line(version: PlanVersion, title: str) -> Item:
    """The line of a version whose title begins so."""
    return version.items.get(title__startswith=title)
