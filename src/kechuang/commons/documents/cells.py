# SPDX-License-Identifier: Apache-2.0
"""Cells as people fill them: days, terms, codes, names. Pure."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None

SERIAL_ZERO = dt.date(1899, 12, 30)
FIRST_YEAR, LAST_YEAR = 1990, 2100
_DAY = re.compile(
    r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
)
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_SCIENTIFIC = re.compile(r"[1-9](?:\.\d+)?[Ee]\+?(\d{1,3})")
_QUOTES = "'‘’`"
_YEARS = re.compile(r"([1-9]|[一二两三四五])\s*(?:年|周年)?")
_CHINESE_YEARS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_SPAN = re.compile(r"\s*(?:至|到|~|～|—+|--+)\s*")


def text_of(cell: Cell) -> str:
    """The cell as one line of text without control marks."""
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    kept = "".join(mark if unicodedata.category(mark)[0] != "C" else " " for mark in str(cell))
    return " ".join(kept.split())


def plain(cell: Cell) -> str:
    """The text in half width without any space, as codes and numbers are compared; a leading quote is no part of it."""
    return "".join(unicodedata.normalize("NFKC", text_of(cell)).split()).lstrip(_QUOTES)


def code_of(cell: Cell) -> str:
    """A unified social credit code as written, in half width capitals."""
    return plain(cell).upper()


def lost_digits(cell: Cell) -> bool:
    """Whether a long code was stored as a number, so that its last digits are gone: a number, or 9.121E+17 in a CSV."""
    if isinstance(cell, str):
        return _SCIENTIFIC.fullmatch(plain(cell)) is not None
    return isinstance(cell, float | int) and not isinstance(cell, bool) and abs(cell) >= 10**15


def day_of(cell: Cell, first_year: int = FIRST_YEAR) -> dt.date | None:
    """The day a cell means, None where it is empty. Raises ValueError for anything else, and for a day too long ago."""
    day = _day_of(cell)
    if day is not None and not first_year <= day.year <= LAST_YEAR:
        raise ValueError(day.isoformat())
    return day


def _day_of(cell: Cell) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, bool | dt.time | dt.timedelta):
        raise ValueError(str(cell))  # noqa: TRY004 -- a cell of the file, not of the program
    if isinstance(cell, int | float):
        return _of_number(cell)
    text = unicodedata.normalize("NFKC", cell or "").strip()
    if not text:
        return None
    if found := _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
        return dt.date(year, month, day)
    if _SERIAL.fullmatch(text):
        return _of_number(float(text))
    raise ValueError(text)


def _of_number(number: float) -> dt.date:
    """An Excel serial day, or a day written as 20190902."""
    if number != int(number):
        raise ValueError(str(number))
    whole = int(number)
    if found := _COMPACT_DAY.fullmatch(str(whole)):
        year, month, day = (int(part) for part in found.groups())
        return dt.date(year, month, day)
    if not 0 < whole < 80_000:  # noqa: PLR2004 -- the year 2119
        raise ValueError(str(whole))
    return SERIAL_ZERO + dt.timedelta(days=whole)


def span_of(cell: Cell) -> tuple[dt.date, dt.date] | None:
    """Two days of "2019-09-02至2022-09-01"; None for anything else."""
    if not isinstance(cell, str):
        return None
    parts = _SPAN.split(unicodedata.normalize("NFKC", cell).strip())
    if len(parts) != 2:  # noqa: PLR2004 -- from and to
        return None
    start, end = day_of(parts[0]), day_of(parts[1])
    return (start, end) if start and end else None


def years_of(cell: Cell) -> int | None:
    """The number of years of "3", "三年", 3; None for anything else."""
    found = _YEARS.fullmatch(plain(cell))
    if found is None:
        return None
    return _CHINESE_YEARS.get(found[1]) or int(found[1])
