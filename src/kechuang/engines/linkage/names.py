# SPDX-License-Identifier: Apache-2.0
"""Names of firms: normal form, key, likeness, and the head a branch names."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz

SAME, MOST_UNEQUAL = 100, 99
_LEGAL_FORM = re.compile(r"(股份有限公司|有限公司|公司)$")
_FORM_VARIANTS = (("有限责任公司", "有限公司"), ("股份公司", "股份有限公司"))
_PLACES = re.compile(r"^(?:(\w{2,3}?)(?:省|自治区))?(?:(\w{2,3}?)市)?(?=\w{2})")
_BRANCH = re.compile(
    r"(.{4,}?(?:公司|银行|集团|大学|研究院|研究所))"
    r"(.{0,20}?(?:分公司|分行|支行|分店|分部|分院|分所|办事处))"
)


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


def block_key(name: str) -> str:
    """What names share that may mean the same: the stem, the words province and city of its first places left out.

    Equal names have equal keys; equal keys do not make names equal.
    """
    text = stem(name)
    return _PLACES.sub(lambda found: "".join(place for place in found.groups() if place), text, count=1)


def likeness(one: str, other: str) -> int:
    """How alike two names are, 0 to 100; 100 only where their normal forms are equal."""
    if normalised(one) == normalised(other):
        return SAME if normalised(one) else 0
    return min(MOST_UNEQUAL, round(fuzz.ratio(stem(one), stem(other))))


def head_named(name: str) -> str:
    """The head office that a branch's name begins with (…有限公司某某分公司), or nothing."""
    text = unicodedata.normalize("NFKC", name).replace(" ", "")
    found = _BRANCH.fullmatch(text)
    return found[1] if found else ""
