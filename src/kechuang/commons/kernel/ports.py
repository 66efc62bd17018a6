# SPDX-License-Identifier: Apache-2.0
"""Typed extension points (接口): declared below, filled above at start-up."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Port(Generic[T]):
    """A named place where rooms above plug in what a room below asks for.

    Filling twice under one name replaces, so that a reloaded app does not double.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._filled: dict[str, T] = {}

    def fill(self, name: str, implementation: T) -> None:
        """Plug ``implementation`` in under ``name``."""
        self._filled[name] = implementation

    def all(self) -> list[T]:
        """Every implementation, in the order of their names."""
        return [self._filled[name] for name in sorted(self._filled)]

    def named(self) -> list[tuple[str, T]]:
        """Every implementation with its name, in their order."""
        return sorted(self._filled.items())

    def get(self, name: str) -> T | None:
        """The implementation under ``name``, if any."""
        return self._filled.get(name)
