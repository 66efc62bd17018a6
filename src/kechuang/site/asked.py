# SPDX-License-Identifier: Apache-2.0
"""What content may name because the program knows it: permissions the code asks for, figures, pages."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import kechuang
from kechuang.commons.figures.registry import figures
from kechuang.site.addresses import page_names

SRC = Path(kechuang.__file__).parent
ASKING = {"guarded", "holds", "scope_of", "ids_in_scope"}
PERMISSION = re.compile(r"[a-z]+\.[a-z]+_[a-z_]+")


def known_words() -> Mapping[str, Collection[str]]:
    """By kind, as ``Refers`` names them."""
    return {
        "permission": permissions_asked(),
        "figure": {figure.code for figure in figures()},
        "page": page_names(),
    }


@functools.cache
def permissions_asked() -> frozenset[str]:
    """Every permission asked for anywhere, installed or not, read from the code itself: it cannot be out of date."""
    return frozenset(name for file in SRC.rglob("*.py") for name in _asked_in(file))


def _asked_in(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    constants = {
        target.id: statement.value.value
        for statement in tree.body
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = [*node.args] if called in ASKING else []
        given += [word.value for word in node.keywords if word.arg == "permission"]
        for value in given:
            name = constants.get(value.id) if isinstance(value, ast.Name) else getattr(value, "value", None)
            if isinstance(name, str) and PERMISSION.fullmatch(name):
                yield name
