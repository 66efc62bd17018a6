# SPDX-License-Identifier: Apache-2.0
"""Law 5: every app has the same doors, and imports go down through them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import kechuang

SRC = Path(kechuang.__file__).parent
LEVELS = [
    {"urls"},
    {"views", "admin", "api", "tasks", "figures", "desk", "subscribers", "resolvers", "searchable"},
    {"forms", "tables"},
    {"actions"},
    {"permissions"},
    {"queries"},
    {"models"},
]
LEVEL = {door: number for number, doors in enumerate(LEVELS) for door in doors}
BANNED = {"utils", "helpers", "misc", "common", "base", "manager", "managers", "service", "services"}
APPS = sorted(path.parent for floor in ("commons", "apps") for path in (SRC / floor).glob("*/apps.py"))


def imports_of(file: Path) -> set[str]:
    """The dotted names a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return found


def door_of(file: Path, app: Path) -> str:
    """The door a file belongs to: its own name, or the package it stands in."""
    return file.relative_to(app).parts[0].removesuffix(".py")


@pytest.mark.parametrize("app", APPS, ids=lambda path: path.name)
def test_doors_open_downwards_only(app: Path) -> None:
    own = ".".join(("kechuang", *app.relative_to(SRC).parts))
    wrong = []
    for file in app.rglob("*.py"):
        door = door_of(file, app)
        if door not in LEVEL:
            continue
        for name in imports_of(file):
            if name.startswith(f"{own}."):
                other = name.removeprefix(f"{own}.").split(".")[0]
                if other in LEVEL and other != door and LEVEL[other] <= LEVEL[door]:
                    wrong.append(f"{file.relative_to(SRC)} imports {other}")
    assert wrong == []


def test_no_file_has_a_name_that_says_nothing() -> None:
    names = [path.relative_to(SRC) for path in SRC.rglob("*.py") if path.stem in BANNED]
    assert names == []


def test_no_file_is_longer_than_600_lines() -> None:
    root = SRC.parents[1]
    files = [*SRC.rglob("*.py"), *(root / "tests").rglob("*.py"), *(root / "bench").rglob("*.py")]
    long = [
        (str(path.relative_to(root)), count)
        for path in files
        if (count := len(path.read_text().splitlines())) > 600
    ]
    assert [name for name in long if "/migrations/" not in name[0]] == []


def test_every_file_names_its_licence_and_says_what_it_is() -> None:
    silent = []
    for path in SRC.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if "migrations" in path.parts or not text.strip():
            continue
        if not text.startswith("# SPDX-License-Identifier: Apache-2.0") or not ast.get_docstring(
            ast.parse(text)
        ):
            silent.append(str(path.relative_to(SRC)))
    assert silent == []
