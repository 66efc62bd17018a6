# SPDX-License-Identifier: Apache-2.0
"""Law 4: engines are pure."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import kechuang

ENGINES = Path(kechuang.__file__).parent / "engines"
ALLOWED = {"linkage": {"rapidfuzz", "stdnum"}}
FORBIDDEN = {
    "os",
    "pathlib",
    "io",
    "socket",
    "urllib",
    "http",
    "subprocess",
    "time",
    "random",
    "secrets",
    "tempfile",
}
CLOCKS = {"today", "now", "utcnow"}


def test_engines_import_the_standard_library_basis_and_what_is_allowed() -> None:
    wrong = []
    for file in ENGINES.rglob("*.py"):
        engine = file.relative_to(ENGINES).parts[0].removesuffix(".py")
        own = {f"kechuang.engines.{engine}", "kechuang.engines.basis"}
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            for name in names:
                top = name.split(".")[0]
                if top == "kechuang":
                    if not any(name == one or name.startswith(f"{one}.") for one in own):
                        wrong.append(f"{file.name}: {name}")
                elif top in FORBIDDEN or (
                    top not in sys.stdlib_module_names and top not in ALLOWED.get(engine, set())
                ):
                    wrong.append(f"{file.name}: {name}")
    assert wrong == []


def test_no_engine_asks_what_day_it_is() -> None:
    wrong = []
    for file in ENGINES.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in CLOCKS
            ):
                wrong.append(f"{file.name}:{node.lineno}")
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"open", "print"}
            ):
                wrong.append(f"{file.name}:{node.lineno}")
    assert wrong == []
