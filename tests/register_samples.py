# SPDX-License-Identifier: Apache-2.0
"""A register of invented pilot bases, released for a test."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from kechuang.commons.kernel import clock
from kechuang.commons.registers.definitions import RegisterPiece
from kechuang.commons.releases.models import Release

PILOT: dict[str, Any] = {
    "code": "pilot_base",
    "name": "中试基地",
    "group": "成果转化",
    "task": "13",
    "numbering": "中试{year}-{seq:03}",
    "fields": [
        {"code": "title", "label": "基地名称", "type": "text", "required": True, "unique": True},
        {"code": "host", "label": "依托单位", "type": "party"},
        {"code": "region", "label": "所在区县", "type": "region"},
        {
            "code": "level",
            "label": "级别",
            "type": "choice",
            "key": True,
            "options": [{"code": "national", "label": "国家级"}, {"code": "city", "label": "市级"}],
        },
        {"code": "area", "label": "面积", "type": "number", "unit": "平方米", "key": True, "places": 1},
        {"code": "until", "label": "协议到期", "type": "date", "key": True},
        {"code": "price", "label": "报价", "type": "money", "access": "sensitive"},
        {"code": "open", "label": "对外开放", "type": "yes_no", "key": True},
        {
            "code": "partners",
            "label": "合作基地",
            "type": "link",
            "target": "pilot_base",
            "inverse": "被合作",
        },
        {
            "code": "lines",
            "label": "中试线",
            "type": "table",
            "columns": [
                {"code": "name", "label": "名称"},
                {"code": "tons", "label": "能力", "type": "number"},
            ],
        },
        {"code": "income", "label": "服务收入", "type": "yearly", "unit": "万元"},
    ],
    "states": [
        {"code": "building", "label": "建设中", "tone": "active", "start": True},
        {"code": "running", "label": "运行", "tone": "good"},
        {"code": "closed", "label": "已停", "end": True},
    ],
    "moves": [
        {"to": "running", "label": "投入运行", "of": ["building"], "needs": ["evidence", "area"]},
        {"to": "closed", "label": "停止", "of": ["building", "running"], "needs": ["reason"], "by": "head"},
    ],
    "dues": [{"field": "until", "label": "协议续签", "warn_days": 60, "states": ["running"]}],
    "computed": [
        {"code": "count", "label": "线数", "kind": "lines", "of": "lines", "unit": "条"},
        {"code": "tons", "label": "总能力", "kind": "sum", "of": "lines.tons", "unit": "吨"},
        {"code": "named", "label": "被引用", "kind": "links", "naming": "pilot_base", "unit": "次"},
    ],
    "list": ["title", "level", "area"],
    "public": {"states": ["running"], "fields": ["level", "area"]},
    "figures": [
        {"code": "registers.pilot_bases", "title": "运行中的中试基地", "unit": "家", "states": ["running"]},
        {
            "code": "registers.pilot_area",
            "title": "中试面积",
            "unit": "平方米",
            "states": ["running"],
            "sum": "area",
        },
        {
            "code": "registers.pilot_city",
            "title": "市级基地",
            "unit": "家",
            "states": ["running"],
            "where": {"level": "city"},
        },
        {
            "code": "registers.pilot_rate",
            "title": "投运率",
            "states": ["running"],
            "of": {"states": ["building", "running"]},
        },
        {
            "code": "registers.pilot_area_rate",
            "title": "投运面积占比",
            "states": ["running"],
            "sum": "area",
            "of": {"states": ["building", "running"]},
        },
    ],
}


def release(content: dict[str, Any] = PILOT, number: str = "1") -> RegisterPiece:
    """Put a definition in force."""
    piece = RegisterPiece.model_validate({**content, "version": number})
    stored = piece.model_dump(mode="json", exclude_defaults=True)
    Release.objects.create(
        kind="register",
        code=piece.code,
        number=number,
        pack="test",
        sha256=hashlib.sha256(json.dumps(stored, sort_keys=True).encode()).hexdigest(),
        content=stored,
        released_at=clock.now(),
    )
    return piece


def without(content: dict[str, Any], name: str, code: str) -> list[dict[str, Any]]:
    """A list of a definition without one of its lines."""
    return [one for one in content[name] if one.get("code") != code]
