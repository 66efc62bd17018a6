# SPDX-License-Identifier: Apache-2.0
"""What is told around the body of a paper (版头与落款)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands around the body: who issues it, the number, title, date, the address of the check page, the digest.

    ``wide``: the sheet lies on its side.
    """

    issuer: str
    title: str
    number: str = ""
    date: str = ""
    check_address: str = ""
    digest: str = ""
    wide: bool = False
