# SPDX-License-Identifier: Apache-2.0
"""Days of things due as a calendar that office programs subscribe to (日历订阅): RFC 5545, all-day events only.

Lines end with CR LF and are folded at 75 octets, never inside a character; texts are escaped as section 3.3.11 says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MOST_OCTETS = 75


@dataclass(frozen=True, slots=True)
class DayEntry:
    """Something due on a day; ``uid`` stays the same as long as it is the same thing."""

    uid: str
    day: dt.date
    title: str
    text: str = ""
    url: str = ""


def calendar_text(name: str, entries: Iterable[DayEntry], *, stamp: dt.datetime) -> str:
    """The calendar; ``stamp`` is when it was written, aware."""
    return "".join(f"{folded(line)}\r\n" for line in _lines(name, entries, stamp))


def _lines(name: str, entries: Iterable[DayEntry], stamp: dt.datetime) -> Iterator[str]:
    written = stamp.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kechuang//due days//ZH", "CALSCALE:GREGORIAN")
    yield from ("METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H")
    for one in entries:
        yield from ("BEGIN:VEVENT", f"UID:{escaped(one.uid)}", f"DTSTAMP:{written}")
        yield f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{one.day + dt.timedelta(1):%Y%m%d}"
        yield f"SUMMARY:{escaped(one.title)}"
        if one.text:
            yield f"DESCRIPTION:{escaped(one.text)}"
        if one.url:
            yield f"URL:{one.url}"
        yield from ("TRANSP:TRANSPARENT", "END:VEVENT")
    yield "END:VCALENDAR"


def escaped(text: str) -> str:
    """A text value: no mark of the format, no control character."""
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    text = "\\n".join(text.splitlines())
    return "".join(mark for mark in text if mark >= " " and mark != "\x7f")


def folded(line: str) -> str:
    """A line of at most 75 octets, the rest on lines that begin with a blank."""
    parts, part, octets = [], "", 0
    for mark in line:
        size = len(mark.encode())
        if octets + size > MOST_OCTETS:
            parts.append(part)
            part, octets = " ", 1
        part, octets = part + mark, octets + size
    return "\r\n".join([*parts, part])
