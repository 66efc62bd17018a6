# SPDX-License-Identifier: Apache-2.0
"""What the index has yet to learn."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PendingDocument(models.Model):
    """A record whose words changed (待索引); an empty id means every record of the kind."""

    kind = models.CharField(max_length=60)
    document_id = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("待索引")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind}:{self.document_id}"
