# SPDX-License-Identifier: Apache-2.0
"""Accounts and what signs them in: one-time links, second factors, sessions."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.ciphers import sealed
from kechuang.commons.access.fieldclasses import FieldClass, sensitive
from kechuang.commons.kernel.guarantees import Guarantee, OneOpen
from kechuang.commons.kernel.models import Versioned


class Accounts(BaseUserManager["User"]):
    """The accounts; people open them by the action, tools and tests here."""

    def create_user(self, username: str, *, password: str | None = None, **fields: Any) -> User:
        """An account with a password, or with none that fits."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(Versioned, AbstractBaseUser):
    """An account (账号) of one person; what it may do stands in its grants: no superuser, no staff, no groups."""

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    field_classes: ClassVar[dict[str, FieldClass]] = {
        "email": sensitive(_("电子邮箱"), "email"),
        "phone": sensitive(_("手机"), "phone"),
    }

    username = models.CharField(
        _("账号"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()]
    )
    display_name = models.CharField(_("姓名"), max_length=36, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True, db_index=True)
    phone_sealed = models.TextField(blank=True)
    demo = models.BooleanField(_("演示账号"), default=False)
    is_active = models.BooleanField(_("启用"), default=True)
    ends_on = models.DateField(_("止用日期"), null=True, blank=True)
    opened_at = models.DateTimeField(_("开户时间"), default=timezone.now)
    must_change_password = models.BooleanField(_("须改密码"), default=False)
    password_set_at = models.DateTimeField(null=True, blank=True)
    earlier_passwords = models.JSONField(default=list)
    oidc_subject = models.CharField(_("统一认证标识"), max_length=255, null=True, blank=True, unique=True)

    phone = sealed("phone_sealed")
    objects = Accounts()

    class Meta:
        verbose_name = _("账号")
        constraints = (models.UniqueConstraint(Lower("username"), name="username_once_whatever_its_case"),)

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def is_erased(self) -> bool:
        """Whether what was personal in it has been destroyed (已注销)."""
        return self.username == f"erased-{self.pk}"

    def works_on(self, day: dt.date) -> bool:
        """Whether the account may be used on a (real) day."""
        return self.is_active and (self.ends_on is None or day < self.ends_on)


class OneTimeLink(models.Model):
    """A link that lets its holder set a password once (一次性链接); only a digest of it is kept."""

    class Purpose(models.TextChoices):
        """What it was made for."""

        INVITE = "invite", _("首次设置密码")
        RESET = "reset", _("重设密码")

    guarantees: ClassVar[list[Guarantee]] = [OneOpen(by=("user",), closed="closed_at")]

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="links", verbose_name=_("账号"))
    purpose = models.CharField(_("用途"), max_length=8, choices=Purpose)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("生成时间"))
    expires_at = models.DateTimeField(_("失效时间"))
    closed_at = models.DateTimeField(null=True, blank=True)
    used = models.BooleanField(_("已使用"), default=False)
    token: str = ""
    """The secret of the link, known only to the object that was made with it."""

    class Meta:
        verbose_name = _("一次性链接")

    def __str__(self) -> str:
        return f"{self.user_id} {self.purpose}"


class SecondFactor(models.Model):
    """A person's second factor (第二因素): the key of the code generator, and recovery codes as digests."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="factor", verbose_name=_("账号"))
    secret_sealed = models.TextField()
    last_step = models.BigIntegerField(default=0)
    recovery = models.JSONField(default=list)
    enrolled_at = models.DateTimeField(_("启用时间"))

    secret = sealed("secret_sealed")

    class Meta:
        verbose_name = _("第二因素")

    def __str__(self) -> str:
        return str(self.user_id)


class SessionManager(BaseSessionManager):  # type: ignore[type-arg]
    """Sessions, each with its account."""

    def get_queryset(self) -> models.QuerySet[Session]:
        """Whose each one is comes with it."""
        return super().get_queryset().select_related("user")


class Session(AbstractBaseSession):
    """A signed-in browser (登录会话), or a stranger's before it signs in."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    started_at = models.DateTimeField(_("登录时间"), null=True)
    address = models.CharField(_("网络地址"), max_length=45, blank=True)
    agent = models.CharField(_("浏览器"), max_length=200, blank=True)

    objects: ClassVar[SessionManager] = SessionManager()

    class Meta:
        verbose_name = _("登录会话")

    @classmethod
    def get_session_store_class(cls) -> type:
        """The store that writes these rows."""
        from kechuang.commons.access.sessions import SessionStore  # noqa: PLC0415 -- it stands on this model

        return SessionStore
