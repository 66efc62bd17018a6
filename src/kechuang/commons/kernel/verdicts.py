# SPDX-License-Identifier: Apache-2.0
"""An answer with a reason (裁断)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether something is allowed; ``reason`` is shown to the person when it is not.

    ``permission`` names what the person lacks, where that is why: the page of the refusal says who holds it.
    """

    allowed: bool
    reason: str = ""
    permission: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(allowed=True)


def refuse(reason: str, permission: str = "") -> Verdict:
    """A refusal with its reason in words for the person refused."""
    return Verdict(allowed=False, reason=reason, permission=permission)


def first_refusal(*verdicts: Verdict) -> Verdict:
    """The first refusal among the verdicts, else allowed."""
    return next((verdict for verdict in verdicts if not verdict.allowed), ALLOWED)
