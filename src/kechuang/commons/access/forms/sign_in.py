# SPDX-License-Identifier: Apache-2.0
"""Signing in, and setting a password from outside."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.models import User
from kechuang.commons.ui.forms import IdempotentForm, Look


class SignInForm(AuthenticationForm):
    """Account and password, with one message for every kind of wrong answer."""

    error_messages = {
        "invalid_login": _("账号或密码不正确，请核对后重试；连续 5 次失败将锁定 15 分钟。"),
        "inactive": _("账号或密码不正确，请核对后重试；连续 5 次失败将锁定 15 分钟。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("账号")
        self.fields["password"].label = _("密码")
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"

    def confirm_login_allowed(self, user: AbstractBaseUser) -> None:
        """An account whose last day has passed answers like a wrong password."""
        assert isinstance(user, User)
        if not user.works_on(timezone.localdate()):
            raise self.get_invalid_login_error()


class CodeForm(Look, forms.Form):
    """A code of the generator, or a recovery code."""

    code = forms.CharField(
        label=_("验证码"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True}
        ),
        help_text=_("手机验证器上的 6 位数字；手机不在身边时，可用一个恢复码。"),
    )


class LostPasswordForm(Look, forms.Form):
    """Where the link goes."""

    address = forms.EmailField(label=_("账号登记的电子邮箱"), max_length=254)


def rules() -> SafeString:
    """What is asked of a password, as a list."""
    return format_html(
        "<ul>{}</ul>",
        format_html_join("", "<li>{}</li>", ((text,) for text in password_validators_help_texts())),
    )


class NewPasswordForm(IdempotentForm, forms.Form):
    """A new password, twice."""

    password = forms.CharField(
        label=_("新密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )
    again = forms.CharField(
        label=_("再次输入新密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = rules()

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        data = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", gettext("两次输入的密码不一致。"))
        return data


class ChangePasswordForm(NewPasswordForm):
    """The same, with the current one first."""

    current = forms.CharField(
        label=_("当前密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("current", "password", "again")
