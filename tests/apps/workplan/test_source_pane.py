# SPDX-License-Identifier: Apache-2.0
"""Marks in a text: nested, cut where they cross, escaped, and never a character lost."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kechuang.apps.workplan.source_pane import Mark, marked_text


def test_marks_nest_and_the_innermost_is_the_link() -> None:
    html = marked_text("一二三四五", [Mark(0, 5, "i1", "task"), Mark(1, 3, "i2", "target", "说明")])
    assert html == (
        '<span id="s-i1" class="kc-src kc-src-task" data-kc-pair="i1"><a href="#i1">一</a>'
        '<span id="s-i2" class="kc-src kc-src-target" data-kc-pair="i2" title="说明"><a href="#i2">二三</a></span>'
        '<a href="#i1">四五</a></span>'
    )


def test_a_mark_that_crosses_another_is_cut_and_goes_on_behind_it() -> None:
    html = marked_text("一二三四", [Mark(0, 3, "i1", "task"), Mark(2, 4, "i2", "task")])
    assert html.count('id="s-i2"') == 1
    assert html.count('data-kc-pair="i2"') == 2
    assert re.sub("<[^>]*>", "", html) == "一二三四"


def test_spans_outside_the_text_and_empty_ones_are_left_out() -> None:
    assert (
        marked_text("一二", [Mark(0, 0, "i1", "task"), Mark(5, 9, "i2", "task"), Mark(-1, 1, "i3", "task")])
        == "一二"
    )
    assert re.sub("<[^>]*>", "", marked_text("一二", [Mark(1, 99, "i1", "task")])) == "一二"


def test_text_and_titles_are_escaped() -> None:
    html = marked_text('<b>"&', [Mark(0, 3, "i1", "unused", '"><script>')])
    assert html.count("<") == 4
    assert "&lt;b&gt;" in html
    assert "&quot;&gt;&lt;script&gt;" in html


@given(
    st.text(alphabet='一二<>&\n" ', max_size=40),
    st.lists(st.tuples(st.integers(-2, 45), st.integers(-2, 45)), max_size=12),
)
def test_no_character_is_lost_or_made_and_every_tag_is_closed(
    text: str, spans: list[tuple[int, int]]
) -> None:
    html = marked_text(text, [Mark(*span, f"i{place}", "task") for place, span in enumerate(spans)])
    plain = re.sub(r"</?(?:span|a)[^>]*>", "", html)
    for sign, escaped in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("&", "&amp;")):
        plain = plain.replace(escaped, sign)
    assert plain == text
    assert html.count("<span") == html.count("</span>")
    ids = re.findall(r'id="s-(i\d+)"', html)
    assert len(ids) == len(set(ids))
