# SPDX-License-Identifier: Apache-2.0
"""What a type check found, in Chinese."""

from __future__ import annotations

from typing import Any

from pydantic_core import ErrorDetails

_WORDS = {
    "missing": "缺少这一项",
    "extra_forbidden": "未知的键",
    "bool_parsing": "须是 true 或 false",
    "int_parsing": "须是整数",
    "decimal_parsing": "须是数字",
    "date_from_datetime_parsing": "须是日期，如 2019-10-15",
    "date_parsing": "须是日期，如 2019-10-15",
    "list_type": "须是列表",
    "tuple_type": "须是列表",
    "dict_type": "须是键值对",
    "model_type": "须是键值对",
    "string_type": "须是文字",
}


def reason_of(error: ErrorDetails) -> str:
    """One error of Pydantic in words, with the value that was given."""
    context: dict[str, Any] = error.get("ctx", {})
    kind = error["type"]
    if kind == "literal_error":
        words = f"须是 {context['expected']} 之一".replace("'", "").replace(" or ", "、")
    elif kind == "string_too_long":
        words = f"不得超过 {context['max_length']} 个字"
    elif kind == "string_too_short":
        words = "不能为空"
    elif kind == "string_pattern_mismatch":
        words = f"格式须符合 {context['pattern']}"
    elif kind == "value_error":
        words = str(context["error"])
    else:
        words = _WORDS.get(kind, error["msg"])
    given = error.get("input")
    return f"{words}（写的是“{given[:60]}”）" if isinstance(given, str) and given else words
