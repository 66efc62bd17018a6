# SPDX-License-Identifier: Apache-2.0
"""Codes of organisations (机构代码): the unified code of 18, the register's number of 15, the old code of 9.

The unified code (GB 32100-2015) holds the old organisation code (GB 11714) in its places 9 to 17.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from stdnum.cn import uscc

USCC, REGISTRATION, ORGANIZATION = "uscc", "registration", "organization"
USCC_LENGTH, REGISTRATION_LENGTH = 18, 15
_ORGANIZATION = re.compile(r"[0-9A-Z]{8}[0-9X]")
_ORGANIZATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_MISREAD = {"O": "0", "I": "1", "Z": "2", "S": "5", "V": "U"}


def plain_code(text: str) -> str:
    """A code in half width capitals, without spaces, the dash of the old code, the mark of a text in front of it."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper().replace("-", "").lstrip("'‘’`")


def is_uscc(code: str) -> bool:
    """Whether a unified social credit code is well formed and its check place fits."""
    return len(code) == USCC_LENGTH and bool(uscc.is_valid(code))


def is_organization_code(code: str) -> bool:
    """Whether an old organisation code is well formed and its check place fits."""
    if not _ORGANIZATION.fullmatch(code):
        return False
    total = sum(int(mark, 36) * weight for mark, weight in zip(code[:8], _ORGANIZATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11] == code[8]


def kind_of(code: str) -> str:
    """Which code a plain one is, by its length and check place; none where it is one digit throughout."""
    if len(set(code)) == 1:
        return ""
    if is_uscc(code):
        return USCC
    if len(code) == REGISTRATION_LENGTH and code.isascii() and code.isdigit():
        return REGISTRATION
    return ORGANIZATION if is_organization_code(code) else ""


def contained(code: str) -> str:
    """The old organisation code inside a unified one."""
    return code[8:17]


def differ(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two sets of valid codes (kind -> code) cannot be of one organisation."""
    if USCC in one and USCC in other:
        return one[USCC] != other[USCC]
    inner, outer = (_inner(codes) for codes in (one, other))
    return bool(inner and outer and inner != outer)


def agree(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two sets of valid codes share one, or one holds the other's inside."""
    if differ(one, other):
        return False
    shared = any(other.get(kind) == code for kind, code in one.items())
    inner = _inner(one)
    return shared or bool(inner and inner == _inner(other))


def _inner(codes: Mapping[str, str]) -> str:
    return contained(codes[USCC]) if USCC in codes else codes.get(ORGANIZATION, "")


def mended(code: str) -> list[str]:
    """The valid unified codes one reading away from a wrong one: letters mistaken for digits, one place, two swapped.

    They are shown to a person, never taken.
    """
    if len(code) != USCC_LENGTH or is_uscc(code):
        return []
    read = "".join(_MISREAD.get(mark, mark) for mark in code)
    if is_uscc(read):
        return [read]
    swapped = [read[:at] + read[at + 1] + read[at] + read[at + 2 :] for at in range(17)]
    return sorted({one for one in swapped if one != read and is_uscc(one)})
