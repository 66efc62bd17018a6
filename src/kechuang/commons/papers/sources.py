# SPDX-License-Identifier: Apache-2.0
"""Where a template's values come from (数据来源): rooms above fill the port under the name a template gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.ports import Port
from kechuang.commons.kernel.refs import Ref
from kechuang.commons.papers.markup import Value

Source = Callable[[Ref | None, dt.date, Actor], Mapping[str, Value]]
"""``(about, day, viewer) -> values by slot code``; raises Refused where the viewer may not see the thing."""

sources: Port[Source] = Port("papers.sources")


def paper_source(name: str) -> Callable[[Source], Source]:
    """Offer values to templates under a name."""

    def register(function: Source) -> Source:
        sources.fill(name, function)
        return function

    return register
