# SPDX-License-Identifier: Apache-2.0
"""What is done is stamped, and not done again; a stamp is written last, whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from tools.processes import ROOT, say

BUILD = ROOT / "build"


def digest(*paths: Path, more: str = "") -> str:
    """A digest of files and of all files below folders, by their names inside the project."""
    whole = hashlib.sha256(f"{more}\0".encode())
    for path in paths:
        below = path.rglob("*") if path.is_dir() else [path]
        for file in sorted(file for file in below if file.is_file() and "__pycache__" not in file.parts):
            whole.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return whole.hexdigest()


def done(stamp: Path, key: str) -> bool:
    """Whether the stamp says that this very thing was done."""
    return stamp.exists() and stamp.read_text() == key


def write(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_text(text, encoding="utf-8")
    fresh.chmod(mode)
    fresh.replace(path)


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Set up in one process at a time."""
    import fcntl  # noqa: PLC0415 - not on every system

    BUILD.mkdir(exist_ok=True)
    with (BUILD / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("waiting for another dev.py that is setting up")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
