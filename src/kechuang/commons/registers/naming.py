# SPDX-License-Identifier: Apache-2.0
"""Names people write in one line, and the codes they stand for (名称与代码)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

Row = dict[str, Any]
_CELL = re.compile(r"(.+?)[（(](.+?)[）)]")


def parts_of(text: str) -> list[str]:
    """Names in a text: separated by 、 or commas, or by ； where names themselves hold a 、."""
    mark = r"[；;\n]" if re.search(r"[；;]", text) else r"[、,，\n]"
    return [part.strip() for part in re.split(mark, text) if part.strip()]


def joined(names: Iterable[str]) -> str:
    """Names as ``parts_of`` reads them."""
    every = list(names)
    return ("；" if any(re.search(r"[、,，]", name) for name in every) else "、").join(every)


def fresh(letter: str, taken: set[str]) -> str:
    """A code nobody has, and takes it."""
    number = next(n for n in range(1, 10_000) if f"{letter}{n}" not in taken)
    taken.add(f"{letter}{number}")
    return f"{letter}{number}"


def matched(names: Sequence[str], old: Sequence[Row], letter: str) -> list[Row]:
    """Named things with their codes: the same name keeps its code, so does a new name in the place of an old one."""
    by_label = {row["label"]: row for row in old}
    gone = {row["code"] for row in old if row["label"] not in names}
    taken = {row["code"] for row in old}
    found = []
    for place, name in enumerate(names):
        if name in by_label:
            found.append(dict(by_label[name]))
        elif len(names) >= len(old) > place and old[place]["code"] in gone:
            found.append({**old[place], "label": name})
        else:
            found.append({"code": fresh(letter, taken), "label": name})
    return found


def columns_of(texts: Sequence[str], old: Sequence[Row]) -> list[Row]:
    """Columns of a table from texts as 单位、金额（数字）."""
    kinds = {word: kind for kind, word in _cells().items()}
    read = [(_CELL.fullmatch(text), text) for text in texts]
    said = [
        (found[1], kinds[found[2]]) if found and found[2] in kinds else (text, "") for found, text in read
    ]
    cells = matched([label for label, _kind in said], old, "c")
    for cell, (_label, kind) in zip(cells, said, strict=True):
        if kind:
            cell["type"] = kind
        elif cell.get("type") in kinds.values():
            del cell["type"]
    return cells


def _cells() -> dict[str, str]:
    return {"number": _("数字"), "date": _("日期")}


def cell_words(cell: Row) -> str:
    """A column as ``columns_of`` reads it."""
    kind = _cells().get(cell.get("type", "text"))
    return f"{cell['label']}（{kind}）" if kind else str(cell["label"])
