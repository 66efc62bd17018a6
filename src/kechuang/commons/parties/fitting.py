# SPDX-License-Identifier: Apache-2.0
"""Whether a line of a list may be decided so (名单行能否这样处理): one by one, or many as suggested."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Organization, PartyRow
from kechuang.commons.parties.statements import described
from kechuang.engines.linkage.codes import USCC, differ


def require_fit(row: PartyRow, organization: Organization | None) -> None:
    """Raise Problem where a line cannot mean this organisation."""
    if organization is None or organization.merged_into_id is not None:
        raise Problem(_("请选择要登记到的机构。"), field="decision")
    if differ(row.data["codes"], described(organization).codes):
        raise Problem(
            _("名单上的代码与“%(name)s”的代码都有效而不同，不能登记到它。") % {"name": organization.name},
            remedy=_("请登记为新机构，或核对名单后不登记这一行。"),
            field="decision",
        )


def require_new(row: PartyRow, holder: Organization | None) -> None:
    """Raise Problem where a line cannot be a new organisation; ``holder`` is whose its code is."""
    if not row.name:
        raise Problem(
            _("这一行没有名称，不能登记为新机构。"),
            remedy=_("请选择已有机构或不登记。"),
            field="decision",
        )
    if holder is not None:
        raise Problem(
            _("代码 %(code)s 已属于“%(name)s”，不能登记为新机构。")
            % {"code": row.data["codes"][USCC], "name": holder.name},
            remedy=_("请登记到这家机构，或不登记这一行。"),
            field="decision",
        )
