# SPDX-License-Identifier: Apache-2.0
"""Questions, grams, and the marking of what was found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.commons.search.grams import excerpt, folded, grams_of, spans_of, terms_of, whole_in
from kechuang.commons.search.wording import marked


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("科技型 中小企业", ["科技型", "中小企业"]),
        ("ＫＣ－２０１９", ["kc-2019"]),
        ("云川科发〔2019〕3号", ["云川科发〔2019〕3号"]),
        ("，。！ ", []),
        ("高企,高企", ["高企"]),
        ("", []),
    ],
)
def test_a_question_is_read_as_words(question, terms):
    assert terms_of(question) == terms


def test_a_question_has_an_end():
    assert len(terms_of(" ".join(str(number) for number in range(50)))) == 8
    assert len(terms_of("字" * 400)[0]) == 40


def test_grams_are_pairs():
    assert grams_of("科技局") == ["科技", "技局"]
    assert grams_of("科") == ["科"]
    assert grams_of("aaa") == ["aa"]


def marked_in(terms, text):
    return spans_of(terms, text, whole_in(terms, text))


def test_places_are_those_of_the_text_as_written():
    assert marked_in(["kc-7"], "编号ＫＣ－７（旧）") == [(2, 6)]
    assert marked_in(["ﬁ"], "ﬁrm") == []
    assert marked_in(["fi"], "ﬁrm") == [(0, 1)]
    assert marked_in(["研发投入"], "研发的投入") == [(0, 2), (3, 5)]
    assert spans_of(["研发投入"], "研发的投入", frozenset(["研发投入"])) == []  # it stands whole elsewhere


def test_the_reason_is_the_part_around_the_longest_hit():
    text = "甲" * 100 + "研发" + "乙" * 60 + "研发投入强度" + "丙" * 100
    words, spans = excerpt(["研发投入"], text, frozenset(["研发投入"]))
    assert words == "…" + "乙" * 12 + "研发投入强度" + "丙" * 46 + "…"
    assert [words[a:b] for a, b in spans] == ["研发投入"]
    assert excerpt(["没有"], text, frozenset()) == ("", [])


def test_marks_do_not_let_markup_through():
    assert marked("<b>研发</b>", [(3, 5)]) == "&lt;b&gt;<mark>研发</mark>&lt;/b&gt;"


@given(st.text(max_size=60), st.text(min_size=1, max_size=8))
def test_spans_lie_in_the_text_in_order(text, question):
    terms = terms_of(question)
    spans = marked_in(terms, text)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert spans == sorted(spans)
    words, inside = excerpt(terms, text, whole_in(terms, text))
    assert all(0 <= a < b <= len(words) for a, b in inside)


@given(st.text(max_size=40), st.integers(0, 40), st.integers(1, 12))
def test_what_stands_in_a_text_is_found_in_it(text, start, length):
    piece = folded(text).text[start : start + length]
    if piece:
        assert whole_in([piece], text) == {piece}
        assert marked_in([piece], text)
