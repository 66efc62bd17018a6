# SPDX-License-Identifier: Apache-2.0
"""Invented organisations with valid codes, and the people who keep them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from stdnum.cn import uscc

from kechuang.commons.parties.models import Organization, Qualification, QualificationKind, Region

KIND = "high_tech_firm"
START, END = dt.date(2018, 10, 12), dt.date(2021, 10, 12)
KEEPER = (
    "parties.view_organization",
    "parties.keep_organization",
    "parties.register_qualification",
    "parties.revoke_qualification",
)


def inner_code(serial: int) -> str:
    """A valid old organisation code."""
    first = f"{serial:08d}"
    total = sum(int(mark) * weight for mark, weight in zip(first, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return first + "0123456789X0"[11 - total % 11]


def code(serial: int, division: str = "990102") -> str:
    """A valid unified code of an invented division."""
    first = f"91{division}{inner_code(serial)}"
    return first + uscc.calc_check_digit(first)


def firm(name: str = "云川华宇科技有限公司", serial: int | None = None, **more: Any) -> Organization:
    return Organization.objects.create(name=name, uscc=code(serial) if serial else None, **more)


def region(name: str = "城东区", code: str = "990102") -> Region:
    return Region.objects.get_or_create(code=code, defaults={"name": name})[0]


def kind(name: str = "高新技术企业", term: str = "years:3", code: str = KIND) -> QualificationKind:
    return QualificationKind.objects.get_or_create(code=code, defaults={"name": name, "term": term})[0]


def held(
    organization: Organization, number: str = "GR1", start: dt.date = START, end: dt.date = END, **more: Any
) -> Qualification:
    return Qualification.objects.create(
        organization=organization, kind=kind(), number=number, valid_from=start, valid_to=end, **more
    )
