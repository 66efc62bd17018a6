# SPDX-License-Identifier: Apache-2.0
"""Rules for passwords (口令规则), beside Django's own."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import password_validation as validation
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kechuang.commons.access.models import User
from kechuang.commons.kernel import clock
from kechuang.commons.kernel.problems import Problem

FEWEST_CLASSES, REMEMBERED = 3, 3


class LongEnough(validation.MinimumLengthValidator):
    """Django's, in our words."""

    def get_error_message(self) -> str:
        """What is wrong; the same as what is asked."""
        return self.get_help_text()

    def get_help_text(self) -> str:
        """What is asked."""
        return _("密码至少 %(least)s 个字符。") % {"least": self.min_length}


class NotCommon(validation.CommonPasswordValidator):
    """Django's, in our words."""

    def get_error_message(self) -> str:
        """What is wrong."""
        return _("这个密码太常见，容易被猜中。")

    def get_help_text(self) -> str:
        """What is asked."""
        return _("密码不能是常见的密码，例如 Password123。")


class NotNumeric(validation.NumericPasswordValidator):
    """Django's, in our words."""

    def get_error_message(self) -> str:
        """What is wrong; the same as what is asked."""
        return self.get_help_text()

    def get_help_text(self) -> str:
        """What is asked."""
        return _("密码不能全是数字。")


class NotLikePerson(validation.UserAttributeSimilarityValidator):
    """Django's, in our words."""

    def get_error_message(self) -> str:
        """What is wrong; the name of what it is like follows from the validator."""
        return _("密码与您的“%(verbose_name)s”太相近。")

    def get_help_text(self) -> str:
        """What is asked."""
        return _("密码不能与您的账号、姓名、电子邮箱、手机相近。")


class SeveralClasses:
    """At least three of: capitals, small letters, digits, other marks (a Chinese character is such a mark)."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError where there are fewer."""
        del user
        tests = (
            lambda mark: "A" <= mark <= "Z",
            lambda mark: "a" <= mark <= "z",
            lambda mark: "0" <= mark <= "9",
            lambda mark: not (mark.isascii() and mark.isalnum()),
        )
        if sum(any(test(mark) for mark in password) for test in tests) < FEWEST_CLASSES:
            raise ValidationError(self.get_help_text(), code="password_few_classes")

    def get_help_text(self) -> str:
        """What is asked."""
        return _("密码须包含大写字母、小写字母、数字、其他字符中的至少三类。")


class NotUsedBefore:
    """None of the last few."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for a password used lately."""
        if user is None:
            return
        if any(check_password(password, kept) for kept in [user.password, *user.earlier_passwords] if kept):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def get_help_text(self) -> str:
        """What is asked."""
        return _("密码不能与最近 %(count)s 次用过的相同。") % {"count": REMEMBERED}


def check_current(user: User, current: str) -> None:
    """Raise Problem where an account has a password and this is not it."""
    if user.has_usable_password() and not user.check_password(current):
        raise Problem(_("当前密码不正确。"), remedy=_("请重新输入。"), field="current")


def set_password(user: User, password: str) -> None:
    """Set a password that follows the rules. Raises Problem with every rule it breaks."""
    try:
        validation.validate_password(password, user)
    except ValidationError as refused:
        raise Problem(" ".join(refused.messages), remedy=_("请换一个密码。"), field="password") from None
    if user.has_usable_password():
        user.earlier_passwords = [user.password, *user.earlier_passwords][: REMEMBERED - 1]
    user.set_password(password)
    user.password_set_at, user.must_change_password = clock.now(), False
    fields: list[Any] = ["password", "earlier_passwords", "password_set_at", "must_change_password"]
    user.save(update_fields=fields)
