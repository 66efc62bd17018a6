# SPDX-License-Identifier: Apache-2.0
"""Kinds of notice in words (消息种类): the text is made when it is shown, from the facts that were kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """``subject`` and ``body`` hold places like ``%(by)s``; urgent ones do not wait for the end of quiet hours.

    ``for_group``: a group's robot may tell it too; it then says the subject and nothing else.
    """

    code: str
    label: Text
    subject: Text
    body: Text = ""
    urgent: bool = False
    for_group: bool = False

    def subject_of(self, data: Mapping[str, Any]) -> str:
        """The subject, in one line."""
        return " ".join((str(self.subject) % data).split())

    def body_of(self, data: Mapping[str, Any]) -> str:
        """The body; empty where the subject says it all."""
        return str(self.body) % data


_KINDS: dict[str, NoticeKind] = {}


def notice_kind(kind: NoticeKind) -> NoticeKind:
    """Register a kind under its code ("app.what_happened")."""
    _KINDS[kind.code] = kind
    return kind


def kind_of(code: str) -> NoticeKind:
    """The kind of a code; one whose room is no longer installed is told by its code."""
    return _KINDS.get(code) or NoticeKind(code, code, code.replace("%", "%%"))


def notice_kinds() -> list[NoticeKind]:
    """Every kind, by code."""
    return [_KINDS[code] for code in sorted(_KINDS)]
