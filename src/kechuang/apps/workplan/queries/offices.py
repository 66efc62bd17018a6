# SPDX-License-Identifier: Apache-2.0
"""The office catalogue (处室名录) of the city's bureaus, for reading plans."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import defaultdict

from kechuang.commons.facts.models import Indicator, IndicatorKind, Promised
from kechuang.commons.parties.models import Unit
from kechuang.commons.parties.queries import units_on
from kechuang.engines.plandoc import OfficeName


def folded(name: str) -> str:
    """A name as it is compared: compatible forms and blanks do not count."""
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()


def office_catalogue(day: dt.date) -> list[OfficeName]:
    """Every office that exists on a day with the ways it is written (one query)."""
    return [
        OfficeName(unit.short_name, tuple(name for name in unit.spoken_names if name != unit.short_name))
        for unit in units_on(day)
    ]


def units_by_name(day: dt.date) -> dict[str, Unit]:
    """Offices by every spoken name; a name that two offices share names neither (one query)."""
    found: dict[str, dict[int, Unit]] = defaultdict(dict)
    for unit in units_on(day):
        for name in unit.spoken_names:
            found[folded(name)][unit.pk] = unit
    return {name: next(iter(units.values())) for name, units in found.items() if len(units) == 1}


_AS_WRITTEN = {
    IndicatorKind.GROWTH: Promised.Kind.GROWTH,
    IndicatorKind.RATIO: Promised.Kind.SHARE,
    IndicatorKind.SHARE: Promised.Kind.SHARE,
    IndicatorKind.COVERAGE: Promised.Kind.SHARE,
}
"""How a document writes a number of each kind; every other kind is a level."""


def indicators_by_name() -> dict[tuple[str, str], Indicator]:
    """Indicators by every way documents write them, and as what: level, growth or share (one query)."""
    return {
        (folded(name), _AS_WRITTEN.get(IndicatorKind(row.kind), Promised.Kind.LEVEL).value): row
        for row in Indicator.objects.all()
        for name in (*row.names, row.name)
    }
