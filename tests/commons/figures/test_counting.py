# SPDX-License-Identifier: Apache-2.0
"""Many numbers by one query, each as if it had been asked alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Count, Sum
from django.test.utils import CaptureQueriesContext

from kechuang.commons.facts.models import Target
from kechuang.commons.figures import counting
from kechuang.commons.figures.counting import Total, count

pytestmark = [pytest.mark.django_db, pytest.mark.guarantee]


@pytest.fixture
def totals() -> list[Total]:
    for number, (unit, scaled) in enumerate([("家", 30), ("家", 12), ("项", 5)]):
        Target.objects.create(name=f"目标{number}", year=2019, comparator=">=", scaled=scaled, unit=unit)
    rows = Target.objects.order_by("-pk").select_related("indicator")
    return [
        Total(rows),
        Total(rows.filter(unit="家")),
        Total(rows.filter(unit="家"), Sum("scaled"), lambda stored: Decimal(stored) / 10),
        Total(rows, Count("unit", distinct=True)),
        Total(rows.filter(unit="个")),
        Total(rows.filter(unit="个"), Sum("scaled")),
        Total(rows.none()),
    ]


def test_numbers_of_any_sort_are_counted_by_one_query(totals: list[Total]) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert count(totals) == [3, 2, Decimal("4.2"), 2, 0, 0, 0]
    assert len(queries) == 1
    assert [count([one])[0] for one in totals] == [3, 2, Decimal("4.2"), 2, 0, 0, 0]


def test_more_than_go_together_are_counted_in_turns(
    totals: list[Total], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST", 3)
    with CaptureQueriesContext(connection) as queries:
        assert count(totals) == [3, 2, Decimal("4.2"), 2, 0, 0, 0]
    assert len(queries) == 2  # the last of them has no rows to be asked for


def test_nothing_to_count_asks_nothing(django_assert_num_queries: pytest.FixtureRequest) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert count([]) == []
