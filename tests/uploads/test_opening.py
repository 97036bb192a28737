"""Files of every kind become the same cells in the same places."""

from __future__ import annotations

import contextlib
import struct
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.uploads import sentences
from nlu.uploads.document import UnreadableError
from nlu.uploads.grid import Cell, Opened
from nlu.uploads.opening import limits, opened
from nlu.uploads.opening.delimited import separator_of
from nlu.uploads.opening.packages import check_sheets, scanned_entries
from tests.uploads import building as made
from tests.uploads.building import sheet_xml, xls, xlsx

D = Decimal


def cells(found: Opened, sheet: int = 0) -> dict[str, Cell]:
    """The filled cells of a sheet by their names."""
    grid = found.grids[sheet]
    return {
        str(grid.at(row, column)).split("!")[-1]: cell
        for row, line in enumerate(grid.rows)
        for column, cell in enumerate(line)
        if cell is not None
    }


def refusal(content: bytes) -> object:
    with pytest.raises(UnreadableError) as caught:
        opened(content)
    return caught.value.sentence


# -- workbooks -----------------------------------------------------------------------------------------------------------------


def test_a_workbook_keeps_every_place_even_if_the_sheet_begins_in_the_middle() -> None:
    found = opened(xlsx({"资产负债表": sheet_xml([[], [None, None, "资产总计", 1234.5], [], [None, None, None, "1,200.00"]])}))
    assert cells(found) == {"C2": "资产总计", "D2": D("1234.5"), "D4": "1,200.00"}
    assert str(found.grids[0].at(1, 3)) == "资产负债表!D2"


def test_numbers_count_to_fifteen_digits() -> None:
    found = opened(xlsx({"a": sheet_xml([["x", "<v>0.30000000000000004</v>", "<v>1E+16</v>", "<v>-0</v>", 12345678901234.56]])}))
    assert list(cells(found).values()) == ["x", D("0.3"), D("1e16"), D(0), D("12345678901234.6")]


def test_hidden_sheets_are_read_and_named() -> None:
    sheets = {name: sheet_xml([[name]]) for name in ("shown", "away", "far away")}
    found = opened(xlsx(sheets, {"away": "hidden", "far away": "veryHidden"}))
    assert [grid.rows for grid in found.grids] == [(("shown",),), (("away",),), (("far away",),)]
    assert found.hidden == ("away", "far away")


@pytest.mark.parametrize(
    ("cell", "calculated"),
    [
        ("<f>SUM(A1)</f><v>3</v>", True),
        ("<f>SUM(A1)</f>", False),
        ("<f>SUM(A1)</f><v></v>", False),
        ("<f>SUM(A1)</f><v/>", False),
        ('<f t="shared" si="0"/>', False),
        ('<f t="shared" si="0"/><v>0</v>', True),
    ],
)
def test_a_formula_without_a_result_is_not_an_empty_cell(cell: str, calculated: bool) -> None:
    content = xlsx({"a": sheet_xml([["合计", cell]])})
    if calculated:
        assert "B1" in cells(opened(content))
    else:
        assert refusal(content) == sentences.UNCALCULATED


def test_a_formula_whose_result_is_an_empty_text_is_calculated() -> None:
    text = sheet_xml([["合计", "<f>IF(A1,1,)</f><v></v>"]]).replace('<c r="B1">', '<c r="B1" t="str">')
    assert cells(opened(xlsx({"a": text}))) == {"A1": "合计"}


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("IV50000", None),
        ("IW1", sentences.TOO_MANY_COLUMNS),
        ("JA1", sentences.TOO_MANY_COLUMNS),
        ("AAA1", sentences.TOO_MANY_COLUMNS),
        ("A50001", sentences.TOO_MANY_ROWS),
        ("A00050001", sentences.TOO_MANY_ROWS),
        ("A100000", sentences.TOO_MANY_ROWS),
        ("xfd1", sentences.TOO_MANY_COLUMNS),
    ],
)
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_sheet_reaches_to_its_limits_and_no_farther(place: str, said: object, prefix: str) -> None:
    sheet = f'<{prefix}row><{prefix}c s="1" r="{place}" t="n"><{prefix}v>1</{prefix}v></{prefix}c></{prefix}row>'.encode()
    if said is None:
        check_sheets({"xl/worksheets/sheet1.xml": sheet})
    else:
        with pytest.raises(UnreadableError) as caught:
            check_sheets({"xl/worksheets/sheet1.xml": sheet})
        assert caught.value.sentence == said


def test_a_cell_that_shows_a_fault_is_not_empty() -> None:
    faulty = sheet_xml([["合计", "<f>1/0</f><v>#DIV/0!</v>", 1]]).replace('<c r="B1">', '<c r="B1" s="1" t="e">')
    found = opened(xlsx({"a": sheet_xml([["x"]]), "b": faulty}))
    assert cells(found) == {"A1": "x"}
    assert cells(found, 1) == {"A1": "合计", "B1": "#DIV/0!", "C1": D(1)}
    plain, result = made.record(0x0205, struct.pack("<HHHBB", 0, 1, 0, 0x17, 1)), b"\x02\0\x07\0\0\0\xff\xff"
    old = made.label(0, 0, "合计") + plain + made.formula(0, 2, result) + made.number(0, 3, 1)
    found = opened(xls({"a": made.label(0, 0, "x"), "b": old}))
    assert cells(found) == {"A1": "x"}
    assert cells(found, 1) == {"A1": "合计", "B1": "#REF!", "C1": "#DIV/0!", "D1": D(1)}


def test_cells_that_are_only_coloured_may_stand_anywhere() -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="3"/></row></sheetData>'
    found = opened(xlsx({"a": sheet_xml([["x", 1]]).replace("</sheetData>", far)}))
    assert cells(found) == {"A1": "x", "B1": D(1)}


def test_a_picture_in_a_workbook_may_declare_what_it_is() -> None:
    more = {"xl/media/logo.svg": b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x"><svg/>'}
    assert cells(opened(xlsx({"a": sheet_xml([["x"]])}, more=more))) == {"A1": "x"}


def test_a_sheet_is_scanned_wherever_its_part_lies() -> None:
    parts = made.xlsx_parts({"a": sheet_xml([["x", "<f>1</f>"]])})
    usual, odd = "worksheets/sheet1.xml", "odd/one.bin"
    moved = {name.replace(usual, odd): part.replace(usual.encode(), odd.encode()) for name, part in parts.items()}
    assert refusal(made.package(moved)) == sentences.UNCALCULATED


def test_a_part_that_is_stored_unpacked_is_scanned_too() -> None:
    parts = made.xlsx_parts({"a": sheet_xml([["x"]])})
    assert scanned_entries(made.package(parts)).keys() == parts.keys()


def test_an_old_workbook_has_the_same_cells() -> None:
    records = made.label(1, 2, "资产总计") + made.number(1, 3, 1234.5) + made.formula(2, 3, struct.pack("<d", 7))
    found = opened(xls({"表": records, "b": made.label(0, 0, "x")}, {"b": 2}))
    assert cells(found) == {"C2": "资产总计", "D2": D("1234.5"), "D3": D(7)}
    assert found.hidden == ("b",)


def test_an_old_workbook_that_was_never_calculated_is_not_empty() -> None:
    empty = b"\x03\0\0\0\0\0\xff\xff"
    assert refusal(xls({"a": made.label(0, 0, "x") + made.formula(1, 1, empty)})) == sentences.UNCALCULATED
    some = made.formula(1, 1, empty) + made.formula(2, 1, struct.pack("<d", 7))
    assert cells(opened(xls({"a": made.label(0, 0, "x") + some}))) == {"A1": "x", "B3": D(7)}


def test_a_large_old_workbook_has_its_table_of_sectors_read_in_full() -> None:
    rows = b"".join(made.number(row, 0, row) for row in range(30_000))
    assert len(cells(opened(xls({"a": made.label(0, 1, "x") + rows})))) == 30_001


# -- text tables -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_a_text_table_is_read_in_any_encoding_with_any_separator(encoding: str, separator: str) -> None:
    rows = [("项目", "期末余额", "备注"), ("货币资金", "1200.5", "含保证金"), ("存货", "-3", "")]
    found = opened("\r\n".join(separator.join(row) for row in rows).encode(encoding))
    assert found.grids[0].rows == (rows[0], rows[1], ("存货", "-3"))
    assert str(found.grids[0].at(1, 1)) == "B2"


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a\t1,234.00\t5,678.00\nb\t2,345.00\t6,789.00\n", "\t"),
        ("a\t,b\t,c\n1\t,2\t,3\n4\t,5\t,6\n", ","),
        ('a;"1,2";3\nb;"2,3";4\n', ";"),
        ("a,123,456\nb,123,456\n", ","),
        ("共3笔\n\n时间,金额,备注\n1,2,a;b\n3,4,c;d\n", ","),
    ],
)
def test_the_separator_is_what_stands_equally_often_in_neighbouring_lines(text: str, separator: str) -> None:
    assert separator_of(text) == separator


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ('"a,b"', "a,b"),
        ('"says ""yes"""', 'says "yes"'),
        ('"two\nlines"', "two\nlines"),
        ("\t20240101\t", "20240101"),
        ('="00123"', "00123"),
        ("'00123", "00123"),
        ("\u3000200.00\xa0", "200.00"),
        ("=cmd|x", "=cmd|x"),
        ("  ", None),
    ],
)
def test_a_field_is_what_its_writer_meant(field: str, cell: str | None) -> None:
    found = opened(f"x,y,z\nu,{field},w\nr,s,t\n".encode())
    assert found.grids[0].rows == (("x", "y", "z"), ("u", cell, "w"), ("r", "s", "t"))


def test_a_quote_that_nothing_closes_swallows_no_line() -> None:
    found = opened(b'a,b,c\n"x,1,2\ny,3,4\nz,"5,6",7\n')
    assert found.grids[0].rows == (("a", "b", "c"), ("x", "1", "2"), ("y", "3", "4"), ("z", "5,6", "7"))


def test_a_damaged_character_costs_itself_only() -> None:
    text = "项目,金额,备注\n" + "存货,1,好\n" * 25_000
    found = opened(text.encode() + b"\xe4\xbd,2,\xff\n")
    assert found.grids[0].rows[1] == ("存货", "1", "好")
    assert len(found.grids[0].rows) == 25_002


def test_a_text_laid_out_with_blanks_has_cells_too() -> None:
    found = opened("试算平衡表\n现金        1,200.00    300.00\n银行存款    2.00\n".encode())
    assert found.grids[0].rows == (("试算平衡表",), ("现金", "1,200.00", "300.00"), ("银行存款", "2.00"))


@given(st.binary(max_size=400))
def test_no_bytes_do_anything_but_open_or_be_refused(content: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        assert any(grid.rows for grid in opened(content).grids)


# -- pages of the web and xml ------------------------------------------------------------------------------------------------------


def test_a_web_page_is_its_lines_and_the_rows_of_its_tables() -> None:
    page = (
        "<html><head><title>no</title><style>td {}</style></head><body><p>单位：元</p><table><tr><th rowspan=2>项目<th colspan=2>金额</tr>"
        "<tr><td>期末<td>年初</tr><tr><td>货币&nbsp;资金</td><td>1,200.00</td><td><br></td></tr></table>合计：<b>3</b>行<script>no()</script></html>"
    )
    for encoding in ("utf-8", "gb18030"):
        found = opened(page.encode(encoding))
        assert found.grids[0].rows == (
            ("单位：元",),
            ("项目", "金额"),
            (None, "期末", "年初"),
            ("货币 资金", "1,200.00"),
            ("合计：3行",),
        )


def test_a_table_within_a_table_is_read_in_its_place() -> None:
    page = b"<table><tr><td>before<table><tr><td>1<td>2</tr></table></td><td>after</td></tr></table>"
    assert opened(page).grids[0].rows == (("before",), ("1", "2"), ("after",))


_SPACE = "urn:schemas-microsoft-com:office:spreadsheet"


def xml_workbook(*sheets: str, encoding: str = "UTF-8") -> str:
    spaces = f'xmlns="{_SPACE}" xmlns:ss="{_SPACE}" xmlns:x="urn:schemas-microsoft-com:office:excel"'
    inner = "".join(f'<Worksheet ss:Name="s{number}">{sheet}</Worksheet>' for number, sheet in enumerate(sheets))
    return f'<?xml version="1.0" encoding="{encoding}"?><Workbook {spaces}>{inner}</Workbook>'


@pytest.mark.parametrize(("stated", "encoding"), [("UTF-8", "utf-8"), ("GB2312", "gb18030"), ("utf-16", "utf-16")])
def test_an_xml_workbook_keeps_its_places(stated: str, encoding: str) -> None:
    merged = '<Cell ss:Index="2" ss:MergeAcross="1"><Data ss:Type="String">资产</Data></Cell>'
    first = f'<Row ss:Index="3">{merged}<Cell><Data ss:Type="Number">1.5E3</Data></Cell></Row>'
    second = '<Row><Cell><Data ss:Type="DateTime">2024-12-31T00:00:00.000</Data></Cell></Row>'
    hidden = (
        '<Table><Row><Cell><ss:Data ss:Type="String">x</ss:Data></Cell></Row></Table>'
        "<x:WorksheetOptions><x:Visible>SheetVeryHidden</x:Visible></x:WorksheetOptions>"
    )
    text = xml_workbook(f"<Table>{first}{second}</Table>", hidden, encoding=stated)
    found = opened(text.encode(encoding))
    assert cells(found) == {"B3": "资产", "D3": D(1500), "A4": date(2024, 12, 31)}
    assert found.hidden == ("s1",)


def test_an_xml_workbook_that_was_never_calculated_is_not_empty() -> None:
    row = '<Row><Cell><Data ss:Type="Number">1</Data></Cell><Cell ss:Formula="=RC[-1]"/></Row>'
    assert refusal(xml_workbook(f"<Table>{row}</Table>").encode()) == sentences.UNCALCULATED


def test_a_file_over_the_limit_is_not_looked_at() -> None:
    assert refusal(b"\0" * (limits.LARGEST_FILE + 1)) == sentences.TOO_BIG
