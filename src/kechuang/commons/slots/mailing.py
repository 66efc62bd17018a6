# SPDX-License-Identifier: Apache-2.0
"""The link back to a sign-up, by mail where mail goes (报名的链接)."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from kechuang.commons.access.secret_links import secret_address


def address_of(token: str) -> str:
    """The full address of a sign-up."""
    return secret_address("slots:sign-up-link", token)


def mail_sign_up(email: str, title: str, token: str) -> None:
    """Send the link to the address that was given: to confirm, to see the ticket, to withdraw."""
    words = _(
        "您好：\n\n请在 30 分钟内打开下面的链接确认报名“%(title)s”；到场凭证、退出报名也在同一链接：\n\n%(link)s\n\n"
        "如果不是您本人报名，请忽略本邮件，座次到时自动让出。"
    )
    subject = _("%(product)s：确认报名") % {"product": settings.PRODUCT_NAME}
    told = words % {"title": title, "link": address_of(token)}
    send_mail(subject, told, settings.DEFAULT_FROM_EMAIL, [email])
