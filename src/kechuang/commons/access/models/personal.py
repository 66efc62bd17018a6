# SPDX-License-Identifier: Apache-2.0
"""Personal data: the keys that die with it, what it may be used for, who agreed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.guarantees import Guarantee, OneOpen
from kechuang.commons.kernel.refs import Ref


class PersonalKey(models.Model):
    """The key under which a record's personal values enter the journal as digests (个人信息密钥).

    Erasing the record destroys the key: the digests stay in the chain and can be matched to nothing any more.
    """

    ref_kind = models.CharField(max_length=60)
    ref_id = models.CharField(max_length=40)
    key = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = _("个人信息密钥")
        constraints = (models.UniqueConstraint(fields=("ref_kind", "ref_id"), name="personal_key_once"),)

    def __str__(self) -> str:
        return f"{self.ref_kind}:{self.ref_id}"


class Purpose(models.Model):
    """One version of the text by which a person agrees to a use of personal data (个人信息用途)."""

    class AskedOf(models.TextChoices):
        """Who agrees to it."""

        PERSON = "person", _("个人")
        ORGANIZATION = "organization", _("单位")

    code = models.CharField(_("代码"), max_length=80)
    release = models.CharField(_("版本"), max_length=20)
    name = models.CharField(_("名称"), max_length=60)
    asked_of = models.CharField(_("征求对象"), max_length=12, choices=AskedOf, default=AskedOf.PERSON)
    text = models.TextField(_("告知内容"))
    current = models.BooleanField(_("现行"), default=True)

    class Meta:
        verbose_name = _("个人信息用途")
        constraints = (models.UniqueConstraint(fields=("code", "release"), name="purpose_once"),)
        ordering = ("code", "id")

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """Who agreed to a use, under one version of its text (同意); withdrawn, it keeps its row."""

    guarantees: ClassVar[list[Guarantee]] = [
        OneOpen(by=("subject_kind", "subject_id", "purpose"), closed="withdrawn_at")
    ]

    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    purpose = models.ForeignKey(
        Purpose, on_delete=models.PROTECT, related_name="consents", verbose_name=_("用途")
    )
    given_at = models.DateTimeField(_("同意时间"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("同意")
        indexes = (models.Index(fields=("subject_kind", "subject_id"), name="consent_of_subject"),)

    def __str__(self) -> str:
        return f"{self.subject} {self.purpose_id}"

    @property
    def subject(self) -> Ref:
        """Whose consent."""
        return Ref(self.subject_kind, self.subject_id)
