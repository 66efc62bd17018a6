# SPDX-License-Identifier: Apache-2.0
"""Lines that are not the document: page marks (页码) and the furniture of web pages. Patterns run on folded lines."""

from __future__ import annotations

import re
from typing import Final

_PAGE_MARK: Final = re.compile(
    r"[—\-_·.= ]*\d{1,4}[—\-_·.= ]*"  # — 3 —
    r"|第? ?\d{1,4} ?页(?:[，/ 共]*\d{1,4} ?页)?"  # 第3页 共9页
    r"|\d{1,4} ?/ ?\d{1,4}"
    r"|[—\-_·.=* ]+"  # a rule, or the dash lines around a page number
)
_FURNITURE_WORDS: Final = (
    *(
        "打印",
        "打印本页",
        "打印此页",
        "关闭",
        "关闭窗口",
        "关闭本页",
        "分享到",
        "分享",
        "收藏",
        "返回顶部",
        "返回首页",
    ),
    *(
        "扫一扫",
        "上一篇",
        "下一篇",
        "首页",
        "字号",
        "大",
        "中",
        "小",
        "无障碍",
        "网站地图",
        "联系我们",
        "微信",
        "微博",
    ),
    *(
        "下载",
        "附件下载",
        "相关链接",
        "相关阅读",
        "设为首页",
        "加入收藏",
        "繁体",
        "简体",
        "我要纠错",
        "视力保护色",
    ),
    *("QQ空间", "新浪微博", "手机版", "政府网站", "纠错", "阅读全文", "在线咨询"),
)
_BUTTONS: Final = re.compile(rf"(?:[（ |·>》：/、]*(?:{'|'.join(_FURNITURE_WORDS)})[）：]?)+[ |·>）/、]*")
_PAGE_LINES: Final = re.compile(
    r"(?:当前位置|您(?:现在)?(?:的|所在)位置|您的当前位置|位置)[： ].*"
    r"|(?:信息)?来源： ?.{0,40}|(?:发布|发文|更新)(?:时间|日期|机构)： ?.{0,40}"
    r"|(?:浏览|阅读|访问|点击)(?:次数|量|数)?： ?\d*.{0,10}|责任编辑： ?.{0,20}|编辑： ?.{0,10}|作者： ?.{0,20}"
    r"|(?:索引号|主题分类|公开方式|信息索引|有效性|体裁分类)： ?.{0,60}"
    r"|版权所有.*|.*ICP备.*|.*公网安备.*|(?:网站)?标识码： ?.*|字(?:体|号)： ?.*|扫一扫.*|分享到： ?.*"
    r"|.{0,10}>.{1,20}>.*"
    r"|文章属性|正文|全文|•（[^）]{2,6}）.{0,40}|(?:中国政府网|政府网)|目 ?录"
    r"|https?：?//\S+|https?://\S+|主办(?:单位)?： ?.{0,30}承办.*版权.*"
)
_INLINE: Final = re.compile(
    r"(?<![\d—]) ?—{1,2} ?\d{1,3} ?—{1,2} ?(?!\d)"
    r"|（(?:打印(?:本页)?|关闭(?:窗口)?|字号|大|中|小|分享|收藏|返回顶部)）"
)


def is_page_mark(line: str) -> bool:
    """Whether a folded, stripped line is a page number or a rule: the text goes on behind it."""
    return len(line) <= _LONGEST and _PAGE_MARK.fullmatch(line) is not None


def is_furniture(line: str) -> bool:
    """Whether a folded, stripped line belongs to the web page and not to the document."""
    return len(line) <= _LONGEST and any(pattern.fullmatch(line) for pattern in (_BUTTONS, _PAGE_LINES))


def inline_furniture(line: str) -> list[tuple[int, int]]:
    """Places inside a folded line where a page mark or a button stands between words."""
    return [match.span() for match in _INLINE.finditer(line)]


_LONGEST: Final = 160
