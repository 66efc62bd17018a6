# SPDX-License-Identifier: Apache-2.0
"""What the database holds of qualifications on both engines."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from kechuang.commons.parties.models import Organization, Qualification, QualificationKind

START, END = dt.date(2016, 10, 25), dt.date(2019, 10, 25)
pytestmark = [pytest.mark.django_db, pytest.mark.guarantee]


def hold(number: str, start: dt.date = START, end: dt.date = END, revoked_on: dt.date | None = None) -> None:
    kind, _made = QualificationKind.objects.get_or_create(
        code="high_tech_firm", name="高新技术企业", term="years:3"
    )
    firm, _made = Organization.objects.get_or_create(name="云川启明有限公司")
    with transaction.atomic():
        Qualification.objects.create(
            organization=firm, kind=kind, number=number, valid_from=start, valid_to=end, revoked_on=revoked_on
        )


def test_a_number_is_given_once_in_a_kind() -> None:
    hold("GR1")
    with pytest.raises(IntegrityError):
        hold("GR1")
    hold("GR2")


def test_a_number_withdrawn_from_the_first_day_may_be_given_again_one_revoked_later_not() -> None:
    hold("GR1", revoked_on=START)
    hold("GR1", revoked_on=START + dt.timedelta(days=1))
    with pytest.raises(IntegrityError):
        hold("GR1")


def test_qualifications_without_a_number_do_not_clash() -> None:
    hold("")
    hold("")
    assert Qualification.objects.count() == 2


def test_the_end_lies_after_the_start() -> None:
    with pytest.raises(IntegrityError):
        hold("GR1", start=END, end=END)


def test_a_code_belongs_to_one_organisation() -> None:
    Organization.objects.create(name="甲", uscc="91999999MA0000001D")
    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.create(name="乙", uscc="91999999MA0000001D")
    Organization.objects.create(name="丙", uscc=None)
    Organization.objects.create(name="丁", uscc=None)
