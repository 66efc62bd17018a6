# SPDX-License-Identifier: Apache-2.0
"""Small pieces of escaped HTML, the same on every page and in every list (标记).

Each says its meaning in words: shape, colour and text together, never colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.commons.ui.escaping import safe
from kechuang.commons.ui.numbers import exact, thousands

Text = Any  # a string, a lazy translation, or anything whose str() is meant

_LIGHTS = {
    "green": ("●", gettext_lazy("正常")),
    "yellow": ("▲", gettext_lazy("预警")),
    "red": ("■", gettext_lazy("滞后")),
    "grey": ("○", gettext_lazy("未亮灯")),
    "done": ("✓", gettext_lazy("已完成")),
}
LIGHTS = tuple(_LIGHTS)
TONES = ("neutral", "active", "good", "warn", "bad", "done")


def light(state: str, reason: Text = "", label: Text = "") -> SafeString:
    """A light (亮灯) by shape, colour and words, its reason beside it; an unknown state is grey."""
    state = state if state in _LIGHTS else "grey"
    shape, words = _LIGHTS[state]
    said = f' <span class="kc-why">{safe(reason)}</span>' if reason else ""
    return SafeString(
        f'<span class="kc-light kc-light-{state}"><span class="kc-shape" aria-hidden="true">{shape}</span>'
        f"{safe(label or words)}</span>{said}"
    )


def light_words(state: str) -> Text:
    """What a light is called."""
    return _LIGHTS[state if state in _LIGHTS else "grey"][1]


def chip(label: Text, tone: str = "neutral") -> SafeString:
    """A status chip (状态); an unknown tone shows as neutral."""
    tone = tone if tone in TONES else "neutral"
    return SafeString(f'<span class="kc-chip kc-chip-{tone}">{safe(label)}</span>')


def figure(value: Text, unit: Text = "", url: str = "", vintage: Text = "") -> SafeString:
    """A number with its unit and the day it is of; a link to the records behind it where there are any."""
    number = value if isinstance(value, SafeString) else safe(thousands(value))
    inner = f'<span class="kc-number">{number}</span>'
    if unit:
        inner += f'<span class="kc-unit">{safe(unit)}</span>'
    opened = f'<a class="kc-figure" href="{safe(url)}">' if url else '<span class="kc-figure">'
    closed = "</a>" if url else "</span>"
    day = f' <span class="kc-vintage">{safe(vintage)}</span>' if vintage else ""
    return SafeString(f"{opened}{inner}{closed}{day}")


def progress(percent: object, label: Text = "", tone: str = "active") -> SafeString:
    """A bar of 0 to 100 with the number beside it; a dash where the number is not known."""
    number = exact(percent)
    if number is None:
        return format_html('<span class="kc-progress kc-muted">{}</span>', _("暂无进度"))
    width = max(0, min(100, int(number)))
    shown = f"{thousands(number, 0)}%"
    tone = tone if tone in TONES else "active"
    named = f'<span class="visually-hidden">{safe(label)} </span>' if label else ""
    return SafeString(
        f'<span class="kc-progress"><svg class="kc-bar kc-bar-{tone}" aria-hidden="true" width="96" '
        'height="8" viewBox="0 0 100 8" preserveAspectRatio="none"><rect class="kc-bar-all" width="100" '
        f'height="8"/><rect class="kc-bar-part" width="{width}" height="8"/></svg> {named}'
        f'<span class="kc-number">{shown}</span></span>'
    )


def spark(values: Iterable[object], label: Text = "") -> SafeString:
    """A line of the values over time; unknown values are gaps. Says first, last, least and most."""
    numbers = [exact(value) for value in values]
    known = [number for number in numbers if number is not None]
    if len(known) < 2:  # noqa: PLR2004 -- a line has two ends
        return SafeString("")
    low, span = min(known), (max(known) - min(known)) or 1
    step = 96 / (len(numbers) - 1)
    points, pen = [], "M"
    for place, number in enumerate(numbers):
        if number is None:
            pen = "M"
            continue
        points.append(f"{pen}{place * step + 2:.1f} {22 - float((number - low) / span) * 20:.1f}")
        pen = "L"
    words = _("%(label)s：由 %(first)s 到 %(last)s，最低 %(low)s，最高 %(high)s") % {
        "label": label or _("走势"),
        "first": thousands(known[0]),
        "last": thousands(known[-1]),
        "low": thousands(low),
        "high": thousands(max(known)),
    }
    return format_html(
        '<svg class="kc-spark" role="img" aria-label="{}" width="100" height="24" viewBox="0 0 100 24" '
        'fill="none"><path d="{}"/></svg>',
        words,
        " ".join(points),
    )


def why(reason: Text, label: Text) -> SafeString:
    """A button that cannot be pressed, with its reason in view."""
    return format_html(
        '<span class="kc-refused"><button type="button" class="btn" disabled>{}</button> '
        '<span class="kc-why">{}</span></span>',
        label,
        reason or _("您没有办理此事的权限。"),
    )


class Segment(NamedTuple):
    """A stretch of a difference: ``op`` is equal, insert or delete."""

    op: str
    text: str


_OPS = {"equal": "equal", "=": "equal", "insert": "ins", "+": "ins", "delete": "del", "-": "del"}


def diff(segments: Iterable[Sequence[str]]) -> SafeString:
    """A readable difference: added and removed text by element, sign and line, not by colour alone."""
    parts: list[str] = []
    signs = {"ins": ("+", _("新增")), "del": ("−", _("删除"))}
    for op, text in segments:
        tag = _OPS.get(op, "equal")
        if tag == "equal":
            parts.append(safe(text))
        elif text:
            sign, words = signs[tag]
            parts.append(
                format_html(
                    '<{0} class="kc-{0}"><span class="kc-sign" aria-hidden="true">{1}</span>'
                    '<span class="visually-hidden">{2}：</span>{3}</{0}>',
                    tag,
                    sign,
                    words,
                    text,
                )
            )
    return SafeString(f'<span class="kc-diff">{"".join(parts)}</span>')


def hidden_fields(pairs: Iterable[tuple[str, str]]) -> SafeString:
    """Hidden form fields that carry what the address already says."""
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', pairs)
