# SPDX-License-Identifier: Apache-2.0
"""An office takes note of its part once in each role."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from commons.commitments._year import DAY, Year
from kechuang.commons.commitments.actions import receive_part
from kechuang.commons.commitments.models import Receipt
from kechuang.commons.kernel.problems import Problem, Refused

pytestmark = pytest.mark.django_db


def test_a_part_is_received_with_name_and_day(year: Year) -> None:
    receipt = receive_part(year.co, year.co_staff)
    assert (receipt.by, receipt.day, receipt.role) == ("乙员", DAY, "co")


def test_it_is_received_once_and_anew_in_another_role(year: Year) -> None:
    receive_part(year.co, year.co_staff)
    with pytest.raises(Problem, match="已由乙员于 2019-10-15 签收"):
        receive_part(year.co, year.co_staff)
    year.co.role = "lead"
    year.co.save(update_fields=["role"])
    receive_part(year.co, year.co_staff)
    assert list(Receipt.objects.order_by("id").values_list("role", flat=True)) == ["co", "lead"]


@pytest.mark.parametrize("who", ["lead_staff", "leader", "stranger"])
def test_nobody_receives_for_another_office(year: Year, who: str) -> None:
    with pytest.raises(Refused):
        receive_part(year.co, getattr(year, who))
    assert Receipt.objects.count() == 0


def test_an_office_that_left_receives_nothing(year: Year) -> None:
    year.co.until = DAY
    year.co.save(update_fields=["until"])
    with pytest.raises(Problem, match="已不再负责"):
        receive_part(year.co, year.co_staff)


@pytest.mark.guarantee
def test_a_receipt_is_never_changed_and_never_doubled(year: Year) -> None:
    receipt = receive_part(year.co, year.co_staff)
    with pytest.raises(DatabaseError), transaction.atomic():
        Receipt.objects.update(by="别人")
    with pytest.raises(DatabaseError), transaction.atomic():
        Receipt.objects.all().delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Receipt.objects.create(responsibility=year.co, role="co", day=DAY, at=receipt.at, by="再签")
    assert Receipt.objects.get().by == "乙员"
