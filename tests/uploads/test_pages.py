"""PDF pages become the rows and columns that a person sees, with or without rules between them."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from nlu.uploads import sentences
from nlu.uploads.document import Sentence, UnreadableError
from nlu.uploads.grid import Cell
from nlu.uploads.opening import opened
from tests.uploads.building import page_pdf, shown, stream
from tests.uploads.pages import line, table, typeset

BALANCE = [
    ("资产", "行次", "期末余额", "年初余额", "负债和所有者权益", "行次", "期末余额", "年初余额"),
    ("流动资产：", "", "", "", "流动负债：", "", "", ""),
    ("货币资金", "1", "123,456.78", "100,000.00", "短期借款", "31", "500,000.00", "500,000.00"),
    ("短期投资", "2", "", "", "应付票据", "32", "", ""),
    ("应收账款", "4", "1,234,567.89", "987,654.32", "应付账款", "33", "345,678.90", "12.00"),
    ("其中：原材料", "10", "23.00", "(45.00)", "应交税费", "36", "-1,234.56", "0.00"),
    ("资产总计", "30", "1,358,047.67", "1,087,654.32", "负债和所有者权益（或股东权益）总计", "53", "1,358,047.67", "1,087,654.32"),
]
_ALIGNED = "left,center,right,right,left,center,right,right"
_AUTO = "auto,auto,auto,auto,auto,auto,auto,auto"
_HEAD = line("资产负债表") + "编制单位：测试公司 #h(1fr) 2024年12月31日 #h(1fr) 单位：元\n\n"


def rows_of(content: bytes) -> list[list[tuple[Cell, ...]]]:
    return [list(grid.rows) for grid in opened(content).grids]


def full(row: Sequence[str]) -> tuple[Cell, ...]:
    """A row as it is read: empty cells are None, none at the end, no blanks between Chinese and digits."""
    cells: list[Cell] = [cell or None for cell in row]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


LAYOUTS = {
    "ruled": _HEAD + table(BALANCE, _AUTO, _ALIGNED),
    "without rules": _HEAD + table(BALANCE, _AUTO, _ALIGNED, "none"),
    "level rules only": _HEAD + table(BALANCE, _AUTO, _ALIGNED, "(x: none, y: 0.5pt)"),
    "upright rules only": _HEAD + table(BALANCE, _AUTO, _ALIGNED, "(x: 0.5pt, y: none)"),
    "a frame": _HEAD + "#rect(inset: 2pt)[" + table(BALANCE, _AUTO, _ALIGNED, "none") + "]",
    "lying on the page": "#rotate(90deg, reflow: true)[" + _HEAD + table(BALANCE, _AUTO, _ALIGNED) + "]",
    "lying the other way": "#rotate(-90deg, reflow: true)[" + _HEAD + table(BALANCE, _AUTO, _ALIGNED, "none") + "]",
    "under a watermark": "#place(center + horizon, rotate(45deg, text(60pt, fill: luma(220))[仅供测试 12345]))\n"
    + _HEAD
    + table(BALANCE, _AUTO, _ALIGNED, "none"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_statement_has_the_cells_that_a_person_sees(layout: str) -> None:
    (rows,) = rows_of(typeset(LAYOUTS[layout], size=8))
    assert rows[-len(BALANCE) :] == [full(row) for row in BALANCE]
    assert rows[0] == ("资产负债表",)
    assert "单位：元" in rows[1]


_ROWS = {
    90: (b"0 1 -1 0", ((100, 50), (100, 300), (120, 50), (120, 300))),
    180: (b"-1 0 0 -1", ((500, 100), (300, 100), (500, 120), (300, 120))),
    270: (b"0 -1 1 0", ((500, 750), (500, 500), (480, 750), (480, 500))),
}


@pytest.mark.parametrize("turn", _ROWS)
def test_a_page_that_is_shown_turned_is_read_as_it_is_shown(turn: int) -> None:
    leaning, places = _ROWS[turn]
    texts = zip((b"Cash", b"1.00", b"Stock", b"2.00"), places, strict=True)
    content = b"".join(b"BT /F 10 Tf %s %d %d Tm (%s) Tj ET\n" % (leaning, x, y, text) for text, (x, y) in texts)
    assert rows_of(page_pdf(content, b"/Rotate %d" % turn)) == [[("Cash", "1.00"), ("Stock", "2.00")]]


def _statement(outgoing: set[int], count: int) -> list[tuple[str, ...]]:
    chance, balance = random.Random(count), 10_000.0
    rows: list[tuple[str, ...]] = [("交易日期", "摘要", "借方发生额", "贷方发生额", "余额", "对方户名")]
    for number in range(count):
        amount = chance.randint(1, 900_000) / 100
        balance += -amount if number in outgoing else amount
        out, into = (f"{amount:,.2f}", "") if number in outgoing else ("", f"{amount:,.2f}")
        name = chance.choice(["张三", "北京某某科技有限公司", ""])
        what = chance.choice(["转账", "货款", "手续费", "上海某某贸易有限公司第二分公司货款"])
        rows.append((f"2024-01-{1 + number % 28:02d}", what, out, into, f"{balance:,.2f}", name))
    return rows


@pytest.mark.parametrize("stroke", ["none", "0.5pt"])
@pytest.mark.parametrize("outgoing", [set(), {7}, {3, 50}, set(range(0, 120, 2)), set(range(120))])
def test_payments_and_receipts_never_change_columns_on_any_page(outgoing: set[int], stroke: str) -> None:
    rows = _statement(outgoing, 120)
    columns = "auto,1fr,auto,auto,auto,1fr"
    pages = rows_of(typeset(table(rows, columns, "left,left,right,right,right,left", stroke), size=8))
    assert len(pages) > 2
    assert [row for page in pages for row in page] == [full(row) for row in rows]


def test_a_heading_beside_its_figures_is_over_them_all_the_same() -> None:
    rows = [("Item", "2024", "2023"), ("Cash", "1,234,567.00", "1,000,000.00"), ("Total assets", "2,234,567.00", "1,000,000.00")]
    align = "left,left,left,left,right,right,left,right,right"
    cells = "".join(f"align({side})[{cell}]," for side, cell in zip(align.split(","), [cell for row in rows for cell in row], strict=True))
    assert rows_of(typeset(f"#table(columns: (200pt, 150pt, 150pt), stroke: none, {cells})")) == [rows]


def test_merged_cells_stand_where_they_begin() -> None:
    source = "#table(columns: 4, table.cell(colspan: 2)[合并], [c], [d], table.cell(rowspan: 2)[跨行], [1,234.00], [x], [y], [2], [3], [4])"
    assert rows_of(typeset(source)) == [[("合并", None, "c", "d"), ("跨行", "1,234.00", "x", "y"), (None, "2", "3", "4")]]


def test_a_cell_of_two_lines_is_one_cell_and_two_figures_under_each_other_are_two() -> None:
    source = "#table(columns: (60pt, 80pt), [上海某某贸易有限公司第二分公司], [1,200.00], [现金 \\ 存款], [100.00 \\ 200.00])"
    assert rows_of(typeset(source, size=10)) == [[("上海某某贸易有限公司第二分公司", "1,200.00"), ("现金", "100.00"), ("存款", "200.00")]]


def test_two_figures_that_touch_are_read_as_none() -> None:
    (rows,) = rows_of(page_pdf(shown(50, 700, "Cash") + shown(300, 700, "1,234.00") + shown(341, 700, "5,678.00")))
    assert rows == [("Cash", "1,234.00 5,678.00")]


def test_what_was_typed_into_a_form_is_read() -> None:
    typed = stream(shown(2, 4, "1,234.00"), b"/Type/XObject/Subtype/Form/BBox[0 0 90 20]/Resources<</Font<</F 5 0 R>>>>")
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(1,234.00)/F 4/Rect[300 696 390 716]/P 3 0 R/AP<</N 8 0 R>>>>"
    content = page_pdf(
        shown(50, 700, "Total assets"), b"/Annots[7 0 R]", {7: field, 8: typed}, b"/AcroForm<</Fields[7 0 R]/DR<</Font<</F 5 0 R>>>>>>"
    )
    assert rows_of(content) == [[("Total assets", "1,234.00")]]


def test_text_that_nobody_sees_is_not_read() -> None:
    unseen = b"3 Tr " + shown(300, 700, "9,999.00") + b"0 Tr "
    assert rows_of(page_pdf(shown(50, 700, "Total assets") + unseen)) == [[("Total assets",)]]


def test_bold_by_printing_twice_is_read_once() -> None:
    assert rows_of(page_pdf(shown(50, 700, "Cash 12.00") + shown(50.3, 700, "Cash 12.00"))) == [[("Cash 12.00",)]]


def test_every_cell_has_its_box() -> None:
    (grid,) = opened(page_pdf(shown(50, 700, "Cash") + shown(300, 700, "1,234.00"))).grids
    at = grid.at(0, 1)
    assert at.box is not None
    assert at.box.page == 1
    assert (round(at.box.left), round(at.box.bottom, -1)) == (300, 100)
    assert str(at) == "page 1, line 1"


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        (b"600 0 0 800 0 0 cm /X Do", sentences.ONLY_PICTURES),
        (b"600 0 0 800 0 0 cm /X Do " + shown(0, 0, "Made by a scanner"), sentences.ONLY_PICTURES),
        (b"60 0 0 80 0 0 cm /X Do", sentences.NO_CELLS),
        (b"0 0 100 100 re f\n", sentences.NO_CELLS),
        (b"0 0 5 5 re f\n" * 400, sentences.ONLY_PICTURES),
    ],
    ids=["scan", "scan_with_its_program_s_name", "logo", "blank_but_for_a_box", "letters_as_curves"],
)
def test_pages_that_are_pictures_are_no_empty_tables(drawn: bytes, said: Sentence) -> None:
    dot = stream(b"\xff", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8")
    with pytest.raises(UnreadableError) as caught:
        opened(page_pdf(drawn, more={6: dot}))
    assert caught.value.sentence == said


def test_a_form_s_rules_stand_where_the_form_is_drawn() -> None:
    rules = b"".join(b"0 %d 200 0.5 re f %d 0 0.5 40 re f\n" % (y, x) for x, y in ((0, 0), (100, 20), (199, 39)))
    drawn = stream(rules, b"/Type/XObject/Subtype/Form/BBox[0 0 300 300]/Matrix[1 0 0 1 10 0]")
    texts = shown(65, 705, "a b") + shown(165, 705, "1.00") + shown(65, 725, "c d") + shown(165, 725, "2.00")
    rows = rows_of(page_pdf(texts + b"q 1 0 0 1 50 700 cm /X Do Q", more={6: drawn}))
    assert rows == [[("c d", "2.00"), ("a b", "1.00")]]
