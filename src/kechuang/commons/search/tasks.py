# SPDX-License-Identifier: Apache-2.0
"""From time to time: an index that is missing or of another version is made, what waits is taken in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kechuang.commons.kernel.ticks import ticking
from kechuang.commons.search import store
from kechuang.commons.search.indexing import index_pending, rebuild


@ticking("search", _("更新搜索"))
def keep_index() -> int:
    """Returns how many records were taken in."""
    return index_pending() if store.current() else sum(rebuild().values())
