# SPDX-License-Identifier: Apache-2.0
"""What content may name because the program knows it: permissions the code asks for, figures, pages."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from django.apps import apps

import kechuang
from kechuang.commons.figures.registry import coded_figures
from kechuang.site.addresses import page_names

SRC = Path(kechuang.__file__).parent
ASKING = {"guarded", "holds", "scope_of", "ids_in_scope"}
PERMISSION = re.compile(r"[a-z]+\.[a-z]+_[a-z_]+")


def known_words() -> Mapping[str, Collection[str]]:
    """By kind, as ``Refers`` names them."""
    return {
        "permission": permissions_asked(),
        "figure": {figure.code for figure in coded_figures()},
        "page": page_names(),
    }


@functools.cache
def permissions_asked() -> frozenset[str]:
    """Every permission asked for anywhere, installed or not, read from the code itself: it cannot be out of date.

    They are the texts ``app.verb_noun`` in files that ask, but for those handed to other calls (ports, figures), and
    one to unmask each kind of record that has sensitive fields.
    """
    return frozenset(name for file in SRC.rglob("*.py") for name in _asked_in(file)) | {
        f"{model._meta.app_label}.unmask_{model._meta.model_name}"
        for model in apps.get_models()
        if any(field.level == "sensitive" for field in getattr(model, "field_classes", {}).values())
    }


def _asked_in(file: Path) -> Iterator[str]:
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    if any(_asks(call) for call in calls):
        others = {id(given) for call in calls if not _asks(call) for given in call.args}
        for node in nodes:
            text = node.value if isinstance(node, ast.Constant) and id(node) not in others else None
            if isinstance(text, str) and PERMISSION.fullmatch(text):
                yield text


def _asks(call: ast.Call) -> bool:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    return name in ASKING or any(word.arg == "permission" for word in call.keywords)
