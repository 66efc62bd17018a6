# SPDX-License-Identifier: Apache-2.0
"""What the designer shows of a definition (台账设计显示): names instead of codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.registers.naming import cell_words, joined

Row = dict[str, Any]
HEAD = ("name", "group", "description", "task", "office")
_NUMBERED = re.compile(r"([^{}]*)\{year\}-\{seq:03\}")


def head_of(content: Row) -> Row:
    """What the head of the page shows."""
    found = {key: content.get(key) or "" for key in HEAD}
    rule = content.get("numbering") or ""
    own, share = own_count(content) or {}, own_share(content) or {}
    usual = _NUMBERED.fullmatch(rule)
    return found | {
        "numbering": usual[1] if usual else rule,
        "count_title": own.get("title", ""),
        "count_unit": own.get("unit", ""),
        "share_title": share.get("title", ""),
    }


def own_count(content: Row) -> Row | None:
    """The figure the page writes: the first that counts records without a condition."""
    return next((one for one in _plain_counts(content) if not one.get("of")), None)


def own_share(content: Row) -> Row | None:
    """The share the page writes: the first of records without a condition, in records without one."""
    return next((one for one in _plain_counts(content) if one.get("of") and not one["of"].get("where")), None)


def _plain_counts(content: Row) -> list[Row]:
    counts = content.get("figures") or []
    return [one for one in counts if not one.get("sum") and not one.get("where")]


def lines_of(content: Row, names: Mapping[str, str]) -> dict[str, list[Row]]:
    """What the lines of the page show."""
    fields, states = content.get("fields") or [], content.get("states") or []
    listed = content.get("list") or [row["code"] for row in fields[:6]]
    public, promises = content.get("public") or {}, content.get("promises") or [{}]
    own, share = own_count(content), own_share(content)
    dues = {row["field"]: row.get("warn_days", 30) for row in reversed(content.get("dues") or [])}
    consents = content.get("consents") or []
    labels = {row["code"]: row["label"] for row in (*fields, *states, *consents)} | needs_words()
    return {
        "fields": [
            {
                "code": row["code"],
                "order": 10 * place,
                "label": row["label"],
                "type": "decimal" if row["type"] == "number" and row.get("places") else row["type"],
                "detail": _detail(row, names),
                "must": "unique" if row.get("unique") else "required" if row.get("required") else "",
                "access": "shown"
                if row["code"] in public.get("fields", ())
                else row.get("access", "internal"),
                "key": row.get("key", False),
                "listed": row["code"] in listed,
                "remind": dues.get(row["code"]),
            }
            for place, row in enumerate(fields, 1)
        ],
        "states": [
            {
                **{key: row.get(key) for key in ("code", "label", "tone", "start", "end")},
                "order": 10 * place,
                "counted": _taken(own, row["code"]),
                "whole": share is not None and _taken(share["of"], row["code"]),
                "shown": row["code"] in public.get("states", ()),
                "binding": row["code"] in promises[0].get("states", ()),
            }
            for place, row in enumerate(states, 1)
        ],
        "moves": [
            {
                "label": row["label"],
                "of": joined(labels.get(code, code) for code in row["of"]),
                "to": labels.get(row["to"], row["to"]),
                "needs": joined(labels.get(code, code) for code in row.get("needs") or ()),
                "by": row.get("by", "keeper"),
            }
            for row in content.get("moves") or []
        ],
    }


def _taken(counted: Row | None, state: str) -> bool:
    """Whether a count, or what a share is a part of, takes the records in a state."""
    return counted is not None and (not counted.get("states") or state in counted["states"])


def needs_words() -> dict[str, str]:
    """What a move may need beside fields."""
    return {"reason": _("原因"), "evidence": _("佐证")}


def _detail(row: Row, names: Mapping[str, str]) -> str:
    if row.get("options"):
        return joined(one["label"] for one in row["options"])
    if row["type"] == "link":
        return names.get(row["target"], row["target"])
    if row["type"] == "table":
        return joined(cell_words(cell) for cell in row["columns"])
    return str(row.get("unit", ""))
