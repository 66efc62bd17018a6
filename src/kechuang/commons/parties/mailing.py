# SPDX-License-Identifier: Apache-2.0
"""The link back to an application, by mail where mail goes (注册申请的链接)."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from kechuang.commons.access.secret_links import secret_address
from kechuang.commons.parties.models import Registration


def address_of(token: str) -> str:
    """The full address of an application."""
    return secret_address("parties:registration-link", token)


def mail_standing(registration: Registration, action: str) -> None:
    """Tell the applicant how it stands; the way back is the link of the first mail: only its digest is kept."""
    words = _(
        "您好：\n\n您提交的注册申请“%(name)s”现在的状态是：%(state)s。%(more)s\n\n"
        "请打开申请时邮件里的链接查看和继续办理。"
    )
    told = {
        "name": registration.name,
        "state": registration.get_state_display(),
        "more": _next_step(registration),
    }
    subject = _("%(product)s：注册申请%(action)s") % {"product": settings.PRODUCT_NAME, "action": action}
    send_mail(subject, words % told, settings.DEFAULT_FROM_EMAIL, [registration.email])


def _next_step(registration: Registration) -> str:
    """What there is to do about it, or why not."""
    if registration.state == Registration.State.RETURNED:
        return _("须补正：%(missing)s。") % {"missing": "；".join(registration.missing)}
    if registration.state == Registration.State.ACCEPTED:
        return _("请领取账号并设置密码。")
    return _("理由：%(reason)s。") % {"reason": registration.reason} if registration.reason else ""


def mail_application(email: str, token: str) -> None:
    """Send the link to the address that was given; opening it confirms the application."""
    words = _(
        "您好：\n\n请打开下面的链接确认您的注册申请，并在同一链接查看办理进度、补正材料、领取账号：\n\n%(link)s\n\n"
        "如果不是您本人申请，请忽略本邮件。"
    )
    subject = _("%(product)s：确认注册申请") % {"product": settings.PRODUCT_NAME}
    send_mail(subject, words % {"link": address_of(token)}, settings.DEFAULT_FROM_EMAIL, [email])
