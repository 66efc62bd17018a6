# SPDX-License-Identifier: Apache-2.0
"""What records of the demo year are called and say (演示用词), from the words beside this file."""

from __future__ import annotations

import functools
import itertools
import random
from pathlib import Path
from typing import Any

from kechuang.commons.packs.reading import read_yaml

WORDS = Path(__file__).with_name("words.yaml")


@functools.cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(WORDS.read_text(encoding="utf-8")).data
    return found


def titles(register: str, count: int, dice: random.Random) -> list[str]:
    """So many titles for records of a register, all different, each labelled 演示."""
    parts = _words()["titles"].get(register, {"first": ["事项"]})
    pairs = [one + other for one in parts["first"] for other in parts.get("second", [""])]
    dice.shuffle(pairs)
    later = (f"{pair}（{number}）" for number in itertools.count(2) for pair in pairs)
    return [f"{words}（演示）" for words in itertools.islice(itertools.chain(pairs, later), count)]


def text(field: str, dice: random.Random) -> str:
    """A word for a short text, by the code of its field."""
    return str(dice.choice(_words()["texts"].get(field, ["演示内容"])))


def long_text(field: str, dice: random.Random) -> str:
    """A sentence for a long text, by the code of its field."""
    words = _words()
    return f"{dice.choice(words['texts'].get(field, words['long']))}（演示数据）"
