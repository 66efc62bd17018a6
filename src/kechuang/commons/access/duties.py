# SPDX-License-Identifier: Apache-2.0
"""What a person must do before anything else (先办事项): set a new password, enrol a second factor."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.commons.access.grants import held_by
from kechuang.commons.access.models import Role, User
from kechuang.commons.access.signing import FACTOR
from kechuang.commons.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Duty:
    """The page where it is done, and why."""

    page: str
    words: str


def duty_of(request: HttpRequest) -> Duty | None:
    """The first duty that is open; none for the demo's accounts, which have no password."""
    user = request.user
    assert isinstance(user, User)
    if user.demo:
        return None
    if user.must_change_password:
        return Duty("access:password-change", _("您的密码由管理员重设，请先设置新密码。"))
    if _password_is_old(user):
        return Duty("access:password-change", _("您的密码已超过使用期限，请先设置新密码。"))
    if not request.session.get(FACTOR) and needs_factor(request.actor) and not hasattr(user, "factor"):  # type: ignore[attr-defined]
        return Duty("access:factor", _("您的角色须使用第二因素登录，请先启用。"))
    return None


def needs_factor(actor: Actor) -> bool:
    """Whether the site asks a second factor of this person: of nobody, of the administrators, of everyone."""
    asked = settings.SECOND_FACTOR
    return asked == "all" or (
        asked == "administrators" and any(held.family != Role.Family.BUSINESS for held in held_by(actor))
    )


def _password_is_old(user: User) -> bool:
    days = settings.PASSWORD_DAYS
    if not days or not user.has_usable_password() or user.password_set_at is None:
        return False
    return bool(timezone.now() - user.password_set_at > dt.timedelta(days=days))
