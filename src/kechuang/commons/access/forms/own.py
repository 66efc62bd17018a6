# SPDX-License-Identifier: Apache-2.0
"""What a person keeps for himself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kechuang.commons.ui.forms import IdempotentForm


class ContactForm(IdempotentForm, forms.Form):
    """The own addresses; what they must look like the action says."""

    email = forms.CharField(
        label=_("电子邮箱"), required=False, max_length=254, help_text=_("找回密码的链接发到这里。")
    )
    phone = forms.CharField(
        label=_("手机"), required=False, max_length=40, help_text=_("加密保存，默认脱敏显示。")
    )
    current = forms.CharField(
        label=_("当前密码"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("更改电子邮箱时必填，以确认是您本人。"),
    )

    def __init__(self, *args: Any, has_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_password:
            del self.fields["current"]


class LinkSubjectForm(IdempotentForm, forms.Form):
    """The current password, before another sign-in opens the account."""

    current = forms.CharField(
        label=_("当前密码"),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("请输入本账号的密码，以确认是您本人；没有设置密码的不填。"),
    )


class FactorCodeForm(IdempotentForm, forms.Form):
    """A code of the generator, to prove that it works or that it is at hand."""

    code = forms.CharField(
        label=_("验证码"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
        help_text=_("验证器上现在显示的 6 位数字。"),
    )
