# SPDX-License-Identifier: Apache-2.0
"""Who took a list with personal data out of the system, and when: in the journal and across the sheet (水印)."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from kechuang.commons.access.actions import note_export
from kechuang.commons.ui.lists import Listing


def mark_of(listing: Listing) -> str:
    """The words of the mark. Raises Refused for those who may not export such lists."""
    request = listing.request
    actor = request.actor  # type: ignore[attr-defined]
    address = request.META.get("REMOTE_ADDR", "")
    note_export(None, actor, title=str(listing.page.title), rows=listing.count, address=address)
    return _("导出人 %(name)s（%(account)s） %(when)s") % {
        "name": actor.name,
        "account": request.user.get_username(),
        "when": timezone.localtime().strftime("%Y-%m-%d %H:%M"),
    }
