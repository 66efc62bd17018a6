# SPDX-License-Identifier: Apache-2.0
"""Which journeys passed on this very code (走通记录).

The journey tests write ``build/journeys.json``: the digest of ``src/`` and ``content/`` and the names that passed.
A record of other code counts for nothing. ``proofs/journeys.json`` is the record committed with a release.
"""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

PLACES = (Path("build/journeys.json"), Path("proofs/journeys.json"))


@dataclass(frozen=True, slots=True)
class Proof:
    """The journeys that passed on this code, and when; empty when no record fits."""

    passed: frozenset[str] = frozenset()
    day: str = ""


def code_digest(root: Path) -> str:
    """SHA-256 over every file of ``src/`` and ``content/`` by path and content, line ends folded."""
    digest = hashlib.sha256()
    for folder in ("src", "content"):
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts and file.suffix != ".pyc":
                digest.update(file.relative_to(root).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).digest())
    return digest.hexdigest()


@functools.cache
def proof() -> Proof:
    """The record that fits this code, read once per process."""
    current = code_digest(settings.ROOT)
    for place in PLACES:
        match _read(settings.ROOT / place):
            case {"code": code, "passed": [*passed], "day": str(day)} if code == current:
                return Proof(frozenset(passed), day)
    return Proof()


def _read(file: Path) -> object:
    """A record as stored; None where there is none or it is damaged."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
