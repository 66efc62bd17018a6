# SPDX-License-Identifier: Apache-2.0
"""What a type check found, in Chinese."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic_core import ErrorDetails

_WORDS = {
    "missing": gettext_lazy("缺少这一项"),
    "extra_forbidden": gettext_lazy("未知的键"),
    "string_type": gettext_lazy("须是文字"),
    "string_too_short": gettext_lazy("不能为空"),
    "int_parsing": gettext_lazy("须是整数"),
    "decimal_parsing": gettext_lazy("须是数字"),
    "finite_number": gettext_lazy("须是数字"),
    "date_from_datetime_parsing": gettext_lazy("没有这一天"),
    "date_parsing": gettext_lazy("没有这一天"),
    "list_type": gettext_lazy("须是列表"),
    "tuple_type": gettext_lazy("须是列表"),
    "model_type": gettext_lazy("须是键值对"),
}
_SHOWN = 60


def reason_of(error: ErrorDetails) -> str:
    """One error of Pydantic in words, with the value that was given."""
    context: dict[str, Any] = error.get("ctx", {})
    kind = error["type"]
    if kind == "literal_error":
        allowed = context["expected"].replace("'", "").replace(" or ", "、").replace(", ", "、")
        words = _("须是 %(allowed)s 之一") % {"allowed": allowed}
    elif kind == "string_too_long":
        words = _("不得超过 %(most)s 个字") % {"most": context["max_length"]}
    elif kind == "string_pattern_mismatch":
        words = _("格式须符合 %(pattern)s") % {"pattern": context["pattern"]}
    elif kind in {"greater_than_equal", "less_than_equal"}:
        words = _("须在 %(bound)s 以内") % {"bound": context.get("ge", context.get("le"))}
    elif kind == "value_error":
        words = str(context["error"])
    else:
        words = str(_WORDS.get(kind, error["msg"]))
    given = error.get("input")
    if isinstance(given, str) and given:
        return _("%(what)s（写的是“%(given)s”）") % {"what": words, "given": given[:_SHOWN]}
    return words
