# SPDX-License-Identifier: Apache-2.0
"""Law 7: one write path. Views hold no writes; every public function of ``actions`` is an action with a Chinese name."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path
from types import ModuleType

import pytest

import kechuang
from kechuang.commons.kernel.actions import ACTIONS
from kechuang.commons.kernel.verbs import named_verbs

SRC = Path(kechuang.__file__).parent
WRITES = {
    "save", "create", "delete", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "set",
}  # fmt: skip
READERS = ("views", "queries", "figures", "desk", "permissions", "forms", "tables", "resolvers")


def _doors(name: str) -> list[Path]:
    return list(SRC.rglob(f"{name}.py")) + list(SRC.rglob(f"{name}/*.py"))


@pytest.mark.parametrize("door", READERS)
def test_only_actions_write(door: str) -> None:
    wrong = []
    for file in _doors(door):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in WRITES
            ):
                owner = ast.unparse(node.func.value)
                if "objects" in owner or node.func.attr in {"save", "bulk_create", "bulk_update"}:
                    wrong.append(f"{file.relative_to(SRC)}:{node.lineno} {owner}.{node.func.attr}")
    assert wrong == []


def _action_modules() -> list[ModuleType]:
    names = [
        info.name
        for info in pkgutil.walk_packages([str(SRC)], "kechuang.")
        if ".actions" in info.name and not info.name.startswith("kechuang.commons.kernel")
    ]
    return [importlib.import_module(name) for name in names]


def test_every_public_function_of_actions_is_an_action() -> None:
    plain = []
    for module in _action_modules():
        for name, thing in vars(module).items():
            own = inspect.isfunction(thing) and thing.__module__ == module.__name__
            if own and not name.startswith("_") and not hasattr(thing, "verb"):
                plain.append(f"{module.__name__}.{name}")
    assert plain == []


def test_every_verb_is_named_in_chinese_and_follows_the_grammar() -> None:
    _action_modules()
    verbs = {verb for verb in ACTIONS if not verb.startswith("test.")}
    assert {verb for verb in verbs if verb.count(".") != 2} == set()
    assert verbs - named_verbs() == set()


def test_permissions_are_named_after_what_they_allow() -> None:
    wrong = [verb for verb, run in ACTIONS.items() if not run.permission.__name__.startswith("can_")]
    assert wrong == []
