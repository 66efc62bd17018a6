# SPDX-License-Identifier: Apache-2.0
"""The commitments app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.verbs import name_verbs


class CommitmentsConfig(AppConfig):
    """What was promised, by whom, until when, and what shows it."""

    name = "kechuang.commons.commitments"
    label = "commitments"

    def ready(self) -> None:
        """Words."""
        name_verbs(
            {
                "commitments.commitment.opened": _("立项"),
                "commitments.commitment.revised": _("修订"),
                "commitments.commitment.dropped": _("撤销"),
                "commitments.part.reported": _("报送进展"),
                "commitments.commitment.merged": _("牵头汇总"),
                "commitments.closure.confirmed": _("确认办结"),
                "commitments.closure.returned": _("退回办结申请"),
            }
        )
