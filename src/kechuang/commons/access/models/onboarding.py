# SPDX-License-Identifier: Apache-2.0
"""Batches of new accounts."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.access.models.accounts import OneTimeLink, User
from kechuang.commons.kernel.models import Versioned


class Onboarding(Versioned):
    """A list of new accounts handed in as a file (批量开户); after it is confirmed only its account names stay."""

    class State(models.TextChoices):
        """Read and shown, done, or dropped."""

        DRAFT = "draft", _("待确认")
        DONE = "done", _("已开户")
        DROPPED = "dropped", _("已放弃")

    file_name = models.CharField(_("文件"), max_length=150)
    rows_sealed = models.TextField(blank=True)
    count = models.PositiveIntegerField(_("行数"))
    faulty = models.PositiveIntegerField(_("有误行数"))
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.DRAFT)
    made_at = models.DateTimeField(_("上传时间"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("上传人"))
    opened = models.ManyToManyField(User, related_name="onboardings", verbose_name=_("所开账号"))
    links: Sequence[OneTimeLink] = ()
    """The links just made, known only to the object they were made with."""

    class Meta:
        verbose_name = _("批量开户")
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.file_name
