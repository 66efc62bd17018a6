# SPDX-License-Identifier: Apache-2.0
"""The comments app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.verbs import name_verbs


class CommentsConfig(AppConfig):
    """What people say about things."""

    name = "kechuang.commons.comments"
    label = "comments"
    verbose_name = _("批注")

    def ready(self) -> None:
        """Words, pointers."""
        import_module("kechuang.commons.comments.resolvers")
        name_verbs(
            {
                "comments.comment.posted": _("批注"),
                "comments.comment.edited": _("修改批注"),
                "comments.comment.withdrawn": _("撤回批注"),
                "comments.instruction.given": _("批示"),
            }
        )
