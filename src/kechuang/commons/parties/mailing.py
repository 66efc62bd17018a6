# SPDX-License-Identifier: Apache-2.0
"""The link back to an application, by mail where mail goes (注册申请的链接)."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from kechuang.commons.access.secret_links import secret_address


def address_of(token: str) -> str:
    """The full address of an application."""
    return secret_address("parties:registration-link", token)


def mail_application(email: str, token: str) -> None:
    """Send the link to the address that was given; opening it confirms the application."""
    words = _(
        "您好：\n\n请打开下面的链接确认您的注册申请，并在同一链接查看办理进度、补正材料、领取账号：\n\n%(link)s\n\n"
        "如果不是您本人申请，请忽略本邮件。"
    )
    subject = _("%(product)s：确认注册申请") % {"product": settings.PRODUCT_NAME}
    send_mail(subject, words % {"link": address_of(token)}, settings.DEFAULT_FROM_EMAIL, [email])
