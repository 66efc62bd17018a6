# SPDX-License-Identifier: Apache-2.0
"""An answer with a reason (裁断)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is allowed; ``reason`` is shown to the person when it is not."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(allowed=True)


def refuse(reason: str) -> Verdict:
    """A refusal with its reason in words for the person refused."""
    return Verdict(allowed=False, reason=reason)


def first_refusal(*verdicts: Verdict) -> Verdict:
    """The first refusal among the verdicts, else allowed."""
    return next((verdict for verdict in verdicts if not verdict.allowed), ALLOWED)
