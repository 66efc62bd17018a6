# SPDX-License-Identifier: Apache-2.0
"""A vintage of a value stands once, with or without a region."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from kechuang.commons.facts.models import Indicator, Observation
from kechuang.commons.parties.models import Region

pytestmark = [pytest.mark.django_db, pytest.mark.guarantee]


def observe(indicator: Indicator, *, vintage: int = 1, region: Region | None = None) -> Observation:
    day = dt.date(2019, 12, 31)
    return Observation.objects.create(
        indicator=indicator, region=region, period_start=day, period_end=day, vintage=vintage, scaled=1,
        published_on=day, source="公报",
    )  # fmt: skip


def test_a_vintage_of_the_whole_city_cannot_be_written_twice() -> None:
    indicator = Indicator.objects.create(code="i", name="指标", unit="家", kind="stock")
    observe(indicator)
    with pytest.raises(DatabaseError), transaction.atomic():
        observe(indicator)
    observe(indicator, vintage=2)
    assert Observation.objects.count() == 2


def test_a_vintage_of_a_region_cannot_be_written_twice() -> None:
    indicator = Indicator.objects.create(code="i", name="指标", unit="家", kind="stock")
    region = Region.objects.create(code="a", name="甲区")
    observe(indicator, region=region)
    observe(indicator)
    with pytest.raises(DatabaseError), transaction.atomic():
        observe(indicator, region=region)
    assert Observation.objects.count() == 2
