# SPDX-License-Identifier: Apache-2.0
"""From time to time: content on disk that no file needs is thrown away (清理): discarded, undone, half-written."""

from __future__ import annotations

import time

from django.utils.translation import gettext_lazy as _

from kechuang.commons.documents.queries import is_named
from kechuang.commons.documents.storage import LEAVING, forget, kept_before
from kechuang.commons.kernel.ticks import ticking

FORGOTTEN = 24 * 3600  # longer than any act that may still name it


@ticking("documents", _("清理无主的文件内容"))
def clear_up() -> int:
    """Returns how many were thrown away."""
    moment, count = time.time() - FORGOTTEN, 0
    for place in kept_before(moment):
        named = is_named(place.stem)
        if not named or place.suffix not in {"", LEAVING}:
            count += forget(place, moment)
        elif place.suffix == LEAVING:  # a process was killed while it threw this away
            place.replace(place.with_suffix(""))
    return count
