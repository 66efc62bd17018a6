# SPDX-License-Identifier: Apache-2.0
"""Definitions and published values from content (装载)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from kechuang.commons.facts.models import Indicator, Observation, scaled
from kechuang.commons.facts.permissions import can_install_facts
from kechuang.commons.facts.pieces import IndicatorPiece, ObservationPiece
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem
from kechuang.commons.parties.models import Region, Unit

_SAID = ("value", "vintage_word", "published_on", "source", "verified")
_INDICATOR_FIELDS = (
    "name",
    "unit",
    "kind",
    "definition",
    "source",
    "frequency",
    "lag",
    "late_days",
    "verified",
)


@action("facts.indicators.installed", permission=can_install_facts, silent=("pieces",))
def install_indicators(thing: None, actor: Actor, *, pieces: Iterable[IndicatorPiece]) -> None:
    """Bring the indicators in line with the content. Raises Problem on an owner that does not exist."""
    del thing, actor
    units = dict(Unit.objects.values_list("code", "pk"))
    indicators = []
    for piece in pieces:
        if piece.owner and piece.owner not in units:
            raise Problem(
                _("指标“%(name)s”的责任处室 %(owner)s 不存在。") % {"name": piece.name, "owner": piece.owner},
                remedy=_("请在内容包中更正处室代码。"),
            )
        fields = {name: getattr(piece, name) for name in _INDICATOR_FIELDS} | {"names": list(piece.names)}
        owner = units[piece.owner] if piece.owner else None
        indicators.append(
            Indicator(
                code=piece.code, owner_id=owner, figure=piece.figure or "", release=piece.version, **fields
            )
        )
    Indicator.objects.bulk_create(
        indicators,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[*_INDICATOR_FIELDS, "names", "owner", "figure", "release"],
    )
    note(indicators={indicator.code: indicator.release for indicator in indicators})


@action("facts.observations.installed", permission=can_install_facts, silent=("pieces",))
def install_observations(thing: None, actor: Actor, *, pieces: Iterable[ObservationPiece]) -> int:
    """Add the published values that are not here yet; returns how many.

    What differs under the same vintage is refused: a correction is a new vintage.
    """
    del thing, actor
    indicators = dict(Indicator.objects.values_list("code", "pk"))
    regions = dict(Region.objects.values_list("code", "pk"))
    known = {_key(row): row for row in Observation.objects.all()}
    fresh = []
    for piece in pieces:
        row = _observation(piece, indicators, regions)
        old = known.get(_key(row))
        if old is None:
            known[_key(row)] = row
            fresh.append(row)
        elif differing := [name for name in _SAID if getattr(old, name) != getattr(row, name)]:
            raise Problem(
                _("“%(indicator)s”%(period)s 第 %(vintage)s 版已登记，内容包写的与之不同：%(fields)s。")
                % {
                    "indicator": piece.indicator,
                    "period": row.period_end.isoformat(),
                    "vintage": row.vintage,
                    "fields": "、".join(_difference(name, old, row) for name in differing),
                },
                remedy=_("更正数值、来源或核实情况请另立新的版本序号（vintage），不改写旧版本。"),
            )
    Observation.objects.bulk_create(fresh)
    note(added=len(fresh))
    return len(fresh)


def _difference(name: str, old: Observation, new: Observation) -> str:
    words = _("数值") if name == "value" else Observation._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    return f"{words} {getattr(old, name)} → {getattr(new, name)}"


def _key(row: Observation) -> tuple[object, ...]:
    return row.indicator_id, row.region_id, row.period_start, row.period_end, row.vintage


def _observation(piece: ObservationPiece, indicators: dict[str, int], regions: dict[str, int]) -> Observation:
    if piece.indicator not in indicators or (piece.region and piece.region not in regions):
        raise Problem(
            _("数据所指的指标“%(indicator)s”或区域“%(region)s”不存在。")
            % {"indicator": piece.indicator, "region": piece.region or ""},
            remedy=_("请在内容包中先定义指标与区域。"),
        )
    number, places = scaled(piece.value)
    return Observation(
        indicator_id=indicators[piece.indicator],
        region_id=regions[piece.region] if piece.region else None,
        scaled=number,
        places=places,
        period_start=piece.period_start,
        period_end=piece.period_end,
        vintage=piece.vintage,
        vintage_word=piece.vintage_word,
        published_on=piece.published_on,
        source=piece.source,
        verified=piece.verified,
    )
