# SPDX-License-Identifier: Apache-2.0
"""No act leaves the site without one of its three administrators (末位管理员)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from kechuang.commons.access.grants import in_force, working
from kechuang.commons.access.models import Grant, Role
from kechuang.commons.kernel.problems import Problem


def _held(day: dt.date) -> dict[str, str]:
    """The families of administrators that a working account holds on a day, each with the name of its role."""
    rows = Grant.objects.filter(in_force(day), working(day)).exclude(role__family=Role.Family.BUSINESS)
    return dict(rows.values_list("role__family", "role__name"))


@contextmanager
def administered(day: dt.date) -> Iterator[None]:
    """What is written inside leaves somebody, on that day, in each family that had somebody. Raises Problem."""
    before = _held(day)
    yield
    lost = [name for family, name in before.items() if family not in _held(day)]
    if lost:
        raise Problem(
            _("这是最后一位“%(role)s”，办理后全站将没有这类管理员。") % {"role": "、".join(lost)},
            remedy=_("请先为另一个账号授予这个角色，再办理。"),
        )
