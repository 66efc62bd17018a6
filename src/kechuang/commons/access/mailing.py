# SPDX-License-Identifier: Apache-2.0
"""One-time links as addresses and as mail (链接邮件)."""

from __future__ import annotations

import datetime as dt
import functools
import logging
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.commons.access.actions import issue_link
from kechuang.commons.access.background import after_answer
from kechuang.commons.access.models import OneTimeLink, User
from kechuang.commons.access.secret_links import secret_address
from kechuang.commons.kernel.actors import Actor

log = logging.getLogger(__name__)
PAUSE = dt.timedelta(minutes=5)


def address_of(link: OneTimeLink) -> str:
    """The full address of a link just made."""
    return secret_address("access:link", link.token)


def mail_link(link: OneTimeLink) -> None:
    """Send a link to the account's own address."""
    words = _(
        "%(name)s，您好：\n\n请在 %(until)s 前打开下面的链接设置密码，链接只能使用一次：\n\n%(link)s\n\n"
        "如果不是您本人申请，请忽略本邮件，并告知系统管理员。"
    )
    about = {
        "name": str(link.user),
        "until": timezone.localtime(link.expires_at).strftime("%Y-%m-%d %H:%M"),
        "link": address_of(link),
    }
    subject = _("%(product)s：设置密码") % {"product": settings.PRODUCT_NAME}
    send_mail(subject, words % about, settings.DEFAULT_FROM_EMAIL, [link.user.email])


def tell_person(address: str, user: User, what: str) -> None:
    """After the answer: mail a person what just changed in the way in to the account, in case it was somebody else."""
    if not settings.MAIL_ON or not address:
        return
    words = _(
        "%(name)s，您好：\n\n您的账号%(what)s（%(at)s）。\n\n"
        "如果不是您本人办理，请立即联系系统管理员停用账号，并用“忘记密码”重新设置密码。"
    )
    about = {
        "name": str(user),
        "what": what,
        "at": timezone.localtime().strftime("%Y-%m-%d %H:%M"),
    }
    subject = _("%(product)s：账号安全提醒") % {"product": settings.PRODUCT_NAME}
    mail = functools.partial(send_mail, subject, words % about, settings.DEFAULT_FROM_EMAIL, [address])
    after_answer(mail)


def mail_links(links: Iterable[OneTimeLink]) -> None:
    """Send several; one that cannot be sent does not keep back the others."""
    for link in links:
        try:
            mail_link(link)
        except OSError:
            log.exception("a link could not be mailed to account %s", link.user_id)


def mail_reset(address: str) -> None:
    """Mail a link to every working account of an address; an address nobody has gets nothing."""
    now = timezone.now()
    for user in User.objects.filter(email__iexact=address).exclude(email=""):
        recent = user.links.filter(made_at__gt=now - PAUSE, closed_at__isnull=True).exists()
        if user.works_on(timezone.localdate(now)) and not recent:
            mail_link(issue_link(user, Actor.system(_("找回密码")), by_mail=True))
