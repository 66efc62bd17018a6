# SPDX-License-Identifier: Apache-2.0
"""Tables handed over by a reader: read once, pointed into the text, and told apart from other tables."""

from __future__ import annotations

from kechuang.engines.plandoc import Table, parse_plan
from kechuang.engines.plandoc.proposal import Span

ROWS = (
    ("序号", "任务", "牵头处室", "配合处室", "时限"),
    ("1", "建设平台10个", "甲处", "乙处、丙处", "12月"),
    ("2", "引进人才5名", "丁处", "", "11月底"),
)


def laid_out(before: str, rows: tuple[tuple[str, ...], ...]) -> tuple[str, Table]:
    """The text of a file with its table in it, cells parted by tabs, and the table with its places."""
    text = before
    spans: list[tuple[Span, ...]] = []
    for row in rows:
        places = []
        for cell in row:
            places.append((len(text), len(text) + len(cell)))
            text += f"{cell}\t"
        text = f"{text[:-1]}\n"
        spans.append(tuple(places))
    return text, Table(rows, tuple(spans))


def test_a_table_that_also_stands_in_the_text_is_read_once_and_points_into_it() -> None:
    text, table = laid_out("某市科技局2021年任务表\n", ROWS)
    proposal = parse_plan(text, tables=[table])
    assert [(t.number, t.title) for t in proposal.tasks] == [("1", "建设平台10个"), ("2", "引进人才5名")]
    first = proposal.tasks[0]
    assert [(o.name, o.role, text[slice(*o.span)]) for o in first.offices] == [
        ("甲处", "lead", "甲处"),
        ("乙处", "co", "乙处"),
        ("丙处", "co", "丙处"),
    ]
    assert first.due is not None
    assert (first.due.date, text[slice(*first.due.span)]) == ("2021-12-31", "12月")
    assert [(t.name, t.value, text[slice(*t.numbers[0])]) for t in proposal.targets] == [
        ("平台", 10, "10个"),
        ("人才", 5, "5名"),
    ]
    assert proposal.counts.numbers == len({number.span for number in proposal.numbers})


def test_a_table_without_places_gives_the_same_plan_without_spans() -> None:
    proposal = parse_plan("某市科技局2021年任务表\n", tables=[Table(ROWS)])
    assert [t.title for t in proposal.tasks] == ["建设平台10个", "引进人才5名"]
    assert {o.span for t in proposal.tasks for o in t.offices} == {(0, 0)}


def test_an_owner_that_is_merged_over_rows_owns_them_all() -> None:
    rows = (ROWS[0], ROWS[1], ("2", "引进人才5名", "", "", "11月底"))
    proposal = parse_plan("", tables=[Table(rows)])
    assert [[o.name for o in t.offices] for t in proposal.tasks] == [["甲处", "乙处", "丙处"]] * 2


def test_a_table_of_something_else_is_no_plan() -> None:
    rows = (("姓名", "电话", "邮箱"), ("王某", "123", "a@b"))
    assert parse_plan("", tables=[Table(rows)]).tasks == ()


def test_an_indicator_table_gives_a_target_for_each_aim_and_leaves_out_where_things_stand() -> None:
    rows = (
        ("指标名称", "2020年", "2023年目标", "2025年目标"),
        ("高新技术企业（家）", "210", "320", "≥450"),
        ("研发投入占比（%）", "1.9", "2.3左右", "力争2.6"),
    )
    targets = parse_plan("", tables=[Table(rows)]).targets
    assert [(t.name, t.comparator, str(t.value), t.unit, t.kind, t.aspire) for t in targets] == [
        ("高新技术企业", "=", "320", "家", "level", False),
        ("高新技术企业", ">=", "450", "家", "level", False),
        ("研发投入占比", "~", "2.3", "%", "share", False),
        ("研发投入占比", "~", "2.6", "%", "share", True),
    ]
