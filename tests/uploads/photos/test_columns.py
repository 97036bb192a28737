"""Texts on a page become rows and columns by where they stand."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.uploads.opening.glyphs import Placed
from nlu.uploads.photos.columns import in_columns, unglued
from nlu.uploads.photos.rows import closed, parted, rows_of, unwrapped

_EM, _LINE = 8.0, 24.0


def text(said: str, left: float, row: float, right: bool = False) -> Placed:
    """A text of 14 points on a row; `right`: `left` is where it ends."""
    width = _EM * len(said)
    start = left - width if right else left
    return Placed(said, start, row * _LINE, start + width, row * _LINE + 14)


def cells(rows: Sequence[Sequence[Placed]]) -> list[list[str | None]]:
    found = in_columns(rows)
    width = max((max(row, default=-1) for row in found), default=-1) + 1
    return [[row[column].text if column in row else None for column in range(width)] for row in found]


def statement(slope: float = 0.0) -> list[Placed]:
    """Two sides with line numbers; every text lies lower by `slope` of its place from the left."""
    lines = [("cash", "1", "5.00", "loans", "31", "1,000.00"), ("stock", "2", "1,234,567.00", "wages", "32", "0.00")]
    lines += [("fees", "3", "0.00", "total", "33", "22.00")]
    texts = [text("assets", 0, 0), text("no", 130, 0, True), text("closing", 250, 0, True)]
    texts += [text("claims", 280, 0), text("no", 430, 0, True), text("closing", 550, 0, True)]
    for row, (*left, label, number, amount) in enumerate(lines, 1):
        texts += [text(left[0], 0, row), text(left[1], 130, row, True), text(left[2], 250, row, True)]
        texts += [text(label, 280, row), text(number, 430, row, True), text(amount, 550, row, True)]
    return [Placed(one.text, one.left, one.top + slope * one.left, one.right, one.bottom + slope * one.left) for one in texts]


@pytest.mark.parametrize("slope", [0.0, 0.02, -0.02])
def test_a_form_of_two_sides_comes_back_also_when_its_rows_lean(slope: float) -> None:
    assert cells(rows_of(statement(slope))) == [
        ["assets", "no", "closing", "claims", "no", "closing"],
        ["cash", "1", "5.00", "loans", "31", "1,000.00"],
        ["stock", "2", "1,234,567.00", "wages", "32", "0.00"],
        ["fees", "3", "0.00", "total", "33", "22.00"],
    ]


def test_a_long_label_over_empty_cells_stays_a_label() -> None:
    rows = [[text("label", 0, row), text(f"{row}1.00", 200, row, True), text(f"{row}2.00", 300, row, True)] for row in range(4)]
    rows.append([text("a heading that reaches over the figures", 0, 4)])
    assert cells(rows)[4] == ["a heading that reaches over the figures", None, None]


def test_small_amounts_stand_among_the_large_ones() -> None:
    rows = [[text("label", 0, row), text(amount, 300, row, True)] for row, amount in enumerate(("1,200", "12", "34,000", "7", "2,500"))]
    assert [row[1] for row in cells(rows)] == ["1,200", "12", "34,000", "7", "2,500"]


def test_two_texts_in_one_cell_give_no_number() -> None:
    rows = [[text("label", 0, row), text("1,000.00", 300, row, True)] for row in range(4)]
    rows[2].append(text("77.00", 296, 2, True))
    (both,) = {row[1] for row in cells(rows)} - {"1,000.00"}
    assert both is not None
    assert "  " in both


@pytest.mark.parametrize(
    ("number", "amount", "glued"),
    [
        ("122", "1,672,559.50", ["122", "1,672,559.50"]),
        ("53", "0.00", ["53", "0.00"]),
        ("53", "1672", ["531672"]),
    ],
)
def test_a_line_number_is_taken_off_the_amount_that_it_was_read_with(number: str, amount: str, glued: list[str]) -> None:
    rows = [[text("label", 0, row), text(f"{row}", 124, row, True), text(f"{row}1,000.00", 250, row, True)] for row in range(1, 9)]
    together = Placed(number + amount, 124 - _EM * len(number), 9 * _LINE, 250, 9 * _LINE + 14)
    rows.append([text("total", 0, 9), together])
    found = unglued(rows)
    assert [one.text for one in found[-1]] == ["total", *glued]
    assert found[:-1] == rows[:-1]
    assert cells(found)[0] == ["label", "1", "11,000.00"]


def test_amounts_below_small_amounts_are_left_whole() -> None:
    rows = [[text("label", 0, row), text(amount, 300, row, True)] for row, amount in enumerate(("5", "12", "7", "100,000.00", "21,500.00"))]
    rows += [[text("label", 0, row), text(amount, 200, row)] for row, amount in enumerate(("5", "12", "7", "12,000.00", "1,500.00"), 6)]
    assert unglued(rows) == rows


def test_headings_that_ran_together_are_parted_over_their_columns() -> None:
    heading = text("2024 yr 2023 yr", 125, 0)
    figures = [[text("label", 0, row), text("1,000.00", 180, row, True), text("2,000.00", 260, row, True)] for row in range(1, 5)]
    gaps = [(4, 125 + 4.5 * _EM), (7, 125 + 7.5 * _EM), (12, 125 + 12.5 * _EM)]
    assert [one.text for one in parted([[heading], *figures], {id(heading): gaps})[0]] == ["2024 yr", "2023 yr"]
    title = text("a title over the whole of the page 2024", 0, 0)
    assert parted([[title], *figures], {id(title): [(1, 150.0)]})[0] == [title]


@pytest.mark.parametrize(("blanks", "lines"), [(0, 1), (30, 1), (70, 2)])
def test_the_second_line_of_a_label_begins_where_its_cell_does(blanks: float, lines: int) -> None:
    label = [text("of which: interest", blanks, 0.65), text("paid", 0, 1.35), text("7.00", 300, 1, True)]
    assert len(unwrapped(label)) == 1 + lines


def test_a_label_of_two_lines_is_one_and_lines_of_a_narrow_table_are_not() -> None:
    label = [text("owners' equity and", 0, 0.65), text("liabilities", 0, 1.35), text("53", 230, 1, True), text("7.00", 300, 1, True)]
    around_it = [
        text("equity", 0, -1),
        text("5.00", 300, -1, True),
        text("notes:", 0, 3),
        text("checked", 0, 4),
        text("1.00", 300, 5, True),
    ]
    assert [[one.text for one in row] for row in rows_of(unwrapped([*label, *around_it]))] == [
        ["equity", "5.00"],
        ["owners' equity and liabilities", "53", "7.00"],
        ["notes:"],
        ["checked"],
        ["1.00"],
    ]
    close = [text("cash", 0, row) for row in range(4)] + [text("1.00", 300, row, True) for row in range(4)]
    assert len(rows_of(unwrapped(close))) == 4


def test_two_lines_of_a_statement_are_no_label_of_two_lines() -> None:
    lines = [text("Net other income", 0, 0.65), text("Net income", 0, 1.35), text("7.00", 300, 1, True)]
    assert len(unwrapped(lines)) == 3


@pytest.mark.parametrize("level", [0, 1])
def test_a_label_whose_bracket_closes_on_the_next_row_is_one_where_its_amount_stands(level: int) -> None:
    label = [[text("利润总额（亏损", 0, 0)], [text("总额以“-”号填列）", 0, 1)]]
    label[level].append(text("7.00", 300, level, True))
    assert [[one.text for one in row] for row in closed(label)] == [["利润总额（亏损总额以“-”号填列）", "7.00"]]


@pytest.mark.parametrize(
    ("first", "second"), [("利润总额（亏损）", "净利润（净亏损）"), ("利润总额（亏损", "净利润"), ("利润总额", "1.00)")]
)
def test_other_rows_are_left_as_they_are(first: str, second: str) -> None:
    rows = [[text(first, 0, 0)], [text(second, 0, 1), text("7.00", 300, 1, True)]]
    assert closed(rows) == rows


def test_a_heading_wider_than_its_numbers_stands_over_them_where_both_end() -> None:
    rows = [[text("31 December 2024", 300, 0, True), text("31 December 2023", 450, 0, True)]]
    rows += [[text("label", 0, row), text("15,000.00", 300, row, True), text("16,000.00", 450, row, True)] for row in range(1, 5)]
    assert [sorted(row) for row in in_columns(rows)] == [[1, 2], *[[0, 1, 2]] * 4]


def test_a_wide_amount_beside_its_line_number_is_whole() -> None:
    rows = [[text(str(row + 1), 100, row), text("500.00", 230, row, True)] for row in range(8)]
    rows += [[text("15", 100, 8), text("12,253,299.67", 230, 8, True)]]
    assert unglued(rows) == rows


_texts = st.builds(text, st.text("0123456789.,-年金 ab", min_size=1, max_size=12), st.floats(0, 900), st.floats(0, 40), st.booleans())


@given(st.lists(_texts, max_size=40))
def test_nothing_is_lost_wherever_texts_stand(texts: list[Placed]) -> None:
    found = " ".join(cell.text for row in in_columns(rows_of(unwrapped(texts))) for cell in row.values())
    assert sorted(found.replace(" ", "")) == sorted("".join(one.text for one in texts).replace(" ", ""))
