# SPDX-License-Identifier: Apache-2.0
"""What is asked for often is read once a request, and never longer."""

from __future__ import annotations

import pytest

from kechuang.commons.kernel.memo import once_per_request, remembering

ASKED: list[tuple[str, int]] = []


@once_per_request
def _read(name: str, number: int = 0) -> str:
    ASKED.append((name, number))
    if name == "broken":
        raise LookupError(name)
    return f"{name}{number}"


@pytest.fixture(autouse=True)
def _nothing_asked() -> None:
    ASKED.clear()


def test_in_a_request_each_question_is_read_once() -> None:
    with remembering():
        assert [_read("a"), _read("a"), _read("a", number=1), _read("b")] == ["a0", "a0", "a1", "b0"]
    assert ASKED == [("a", 0), ("a", 1), ("b", 0)]


def test_the_next_request_reads_anew_and_outside_nothing_is_kept() -> None:
    with remembering():
        _read("a")
    with remembering():
        _read("a")
    _read("a")
    _read("a")
    assert len(ASKED) == 4


def test_a_request_inside_another_remembers_for_itself() -> None:
    with remembering():
        _read("a")
        with remembering():
            _read("a")
        _read("a")
    assert len(ASKED) == 2


def test_what_failed_is_asked_again() -> None:
    with remembering():
        for _again in range(2):
            with pytest.raises(LookupError):
                _read("broken")
    assert len(ASKED) == 2
