# SPDX-License-Identifier: Apache-2.0
"""What Word counts by itself (自动编号), written out as the reader of the page sees it.

A paragraph names a list and a level, itself or through its style; the list names how each level is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from docx.document import Document as Docx
from docx.oxml.ns import qn

_DIGITS: Final = "〇一二三四五六七八九"
_UNITS: Final = ("", "十", "百", "千")
_MOST_LEVELS: Final = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    pattern: str
    legal: bool
    restart: int | None


class Numbering:
    """The counters of a document, advanced paragraph by paragraph."""

    def __init__(self, docx: Docx) -> None:
        self._styles = {
            style.get(qn("w:styleId")): style for style in docx.styles.element.iter(qn("w:style"))
        }
        self._lists, self._levels = _definitions(docx)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[str] = set()

    def label(self, paragraph: Any) -> str:
        """The number that Word shows before a paragraph, empty where it shows none."""
        place = self._place(paragraph)
        if place is None:
            return ""
        number, depth = place
        abstract = self._lists.get(number)
        levels = self._levels.get(number, {})
        if abstract is None or depth not in levels:
            return ""
        counts = self._counts[abstract]
        self._begin(number, abstract, levels)
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            level = levels.get(deeper)
            if level is None or level.restart is None or level.restart > depth:
                del counts[deeper]
        return _written(levels, counts, depth)

    def _begin(self, number: str, abstract: str, levels: dict[int, _Level]) -> None:
        """A list that overrides a start begins anew where it is first used."""
        if number not in self._begun:
            self._begun.add(number)
            for depth in self._levels.get(f"{number}!", {}):
                self._counts[abstract][depth] = levels[depth].start - 1

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """The list and level of a paragraph, its own or its style's; list 0 takes it out of every list."""
        properties = paragraph.find(qn("w:pPr"))
        style = _value(properties, "w:pStyle")
        number: str | None = None
        depth: str | None = None
        seen: set[str] = set()
        while True:
            own = properties.find(qn("w:numPr")) if properties is not None else None
            number, depth = _value(own, "w:numId"), depth or _value(own, "w:ilvl")
            if number is not None or style is None or style in seen or style not in self._styles:
                break
            seen.add(style)
            properties, style = (
                self._styles[style].find(qn("w:pPr")),
                _value(self._styles[style], "w:basedOn"),
            )
        if number is None or number == "0":
            return None
        return number, int(depth) if depth and depth.isdecimal() else 0


def _value(element: Any, name: str) -> str | None:
    found = element.find(qn(name)) if element is not None else None
    value: str | None = None if found is None else found.get(qn("w:val"))
    return value


def _definitions(docx: Docx) -> tuple[dict[str, str], dict[str, dict[int, _Level]]]:
    """By list: the abstract list it stands on, its levels; and under ``list!`` the levels whose start it overrides."""
    part = next(
        (rel.target_part for rel in docx.part.rels.values() if rel.reltype.endswith("/numbering")), None
    )
    if part is None:
        return {}, {}
    root = part.element
    abstracts = {one.get(qn("w:abstractNumId")): _levels(one) for one in root.iter(qn("w:abstractNum"))}
    lists: dict[str, str] = {}
    levels: dict[str, dict[int, _Level]] = {}
    for one in root.iter(qn("w:num")):
        number, abstract = one.get(qn("w:numId")), _value(one, "w:abstractNumId") or ""
        lists[number] = abstract
        levels[number] = dict(abstracts.get(abstract, {}))
        overridden: dict[int, _Level] = {}
        for override in one.iter(qn("w:lvlOverride")):
            depth, start = int(override.get(qn("w:ilvl")) or 0), _value(override, "w:startOverride")
            for depth_of, level in _levels(override).items():
                levels[number][depth_of] = level
            if start and depth in levels[number]:
                old = levels[number][depth]
                overridden[depth] = levels[number][depth] = _Level(
                    int(start), old.form, old.pattern, old.legal, old.restart
                )
        levels[f"{number}!"] = overridden
    return lists, levels


def _levels(owner: Any) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for level in owner.iter(qn("w:lvl")):
        depth = int(level.get(qn("w:ilvl")) or 0)
        restart = _value(level, "w:lvlRestart")
        found[depth] = _Level(
            int(_value(level, "w:start") or 1),
            _value(level, "w:numFmt") or "decimal",
            _value(level, "w:lvlText") or "",
            level.find(qn("w:isLgl")) is not None,
            int(restart) if restart and restart.isdecimal() else None,
        )
    return found


def _written(levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
    """The pattern of the level ("（%1）") with the numbers of this level and those above it."""
    own = levels[depth]
    if own.form in {"bullet", "none"}:
        return ""
    text = own.pattern
    for place in range(_MOST_LEVELS):
        if f"%{place + 1}" in text and place in levels:
            form = "decimal" if own.legal else levels[place].form
            text = text.replace(f"%{place + 1}", numeral(counts.get(place, levels[place].start), form))
    return text


def numeral(number: int, form: str) -> str:
    """A number in one of Word's formats; one that is not known is written in digits.

    >>> numeral(12, "chineseCounting"), numeral(3, "decimalEnclosedCircle"), numeral(4, "lowerLetter")
    ('十二', '③', 'd')
    """
    write = _FORMS.get(form)
    return write(number) if write is not None and number > 0 else str(number)


def _counted(number: int) -> str:
    """Counting in Chinese: 十二, 二十, 一百零三."""
    if number >= 10 ** len(_UNITS):
        return str(number)
    text = ""
    for place, digit in enumerate(reversed(str(number))):
        value = int(digit)
        if value:
            text = _DIGITS[value] + _UNITS[place] + text
        elif text and not text.startswith("零"):
            text = "零" + text
    return text.removeprefix("一") if text.startswith("一十") else text


def _roman(number: int) -> str:
    text = ""
    for value, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        text += sign * (number // value)
        number %= value
    return text


def _lettered(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circled(number: int) -> str:
    last = 20
    return chr(0x2460 + number - 1) if number <= last else str(number)


def _spelled(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _widened(number: int) -> str:
    return str(number).translate(_WIDE)


_WIDE: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_FORMS: Final[dict[str, Callable[[int], str]]] = {
    "chineseCounting": _counted,
    "chineseCountingThousand": _counted,
    "japaneseCounting": _counted,
    "taiwaneseCounting": _counted,
    "taiwaneseCountingThousand": _counted,
    "ideographDigital": _spelled,
    "taiwaneseDigital": _spelled,
    "japaneseDigitalTenThousand": _spelled,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _lettered,
    "lowerLetter": lambda number: _lettered(number).lower(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _widened,
    "decimalFullWidth2": _widened,
}
