# SPDX-License-Identifier: Apache-2.0
"""The names of the city this site serves, from its content pack."""

from __future__ import annotations

import functools

from django.conf import settings

from kechuang.commons.parties.pieces import OrganizationPiece
from kechuang.site.content import library


@functools.cache
def city_names() -> dict[str, str]:
    """``city`` and ``bureau`` as the city's packs name them; the bureau is empty where they name none."""
    names = {pack.code: pack.name for pack in library().packs}
    bureaus = [piece.name for piece in library().of(OrganizationPiece) if piece.role == "bureau"]
    return {"city": names[settings.CITY], "bureau": bureaus[0] if bureaus else ""}
