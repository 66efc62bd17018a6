# SPDX-License-Identifier: Apache-2.0
"""What may stand in an account (账号信息): each raises Problem at its field."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from kechuang.commons.access.models import User
from kechuang.commons.kernel.problems import Problem

_USERNAME = re.compile(r"[\w.@+-]{2,60}")
_PHONE = re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?|\+\d{6,15}")
LONGEST_NAME = 36


def checked_username(text: str) -> str:
    """An account name nobody else has, whatever its case."""
    name = User.normalize_username(text.strip())
    if not _USERNAME.fullmatch(name):
        raise Problem(
            _("账号“%(name)s”不可用。") % {"name": name[:60]},
            remedy=_("请用 2 至 60 个字母、数字、汉字或 @ . + - _。"),
            field="username",
        )
    if User.objects.filter(username__iexact=name).exists():
        raise Problem(
            _("账号“%(name)s”已存在。") % {"name": name}, remedy=_("请换一个账号名。"), field="username"
        )
    return name


def checked_name(text: str) -> str:
    """A person's name."""
    name = " ".join("".join(mark for mark in text if unicodedata.category(mark)[0] != "C").split())
    if not name or len(name) > LONGEST_NAME:
        raise Problem(
            _("姓名须为 1 至 %(most)s 个字。") % {"most": LONGEST_NAME},
            remedy=_("请更正姓名。"),
            field="display_name",
        )
    return name


def checked_email(text: str) -> str:
    """An address for mail, or nothing."""
    address = text.strip()
    try:
        if address:
            validate_email(address)
    except ValidationError:
        raise Problem(
            _("“%(email)s”不是电子邮箱地址。") % {"email": address[:60]},
            remedy=_("请写成 name@example.cn 这样。"),
            field="email",
        ) from None
    return address


def checked_phone(text: str) -> str:
    """A mobile number, a landline or an international number, or nothing."""
    number = unicodedata.normalize("NFKC", text).replace(" ", "")
    if number and not _PHONE.fullmatch(number):
        raise Problem(
            _("“%(phone)s”不是电话号码。") % {"phone": number[:20]},
            remedy=_("请填写 11 位手机号，或带区号的座机号。"),
            field="phone",
        )
    return number


def checked_term(since: dt.date | None, until: dt.date | None) -> None:
    """A term that has at least one day."""
    if since is not None and until is not None and until <= since:
        last = until - dt.timedelta(days=1)
        raise Problem(
            _("最后一天 %(last)s 早于第一天 %(since)s。") % {"last": last, "since": since},
            remedy=_("请更正日期；“至”的当天也算在内。"),
            field="last",
        )
