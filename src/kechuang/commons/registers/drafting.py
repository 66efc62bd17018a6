# SPDX-License-Identifier: Apache-2.0
"""From the lines of the designer to a definition and back (台账设计读写): names for people, codes for the program.

A code once given stays: a field, state or option that is renamed keeps its records; one that is taken out is written
into the migration.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kechuang.commons.registers.naming import columns_of, fresh, matched, parts_of
from kechuang.commons.registers.showing import HEAD, needs_words, own_count, own_share

Row = dict[str, Any]
Lines = Mapping[str, Sequence[Row]]
DECIMALS = 2
FIELD = {
    "code",
    "label",
    "type",
    "unit",
    "places",
    "required",
    "key",
    "unique",
    "options",
    "target",
    "columns",
    "access",
}
STATE = {"code", "label", "tone", "start", "end"}
MOVE = {"label", "of", "to", "needs", "by"}


class LineFault(Exception):  # noqa: N818 -- a fault of a line, told at its control
    """What is wrong with one line: in which set, at which place, at which control; of the head without a place."""

    def __init__(self, name: str, place: int | None, control: str | None, words: str) -> None:
        super().__init__(words)
        self.name, self.place, self.control, self.words = name, place, control, words


def skeleton(name: str) -> Row:
    """What a new register begins with: a name, two states, and the way from one to the other."""
    title = {"code": "title", "label": _("名称"), "type": "text", "required": True, "unique": True}
    states = [
        {"code": "listed", "label": _("在册"), "tone": "good", "start": True},
        {"code": "removed", "label": _("已移出"), "end": True},
    ]
    move = {"to": "removed", "label": _("移出"), "of": ["listed"], "needs": ["reason"]}
    return {"name": name, "fields": [title], "states": states, "moves": [move], "list": ["title"]}


def content_from(given: Row, head: Row, lines: Lines, names: Mapping[str, str]) -> Row:
    """The definition the page says; what it does not show is kept from ``given``. Raises LineFault."""
    written = {
        *HEAD,
        "numbering",
        "fields",
        "states",
        "moves",
        "list",
        "public",
        "dues",
        "figures",
        "migration",
        "promises",
    }
    found: Row = {key: value for key, value in given.items() if key not in written}
    found |= {key: head[key] for key in HEAD if head[key]}
    rule = head["numbering"].strip()
    if rule:
        found["numbering"] = rule if "{" in rule else f"{rule}{{year}}-{{seq:03}}"
    fields, states = _coded("fields", "f", lines, given), _coded("states", "s", lines, given)
    found["fields"] = [_field(place, row, given, names) for place, row in fields]
    found["states"] = [_state(row, given) for _place, row in states]
    found["moves"] = _moves(lines["moves"], found, given)
    found["list"] = [row["code"] for _place, row in fields if row["listed"]]
    migration = _migration(lines, found, given)
    told: dict[str, Any] = {
        "dues": _dues(fields, given),
        "public": _public(fields, states),
        "figures": _figures(head, states, given),
        "promises": _promises(states, given),
        "migration": migration,
    }
    wholes = [row["of"] for row in told["figures"] if row.get("of")]
    for row in (*told["dues"], *told["figures"], *wholes, *told["promises"]):
        if row.get("states"):
            into = migration.get("states") or {}
            row["states"] = list(dict.fromkeys(into.get(code, code) for code in row["states"]))
    return found | {key: value for key, value in told.items() if value}


def _coded(name: str, letter: str, lines: Lines, given: Row) -> list[tuple[int, Row]]:
    """The lines that say something, with their places; new ones get codes, a name stands once."""
    taken = {row["code"] for row in given.get(name) or []} | {row["code"] for row in lines[name]}
    mapping = given.get("migration") or {}
    taken |= {*mapping.get("drop", ()), *mapping.get("states", ())}
    found: list[tuple[int, Row]] = []
    labels: set[str] = set()
    for place, row in enumerate(lines[name]):
        if row.get("removed") or not (row["label"] or row["code"]):
            continue
        if not row["label"]:
            raise LineFault(name, place, "label", _("请填写名称；不要了请选“删去”。"))
        if row["label"] in labels:
            raise LineFault(name, place, "label", _("“%(label)s”已经有了。") % {"label": row["label"]})
        labels.add(row["label"])
        found.append((place, {**row, "code": row["code"] or fresh(letter, taken)}))
    last = 10 * (len(lines[name]) + 1)
    return sorted(found, key=lambda line: last if line[1]["order"] is None else line[1]["order"])


def _field(place: int, row: Row, given: Row, names: Mapping[str, str]) -> Row:
    kept: Row = next((one for one in given.get("fields") or [] if one["code"] == row["code"]), {})
    kind = "number" if row["type"] == "decimal" else row["type"]
    found: Row = {"code": row["code"], "label": row["label"], "type": kind}
    found |= {key: value for key, value in kept.items() if key not in FIELD}
    if row["type"] == "decimal":
        found["places"] = kept.get("places") or DECIMALS
    elif kind == "yearly" and kept.get("places"):
        found["places"] = kept["places"]
    access = "public" if row["access"] == "shown" else row["access"]
    if access:
        found["access"] = access
    if row["must"]:
        found["required"] = True
    if row["must"] == "unique":
        found["unique"] = True
    if row["key"]:
        found["key"] = True
    return found | _meant(place, kind, row["detail"].strip(), kept, names)


def _meant(place: int, kind: str, detail: str, kept: Row, names: Mapping[str, str]) -> Row:
    """What ``detail`` says for the type of the field."""
    if kind in {"choice", "choices"}:
        options = matched(parts_of(detail), kept.get("options") or [], "o")
        if not options:
            raise LineFault("fields", place, "detail", _("请写出选项，用顿号分开，例如 国家级、省级、市级。"))
        return {"options": options}
    if kind == "link":
        target = next((code for code, name in names.items() if detail in {name, code}), None)
        if target is None:
            known = _("请写要链接的台账名称，例如 %(name)s。") % {"name": next(iter(names.values()))}
            raise LineFault("fields", place, "detail", known)
        return {"target": target}
    if kind == "table":
        columns = columns_of(parts_of(detail), kept.get("columns") or [])
        if not columns:
            raise LineFault(
                "fields", place, "detail", _("请写出表格的各列，例如 单位、金额（数字）、日期（日期）。")
            )
        return {"columns": columns}
    return {"unit": detail} if detail else {}


def _state(row: Row, given: Row) -> Row:
    kept: Row = next((one for one in given.get("states") or [] if one["code"] == row["code"]), {})
    found = {key: value for key, value in kept.items() if key not in STATE}
    found |= {key: row[key] for key in ("code", "label", "tone") if row.get(key)}
    return found | {key: True for key in ("start", "end") if row.get(key)}


def _moves(rows: Sequence[Row], found: Row, given: Row) -> list[Row]:
    """Moves by codes; one from or to a state that is taken out goes with it."""
    states = {row["label"]: row["code"] for row in found["states"]}
    kept = {row["code"] for row in found["states"]}
    before = {row["label"]: row["code"] for row in given.get("states") or []}
    consents = given.get("consents") or []
    fields = {row["code"] for row in (*found["fields"], *consents)} | {*needs_words()}
    sources = (*(given.get("fields") or ()), *consents, *found["fields"])
    needs = {row["label"]: row["code"] for row in sources}
    needs |= {words: code for code, words in needs_words().items()}

    def state(place: int, control: str, name: str) -> str | None:
        code = states.get(name) or before.get(name)  # renamed on this very page: the old name still tells
        if code is None:
            known = {"name": name, "known": "、".join(states)}
            raise LineFault("moves", place, control, _("没有名为“%(name)s”的状态，现有：%(known)s。") % known)
        return code if code in kept else None

    moves = []
    for place, row in enumerate(rows):
        if row.get("removed") or not any(row[key] for key in ("label", "of", "to")):
            continue
        for control in ("label", "of", "to"):
            if not row[control]:
                raise LineFault("moves", place, control, _("请填写。"))
        of = [code for name in parts_of(row["of"]) if (code := state(place, "of", name))]
        to = state(place, "to", row["to"].strip())
        wanted = parts_of(row["needs"])
        unknown = next((name for name in wanted if name not in needs), None)
        if unknown is not None:
            words = {"name": unknown}
            raise LineFault("moves", place, "needs", _("“%(name)s”不是原因、佐证，也不是字段名。") % words)
        if of and to:
            kept_needs = [needs[name] for name in wanted if needs[name] in fields]
            old = (given.get("moves") or [])[place : place + 1] or [{}]
            move: Row = {key: value for key, value in old[0].items() if key not in MOVE}
            move |= {"label": row["label"], "of": of, "to": to, "needs": kept_needs}
            moves.append(move | ({"by": row["by"]} if row["by"] else {}))
    return moves


def _dues(fields: Sequence[tuple[int, Row]], given: Row) -> list[Row]:
    old = {row["field"]: row for row in reversed(given.get("dues") or [])}
    found = []
    for place, row in fields:
        if row["remind"] is None:
            continue
        if row["type"] != "date":
            raise LineFault("fields", place, "remind", _("只有日期可以到期提醒。"))
        usual = {"field": row["code"], "label": row["label"]}
        found.append({**usual, **old.get(row["code"], {}), "warn_days": row["remind"]})
    return found


def _public(fields: Sequence[tuple[int, Row]], states: Sequence[tuple[int, Row]]) -> Row:
    shown = [row["code"] for _place, row in fields if row["access"] == "shown"]
    open_ = [row["code"] for _place, row in states if row["shown"]]
    if bool(shown) != bool(open_):
        words = _("要有公开页，至少一个字段选“公开页显示”，至少一个状态勾“公开页显示”；不要公开页则都不选。")
        raise LineFault("head", None, None, words)
    return {"fields": shown, "states": open_} if shown else {}


def _figures(head: Row, states: Sequence[tuple[int, Row]], given: Row) -> list[Row]:
    own, share = own_count(given), own_share(given)
    others = [copy.deepcopy(one) for one in given.get("figures") or [] if one is not own]
    counted = [row["code"] for _place, row in states if row["counted"]]
    ours_of = _share(head, counted, [row["code"] for _place, row in states if row["whole"]], given)
    kept = [one for row in others if (one := ours_of if row == share else row)]
    if ours_of and share is None:
        kept.insert(0, ours_of)
    if not counted:
        return kept
    everything = own is not None and not own.get("states") and len(counted) == len(states)
    ours = {
        **(own or {"code": f"registers.{given['code']}"}),
        "title": head["count_title"] or head["name"],
        "unit": head["count_unit"],
        "states": [] if everything else counted,
    }
    return [ours, *kept]


def _share(head: Row, counted: list[str], whole: list[str], given: Row) -> Row | None:
    """The share the page writes, of the records counted in those ticked as the whole; without a name there is none."""
    if not head["share_title"]:
        return None
    if not counted or not whole:
        words = _("要计占比，请在状态表中勾选“计数”和“占比整体”。")
        raise LineFault("head", None, "share_title", words)
    usual = own_share(given) or {"code": f"registers.{given['code']}_share"}
    return {**usual, "title": head["share_title"], "states": counted, "of": {"states": whole}}


def _promises(states: Sequence[tuple[int, Row]], given: Row) -> list[Row]:
    """The states in which what a record promises binds; none: the register has no promises."""
    first, *others = [dict(one) for one in given.get("promises") or [{}]]
    binding = [row["code"] for _place, row in states if row["binding"]]
    return [{**first, "states": binding}, *others] if binding else []


def _migration(lines: Lines, found: Row, given: Row) -> Row:
    """What became of fields and states that were taken out, now or at an earlier saving of the draft."""
    mapping = given.get("migration") or {}
    gone = [row["code"] for row in lines["fields"] if row.get("removed") and row["code"]]
    into = {row["code"]: row["removed"] for row in lines["states"] if row.get("removed") and row["code"]}
    fields, states = {row["code"] for row in found["fields"]}, {row["code"] for row in found["states"]}
    for place, row in enumerate(lines["states"]):
        if row.get("removed") and row["removed"] not in states:
            raise LineFault("states", place, "removed", _("记录要转入的状态也被删去了，请另选。"))
    drop = [code for code in dict.fromkeys((*mapping.get("drop", ()), *gone)) if code not in fields]
    moved = {**mapping.get("states", {}), **into}
    told = {
        "rename": mapping.get("rename") or {},
        "drop": drop,
        "states": {code: into.get(to, to) for code, to in moved.items() if code not in states},
    }
    return {key: value for key, value in told.items() if value}
