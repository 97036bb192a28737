"""What the recogniser read becomes texts and numbers: parted where two cells ran together, mended where the form leaves no doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.uploads.photos.engine import Mark
from nlu.uploads.photos.pieces import mended, pieces


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("1,234,567.89", "1,234,567.89"),
        ("1.234.567.89", "1,234,567.89"),
        ("1,234,567,89", "1,234,567.89"),
        ("1, 234, 567.89", "1,234,567.89"),
        ("1,234,56789", "1,234,567.89"),
        ("１，２３４．５０", "1,234.50"),
        ("l2,300.0O", "12,300.00"),
        ("(1,234.00)", "(1,234.00)"),
        ("−1,234.00", "-1,234.00"),
        ("—1,234.00", "-1,234.00"),
        ("¥1,234.00", "¥1,234.00"),
        ("1234.5", "1234.5"),
        ("12:50", "12.50"),
        ("1,234", "1,234"),
        ("31", "31"),
        ("0.00", "0.00"),
        # no number, or one whose form says nothing: as it stands
        ("2024-12-31", "2024-12-31"),
        ("1,23,4567", "1,23,4567"),
        ("SOLO", "SOLO"),
        ("货币资金", "货币资金"),
        ("、营业收入", "营业收入"),
        ("", ""),
    ],
)
def test_numbers_are_brought_into_their_usual_form(read: str, meant: str) -> None:
    assert mended(read) == meant


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_number_that_was_read_well_stays_what_it_is(amount: object) -> None:
    assert mended(f"{amount:,}") == f"{amount:,}"


@given(st.text(max_size=30))
def test_any_text_is_taken(text: str) -> None:
    assert isinstance(mended(text), str)


def marks(text: str, step: float = 0.02, start: float = 0.05) -> list[Mark]:
    """Characters one behind the other, `_` for an empty step; a blank is one that was read."""
    return [Mark(letter, start + place * step) for place, letter in enumerate(text) if letter != "_"]


@pytest.mark.parametrize(
    ("read", "texts"),
    [
        ("1,234.00", ["1,234.00"]),
        ("15____1,234.00", ["15", "1,234.00"]),
        ("15 1,234.00", ["15", "1,234.00"]),
        ("7 2,852,018.15", ["7", "2,852,018.15"]),
        ("0.00短期借款", ["0.00", "短期借款"]),
        ("49.20Accounts payable", ["49.20", "Accounts payable"]),
        ("货币资金1,234.00", ["货币资金", "1,234.00"]),
        ("1,234.002,345.00", ["1,234.00", "2,345.00"]),
        ("18 (1,234.00) (2,345.00)", ["18", "(1,234.00)", "(2,345.00)"]),
        ("行次期末余额", ["行次", "期末余额"]),
        ("本年累计金额上年金额", ["本年累计金额", "上年金额"]),
        ("期末余额年初余额", ["期末余额", "年初余额"]),
        ("2024年12月31日2023年12月31日", ["2024年12月31日", "2023年12月31日"]),
        ("2024年1月至12月", ["2024年1月至12月"]),
        ("TotalAssets", ["Total Assets"]),
        ("Dec 31,24", ["Dec 31, 24"]),
        ("As of December31, 2024", ["As of December 31, 2024"]),
        ("Shareholders'equity", ["Shareholders' equity"]),
        ("Research__and", ["Research and"]),
        ("Research____and", ["Research", "and"]),
        ("（损失以____号填列）", ["（损失以号填列）"]),
        ("1 234,567.89", ["1", "234,567.89"]),
        ("", []),
    ],
)
def test_a_box_is_parted_where_two_cells_ran_together(read: str, texts: list[str]) -> None:
    assert [piece.text for piece in pieces(marks(read), width=1000, height=48)] == texts


def test_pieces_know_where_they_stand_and_where_their_blanks_are() -> None:
    (left, right) = pieces(marks("15____1,234.00"), width=1000, height=48)
    assert left.left < 0.05 < left.right < right.left < 0.17 < right.right
    (piece,) = pieces(marks("FY2024 FY2023"), width=1000, height=48)
    assert [before for before, _ in piece.gaps] == [6]
    assert piece.gaps[0][1] == pytest.approx(0.05 + 0.02 * 6)
