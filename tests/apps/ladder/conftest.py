# SPDX-License-Identifier: Apache-2.0
"""What the tests of the ladder share: kinds, a district, two people, and a way to drop in a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from house_fixtures import Person
from kechuang.apps.ladder.actions.intake import upload_list
from kechuang.apps.ladder.models import ListImport
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.parties.models import QualificationKind, Region
from ladder_cases import csv_of

Drop = Callable[..., ListImport]


@pytest.fixture
def kind(db: None) -> QualificationKind:
    """Valid for three years."""
    return QualificationKind.objects.create(
        code="high_tech_firm", name="高新技术企业", term="years:3", number_pattern=r"GR\d{12}"
    )


@pytest.fixture
def yearly(db: None) -> QualificationKind:
    """Valid until the end of the year."""
    return QualificationKind.objects.create(code="tech_sme", name="科技型中小企业", term="year-end")


@pytest.fixture
def district(db: None) -> Region:
    """An invented district."""
    return Region.objects.create(code="990102", name="城东区")


@pytest.fixture
def clerk(person: Person) -> Actor:
    """Who enters lists."""
    return person(
        "录入员", "ladder.view_list", "ladder.import_list", "parties.view_organization", "figures.view_figure"
    )


@pytest.fixture
def chief(person: Person) -> Actor:
    """Who confirms them."""
    return person("复核员", "ladder.view_list", "ladder.confirm_list", "parties.view_organization")


@pytest.fixture
def drop(kind: QualificationKind, district: Region, clerk: Actor) -> Drop:
    """Upload lines as a list; every file differs by its title."""
    dropped: list[Any] = []

    def upload(*lines: Sequence[object], issued_on: dt.date = dt.date(2019, 9, 2), **more: Any) -> ListImport:
        dropped.append(lines)
        title = more.pop("title", f"第 {len(dropped)} 份名单")
        data = more.pop("data", csv_of([*lines, ["合计", "", "", "", str(len(dropped)), ""]]))
        by = more.pop("by", clerk)
        of = more.pop("of", kind)
        return upload_list(of, by, name="名单.csv", data=data, issued_on=issued_on, title=title, **more)

    return upload
