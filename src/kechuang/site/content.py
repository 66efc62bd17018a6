# SPDX-License-Identifier: Apache-2.0
"""The content of this site's city, read once per process."""

from __future__ import annotations

import functools

from django.conf import settings

from kechuang.commons.packs.library import Library, load_library


@functools.cache
def library() -> Library:
    """The packs of the nation, the province, the city and its years, checked; raises ContentErrors."""
    return load_library(settings.CONTENT_ROOT, city=settings.CITY)
