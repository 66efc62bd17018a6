# SPDX-License-Identifier: Apache-2.0
"""A calendar that any office program reads: lines short enough, texts that cannot end a line or begin another."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from kechuang.engines.basis.ical import DayEntry, calendar_text, escaped, folded

STAMP = dt.datetime(2019, 10, 15, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def test_one_entry_is_written_as_the_standard_says() -> None:
    entry = DayEntry("a@kechuang", dt.date(2019, 12, 31), "办结；任务", "一,二\n三", "https://x.cn/1/")
    assert calendar_text("到期", [entry], stamp=STAMP).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Kechuang//due days//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:到期",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "BEGIN:VEVENT",
        "UID:a@kechuang",
        "DTSTAMP:20191015T013000Z",
        "DTSTART;VALUE=DATE:20191231",
        "DTEND;VALUE=DATE:20200101",
        "SUMMARY:办结；任务",
        "DESCRIPTION:一\\,二\\n三",
        "URL:https://x.cn/1/",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_folded_line_unfolds_to_itself_and_no_piece_is_longer_than_75_octets(text: str) -> None:
    line = f"SUMMARY:{escaped(text)}"
    pieces = folded(line).split("\r\n")
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))))
def test_escaped_text_reads_back_as_it_was(text: str) -> None:
    plain, marks = "", iter(escaped(text))
    for mark in marks:
        plain += next(marks) if mark == "\\" else mark
    assert plain == text


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_escaped_text_never_breaks_the_line(text: str) -> None:
    assert not set(escaped(text)) & {*map(chr, range(32)), "\x7f", "\x85", "\u2028", "\u2029"}
