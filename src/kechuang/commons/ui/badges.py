# SPDX-License-Identifier: Apache-2.0
"""What the top bar tells the viewer beside his name (角标): rooms offer a link with a count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from kechuang.commons.kernel.ports import Port


@dataclass(frozen=True, slots=True)
class Badge:
    """A link with a number; 0 shows the link alone."""

    label: str
    url: str
    count: int
    icon: str


badges: Port[Callable[[HttpRequest], Badge | None]] = Port("ui.badges")


def badges_for(request: HttpRequest) -> list[Badge]:
    """What every room has to tell this viewer."""
    offered = [offer(request) for offer in badges.all()]
    return [badge for badge in offered if badge is not None]
