# SPDX-License-Identifier: Apache-2.0
"""What records of the demo year are called and say (演示用词), from the words beside this file.

What is said of a field stands under its narrowest name: "register.field.column", "register.field", "field.column",
"column".
"""

from __future__ import annotations

import functools
import itertools
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kechuang.commons.kernel import clock
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


def texts(register: str, *field: str) -> list[str]:
    """The words for a short text, by the narrowest name of its field or column."""
    found: list[str] = narrowest(_words()["texts"], register, *field) or ["演示内容"]
    return found


def text(field: str, dice: random.Random) -> str:
    """A word for a short text, by the code of its field."""
    return str(dice.choice(texts("", field)))


def long_text(field: str, dice: random.Random, register: str = "") -> str:
    """A sentence for a long text, by the code of its field."""
    words = narrowest(_words()["texts"], register, field) or _words()["long"]
    return f"{dice.choice(words)}（演示数据）"


def narrowest(known: Mapping[str, Any], register: str, *field: str) -> Any:
    """What stands under the narrowest name of a field, or None."""
    path = (register, *field)
    names = (".".join(path[first:]) for first in range(len(path)))
    return next((known[name] for name in names if name in known), None)


def span(of: str, register: str, *field: str) -> tuple[int, int] | None:
    """The least and the most of ``numbers``, ``days`` or ``months`` of a field."""
    found = narrowest(_words()[of], register, *field)
    return (int(found[0]), int(found[1])) if found else None


def picked(register: str, field: str, title: str) -> str | None:
    """What a word of the title says of a field."""
    picks = _words()["picks"].get(f"{register}.{field}", {})
    return next((str(value) for part, value in picks.items() if part in title), None)


def follows(register: str, field: str) -> tuple[str, int, int] | None:
    """The date that another follows, and by how many days."""
    found = _words()["follows"].get(f"{register}.{field}")
    return (str(found[0]), int(found[1]), int(found[2])) if found else None


def later_states(register: str, field: str) -> Sequence[str]:
    """The states in which a field is first known; of most it is known from the start."""
    found: Sequence[str] = _words()["later"].get(f"{register}.{field}", ())
    return found


def by_state(register: str, state: str) -> dict[str, str]:
    """What the state of a record says of its fields; "today" is the day on which it comes into the state."""
    found = _words()["by_state"].get(register, {})
    said = {field: str(values[state]) for field, values in found.items() if state in values}
    return {code: clock.today().isoformat() if value == "today" else value for code, value in said.items()}


def count_of(register: str) -> int:
    """How many records a register has."""
    return int(_words()["counts"].get(register, _words()["counts"]["usual"]))


def share_moved(register: str) -> float:
    """How likely a record goes on, of a hundred, each time it could."""
    return int(_words()["moved"].get(register, _words()["moved"]["usual"])) / 100


def early(register: str, field: str) -> bool:
    """Whether a field that a move needs is known before it."""
    return f"{register}.{field}" in _words()["early"]


def unlinked(register: str, field: str) -> bool:
    """Whether a field that names records stays empty."""
    return f"{register}.{field}" in _words()["unlinked"]


def linked_to(register: str, field: str) -> str:
    """What stands in the titles of the records that a field may name."""
    return str(_words()["linked"].get(f"{register}.{field}", ""))


def bodies() -> dict[str, list[str]]:
    """Names of bodies by kind."""
    found: dict[str, list[str]] = _words()["bodies"]
    return found


def kinds_of(register: str, field: str) -> Sequence[str]:
    """The kinds of organisation that a field names; firms unless said otherwise."""
    found: Sequence[str] = narrowest(_words()["parties"], register, field) or ()
    return found
