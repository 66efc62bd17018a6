# SPDX-License-Identifier: Apache-2.0
"""Who acts (操作人)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, a person on behalf of another (``on_behalf_of`` is the other's Ref), or the system.

    ``memo`` lets higher tiers keep what they looked up for this actor (for example its grants) for one request;
    an action starts from a fresh one, so that a role taken away is gone at once.
    """

    kind: Literal["person", "system"]
    id: str
    name: str
    on_behalf_of: str = ""
    limit: frozenset[str] | None = None
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def system(cls, name: str) -> Actor:
        """The program itself, named by the job it does."""
        return cls("system", name, name)

    @property
    def is_system(self) -> bool:
        """Whether the program itself acts."""
        return self.kind == "system"

    @property
    def persons(self) -> frozenset[str]:
        """The keys of who acts and of who is acted for: where two people are needed, neither may be both."""
        return frozenset({self.id, self.on_behalf_of.partition(":")[2] or self.id})

    def limited(self, permissions: Iterable[str]) -> Actor:
        """The same person, who may do no more than these permissions (a program with a token)."""
        return replace(self, limit=frozenset(permissions), memo={})

    def fresh(self) -> Actor:
        """The same actor without anything remembered."""
        return replace(self, memo={})
