# SPDX-License-Identifier: Apache-2.0
"""Numbers promised (目标)."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from kechuang.commons.facts.models import Indicator, Target, scaled
from kechuang.commons.facts.permissions import can_set_target
from kechuang.commons.kernel.actions import action, note
from kechuang.commons.kernel.actors import Actor
from kechuang.commons.kernel.problems import Problem


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
