# SPDX-License-Identifier: Apache-2.0
"""The names of the city this site serves, from its content pack."""

from __future__ import annotations

import functools

from django.conf import settings

from kechuang.site.content import library


@functools.cache
def city_names() -> dict[str, str]:
    """``city`` and ``bureau`` as the city's pack names them; empty where there is no such pack."""
    packs = {pack.code: pack for pack in library().packs}
    pack = packs.get(settings.CITY)
    bureaus = [
        piece.name for piece in library().all("organization") if getattr(piece, "role", "bureau") == "bureau"
    ]
    return {"city": pack.name if pack else "", "bureau": bureaus[0] if bureaus else ""}
