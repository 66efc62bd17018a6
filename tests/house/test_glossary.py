# SPDX-License-Identifier: Apache-2.0
"""The glossary is law: every model stands in it with its Chinese name; what it names exists."""

from __future__ import annotations

import re

from django.apps import apps
from django.conf import settings

from kechuang.commons.packs.pieces import kind_words, piece_kinds

GLOSSARY = (settings.ROOT / "docs/glossary.md").read_text(encoding="utf-8")


def test_every_model_stands_in_the_glossary_under_its_own_name() -> None:
    found = re.findall(r"^\| (\S+) \| (\w+\.\w+) \|", GLOSSARY, re.MULTILINE)
    named = {label: chinese for chinese, label in found}
    own = {
        model._meta.label: str(model._meta.verbose_name).strip("⟦⟧")
        for model in apps.get_models()
        if model.__module__.startswith("kechuang.")
    }
    assert named == own


def test_every_kind_of_content_stands_in_the_glossary_under_its_own_name() -> None:
    section = GLOSSARY.split("## Kinds of content")[1].split("\n## ")[0]
    named = {kind: chinese for chinese, kind in re.findall(r"^\| (\S+) \| (\w+) \|", section, re.MULTILINE)}
    named.pop("Kind")
    assert named == {kind: kind_words(kind).strip("⟦⟧") for kind in piece_kinds()}


def test_every_file_the_glossary_names_exists() -> None:
    names = re.findall(r"`((?:commons|apps|engines|site|content)/[\w/.]*)`", GLOSSARY)
    root = settings.ROOT
    missing = [
        name for name in names if not (root / "src/kechuang" / name).exists() and not (root / name).exists()
    ]
    assert missing == []
