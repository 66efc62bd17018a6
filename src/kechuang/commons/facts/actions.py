# SPDX-License-Identifier: Apache-2.0
"""Changes of facts: definitions and published values from content; targets as promised."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from kechuang.commons.facts.models import Indicator, Observation, Target, scaled
from kechuang.commons.facts.permissions import can_install_facts, can_set_target
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


@action("facts.target.set", permission=can_set_target)
def set_target(  # noqa: PLR0913 -- the facts of a promised number
    target: Target | None,
    actor: Actor,
    *,
    name: str,
    year: int,
    comparator: str,
    value: Decimal,
    value_max: Decimal | None = None,
    word: str = "",
    unit: str = "",
    kind: str = Target.Kind.LEVEL,
    aspire: bool = False,
    headline: bool = False,
    indicator: Indicator | None = None,
) -> Target:
    """Set a target (定目标), or bring a given one in line with a new version of what promises it."""
    del actor
    if comparator not in Target.Comparator.values or kind not in Target.Kind.values:
        raise Problem(_("目标“%(name)s”的比较方式或类型无法识别。") % {"name": name}, field="comparator")
    if value_max is not None and value_max < value:
        raise Problem(
            _("目标“%(name)s”的上限 %(most)s 小于下限 %(least)s。")
            % {"name": name, "most": value_max, "least": value},
            remedy=_("请核对数值。"),
            field="value_max",
        )
    places = max(scaled(value)[1], scaled(value_max)[1] if value_max is not None else 0)
    if target is None:
        target = Target()
    else:
        note(before=str(target))
    target.name, target.year, target.comparator, target.kind = name[:80], year, comparator, kind
    target.scaled, target.places = int(value.scaleb(places)), places
    target.scaled_max = None if value_max is None else int(value_max.scaleb(places))
    target.word, target.unit, target.aspire, target.headline = word, unit, aspire, headline
    target.indicator = indicator
    target.save()
    return target
