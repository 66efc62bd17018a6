# SPDX-License-Identifier: Apache-2.0
"""What may not meet in one account: families of administrators, and duties kept apart (不得兼任)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext as _

from kechuang.commons.access.catalogue import short_words
from kechuang.commons.access.models import Grant, Role, User
from kechuang.commons.access.queries.grants import delegated_between, grants_between
from kechuang.commons.access.separation import clashes
from kechuang.commons.kernel.problems import Problem


def check_joining(user: User, role: Role, since: dt.date | None, until: dt.date | None) -> None:
    """Raise Problem where the role would meet in the account, on any day of the term, what it may not meet."""
    held = grants_between(user, since, until)
    check_families(role, held)
    _check_deputies(user, role, since, until)
    own = {name for grant in held for name in grant.role.permissions}
    check_duties(set(role.permissions), own | delegated_between(user, since, until))


def _check_deputies(user: User, role: Role, since: dt.date | None, until: dt.date | None) -> None:
    """Whoever acts for a colleague does business, and is no administrator meanwhile."""
    if role.family != Role.Family.BUSINESS and delegated_between(user, since, until):
        raise Problem(
            _("“%(name)s”在这段时间代同事办理业务，不能同时是“%(role)s”。")
            % {"name": user, "role": role.name},
            remedy=_("请先提前结束委托（账号页“委托代办”），再授权。"),
            field="role",
        )


def check_families(role: Role, held: Collection[Grant]) -> None:
    """Administrators of different families and business roles never meet."""
    other = next((grant.role for grant in held if grant.role.family != role.family), None)
    if other is not None:
        raise Problem(
            _(
                "“%(role)s”（%(family)s）与该账号已有的“%(other)s”（%(others)s）不属于同一类别，三员与业务角色不得兼任。"
            )
            % {
                "role": role.name,
                "family": role.get_family_display(),
                "other": other.name,
                "others": other.get_family_display(),
            },
            remedy=_("请另设账号，或先收回原有角色。"),
            field="role",
        )


def check_duties(new: Collection[str], held: Collection[str]) -> None:
    """No pair of duties kept apart is joined by adding the new permissions to those held."""
    before = {(clash.one, clash.other) for clash in clashes(held)}
    for clash in clashes({*new, *held}):
        if (clash.one, clash.other) not in before:
            raise Problem(
                _("职责分离“%(name)s”：“%(one)s”与“%(other)s”不得由同一账号兼任。%(why)s")
                % {
                    "name": clash.separation.name,
                    "one": short_words(clash.one),
                    "other": short_words(clash.other),
                    "why": clash.separation.why,
                },
                remedy=_("请授予另一个账号，或先收回其中一项。"),
                field="role",
            )
