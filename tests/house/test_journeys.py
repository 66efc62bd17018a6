# SPDX-License-Identifier: Apache-2.0
"""What content names as proof is walked, by one journey each."""

from __future__ import annotations

import ast
from collections import Counter

from django.conf import settings

from kechuang.site.content import library
from kechuang.site.pieces import MechanismPiece, ScenarioPiece


def _proved() -> Counter[str]:
    found: Counter[str] = Counter()
    for file in (settings.ROOT / "tests/journeys").rglob("test_*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "proves":
                found[ast.literal_eval(node.args[0])] += 1
    return found


def test_every_journey_that_content_names_exists_and_every_name_is_proved_by_one() -> None:
    pieces = [*library().of(MechanismPiece), *library().of(ScenarioPiece)]
    named = {name for piece in pieces for name in piece.journeys}
    assert named - set(_proved()) == set()
    assert [name for name, count in _proved().items() if count > 1] == []
