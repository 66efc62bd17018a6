# SPDX-License-Identifier: Apache-2.0
"""Law 6: no city in code. A docstring may cite its source."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import kechuang

SRC = Path(kechuang.__file__).parent
CITIES = re.compile(
    "沈阳|辽宁|浑南|沈北|铁西|和平区|大东|皇姑|于洪|康平|法库|新民市|Shenyang|Liaoning", re.IGNORECASE
)
NUMBERS = re.compile(r"〔\d{4}〕\s*\d+\s*号")


def _texts(file: Path) -> list[tuple[int, str]]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


def test_no_city_and_no_document_number_in_code() -> None:
    found = []
    for file in SRC.rglob("*.py"):
        found += [
            f"{file.relative_to(SRC)}:{line}"
            for line, text in _texts(file)
            if (CITIES.search(text) and text != "shenyang") or NUMBERS.search(text)
        ]
    for file in SRC.rglob("*.html"):
        if CITIES.search(file.read_text(encoding="utf-8")):
            found.append(str(file.relative_to(SRC)))
    assert found == []
