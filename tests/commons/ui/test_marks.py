# SPDX-License-Identifier: Apache-2.0
"""What the tags write, letter by letter."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import Context, Template
from django.utils import timezone

from kechuang.commons.kernel.verdicts import ALLOWED, refuse
from kechuang.commons.ui import icons, marks, numbers

pytestmark = pytest.mark.usefixtures("plain_words")


def shown(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("state", "shape", "words"),
    [
        ("green", "●", "正常"),
        ("yellow", "▲", "预警"),
        ("red", "■", "滞后"),
        ("grey", "○", "未亮灯"),
        ("done", "✓", "已完成"),
    ],
)
def test_light_says_shape_colour_and_words(state: str, shape: str, words: str) -> None:
    assert shown("{% light state %}", state=state) == (
        f'<span class="kc-light kc-light-{state}"><span class="kc-shape" aria-hidden="true">{shape}</span>{words}</span>'
    )


def test_light_with_reason_escapes_it_and_shows_it_beside() -> None:
    assert shown('{% light "red" reason "逾期" %}', reason="<3 天") == (
        '<span class="kc-light kc-light-red"><span class="kc-shape" aria-hidden="true">■</span>逾期</span>'
        ' <span class="kc-why">&lt;3 天</span>'
    )


def test_light_of_unknown_state_is_grey() -> None:
    assert "kc-light-grey" in marks.light('"><script>')


def test_chip_keeps_to_known_tones() -> None:
    assert shown('{% chip "办理中" "active" %}') == '<span class="kc-chip kc-chip-active">办理中</span>'
    assert marks.chip("<b>", "purple") == '<span class="kc-chip kc-chip-neutral">&lt;b&gt;</span>'


def test_figure_with_address_is_a_link_with_unit_and_vintage() -> None:
    assert shown('{% figure 1634 "家" url "截至2019-10-15" %}', url="/f/?a=1&b=2") == (
        '<a class="kc-figure" href="/f/?a=1&amp;b=2"><span class="kc-number">1,634</span><span class="kc-unit">家</span></a>'
        ' <span class="kc-vintage">截至2019-10-15</span>'
    )


def test_figure_without_records_is_no_link_and_nothing_is_a_dash() -> None:
    assert marks.figure(None) == '<span class="kc-figure"><span class="kc-number">—</span></span>'


def test_progress_is_a_bar_within_its_bounds_and_the_true_number() -> None:
    drawn = marks.progress(Decimal("131.4"))
    assert 'class="kc-bar-part" width="100"' in drawn
    assert '<span class="kc-number">131%</span>' in drawn
    assert "style=" not in drawn
    assert marks.progress(None) == '<span class="kc-progress kc-muted">暂无进度</span>'


def test_spark_leaves_gaps_and_says_its_ends() -> None:
    drawn = marks.spark([1, None, 3, 2], "入库数")
    assert 'aria-label="入库数：由 1 到 2，最低 1，最高 3"' in drawn
    assert drawn.count("M") == 2
    assert marks.spark([5]) == ""


def test_spark_of_equal_values_is_a_flat_line() -> None:
    assert '<path d="M2.0 22.0 L98.0 22.0"/>' in marks.spark([4, 4])


def test_every_icon_is_hidden_from_screen_readers_and_has_no_style() -> None:
    for name in icons.NAMES:
        assert icons.icon(name).startswith('<svg class="kc-icon" aria-hidden="true"')
        assert "style" not in icons.icon(name)


def test_why_shows_the_reason_of_a_refusal_and_nothing_when_allowed() -> None:
    assert shown('{% why verdict "签发" %}', verdict=refuse("计划尚未校核。")) == (
        '<span class="kc-refused"><button type="button" class="btn" disabled>签发</button> '
        '<span class="kc-why">计划尚未校核。</span></span>'
    )
    assert shown('{% why verdict "签发" %}', verdict=ALLOWED) == ""


def test_diff_marks_by_element_and_sign_and_escapes() -> None:
    assert shown(
        "{% diff segments %}", segments=[("equal", "a<"), ("delete", "600"), ("insert", "650"), ("+", "")]
    ) == (
        '<span class="kc-diff">a&lt;'
        '<del class="kc-del"><span class="kc-sign" aria-hidden="true">−</span><span class="visually-hidden">删除：</span>600</del>'
        '<ins class="kc-ins"><span class="kc-sign" aria-hidden="true">+</span><span class="visually-hidden">新增：</span>650</ins>'
        "</span>"
    )


def test_crumb_links_only_with_an_address() -> None:
    assert shown('{% crumb "任务清单" "/t/" %}{% crumb "7" %}') == (
        '<li class="breadcrumb-item"><a href="/t/">任务清单</a></li><li class="breadcrumb-item">7</li>'
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (12345, "12,345"), (-1200, "-1,200"), (210.5, "210.5"), (Decimal("1000.00"), "1,000"), (Fraction(1, 3), "0.3333"),
     (None, "—"), ("", "—"), ("约百家", "约百家"), (10, "10"), (float("nan"), "nan")],
)  # fmt: skip
def test_thousands(value: object, text: str) -> None:
    assert numbers.thousands(value) == text


def test_numbers_are_rounded_half_up_as_in_statistics() -> None:
    assert numbers.thousands(Decimal("0.125"), 2) == "0.13"
    assert numbers.percent(Fraction(1, 8), 0) == "13%"
    assert numbers.percent(Decimal("0.9523")) == "95.2%"
    assert numbers.percent(1) == "100%"


def test_wan_and_yuan() -> None:
    assert [numbers.wan(v) for v in (9999, 152000, 1_234_500_000, None)] == [
        "9,999",
        "15.2万",
        "12.35亿",
        "—",
    ]
    assert numbers.yuan(1234567) == "12,345.67"


def test_days_are_those_of_the_city() -> None:
    late = dt.datetime(2019, 10, 14, 17, 30, tzinfo=dt.UTC)
    with timezone.override("Asia/Shanghai"):
        assert numbers.cn_date(late) == "2019年10月15日"
        assert numbers.iso_moment(late) == "2019-10-15 01:30"
    assert numbers.cn_date(dt.date(2019, 1, 5)) == "2019年1月5日"
    assert numbers.cn_date(None) == "—"
    assert numbers.iso_date("x") == "—"
