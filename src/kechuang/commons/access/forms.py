# SPDX-License-Identifier: Apache-2.0
"""Forms of the access pages."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _


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
