# SPDX-License-Identifier: Apache-2.0
"""What is told around the body of a paper (版头与落款)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands around the body: who issues it, the number, title, date, the address of the check page, the digest.

    ``wide``: the sheet lies on its side. ``one_page``: in smaller type, if need be (``typesetting.fitted``).
    ``scale``: its type against that of the standard.
    """

    issuer: str
    title: str
    number: str = ""
    date: str = ""
    check_address: str = ""
    digest: str = ""
    wide: bool = False
    one_page: bool = False
    scale: float = 1.0
