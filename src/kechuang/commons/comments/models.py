# SPDX-License-Identifier: Apache-2.0
"""Comments, what they said before, whom they mention, and the terms of an instruction."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.guarantees import AppendOnly, Guarantee
from kechuang.commons.kernel.models import Versioned
from kechuang.commons.kernel.refs import Ref


class Comment(Versioned):
    """What a person said about a record (批注); withdrawn, it keeps its place without its words."""

    ref_kind = models.CharField(max_length=60)
    ref_id = models.CharField(max_length=40)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("批注人")
    )
    by = models.CharField(_("署名"), max_length=80)
    text = models.TextField(_("批注"))
    at = models.DateTimeField(_("时间"))
    edited_at = models.DateTimeField(_("修改时间"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("批注")
        ordering = ("id",)
        indexes = (models.Index(fields=("ref_kind", "ref_id", "id"), name="comment_of_ref"),)

    def __str__(self) -> str:
        return f"{self.by} {self.ref_kind}:{self.ref_id}"

    @classmethod
    def on(cls, ref: Ref) -> Comment:
        """A comment about to be made on a record: what the actions are called with."""
        return cls(ref_kind=ref.kind, ref_id=ref.id)

    @property
    def ref(self) -> Ref:
        """What it is about."""
        return Ref(self.ref_kind, self.ref_id)


class CommentTrace(models.Model):
    """What a comment said before it was edited or withdrawn (批注留痕); never changed."""

    guarantees: ClassVar[list[Guarantee]] = [AppendOnly()]

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="traces")
    text = models.TextField(_("原文"))
    at = models.DateTimeField(_("时间"))
    by = models.CharField(_("操作人"), max_length=80)

    class Meta:
        verbose_name = _("批注留痕")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.comment_id} {self.at}"


class Mention(models.Model):
    """A person named in a comment (提及)."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("提及")
        constraints = (models.UniqueConstraint(fields=("comment", "user"), name="mentioned_once"),)

    def __str__(self) -> str:
        return f"{self.comment_id} @{self.user_id}"


class Instruction(models.Model):
    """The terms of a comment that is a leader's instruction (批示): what to do, which offices, until when."""

    guarantees: ClassVar[list[Guarantee]] = [AppendOnly()]

    comment = models.OneToOneField(Comment, on_delete=models.PROTECT, related_name="instruction")
    title = models.CharField(_("事项"), max_length=200)
    due = models.DateField(_("时限"), null=True, blank=True)
    offices = models.JSONField(_("承办处室"), default=list, help_text=_("牵头在前"))

    class Meta:
        verbose_name = _("批示")

    def __str__(self) -> str:
        return self.title

    @property
    def office_refs(self) -> list[Ref]:
        """The offices, the lead first."""
        return [Ref.parse(text) for text in self.offices]
