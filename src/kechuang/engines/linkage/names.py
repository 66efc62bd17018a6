# SPDX-License-Identifier: Apache-2.0
"""Names of firms: normal form and likeness."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz

SAME, MOST_UNEQUAL = 100, 99
_LEGAL_FORM = re.compile(r"(股份有限公司|有限公司|公司)$")
_FORM_VARIANTS = (("有限责任公司", "有限公司"), ("股份公司", "股份有限公司"))


def normalised(name: str) -> str:
    """The name without what writers vary: width, case, spaces, brackets and marks, the long legal form."""
    text = "".join(mark for mark in unicodedata.normalize("NFKC", name).casefold() if mark.isalnum())
    for variant, form in _FORM_VARIANTS:
        if text.endswith(variant):
            return text.removesuffix(variant) + form
    return text


def stem(name: str) -> str:
    """The normal form without the legal form at its end; never empty for a name that has any letter."""
    text = normalised(name)
    return _LEGAL_FORM.sub("", text) or text


def likeness(one: str, other: str) -> int:
    """How alike two names are, 0 to 100; 100 only where their normal forms are equal."""
    if normalised(one) == normalised(other):
        return SAME if normalised(one) else 0
    return min(MOST_UNEQUAL, round(fuzz.ratio(stem(one), stem(other))))
