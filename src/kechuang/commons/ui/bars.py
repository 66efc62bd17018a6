# SPDX-License-Identifier: Apache-2.0
"""Values of named periods as bars (柱状图), drawn as SVG; says in words what it shows."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kechuang.commons.ui.numbers import Number, thousands

WIDTH, HEIGHT, TOP, BOTTOM, WIDEST = 480, 200, 24, 24, 64


def bar_chart(bars: Sequence[tuple[str, Number]], label: str, unit: str = "") -> SafeString:
    """One bar a period, in the order given; nothing where there is none. What is below zero hangs from the line."""
    if not bars:
        return SafeString("")
    values = [float(value) for _name, value in bars]
    low, high = min(0.0, *values), max(0.0, *values)
    scale = (HEIGHT - TOP - BOTTOM) / ((high - low) or 1)
    zero, room = TOP + high * scale, WIDTH / len(bars)
    width = min(WIDEST, room * 0.6)
    drawn = (
        (
            f"{room * place + (room - width) / 2:.1f}",
            f"{zero - max(value, 0) * scale:.1f}",
            f"{width:.1f}",
            f"{abs(value) * scale:.1f}",
            f"{room * (place + 0.5):.1f}",
            f"{zero - max(value, 0) * scale - 6:.1f}",
            thousands(bars[place][1]),
            HEIGHT - 6,
            bars[place][0],
        )
        for place, value in enumerate(values)
    )
    return format_html(
        '<svg class="kc-chart" role="img" aria-label="{}" viewBox="0 0 {} {}">{}'
        '<line class="kc-chart-grid" x1="0" x2="{}" y1="{}" y2="{}"/></svg>',
        _words(bars, label, unit),
        WIDTH,
        HEIGHT,
        format_html_join(
            "",
            '<rect class="kc-chart-bar" x="{0}" y="{1}" width="{2}" height="{3}"/>'
            '<text class="kc-chart-x kc-chart-top" x="{4}" y="{5}">{6}</text>'
            '<text class="kc-chart-x" x="{4}" y="{7}">{8}</text>',
            drawn,
        ),
        WIDTH,
        f"{zero:.1f}",
        f"{zero:.1f}",
    )


def _words(bars: Sequence[tuple[str, Number]], label: str, unit: str) -> str:
    told = "；".join(f"{name} {thousands(value)}{unit}" for name, value in bars)
    return _("%(label)s：%(told)s") % {"label": label, "told": told}
